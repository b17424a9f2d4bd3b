"""Every unit of today and of before 1/7/2025, and what became of what."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.db.models import Count, Sum

from diemtua.places import queries
from diemtua.places.errors import UnitUnknown
from diemtua.places.models import Crosswalk, Level, Succession, Unit
from diemtua.places.services import load_units

pytestmark = pytest.mark.django_db

REFORM = date(2025, 7, 1)
CAI_KHE, CAI_KHE_OLD = "c31120", "c31117.old"


def counts(day):
    units = queries.as_of(day)
    return {level: units.filter(level=level).count() for level in Level.values}


def test_today_has_34_provinces_and_3321_communes():
    assert counts(REFORM) == {"PROVINCE": 34, "DISTRICT": 0, "COMMUNE": 3321}


def test_the_day_before_the_reform_has_the_three_old_levels():
    assert counts(REFORM - timedelta(days=1)) == {
        "PROVINCE": 63,
        "DISTRICT": 696,
        "COMMUNE": 10051,
    }


def test_each_unit_belongs_to_exactly_one_of_the_two_maps():
    before = set(queries.as_of(REFORM - timedelta(days=1)).values_list("key", flat=True))
    today = set(queries.as_of(REFORM).values_list("key", flat=True))

    assert before.isdisjoint(today)
    assert len(before | today) == Unit.objects.count()


def test_the_city_has_103_units_of_which_31_wards():
    city = queries.city()
    communes = queries.communes(city.key)

    assert communes.count() == city.communes == 103
    assert communes.filter(division="phường").count() == city.wards == 31
    assert communes.filter(division="xã").count() == city.rural_communes == 72


def test_the_path_names_every_unit_from_the_root_down():
    wrong = [
        unit.key
        for unit in Unit.objects.select_related("parent")
        if unit.path != f"{unit.parent.path if unit.parent else ''}{unit.key}/"
    ]
    assert wrong == []


def test_a_subtree_is_the_unit_and_everything_in_it():
    assert queries.subtree("p92").count() == 104
    assert list(queries.ancestors(CAI_KHE_OLD)) == [
        queries.unit("p92.old"),
        queries.unit("d916.old"),
    ]
    assert queries.children("d916.old").count() == queries.communes("d916.old").count()


def test_every_old_unit_passed_over_whole():
    old = Unit.objects.filter(valid_to__isnull=False)
    wrong = old.annotate(given=Sum("successions__weight")).exclude(given=1)

    assert list(wrong.values_list("key", "given")) == []


def test_a_partial_split_is_kept_in_equal_parts_and_marked_as_estimated():
    split = Unit.objects.filter(level=Level.COMMUNE).annotate(parts=Count("successions"))
    one = split.filter(parts=2).first()
    parts = list(one.successions.values_list("weight", "is_partial", "is_estimated"))

    assert [float(weight) for weight, _, _ in parts] == [0.5, 0.5]
    assert all(is_partial and is_estimated for _, is_partial, is_estimated in parts)


def test_a_unit_that_did_not_change_passed_over_whole_to_its_own_name():
    today = queries.today_of("c31213.old")  # Phường Tân Lộc, one of the city's eight

    assert [(unit.key, unit.weight) for unit in today] == [("c31213", 1)]
    assert not Succession.objects.get(predecessor="c31213.old").is_estimated


def test_an_old_ward_says_what_it_is_today_and_the_other_way():
    assert CAI_KHE in [unit.key for unit in queries.today_of(CAI_KHE_OLD)]
    assert CAI_KHE_OLD in [unit.key for unit in queries.predecessors(CAI_KHE)]
    assert [unit.key for unit in queries.today_of(CAI_KHE)] == [CAI_KHE]


def test_three_old_provinces_became_the_city():
    came = {unit.key: unit.weight for unit in queries.predecessors("p92")}

    assert came == {"p92.old": 1, "p93.old": 1, "p94.old": 1}


def test_an_island_district_without_communes_became_a_special_zone():
    assert [unit.key for unit in queries.predecessors("c26732")] == ["d755.old"]  # Côn Đảo
    assert [unit.key for unit in queries.today_of("d755.old")] == ["c26732"]


def test_every_commune_of_today_came_from_somewhere():
    orphans = Unit.objects.filter(level=Level.COMMUNE, valid_to=None, precessions=None)

    assert list(orphans.values_list("key", flat=True)) == []


def test_neighbours_shared_a_former_district():
    near = queries.neighbours(CAI_KHE)

    assert {"c31135", "c31147", "c31150"} <= set(near)  # Ninh Kiều, Tân An, An Bình
    assert CAI_KHE not in near
    assert all(CAI_KHE in queries.neighbours(key) for key in near)


def test_a_key_that_nobody_bears_is_refused():
    with pytest.raises(UnitUnknown):
        queries.unit("c0")


def test_loading_again_changes_nothing(as_owner):
    before = (Unit.objects.count(), Succession.objects.count(), Crosswalk.objects.count())
    with as_owner():
        Unit.objects.filter(pk=CAI_KHE).update(name="Tên gõ nhầm")
        load_units("default")
        load_units("default")

    assert before == (Unit.objects.count(), Succession.objects.count(), Crosswalk.objects.count())
    assert queries.unit(CAI_KHE).name == "Phường Cái Khế"


def test_the_app_role_reads_units_and_may_not_change_them():
    assert Unit.objects.filter(pk=CAI_KHE).exists()
    for model in (Unit, Succession, Crosswalk):
        with pytest.raises(ProgrammingError), transaction.atomic():
            model.objects.all()._raw_delete("default")
