"""One unit, the units of a day, and what became of what."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import F, Q, QuerySet

from diemtua.foundation import clock
from diemtua.places.errors import UnitUnknown
from diemtua.places.models import Level, Unit
from diemtua.places.queries.maps import crosswalk

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


@dataclass(frozen=True, slots=True)
class City:
    """The city this installation works for, as the reference data says."""

    key: str
    communes: int
    wards: int
    rural_communes: int


@cache
def city() -> City:
    """Return the city of this installation."""
    with (REFERENCE / "city.toml").open("rb") as file:
        told = tomllib.load(file)["city"]
    return City(told["unit"], told["communes"], told["wards"], told["rural_communes"])


@cache
def reform_day() -> date:
    """Return the day from which today's map is in force."""
    with (REFERENCE / "reform-2025.toml").open("rb") as file:
        day = tomllib.load(file)["reform"]["day"]
    if not isinstance(day, date):
        raise TypeError("The reform's day must be a date.")
    return day


def unit(key: str) -> Unit:
    """Return the unit with this key, its parents at hand.

    Raises:
        UnitUnknown: there is none.
    """
    found = Unit.objects.select_related("parent", "parent__parent").filter(pk=key).first()
    if found is None:
        raise UnitUnknown
    return found


def as_of(day: date) -> QuerySet[Unit]:
    """Return the units that existed on a day, in Vietnamese order.

    A unit's first day counts, its last (``valid_to``) no longer: each day has exactly one map.
    """
    return Unit.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
    ).order_by("sort_key", "key")


def subtree(key: str) -> QuerySet[Unit]:
    """Return the unit and everything in it."""
    return Unit.objects.filter(path__startswith=unit(key).path).order_by("path")


def communes(key: str) -> QuerySet[Unit]:
    """Return the communes in a unit (itself, when it is one), in Vietnamese order."""
    return subtree(key).filter(level=Level.COMMUNE).order_by("sort_key", "key")


def children(key: str) -> QuerySet[Unit]:
    """Return the units one step below."""
    return Unit.objects.filter(parent_id=key).order_by("sort_key", "key")


def ancestors(key: str) -> list[Unit]:
    """Return the units around this one, the outermost first, itself not among them."""
    keys = unit(key).path.split("/")[:-2]
    found = Unit.objects.in_bulk(keys)
    return [found[above] for above in keys if above in found]


def today_of(key: str) -> list[Unit]:
    """Return the unit's place on today's map: itself, or what it became.

    Each carries ``weight``, the share of the asked unit that lies in it; the largest share first.
    """
    shares = crosswalk(clock.today()).filter(recorded=key).select_related("unit__parent")
    units = []
    for share in shares.order_by("-weight", "unit__sort_key"):
        share.unit.weight = share.weight  # type: ignore[attr-defined]  # told in the docstring
        units.append(share.unit)
    return units


def predecessors(key: str) -> QuerySet[Unit]:
    """Return the units that this one came from, of its own level.

    Each carries ``weight`` (the share of it that came here) and ``is_partial``. The special zones
    that were districts without communes name that district.
    """
    asked = unit(key)
    came = Unit.objects.filter(successions__successor=key).annotate(
        weight=F("successions__weight"), is_partial=F("successions__is_partial")
    )
    of_level = came.filter(level=asked.level)
    found = of_level if of_level.exists() else came
    return found.select_related("parent", "parent__parent").order_by("sort_key", "key")


def successors(key: str) -> QuerySet[Unit]:
    """Return the units that this one passed to, each with ``weight`` and ``is_partial``."""
    return (
        Unit.objects.filter(precessions__predecessor=key)
        .annotate(weight=F("precessions__weight"), is_partial=F("precessions__is_partial"))
        .select_related("parent")
        .order_by("-weight", "sort_key", "key")
    )


def neighbours(key: str) -> list[str]:
    """Return the communes of today that share a former district with this one, itself not among them.

    No boundary is needed: people of one former district know the same market, clinic and road.
    """
    districts = Unit.objects.filter(
        level=Level.DISTRICT, children__successions__successor=key
    ).values("key")
    return list(
        Unit.objects.filter(
            level=Level.COMMUNE,
            valid_to__isnull=True,
            precessions__predecessor__parent__in=districts,
        )
        .exclude(pk=key)
        .order_by("sort_key", "key")
        .values_list("key", flat=True)
        .distinct()
    )


def named(keys: list[str]) -> list[Unit]:
    """Return units by their keys, in the same order."""
    found = Unit.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]
