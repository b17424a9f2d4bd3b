"""The report in words: one text for page, DOCX and PDF, always in Vietnamese."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import override

from diemtua.foundation.text import long_date, number, percent, short_date
from diemtua.indicators import queries as indicators
from diemtua.reports.material import Figures, Material

HIDDEN = "giữ kín"
NOBODY = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts; the first column is left-aligned, the others are numbers."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]  # widths of the columns, as shares of the whole
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the body under its heading."""

    heading: str
    paragraphs: tuple[str, ...]
    has_picture: bool = False
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report as it is set on paper, element by element of Decree 30/2020, annex I."""

    parent: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    place_date: str
    kind: str
    subject: tuple[str, ...]
    opening: str
    parts: tuple[Part, ...]
    picture_caption: str
    picture_words: str
    closing: str
    recipients: tuple[str, ...]
    signer: tuple[str, ...]
    signer_post: str
    signer_name: str
    annex: Table | None
    annex_reference: str

    @property
    def title(self) -> str:
        """What it is and about what, in one line."""
        return " ".join([self.kind.capitalize(), *self.subject])


def document(material: Material) -> Document:
    """Return the quarterly report as it is set on paper."""
    with override("vi"):
        return _document(material)


def _document(material: Material) -> Document:
    head, told, figures = material.letterhead, material.told, material.figures
    period = figures.now.period
    number_and_symbol = f"{material.number:02}/{head.symbol}"
    return Document(
        parent=head.parent,
        issuer=head.issuer,
        number=f"Số: {number_and_symbol}",
        place_date=f"{head.place}, {long_date(material.on)}",
        kind="BÁO CÁO",
        subject=(
            "Kết quả hỗ trợ người bị bạo lực gia đình,",
            f"bạo lực trên cơ sở giới {period.in_text}",
        ),
        opening=_opening(material),
        parts=(
            Part("I. TÌNH HÌNH THỰC HIỆN", _paragraphs(told.situation)),
            _results(figures),
            Part("III. NHIỆM VỤ TRỌNG TÂM QUÝ TIẾP THEO", _paragraphs(told.next_tasks)),
        ),
        picture_caption="Hình 1. Tỷ lệ được tiếp cận ít nhất một dịch vụ hỗ trợ cơ bản, theo quý",
        picture_words=indicators.trend_in_words(figures.trend),
        closing=f"Trên đây là báo cáo {period.in_text} của {head.issuer_in_text}./.",
        recipients=(*(f"- {one};" for one in told.recipients), f"- {head.archive}"),
        signer=_signer(head.authority, signs_for_head=told.signs_for_head),
        signer_post=told.signer_post.upper(),
        signer_name=told.signer_name,
        annex=_communes(figures),
        annex_reference=f"(Kèm theo Báo cáo số {number_and_symbol} {long_date(material.on)}"
        f" của {head.issuer_in_text})",
    )


def _opening(material: Material) -> str:
    period = material.figures.now.period
    until = min(period.last_day, material.on)
    running = " (số liệu chưa trọn kỳ)" if material.on <= period.last_day else ""
    return (
        "Thực hiện Nghị quyết số 28/NQ-CP ngày 03 tháng 3 năm 2021 của Chính phủ ban hành Chiến lược"
        f" quốc gia về bình đẳng giới giai đoạn 2021–2030, {material.letterhead.issuer_in_text} báo cáo"
        f" kết quả hỗ trợ người bị bạo lực gia đình, bạo lực trên cơ sở giới {period.in_text}, số liệu"
        f" từ ngày {short_date(period.since)} đến ngày {short_date(until)}{running}, như sau:"
    )


def _results(figures: Figures) -> Part:
    minimum = figures.now.minimum
    about = (
        "Chỉ tiêu 3.2 của Chiến lược: tỷ lệ người bị bạo lực gia đình, bạo lực trên cơ sở giới được phát"
        " hiện được tiếp cận ít nhất một trong các dịch vụ hỗ trợ cơ bản."
    )
    kept = (
        f"Số từ 1 đến {minimum - 1} và số có thể dùng để tính ngược ra các số đó được giữ kín để không ai"
        " bị nhận ra."
    )
    return Part(
        "II. KẾT QUẢ THỰC HIỆN CHỈ TIÊU",
        (about, " ".join(indicators.sentences(figures.now, previous=figures.previous))),
        has_picture=True,
        table=Table(
            caption="Bảng 1. Kết quả chỉ tiêu 3.2 theo quý (kỳ báo cáo)",
            header=("Quý", "Số người được phát hiện", "Số người được hỗ trợ", "Tỷ lệ"),
            rows=tuple((f"Quý {one.period.short_name}", *_numbers(one)) for one in figures.trend),
            shares=(28, 26, 26, 20),
            note=kept,
        ),
    )


def _communes(figures: Figures) -> Table | None:
    if figures.now.is_suppressed or not figures.communes:
        return None
    rows = [(row.name, *_numbers(row)) for row in figures.communes]
    return Table(
        caption=f"Kết quả chỉ tiêu 3.2 theo xã, phường {figures.now.period.in_text}",
        header=("Xã, phường", "Số người được phát hiện", "Số người được hỗ trợ", "Tỷ lệ"),
        rows=(*rows, ("Toàn thành phố", *_numbers(figures.now))),
        shares=(37, 23, 23, 17),
        note=_about_communes(figures),
    )


def _about_communes(figures: Figures) -> str:
    told = [
        f"{number(figures.silent, 0)} xã, phường còn lại không ghi nhận người bị bạo lực trong kỳ."
    ]
    if figures.hidden:
        told.append(
            f"{number(figures.hidden, 0)} xã, phường được giữ kín vì có số nhỏ, hoặc để không tính ngược"
            " ra được số nhỏ."
        )
    if any(row.is_estimated for row in figures.communes):
        told.append("Số ghi nhận theo đơn vị hành chính trước ngày 01/7/2025 có phần là ước tính.")
    return " ".join(told)


def _numbers(figure: indicators.Figure) -> Sequence[str]:
    if figure.is_suppressed:
        return (HIDDEN, HIDDEN, HIDDEN)
    share = percent(figure.value, 1) if figure.value is not None else NOBODY
    return (number(figure.denominator, 0), number(figure.numerator, 0), share)


def _signer(authority: str, *, signs_for_head: bool) -> tuple[str, ...]:
    own = ("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN") if signs_for_head else ("TRƯỞNG BAN",)
    return (authority, *own)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
