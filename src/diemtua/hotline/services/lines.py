"""Keeping the numbers: the city's own lines, and those a caller may be handed to."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction

from diemtua.foundation.audit import services as audit
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.database.once import create_once
from diemtua.foundation.text import words
from diemtua.hotline import policies
from diemtua.hotline.errors import LastOwnLine, NumberKnown
from diemtua.hotline.models import Line

REFERENCE = Path(__file__).resolve().parent.parent / "reference" / "lines.toml"
LAST = 1000  # a new number goes to the end of the list


@dataclass(frozen=True, slots=True)
class LineTold:
    """What is known of a number. ``shown`` is how it is printed, ``is_checked``: called or read."""

    shown: str
    name: str
    purpose: str
    source: str
    is_own: bool = False
    is_used: bool = True
    is_checked: bool = False


def add_line(*, asker: Asker, id: UUID, told: LineTold, at: datetime) -> Line:  # noqa: A002 - the page makes the record's id
    """Add a number; a second call with the same id changes nothing.

    Raises:
        NumberKnown: the number is in the list already.
    """
    policies.KEEPS_LINES.require(asker)

    def make() -> Line:
        line = Line(id=id, position=LAST, last_checked=_day(at))
        _write(line, told, at)
        _save(line, is_new=True)
        audit.write(asker=asker, action="hotline.line.added", subject=line)
        return line

    return create_once(Line, id, make)[0]


def change_line(*, asker: Asker, line: Line, told: LineTold, at: datetime) -> Line:
    """Change a number or what it is for; switching it off keeps it in old contacts.

    Raises:
        LastOwnLine: no line would be answered here any more.
        NumberKnown: another entry has the number.
    """
    policies.KEEPS_LINES.require(asker)
    line = Line.objects.select_for_update().get(pk=line.pk)
    others = Line.objects.filter(is_own=True, is_used=True).exclude(pk=line.pk)
    if not (told.is_own and told.is_used) and not others.exists():
        raise LastOwnLine
    _write(line, told, at)
    _save(line)
    audit.write(asker=asker, action="hotline.line.changed", subject=line, used=line.is_used)
    return line


def _write(line: Line, told: LineTold, at: datetime) -> None:
    line.number = "".join(words(told.shown))
    for name in ("shown", "name", "purpose", "source", "is_own", "is_used"):
        setattr(line, name, getattr(told, name))
    if told.is_checked:
        line.last_checked = _day(at)
    line.is_checked = told.is_checked


def _save(line: Line, *, is_new: bool = False) -> None:
    try:
        with transaction.atomic():
            line.save(force_insert=is_new)
    except IntegrityError as error:
        if "line_number_once" not in str(error):
            raise
        raise NumberKnown from error


def _day(at: datetime) -> date:
    return at.astimezone(CITY_TIME).date()


def load_lines(using: str) -> None:
    """Load the numbers of the reference file that are not known yet; the city's changes stay."""
    with REFERENCE.open("rb") as file:
        told = tomllib.load(file)["line"]
    known = set(Line.objects.using(using).values_list("number", flat=True))
    Line.objects.using(using).bulk_create(
        Line(
            number=row["number"],
            shown=row["shown"],
            name=row["name"],
            purpose=row["for"],
            source=row["source"],
            is_own=row["is_own"],
            is_checked=row["status"] == "V",
            last_checked=row["last_checked"],
            position=position,
        )
        for position, row in enumerate(told)
        if row["number"] not in known
    )
