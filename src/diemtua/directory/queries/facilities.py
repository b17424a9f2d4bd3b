"""Which places there are, for whom they may be seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from diemtua.directory import policies
from diemtua.directory.models import Facility, FacilityAddress
from diemtua.directory.queries.readiness import Answer, judged, latest
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.refusals import NotFound
from diemtua.foundation.text import fold


@dataclass(frozen=True, slots=True)
class Listed:
    """A facility and what it said about tonight."""

    facility: Facility
    answer: Answer


def of(asker: Asker) -> QuerySet[Facility]:
    """Return the facilities the asker may read, withdrawn ones too."""
    return policies.MAY_READ.of(asker, Facility.objects.select_related("unit", "organisation"))


def facility(asker: Asker, id: UUID) -> Facility:  # noqa: A002 - the house's word
    """Return one facility.

    Raises:
        NotFound: there is none, or the asker may not know that there is.
    """
    found = of(asker).filter(pk=id).first()
    if found is None:
        raise NotFound
    return found


def listed(*, asker: Asker, id: UUID, at: datetime) -> Listed:  # noqa: A002 - the house's word
    """Return one facility and what it said about tonight.

    Raises:
        NotFound: there is none, or the asker may not know that there is.
    """
    found = latest(of(asker)).filter(pk=id).first()
    if found is None:
        raise NotFound
    return Listed(facility=found, answer=judged(found, at))


def facilities(
    *,
    asker: Asker,
    at: datetime,
    text: str = "",
    kinds: Iterable[str] = (),
    unit_key: str = "",
    is_ready: bool = False,
) -> list[Listed]:
    """Return the facilities that take part today and fit, by Vietnamese order of commune and name.

    ``text`` is sought without accents in the name, the organisation and the commune; never in an
    address.
    """
    found = taking_part(latest(of(asker)), at.date())
    if kinds := list(kinds):
        found = found.filter(kind__in=kinds)
    if unit_key:
        found = found.filter(unit__path__contains=f"{unit_key}/")
    words = fold(text).split()
    rows = [
        Listed(facility=one, answer=judged(one, at))
        for one in found.order_by("unit__sort_key", "kind", "name")
        if _fits(one, words)
    ]
    return [row for row in rows if row.answer.is_ready] if is_ready else rows


def _fits(facility: Facility, words: list[str]) -> bool:
    if not words:
        return True
    told = fold(
        f"{facility.name} {facility.organisation.name} {facility.unit.name} {facility.phone}"
    )
    return all(word in told for word in words)


def taking_part(queryset: QuerySet[Facility], on: date) -> QuerySet[Facility]:
    """Return those that have begun and were not withdrawn by that day."""
    return queryset.filter(valid_from__lte=on).exclude(valid_to__lte=on)


def kept(*, asker: Asker, at: datetime) -> list[Listed]:
    """Return the lodgings whose readiness the asker answers for, in the order of their names."""
    mine = policies.MAY_ANSWER.of(asker, Facility.objects.select_related("unit", "organisation"))
    found = taking_part(latest(mine), at.date()).order_by("name")
    return [Listed(facility=one, answer=judged(one, at)) for one in found if one.is_lodging]


def is_address_known(*, asker: Asker, facility: Facility) -> bool:
    """Return whether there is an address that the asker may open; opening it is a verb."""
    return address_of(asker=asker, facility=facility) is not None


def address_of(*, asker: Asker, facility: Facility) -> FacilityAddress | None:
    """Return the sealed address when the asker may open it; nothing in it can be read yet."""
    return policies.MAY_OPEN_ADDRESS.of(
        asker, FacilityAddress.objects.filter(facility=facility)
    ).first()
