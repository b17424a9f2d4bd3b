"""Assessments for tests, made through the services as the app role."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from diemtua.casework.assessments import queries, services
from diemtua.casework.assessments.models import Assessment
from diemtua.casework.assessments.queries import Instrument, Kind
from diemtua.casework.cases.models import Case
from diemtua.casework.tests.factories import NIGHT
from diemtua.foundation.database.asker import Asker, asking


def instrument(code: str = "safety-check") -> Instrument:
    """Return an instrument of the house in force on the night of the tests."""
    return queries.current(code, on=NIGHT.date())


def harmless(of: Instrument) -> dict[str, Any]:
    """Return an answer to every question that counts, each giving the fewest points."""
    return {q.code: _by_points(q)[0] for q in of.questions if q.kind != Kind.TEXT}


def gravest(of: Instrument) -> dict[str, Any]:
    """Return an answer to every question that counts, each giving the most points."""
    return {q.code: _by_points(q)[-1] for q in of.questions if q.kind != Kind.TEXT}


def _by_points(question: queries.Question) -> list[str]:
    known = [(o.points, o.code) for o in question.options if o.points is not None]
    return [code for _points, code in sorted(known)]


def done(
    asker: Asker,
    case: Case,
    answers: dict[str, Any],
    *,
    code: str = "safety-check",
    at: datetime = NIGHT,
    **fields: Any,
) -> Assessment:
    """Finish an assessment of a case."""
    values = {"id": uuid4(), "tab": uuid4(), "seen": 0} | fields
    with asking(asker):
        return services.finish(
            asker=asker,
            case=Case.objects.get(pk=case.pk),
            instrument=instrument(code),
            at=at,
            written=services.Written(answers, "Em trai chị ở gần"),
            **values,
        )


def begun(
    asker: Asker, case: Case, answers: dict[str, Any], *, code: str = "safety-check", **fields: Any
) -> Assessment:
    """Begin an assessment of a case and leave it unfinished."""
    values = {"id": uuid4(), "tab": uuid4(), "seen": 0, "at": NIGHT} | fields
    with asking(asker):
        return services.save(
            asker=asker,
            case=Case.objects.get(pk=case.pk),
            instrument=instrument(code),
            written=services.Written(answers),
            **values,
        )


def file(**changed: Any) -> str:
    """Return a small definition as a file, with parts of it replaced."""
    parts = {
        "head": 'code = "tiny"\nversion = 1\ntitle = "Nhỏ"\ntitle_en = "Tiny"\npurpose = "Thử"\n'
        'purpose_en = "Test"\nopening = "Thử"\nopening_en = "Test"\nminutes = 1\nsets_risk = true\n'
        'higher_is = "worse"\nin_force_from = 2026-01-01\nsource = "Thử"\nlicence = "AGPL"\n'
        'status = "M"\n',
        "questions": '[[question]]\ncode = "a"\ntext = "A?"\ntext_en = "A?"\npoints = 3\n'
        '[[question]]\ncode = "b"\ntext = "B?"\ntext_en = "B?"\npoints = 5\nalone_high = ["YES"]\n',
        "bands": '[[band]]\ncode = "low"\nfrom = 0\nlevel = "LOW"\nlabel = "Thấp"\nlabel_en = "Low"\n'
        'words = "Thấp."\nwords_en = "Low."\n'
        '[[band]]\ncode = "high"\nfrom = 4\nlevel = "HIGH"\nlabel = "Cao"\nlabel_en = "High"\n'
        'words = "Cao."\nwords_en = "High."\n',
    } | changed
    return parts["head"] + parts["questions"] + parts["bands"]
