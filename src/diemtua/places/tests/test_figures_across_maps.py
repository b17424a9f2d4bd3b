"""A figure recorded for a unit of any time belongs on the map of any day, and totals survive."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from diemtua.places import queries
from diemtua.places.models import Crosswalk, Level, Unit
from diemtua.places.services.source import shared

pytestmark = pytest.mark.django_db

IN_2021, NOW = date(2021, 12, 31), date(2026, 11, 23)
DAYS = some.dates(date(2000, 1, 1), date(2035, 12, 31))
LEVELS = some.sampled_from(Level)
house = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)


@pytest.fixture
def keys(db):
    return list(Unit.objects.order_by("key").values_list("key", flat=True))


def test_on_every_map_every_unit_ever_recorded_has_its_place_whole():
    sums = Crosswalk.objects.values("edition", "recorded").annotate(whole=Sum("weight"))

    assert sums.count() == 2 * Unit.objects.count()
    assert list(sums.exclude(whole=1)) == []


def test_a_map_holds_only_units_of_its_day():
    for day in (IN_2021, NOW):
        on_map = set(queries.crosswalk(day).values_list("unit_id", flat=True).distinct())
        assert on_map <= set(queries.as_of(day).values_list("key", flat=True))


@house
@given(data=some.data())
def test_a_roll_up_keeps_the_total(keys, data):
    day, level = data.draw(DAYS), data.draw(LEVELS)
    values = data.draw(
        some.dictionaries(
            some.sampled_from(keys), some.integers(0, 10_000), min_size=1, max_size=40
        )
    )
    rolled = queries.roll_up(values, day=day, level=level)

    assert sum(rolled.values()) == sum(values.values())
    assert set(rolled) <= set(queries.as_of(day).values_list("key", flat=True))


@house
@given(day=DAYS)
def test_a_day_has_one_map_in_which_no_unit_lacks_its_parent(day):
    units = queries.as_of(day)
    roots = units.filter(parent=None)

    assert set(roots.values_list("level", flat=True)) == {"PROVINCE"}
    assert not units.exclude(parent=None).exclude(parent__in=units).exists()


@given(
    some.dictionaries(
        some.text(min_size=1),
        some.decimals(min_value="0.001", max_value=10, places=3),
        min_size=1,
        max_size=30,
    )
)
def test_shares_sum_to_one_whatever_they_were(weights):
    parts = shared(weights)

    assert sum(parts.values()) == 1
    assert set(parts) == set(weights)


def test_a_figure_of_2021_counts_under_the_map_of_its_day_and_under_todays():
    values = {"c31117.old": 7, "c31258.old": 5}  # Cái Khế of Ninh Kiều; the town of Thới Lai

    assert queries.roll_up(values, day=IN_2021, level=Level.DISTRICT) == {
        "d916.old": 7,
        "d927.old": 5,
    }
    assert queries.roll_up(values, day=IN_2021, level=Level.PROVINCE) == {"p92.old": 12}
    assert queries.roll_up(values, day=NOW, level=Level.PROVINCE) == {"p92": 12}


def test_a_figure_of_today_can_be_shown_on_the_old_map_as_an_estimate():
    shares = queries.shares_on(IN_2021, "c31120")

    assert sum(shares.values()) == 1
    assert "c31117.old" in shares
    assert all(
        queries.crosswalk(IN_2021).filter(recorded="c31120").values_list("is_estimated", flat=True)
    )


def test_a_figure_of_a_former_district_is_shared_among_its_communes_of_today():
    rolled = queries.roll_up({"d916.old": 100}, day=NOW)

    assert {"c31120", "c31135"} <= set(rolled)
    assert sum(rolled.values()) == 100
    assert queries.roll_up({"d916.old": 100}, day=NOW, level=Level.PROVINCE) == {
        "p92": Decimal(100)
    }
