"""Figures of the invented city's past: closed cases of two years, by commune and quarter.

They go in by COPY, as `diemtua seed` makes its many; which of them were helped follows the plan, so
that several communes and the city have numbers large enough to be shown, and some have not.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from diemtua.casework.models import Case
from diemtua.foundation.clock import CITY_TIME
from diemtua.indicators.periods import Calendar, Period, Span, containing
from diemtua.site import reaching, seeding

NAMESPACE = uuid.UUID("7a1d0c2e-9f43-4f5b-8b1d-70617374cafe")
NOON = time(12, tzinfo=CITY_TIME)


def ensure(plan: dict[str, Any], *, now: datetime) -> None:
    """Make the past once; all of it in one transaction, so that it is there or not."""
    if Case.objects.using("owner").filter(pk=_id(0)).exists():
        return
    ground = seeding.ground_of("city", plan["seed"])
    with reaching.owner_connection() as owner, owner.transaction():
        ground.codes.update(code for (code,) in owner.execute("SELECT code FROM casework_case"))
        for number, (unit, opened, is_helped) in enumerate(_people(plan, ground, now)):
            past = _closed(ground, id=_id(number), unit=unit, opened=opened, reached=is_helped)
            seeding.add_case(ground, past)
        seeding.copy(owner, ground)


def _id(number: int) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, str(number))


def _people(
    plan: dict[str, Any], ground: seeding.Ground, now: datetime
) -> Iterator[tuple[str, datetime, bool]]:
    """Yield where and when each person was detected, and whether she was helped."""
    present = containing(
        now.astimezone(CITY_TIME).date(), span=Span.QUARTER, calendar=Calendar.REPORTING
    )
    for back in range(plan["quarters"]):
        share = plan["share_now"] - back * plan["share_less_each_quarter"]
        for unit, (detected, helped) in plan["communes"].items():
            size = round(detected * (1 - back * plan["fewer_each_quarter"]))
            reached = helped if back == 0 else round(size * share)
            for number in range(size):
                yield unit, _moment(present.shifted(-back), ground, now), number < reached


def _moment(period: Period, ground: seeding.Ground, now: datetime) -> datetime:
    """Return a noon of the period that has passed, or its first."""
    last = min(period.last_day, (now - timedelta(days=1)).astimezone(CITY_TIME).date())
    days = max(0, (last - period.since).days)
    day = period.since + timedelta(days=ground.dice.randint(0, days))
    return min(now, datetime.combine(day, NOON))


def _closed(ground: seeding.Ground, **case: Any) -> dict[str, Any]:
    dice = ground.dice
    kinds = ("PHYSICAL_ASSAULT", "PSYCHOLOGICAL_ABUSE", "DENIAL_OF_RESOURCES")
    return case | {
        "status": "CLOSED",
        "worker": dice.choice(ground.workers),
        "risk": dice.choices(("MEDIUM", "LOW"), (3, 5))[0],
        "gbv_type": dice.choices(kinds, (5, 4, 2))[0],
        "sex": dice.choices(("FEMALE", "MALE"), (95, 5))[0],
        "age_group": dice.choices(("FROM_18", "FROM_26", "FROM_41", "FROM_60"), (3, 6, 4, 1))[0],
        "acts": sorted(dice.sample(seeding.ACTS, dice.randint(1, 3))),
    }
