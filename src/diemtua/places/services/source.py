"""Read units and successions out of the package ``vietnam_provinces`` and our notes on its gaps.

The package knows today's provinces and communes, those of three levels before 1/7/2025, and which
former ward went, wholly or in part, into which commune of today.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from diemtua.foundation.text import fold, sort_key
from diemtua.places.models import Level

REFORM = Path(__file__).resolve().parent.parent / "reference" / "reform-2025.toml"
GRAIN = Decimal("0.000001")  # of a weight, as the table keeps it


class UnitRow(NamedTuple):
    """One row of ``places_unit``, in the order of ``UNIT_COLUMNS``."""

    key: str
    code: int
    level: str
    division: str
    name: str
    short_name: str
    folded: str
    sort_key: str
    parent_id: str | None
    path: str
    valid_from: date | None
    valid_to: date | None


class SuccessionRow(NamedTuple):
    """One row of ``places_succession``."""

    predecessor_id: str
    successor_id: str
    on_day: date
    is_partial: bool
    weight: Decimal
    is_estimated: bool


class Entry(Protocol):
    """What a province, district or ward of the package tells."""

    name: str
    code: int
    division_type: StrEnum


@dataclass(frozen=True)
class Source:
    """Everything the package says, as rows."""

    units: list[UnitRow] = field(default_factory=list)
    successions: list[SuccessionRow] = field(default_factory=list)


def read() -> Source:
    """Return the rows of all units and successions."""
    with REFORM.open("rb") as file:
        notes = tomllib.load(file)
    day = notes["reform"]["day"]
    units = [*_today(day), *_before(day)]
    communes = _communes(notes, units)
    district = {unit.key: unit.parent_id or "" for unit in units}
    province = {unit.key: unit.path.partition("/")[0] for unit in units}
    shares = communes | _summed(communes, district, {key: key for key in district})
    for code, zone in notes["island_districts"]["codes"].items():
        shares[f"d{code}.old"] = {f"c{zone}": Decimal(1)}
    shares |= _summed(communes, province, province)
    return Source(units=units, successions=list(_rows(shares, day)))


def shared(weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return the weights scaled to sum to exactly 1 at the table's grain.

    What rounding leaves goes to the first key.
    """
    total = sum(weights.values(), Decimal(0))
    parts = {
        key: (weight / total).quantize(GRAIN, rounding=ROUND_DOWN)
        for key, weight in sorted(weights.items())
    }
    first = next(iter(parts))
    parts[first] += 1 - sum(parts.values())
    return parts


def _today(day: date) -> Iterator[UnitRow]:
    from vietnam_provinces import Province, Ward  # noqa: PLC0415 - two seconds; only loading pays

    for province in Province.iter_all():
        yield _unit(province, "p", Level.PROVINCE, parent=None, valid_from=day)
    roots = {int(province.code): f"p{int(province.code)}" for province in Province.iter_all()}
    for ward in Ward.iter_all():
        root = roots[int(ward.province_code)]
        yield _unit(ward, "c", Level.COMMUNE, parent=(root, f"{root}/"), valid_from=day)


def _before(day: date) -> Iterator[UnitRow]:
    from vietnam_provinces import legacy  # noqa: PLC0415 - two seconds; only loading pays

    for province in legacy.Province.iter_all():
        yield _unit(province, "p", Level.PROVINCE, parent=None, valid_to=day)
    paths = {}
    for district in legacy.District.iter_all():
        root = f"p{int(district.province_code)}.old"
        row = _unit(district, "d", Level.DISTRICT, parent=(root, f"{root}/"), valid_to=day)
        paths[int(district.code)] = (row.key, row.path)
        yield row
    for ward in legacy.Ward.iter_all():
        parent = paths[int(ward.district_code)]
        yield _unit(ward, "c", Level.COMMUNE, parent=parent, valid_to=day)


def _unit(
    entry: "Entry",
    letter: str,
    level: Level,
    *,
    parent: tuple[str, str] | None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> UnitRow:
    division = str(entry.division_type.value)
    key = f"{letter}{int(entry.code)}{'.old' if valid_to else ''}"
    prefix = division.removesuffix(" trung ương")
    has_prefix = entry.name.lower().startswith(f"{prefix} ")
    short = entry.name[len(prefix) + 1 :] if has_prefix else entry.name
    folded, order = _texts(short)
    return UnitRow(
        key=key,
        code=int(entry.code),
        level=level.value,
        division=division,
        name=entry.name,
        short_name=short,
        folded=folded,
        sort_key=order,
        parent_id=parent[0] if parent else None,
        path=f"{parent[1] if parent else ''}{key}/",
        valid_from=valid_from,
        valid_to=valid_to,
    )


@cache
def _texts(name: str) -> tuple[str, str]:
    return fold(name), sort_key(name)


Shares = dict[str, dict[str, Decimal]]
"""Predecessor's key → successor's key → weight."""


def _communes(notes: dict[str, Any], units: Iterable[UnitRow]) -> Shares:
    from vietnam_provinces._ward_conversion_2025 import OLD_TO_NEW  # noqa: PLC0415 - as above

    same = {int(table): code for table, code in notes["same_ward"]["codes"].items()}
    shares: Shares = {}
    for code, entry in OLD_TO_NEW.items():
        parts = {f"c{int(new.code)}": Decimal(1) for new in entry.new_wards}
        shares[f"c{same.get(code, code)}.old"] = shared(parts)
    former = [unit for unit in units if unit.level == Level.COMMUNE and unit.valid_to]
    known = {unit.key for unit in former}
    shares = {key: parts for key, parts in shares.items() if key in known}
    return shares | _guessed(former, shares, {unit.key: unit for unit in units})


def _guessed(former: list[UnitRow], shares: Shares, names: dict[str, UnitRow]) -> Shares:
    """Give a former commune that the table forgot to what became of its district.

    To the commune of today that bears its name, else in equal parts to all of the district's.
    """
    of_district: dict[str | None, set[str]] = defaultdict(set)
    for key, parts in shares.items():
        of_district[names[key].parent_id] |= set(parts)
    guessed: Shares = {}
    for unit in former:
        if unit.key not in shares:
            candidates = of_district[unit.parent_id]
            namesakes = {key for key in candidates if names[key].folded == unit.folded}
            guessed[unit.key] = shared(dict.fromkeys(namesakes or candidates, Decimal(1)))
    return guessed


def _summed(shares: Shares, of: Mapping[str, str], to: Mapping[str, str]) -> Shares:
    """Sum communes' shares up: ``of`` names a predecessor's whole, ``to`` a successor's."""
    sums: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for key, parts in shares.items():
        for successor, weight in parts.items():
            sums[of[key]][to[successor]] += weight
    return {key: shared(parts) for key, parts in sums.items()}


def _rows(shares: Shares, day: date) -> Iterator[SuccessionRow]:
    for key, parts in sorted(shares.items()):
        is_partial = len(parts) > 1
        for successor, weight in parts.items():
            yield SuccessionRow(
                predecessor_id=key,
                successor_id=successor,
                on_day=day,
                is_partial=is_partial,
                weight=weight,
                is_estimated=is_partial,
            )
