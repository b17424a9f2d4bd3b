"""Which places can take someone tonight: nearest first, silence is no yes, a double tap is one."""

from datetime import timedelta
from uuid import uuid4

import pytest

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.directory import queries, services
from diemtua.directory.errors import (
    AwayUntilThePast,
    FacilityWithdrawn,
    MorePlacesThanBeds,
    NoPlaceIsNotReady,
)
from diemtua.directory.models import FacilityKind, Readiness, ReadinessAnswer
from diemtua.directory.queries import NotReady
from diemtua.directory.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking

pytestmark = pytest.mark.django_db

HERE, NEAR, FAR = factories.NINH_KIEU, factories.CAI_KHE, "c31783"


@pytest.fixture
def counsellor(db):
    return accounts.asker(role=Role.COUNSELLOR)


def ready(asker, **options):
    with asking(asker):
        return queries.ready_near(
            asker=asker, unit_key=HERE, at=options.pop("at", clock.now()), **options
        )


def test_the_nearest_ready_place_comes_first(counsellor):
    for unit in (FAR, HERE, NEAR):
        factories.answer(factories.facility(unit=unit, name=f"Nơi {unit}"))

    assert [(place.unit_key, place.nearness) for place in ready(counsellor)] == [
        (HERE, 0),
        (NEAR, 1),
        (FAR, 2),
    ]


def test_a_ready_place_far_away_comes_before_a_full_one_here(counsellor):
    factories.answer(factories.facility(unit=HERE), state=Readiness.FULL)
    factories.answer(factories.facility(unit=FAR))

    assert [(p.nearness, p.why_not) for p in ready(counsellor)] == [(2, ""), (0, NotReady.FULL)]


def test_silence_is_not_ready(counsellor):
    factories.facility()
    [place] = ready(counsellor)

    assert (place.state, place.is_ready, place.is_stale) == ("", False, True)
    assert place.why_not == NotReady.SILENT


def test_an_answer_grows_stale_after_the_citys_hours(counsellor):
    said_at = clock.now() - timedelta(days=10)
    factories.answer(factories.facility(), at=said_at)
    just_before = ready(counsellor, at=said_at + queries.holds_for() - timedelta(seconds=1))
    just_after = ready(counsellor, at=said_at + queries.holds_for())

    assert [place.is_ready for place in just_before] == [True]
    assert [(place.why_not, place.places_free) for place in just_after] == [(NotReady.STALE, 0)]


def test_away_holds_until_the_day_of_return(counsellor):
    back = clock.now() + timedelta(days=5)
    factories.answer(factories.facility(), state=Readiness.AWAY, valid_until=back)

    [away] = ready(counsellor, at=back - timedelta(minutes=1))
    [silent] = ready(counsellor, at=back)
    assert (away.why_not, away.away_until) == (NotReady.AWAY, back)
    assert silent.why_not == NotReady.STALE


def test_the_latest_answer_counts(counsellor):
    one = factories.facility()
    now = clock.now()
    factories.answer(one, state=Readiness.FULL, at=now - timedelta(hours=2))
    factories.answer(one, places=3, at=now - timedelta(hours=1))

    assert [place.places_free for place in ready(counsellor)] == [3]


def test_a_place_that_takes_no_children_says_so_to_a_mother(counsellor):
    factories.answer(factories.facility(takes_children=False))

    assert [place.why_not for place in ready(counsellor)] == [""]
    assert [place.why_not for place in ready(counsellor, children=1)] == [NotReady.NO_CHILDREN]


def test_a_place_without_room_for_all_of_them_says_so(counsellor):
    factories.answer(factories.facility(), places=2)

    assert [place.why_not for place in ready(counsellor, children=1)] == [""]
    assert [place.why_not for place in ready(counsellor, children=2)] == [NotReady.TOO_FEW]


def test_only_places_to_stay_that_take_part(counsellor):
    factories.facility(kind=FacilityKind.POLICE, beds=0)
    factories.facility(valid_to=clock.today())

    assert ready(counsellor) == []


def test_two_queries_whatever_the_number_of_places(counsellor, django_assert_num_queries):
    for _ in range(5):
        factories.answer(factories.facility())
    with asking(counsellor), django_assert_num_queries(2):
        queries.ready_near(asker=counsellor, unit_key=HERE, at=clock.now())


def test_an_answer_is_kept_and_told(monkeypatch):
    told = []
    monkeypatch.setattr(
        "diemtua.foundation.live.services.tell", lambda *topics, event: told.append((topics, event))
    )
    one = factories.facility()
    keeper = factories.keeper(one)
    with asking(keeper):
        services.answer_readiness(
            asker=keeper, facility=one, state="READY", places=2, at=clock.now()
        )

    assert told == [((f"org:{one.organisation_id}", f"unit:{HERE}", "unit:p92"), "readiness")]


@pytest.mark.parametrize("with_key", [True, False])
def test_a_double_tap_makes_one_answer(with_key):
    one = factories.facility()
    keeper = factories.keeper(one)
    key = uuid4() if with_key else None
    with asking(keeper):
        for seconds in (0, 2):
            services.answer_readiness(
                asker=keeper,
                facility=one,
                state=Readiness.FULL,
                places=0,
                at=clock.now() + timedelta(seconds=seconds),
                id=key,
            )
        assert ReadinessAnswer.objects.count() == 1


def test_another_answer_from_the_same_page_is_not_lost():
    one = factories.facility()
    keeper = factories.keeper(one)
    key = uuid4()
    with asking(keeper):
        for places in (1, 2):
            services.answer_readiness(
                asker=keeper, facility=one, state="READY", places=places, at=clock.now(), id=key
            )
        assert [said.places for said in queries.answers_of(asker=keeper, facility=one)] == [2, 1]


def test_the_same_answer_next_evening_is_a_new_one():
    one = factories.facility()
    keeper = factories.keeper(one)
    now = clock.now()
    with asking(keeper):
        for at in (now - timedelta(days=1), now):
            services.answer_readiness(
                asker=keeper, facility=one, state=Readiness.READY, places=1, at=at
            )
        assert ReadinessAnswer.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"state": "READY", "places": 0}, NoPlaceIsNotReady),
        ({"state": "READY", "places": 5}, MorePlacesThanBeds),
        (
            {"state": "AWAY", "places": 0, "valid_until": clock.now() - timedelta(days=1)},
            AwayUntilThePast,
        ),
    ],
)
def test_an_answer_without_sense_is_refused(said, refusal):
    one = factories.facility(beds=4)
    keeper = factories.keeper(one)
    with asking(keeper), pytest.raises(refusal):
        services.answer_readiness(asker=keeper, facility=one, at=clock.now(), **said)


def test_a_withdrawn_place_answers_no_more():
    one = factories.facility()
    keeper = factories.keeper(one)
    with asking(keeper):
        services.withdraw(asker=keeper, facility=one, at=clock.now())
        services.withdraw(asker=keeper, facility=one, at=clock.now())
        with pytest.raises(FacilityWithdrawn):
            services.answer_readiness(
                asker=keeper, facility=one, state="FULL", places=0, at=clock.now()
            )
