"""What the figures stand at: for the city, for its communes, through time.

Facts carry the unit of their day and are rolled up to today's map in PostgreSQL. What is small is
hidden here, at one place, so that page, report and chart cannot differ.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.db import connection
from django.utils.translation import gettext as _

from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.registry import Measure, Value
from diemtua.indicators.errors import TooFine
from diemtua.indicators.periods import Period, Span
from diemtua.indicators.policies import SEES_FIGURES
from diemtua.indicators.queries import catalogue
from diemtua.indicators.suppression import Cell, Protected, protect, total_of
from diemtua.places import queries as places
from diemtua.places.models import Unit

COUNTED = """
SELECT p.place, u.key, bool_or(x.is_estimated),
       coalesce(sum(c.n * x.weight) FILTER (WHERE c.codes = %(codes)s), 0), sum(c.n * x.weight)
FROM diemtua.facts_counts(%(kind)s, %(first)s, %(last)s, %(by)s, %(where)s, NULL) c
JOIN unnest(%(since)s::date[], %(until)s::date[]) WITH ORDINALITY AS p (since, until, place)
  ON c.bucket >= p.since AND c.bucket < p.until
JOIN diemtua.on_map(%(day)s) x ON x.recorded = c.unit_key
JOIN places_unit u ON u.key = x.unit
WHERE u.path LIKE %(within)s
GROUP BY p.place, u.key
"""


class Audience(StrEnum):
    """Who will read the numbers; decides how small a number may be shown."""

    INSIDE = "INSIDE"
    OUTSIDE = "OUTSIDE"

    @property
    def minimum(self) -> int:
        """The smallest count that may be shown."""
        told = catalogue.minimum()
        return told.inside if self is Audience.INSIDE else told.outside


@dataclass(frozen=True, slots=True)
class Figure:
    """A share with its two counts. A hidden one has no numbers, so that none can slip out."""

    numerator: int | None
    denominator: int | None
    value: Decimal | None  # a share between 0 and 1; None when hidden or nobody was counted
    is_suppressed: bool


@dataclass(frozen=True, slots=True)
class CityFigure(Figure):
    """The figure of a unit in a period, with its target."""

    code: str
    unit_key: str
    period: Period
    target: catalogue.Target
    as_of: datetime
    minimum: int


@dataclass(frozen=True, slots=True)
class CommuneFigure(Figure):
    """The figure of one commune in a period."""

    unit_key: str
    name: str
    sort_key: str
    is_estimated: bool  # recorded for a former unit that was split; shares are estimates


@dataclass(frozen=True, slots=True)
class ByCommune:
    """The figure of every commune and of the city, shown so that nothing hidden can be got back."""

    total: CityFigure
    rows: tuple[CommuneFigure, ...]

    @property
    def hidden(self) -> int:
        """How many communes are hidden."""
        return sum(row.is_suppressed for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Counted:
    cell: Cell
    is_estimated: bool


def figure(
    *,
    asker: Asker,
    period: Period,
    code: str = "3.2a",
    unit_key: str = "",
    audience: Audience = Audience.INSIDE,
    at: datetime | None = None,
) -> CityFigure:
    """Return what a figure stands at in the city, or in one of its communes by quarter.

    Raises:
        NotForYou: the asker may not see figures.
        TooFine: a commune is asked for by anything but a quarter.
    """
    (one,) = trend(
        asker=asker, periods=[period], code=code, unit_key=unit_key, audience=audience, at=at
    )
    return one


def by_commune(
    *,
    asker: Asker,
    period: Period,
    code: str = "3.2a",
    audience: Audience = Audience.INSIDE,
    at: datetime | None = None,
) -> ByCommune:
    """Return what a figure stands at in every commune of today and in the whole city.

    Raises:
        NotForYou: the asker may not see figures.
        TooFine: the period is no quarter.
    """
    if period.span is not Span.QUARTER:
        raise TooFine
    SEES_FIGURES.require(asker)
    counted = _count(catalogue.measure(code), [period])[period]
    cells = {key: one.cell for key, one in counted.items()}
    kept = protect(cells, minimum=audience.minimum)
    units = places.communes(places.city().key).filter(valid_to__isnull=True)
    named: list[Unit] = [
        *units,
        *Unit.objects.filter(pk__in=counted.keys() - {u.pk for u in units}),
    ]
    return ByCommune(
        total=_city_figure(cells, kept, code=code, period=period, audience=audience, at=at),
        rows=tuple(_commune(unit, counted.get(unit.pk), kept) for unit in named),
    )


def trend(
    *,
    asker: Asker,
    periods: Iterable[Period],
    code: str = "3.2a",
    unit_key: str = "",
    audience: Audience = Audience.INSIDE,
    at: datetime | None = None,
) -> list[CityFigure]:
    """Return what a figure stood at in each of several periods.

    Raises:
        NotForYou: the asker may not see figures.
        TooFine: a commune is asked for by anything but quarters.
    """
    SEES_FIGURES.require(asker)
    asked = list(periods)
    is_part = unit_key not in {"", places.city().key}
    if is_part and any(period.span is not Span.QUARTER for period in asked):
        raise TooFine
    told = []
    for period, counted in _count(catalogue.measure(code), asked).items():
        cells = {key: one.cell for key, one in counted.items()}
        kept = protect(cells, minimum=audience.minimum)
        if is_part:
            kept = Protected(frozenset(), total_is_hidden=unit_key in kept.hidden)
            cells = {unit_key: cells.get(unit_key, Cell(0, 0))}
        told.append(
            _city_figure(
                cells, kept, code=code, period=period, audience=audience, at=at, unit_key=unit_key
            )
        )
    return told


def _count(measure: Measure, periods: list[Period]) -> dict[Period, dict[str, _Counted]]:
    city = places.unit(places.city().key)
    names = list(measure.numerator)
    with connection.cursor() as cursor:
        cursor.execute(
            COUNTED,
            {
                "kind": measure.kind,
                "first": min(period.since for period in periods),
                "last": max(period.until for period in periods),
                "since": [period.since for period in periods],
                "until": [period.until for period in periods],
                "by": ["unit_key", "bucket", *names],
                "codes": [_as_text(measure.numerator[name]) for name in names],
                "where": json.dumps(dict(measure.where)),
                "day": clock.today(),
                "within": f"{city.path}%",
            },
        )
        counted: dict[Period, dict[str, _Counted]] = {period: {} for period in periods}
        for place, key, is_estimated, part, whole in cursor:
            counted[periods[place - 1]][key] = _Counted(Cell(part, whole), is_estimated)
    return counted


def _as_text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shown(cell: Cell, *, is_hidden: bool) -> Figure:
    if is_hidden:
        return Figure(None, None, None, is_suppressed=True)
    value = Decimal(cell.part) / Decimal(cell.whole) if cell.whole else None
    return Figure(round(cell.part), round(cell.whole), value, is_suppressed=False)


def _commune(unit: Unit, counted: _Counted | None, kept: Protected[str]) -> CommuneFigure:
    shown = _shown(counted.cell if counted else Cell(0, 0), is_hidden=unit.pk in kept.hidden)
    return CommuneFigure(
        shown.numerator,
        shown.denominator,
        shown.value,
        shown.is_suppressed,
        unit_key=unit.pk,
        name=_("Chưa rõ xã, phường") if unit.pk == places.city().key else unit.name,
        sort_key=unit.sort_key,
        is_estimated=bool(counted and counted.is_estimated),
    )


def _city_figure(
    cells: Mapping[str, Cell],
    kept: Protected[str],
    *,
    code: str,
    period: Period,
    audience: Audience,
    at: datetime | None,
    unit_key: str = "",
) -> CityFigure:
    shown = _shown(total_of(cells.values()), is_hidden=kept.total_is_hidden)
    return CityFigure(
        shown.numerator,
        shown.denominator,
        shown.value,
        shown.is_suppressed,
        code=code,
        unit_key=unit_key or places.city().key,
        period=period,
        target=catalogue.definition(code).target_on(period.last_day),
        as_of=at or clock.now(),
        minimum=audience.minimum,
    )
