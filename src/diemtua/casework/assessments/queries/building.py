"""From a file to an instrument: every rule that a definition must keep."""

from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from diemtua.casework.assessments.queries.definitions import (
    HIGH,
    LEVELS,
    NO,
    NONE,
    UNKNOWN,
    YES,
    Band,
    Instrument,
    Kind,
    Option,
    Question,
    Words,
)
from diemtua.casework.assessments.queries.reading import A_CODE, AN_ANSWER, Part, table

MOST_POINTS, MOST_QUESTIONS, MOST_OPTIONS, MOST_BANDS = 100, 60, 20, 8
ANSWERS = {
    YES: Words("Có", "Yes"),
    NO: Words("Không", "No"),
    UNKNOWN: Words("Chưa rõ", "Not known"),
}


def instrument(text: str, *, name: str) -> Instrument:
    """Return the instrument that a file describes.

    Raises:
        BadDefinition: it breaks a rule; the sentence says which, and where.
    """
    return _instrument(table(text, name=name), name=name)


def from_table(raw: object, *, name: str) -> Instrument:
    """Return the instrument that an already parsed table describes; see ``instrument``."""
    return _instrument(Part(raw, name=name, where=_("Tệp")), name=name)


def _instrument(part: Part, *, name: str) -> Instrument:
    sets_risk = part.take("sets_risk", bool)
    is_better_high = part.one_of("higher_is", ("worse", "better")) == "better"
    if sets_risk and is_better_high:
        raise part.fault(_("bộ câu hỏi về nguy cơ phải có “higher_is” là worse"))
    questions = tuple(
        _question(Part(raw, name=name, where=_("Câu thứ %(n)d") % {"n": n}), sets_risk=sets_risk)
        for n, raw in enumerate(part.parts("question", least=1, most=MOST_QUESTIONS), 1)
    )
    bands = tuple(
        _band(Part(raw, name=name, where=_("Mức thứ %(n)d") % {"n": n}), sets_risk=sets_risk)
        for n, raw in enumerate(part.parts("band", least=2, most=MOST_BANDS), 1)
    )
    made = Instrument(
        code=part.code("code", A_CODE),
        version=part.whole("version", (1, 9999)),
        order=part.whole("order", (0, 9999), 500),
        title=part.words("title"),
        purpose=part.words("purpose"),
        opening=part.words("opening"),
        minutes=part.whole("minutes", (1, 240)),
        sets_risk=sets_risk,
        is_better_high=is_better_high,
        in_force_from=part.take("in_force_from", date),
        in_force_to=part.take("in_force_to", date, None),
        source=part.text("source"),
        references=part.texts("references"),
        licence=part.text("licence"),
        status=part.one_of("status", ("V", "M")),
        questions=questions,
        bands=bands,
    )
    part.nothing_else()
    _check(part, made)
    return made


def _question(part: Part, *, sets_risk: bool) -> Question:
    kind = Kind(part.one_of("kind", tuple(Kind), Kind.YES_NO))
    options = _options(part, kind)
    made = Question(
        code=part.code("code", A_CODE),
        text=part.words("text"),
        kind=kind,
        options=options,
        alone_high=part.texts("alone_high"),
        note=part.words_or_none("note"),
        source=part.text("source", ""),
    )
    part.nothing_else()
    scoring = {option.code for option in options if option.points}
    if not set(made.alone_high) <= scoring:
        raise part.fault(_("“alone_high” chỉ nêu câu trả lời có điểm"))
    if made.alone_high and not sets_risk:
        raise part.fault(_("“alone_high” chỉ dùng trong bộ câu hỏi về nguy cơ"))
    return made


def _options(part: Part, kind: Kind) -> tuple[Option, ...]:
    if kind == Kind.TEXT:
        return ()
    if kind == Kind.YES_NO:
        points = part.whole("points", (0, MOST_POINTS))
        counts = part.one_of("counts", (YES, NO), YES)
        return tuple(
            Option(code, words, None if code == UNKNOWN else points * (code == counts))
            for code, words in ANSWERS.items()
        )
    raws = part.parts("option", least=2, most=MOST_OPTIONS)
    options = tuple(_option(part, raw) for raw in raws)
    codes = [option.code for option in options]
    if len(set(codes)) < len(codes):
        raise part.fault(_("hai lựa chọn trùng mã"))
    _check_options(part, kind, options)
    return options


def _option(of: Part, raw: object) -> Option:
    part = of.inner(raw)
    code, label = part.code("code", AN_ANSWER), part.words("label")
    points = None if code == UNKNOWN else part.whole("points", (0, MOST_POINTS))
    part.nothing_else()
    return Option(code, label, points)


def _check_options(part: Part, kind: Kind, options: tuple[Option, ...]) -> None:
    by_code = {option.code: option.points for option in options}
    if UNKNOWN not in by_code:
        raise part.fault(_("thiếu lựa chọn UNKNOWN (chưa rõ): không ai bị buộc phải đoán"))
    if kind == Kind.MANY and by_code.get(NONE) != 0:
        raise part.fault(
            _("thiếu lựa chọn NONE (không có gì) với 0 điểm: bỏ trống không phải là không")
        )


def _band(part: Part, *, sets_risk: bool) -> Band:
    made = Band(
        code=part.code("code", A_CODE),
        start=part.whole("from", (0, MOST_POINTS * MOST_QUESTIONS * MOST_OPTIONS)),
        level=part.one_of("level", LEVELS) if sets_risk else "",
        label=part.words("label"),
        words=part.words("words"),
    )
    part.nothing_else()
    return made


def _check(part: Part, made: Instrument) -> None:
    codes = [question.code for question in made.questions]
    if len(set(codes)) < len(codes):
        raise part.fault(_("hai câu hỏi trùng mã"))
    if not made.top:
        raise part.fault(_("không câu nào có điểm"))
    if made.in_force_to is not None and made.in_force_to <= made.in_force_from:
        raise part.fault(_("“in_force_to” phải sau “in_force_from”"))
    _check_bands(part, made)


def _check_bands(part: Part, made: Instrument) -> None:
    starts = [band.start for band in made.bands]
    if starts[0] != 0 or any(b <= a for a, b in pairwise(starts)):
        raise part.fault(_("các mức phải bắt đầu từ 0 và tăng dần"))
    if starts[-1] > made.top:
        raise part.fault(_("mức cuối bắt đầu cao hơn tổng điểm lớn nhất"))
    if len({band.code for band in made.bands}) < len(made.bands):
        raise part.fault(_("hai mức trùng mã"))
    if not made.sets_risk:
        return
    levels = [LEVELS.index(band.level) for band in made.bands]
    if levels != sorted(levels) or levels[0] != 0 or made.bands[-1].level != HIGH:
        raise part.fault(_("mức nguy cơ phải đi từ LOW lên HIGH theo điểm"))
