"""Finding earlier calls from the same number."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from diemtua.casework.cases import queries as cases
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.text import given_name
from diemtua.hotline import policies
from diemtua.hotline.errors import LookedUpTooOften
from diemtua.hotline.models import Contact, Danger, Outcome

SHOWN = 8
TOO_OFTEN = "54000"  # PostgreSQL's program_limit_exceeded


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A call from the same number: when, where, who has it; nothing of what was told."""

    id: UUID
    started_at: datetime
    unit: str
    is_in_danger: bool
    outcome: str
    held_by: str
    may_open: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of a number: calls to the own centre, and the cases the asker may see."""

    calls: list[EarlierRow]
    cases: list[cases.KnownRow]


def find_earlier(*, asker: Asker, contact: Contact) -> Earlier:
    """Return earlier calls from the number of this contact, and cases with it.

    A colleague's call is shown without anything that was told: when, where, who has it. PostgreSQL
    writes each look into the audit trail.

    Raises:
        LookedUpTooOften: more than 60 looks within an hour; nobody tries numbers one by one.
    """
    policies.SEES.require(asker, contact)
    if contact.phone_token is None:
        return Earlier([], [])
    return Earlier(
        [_in_words(row) for row in _rows(contact)],
        cases.with_phone(asker=asker, token=bytes(contact.phone_token)),
    )


def _rows(contact: Contact) -> list[tuple[UUID, datetime, str, str, str, str, bool]]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM diemtua.earlier_contacts(%s, %s)", [contact.pk, SHOWN])
            return list(cursor.fetchall())
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == TOO_OFTEN:
            raise LookedUpTooOften from error
        raise


def _in_words(row: tuple[UUID, datetime, str, str, str, str, bool]) -> EarlierRow:
    pk, started_at, unit, danger, outcome, name, may_open = row
    return EarlierRow(
        id=pk,
        started_at=started_at.astimezone(CITY_TIME),
        unit=unit or "",
        is_in_danger=danger == Danger.YES,
        outcome=str(dict(Outcome.choices).get(outcome, "")),
        held_by=given_name(name),
        may_open=may_open,
    )
