"""Questions to the trail: who did or saw what, when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from diemtua.foundation.audit import actions, names
from diemtua.foundation.audit.models import Checkpoint, Entry
from diemtua.foundation.audit.policies import MAY_READ
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import Asker

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asks for; an empty part asks for nothing."""

    action: str = ""
    person: UUID | None = None
    subject: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One entry, in words."""

    id: int
    at: datetime
    who: str
    role: str
    body: str
    says: str
    subject_label: str
    subject_id: str
    screen: str
    details: dict[str, Any]
    place: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the trail, and where the next begins."""

    rows: list[Row]
    next_before: int | None


def entries(*, asker: Asker, wanted: Wanted) -> Found:
    """Return a page of entries, the newest first."""
    found = _narrowed(MAY_READ.of(asker, Entry.objects.all()), wanted)
    page = list(found.order_by("-id")[: PAGE + 1])
    more = page[PAGE - 1].pk if len(page) > PAGE else None
    return Found(_in_words(page[:PAGE]), more)


def _narrowed(found: QuerySet[Entry], wanted: Wanted) -> QuerySet[Entry]:
    conditions = [
        Q(action=wanted.action) if wanted.action else None,
        Q(user_id=wanted.person) if wanted.person else None,
        _subject(wanted.subject) if wanted.subject else None,
        Q(at__gte=_midnight(wanted.since)) if wanted.since else None,
        Q(at__lt=_midnight(wanted.until) + timedelta(days=1)) if wanted.until else None,
        Q(pk__lt=wanted.before) if wanted.before else None,
    ]
    return found.filter(*(each for each in conditions if each is not None))


def _subject(text: str) -> Q:
    """Return the condition for a record's id, or for its code as written when it was made."""
    coded = Entry.objects.filter(details__code=text.strip().upper()).values("subject_id")[:1]
    return Q(subject_id=text.strip().lower()) | Q(subject_id__in=coded)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=CITY_TIME)


def _in_words(page: list[Entry]) -> list[Row]:
    people = names.of_people(_known(e.user_id for e in page))
    bodies = names.of_bodies(_known(e.organisation_id for e in page))
    return [
        Row(
            id=e.pk,
            at=e.at,
            who=people.get(e.user_id, str(e.user_id)) if e.user_id else (e.job or e.kind or "—"),
            role=e.role,
            body=bodies.get(e.organisation_id, "") if e.organisation_id else "",
            says=actions.says(e.action),
            subject_label=names.of_record(e.subject_label),
            subject_id=e.subject_id,
            screen=names.of_screen(e.screen),
            details=e.details,
            place=str(e),
        )
        for e in page
    ]


def _known(ids: Iterable[UUID | None]) -> set[UUID]:
    return {each for each in ids if each is not None}


def checkpoints(*, asker: Asker, at_most: int = 20) -> list[Checkpoint]:
    """Return the newest checkpoints."""
    return list(MAY_READ.of(asker, Checkpoint.objects.all()).order_by("-id")[:at_most])


def checkpoint(*, asker: Asker, number: int) -> Checkpoint | None:
    """Return one checkpoint, or None when there is none of this number."""
    return MAY_READ.of(asker, Checkpoint.objects.all()).filter(pk=number).first()


def people_seen(*, asker: Asker) -> list[tuple[UUID, str]]:
    """Return the people who appear in the newest part of the trail, by name."""
    newest = MAY_READ.of(asker, Entry.objects.all()).exclude(user_id=None).order_by("-id")
    ids = _known(newest.values_list("user_id", flat=True)[:5000])
    named = names.of_people(ids)
    return sorted(named.items(), key=lambda pair: pair[1])
