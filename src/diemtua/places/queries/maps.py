"""Figures across maps: where what was recorded for one unit belongs on the map of another day."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet

from diemtua.places.models import Crosswalk, Level, Succession

ROLL_UP = """
SELECT CASE
         WHEN %(level)s = 'PROVINCE' THEN split_part(u.path, '/', 1)
         WHEN %(level)s = 'DISTRICT' AND split_part(u.path, '/', 2) LIKE 'd%%'
           THEN split_part(u.path, '/', 2)
         ELSE u.key
       END AS place,
       sum(figure.value * x.weight)
FROM unnest(%(keys)s::varchar[], %(values)s::numeric[]) AS figure (recorded, value)
JOIN diemtua.on_map(%(day)s) x ON x.recorded = figure.recorded
JOIN places_unit u ON u.key = x.unit
GROUP BY 1
"""


def edition(day: date) -> int:
    """Return the number of the map in force on a day: how many reforms had happened by then."""
    return Succession.objects.filter(on_day__lte=day).values("on_day").distinct().count()


def crosswalk(day: date) -> QuerySet[Crosswalk]:
    """Return, for every unit ever recorded, where its figures belong on the map of a day."""
    return Crosswalk.objects.filter(edition=edition(day))


def shares_on(day: date, key: str) -> dict[str, Decimal]:
    """Return where one unit's figures belong on the map of a day: unit's key → weight.

    The weights add up to exactly 1.
    """
    return dict(crosswalk(day).filter(recorded=key).values_list("unit_id", "weight"))


def roll_up(
    values: Mapping[str, int | Decimal], *, day: date, level: Level = Level.COMMUNE
) -> dict[str, Decimal]:
    """Return figures, recorded for units of any time, on the map of a day, summed to a level.

    The total stays the same. What was recorded for a unit above the level is not divided below
    it on its own map: it stays with that unit. Where a split's shares are not known, parts are
    estimates (``Crosswalk.is_estimated``) and may be fractions.

    In SQL of one's own, join ``diemtua.on_map(day)`` instead.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            ROLL_UP,
            {
                "keys": list(values),
                "values": list(values.values()),
                "day": day,
                "level": Level(level).value,
            },
        )
        return dict(cursor.fetchall())
