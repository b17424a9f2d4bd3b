"""Which places can take someone tonight, the most useful first."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from diemtua.directory import policies
from diemtua.directory.models import LODGING, Facility, FacilityKind, Readiness, ReadinessAnswer
from diemtua.foundation.database.asker import Asker
from diemtua.places import queries as places

RULES = Path(__file__).resolve().parent.parent / "reference" / "readiness.toml"
NEARNESS = {
    0: _("ngay trong xã, phường"),
    1: _("xã, phường lân cận"),
    2: _("nơi khác trong thành phố"),
}


class NotReady(models.TextChoices):
    """Why a place does not count as ready; empty when it does."""

    READY = "", ""
    SILENT = "SILENT", _("Chưa báo tối nay")
    STALE = "STALE", _("Câu trả lời đã cũ")
    FULL = "FULL", _("Hết chỗ")
    AWAY = "AWAY", _("Tạm vắng")
    NO_CHILDREN = "NO_CHILDREN", _("Không nhận trẻ em")
    TOO_FEW = "TOO_FEW", _("Không đủ chỗ")


@dataclass(frozen=True, slots=True)
class Answer:
    """The latest answer of a facility, judged at a moment. ``state`` is empty for silence."""

    state: str = ""
    places: int = 0
    answered_at: datetime | None = None
    valid_until: datetime | None = None
    is_stale: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether it can take someone, as far as it has said and the answer still holds."""
        return self.state == Readiness.READY and not self.is_stale

    @property
    def label(self) -> str:
        """The answer in words."""
        if not self.state:
            return str(NotReady.SILENT.label)
        return str(NotReady.STALE.label if self.is_stale else Readiness(self.state).label)

    @property
    def tone(self) -> str:
        """The colour of its badge: done for ready, soon for what should be asked again."""
        if self.is_ready:
            return "done"
        return "neutral" if self.state and not self.is_stale else "soon"


@dataclass(frozen=True, slots=True)
class ReadyPlace:
    """A place where a person could stay tonight, as the counsellor sees it; no street address."""

    facility_id: UUID
    organisation_id: UUID
    name: str
    kind: str
    kind_label: str
    unit_key: str
    unit_name: str
    nearness: int
    state: str
    places_free: int
    answered_at: datetime | None
    is_stale: bool
    phone: str
    takes_children: bool
    takes_boys_up_to: int | None = None
    takes_men: bool = False
    is_accessible: bool = False
    away_until: datetime | None = None
    why_not: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether it can take her, with her children, as far as it has said."""
        return not self.why_not

    @property
    def why_not_label(self) -> str:
        """Why not, in words."""
        return str(NotReady(self.why_not).label)

    @property
    def nearness_label(self) -> str:
        """How near, in words."""
        return str(NEARNESS[self.nearness])


@cache
def holds_for() -> timedelta:
    """Return how long an answer counts; the city's own rule, in ``readiness.toml``."""
    with RULES.open("rb") as file:
        return timedelta(hours=tomllib.load(file)["answer"]["holds_hours"])


def latest(queryset: QuerySet[Facility]) -> QuerySet[Facility]:
    """Return the facilities, each with its latest answer as ``said`` for ``judged``."""
    answers = ReadinessAnswer.objects.filter(facility=OuterRef("pk")).order_by("-answered_at")
    said = JSONObject(
        state="state", places="places", answered_at="answered_at", valid_until="valid_until"
    )
    return queryset.annotate(said=Subquery(answers.values(said=said)[:1]))


def judged(facility: Facility, at: datetime) -> Answer:
    """Return the latest answer of a facility out of ``latest``, judged at a moment."""
    said = getattr(facility, "said", None)
    if not said:
        return Answer()
    answered_at = datetime.fromisoformat(said["answered_at"])
    until = datetime.fromisoformat(said["valid_until"]) if said["valid_until"] else None
    return Answer(
        state=said["state"],
        places=said["places"],
        answered_at=answered_at,
        valid_until=until,
        is_stale=at >= (until or answered_at + holds_for()),
    )


def answers_of(*, asker: Asker, facility: Facility, limit: int = 12) -> list[ReadinessAnswer]:
    """Return what a facility has said, the latest first."""
    policies.MAY_READ.require(asker, facility)
    return list(facility.answers.order_by("-answered_at")[:limit])


def ready_near(
    *,
    asker: Asker,
    unit_key: str,
    at: datetime,
    children: int = 0,
    kinds: Iterable[str] = LODGING,
    adults: int = 1,
) -> list[ReadyPlace]:
    """Return the places where a person from this commune could stay tonight, in two queries.

    First those that are ready and fit (enough room, children taken), then the others with why not;
    each by nearness: the same commune, communes of the same former district, the rest of the
    city. Silence and stale answers never count as ready. Stays under way are not taken off: what
    a place says is what it has free.
    """
    near = set(places.neighbours(unit_key))
    found = latest(policies.MAY_READ.of(asker, Facility.objects.all())).filter(
        kind__in=list(kinds), valid_from__lte=at.date(), valid_to__isnull=True
    )
    ready = []
    for facility in found.select_related("unit"):
        answer = judged(facility, at)
        nearness = 0 if facility.unit_id == unit_key else 1 if facility.unit_id in near else 2
        why_not = _why_not(facility, answer, adults=adults, children=children)
        ready.append(_place(facility, answer, nearness=nearness, why_not=why_not))
    return sorted(ready, key=_usefulness)


def _why_not(facility: Facility, answer: Answer, *, adults: int, children: int) -> str:
    reasons = (
        (children and not facility.takes_children, NotReady.NO_CHILDREN),
        (not answer.state, NotReady.SILENT),
        (answer.is_stale, NotReady.STALE),
        (answer.state == Readiness.FULL, NotReady.FULL),
        (answer.state == Readiness.AWAY, NotReady.AWAY),
        (answer.places < adults + children, NotReady.TOO_FEW),
    )
    return next((reason.value for applies, reason in reasons if applies), NotReady.READY.value)


def _place(facility: Facility, answer: Answer, *, nearness: int, why_not: str) -> ReadyPlace:
    return ReadyPlace(
        facility_id=facility.pk,
        organisation_id=facility.organisation_id,
        name=facility.name,
        kind=facility.kind,
        kind_label=str(FacilityKind(facility.kind).label),
        unit_key=facility.unit_id,
        unit_name=facility.unit.name,
        nearness=nearness,
        state=answer.state,
        places_free=answer.places if answer.is_ready else 0,
        answered_at=answer.answered_at,
        is_stale=answer.is_stale or not answer.state,
        phone=facility.phone or facility.staff_phone,
        takes_children=facility.takes_children,
        takes_boys_up_to=facility.takes_boys_up_to,
        takes_men=facility.takes_men,
        is_accessible=facility.is_accessible,
        away_until=answer.valid_until if answer.state == Readiness.AWAY else None,
        why_not=why_not,
    )


def _usefulness(place: ReadyPlace) -> tuple[bool, int, bool, int, str]:
    is_known_unfit = place.why_not in {NotReady.FULL, NotReady.AWAY, NotReady.NO_CHILDREN}
    return (bool(place.why_not), place.nearness, is_known_unfit, -place.places_free, place.name)
