from datetime import timedelta

import pytest

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.overview import waiting
from diemtua.casework.referrals import queries, services
from diemtua.casework.referrals.errors import DoesNotFit
from diemtua.casework.tests import factories
from diemtua.casework.tests.factories import NIGHT
from diemtua.foundation.database.asker import asking
from diemtua.foundation.registry import Urgency

pytestmark = pytest.mark.django_db

URGENT = queries.patience(is_urgent=True)
OTHER = queries.patience(is_urgent=False)


@pytest.fixture
def team():
    return factories.team()


def late(asker, at):
    with asking(asker):
        return waiting.referrals_unanswered(asker, at)


def test_the_sender_is_reminded_when_the_answer_is_overdue_and_not_before(team):
    _centre, _counsellor, worker, _supervisor = team
    case = factories.case(worker)
    factories.referral(worker, case, is_urgent=True)
    assert late(worker, NIGHT + URGENT.remind - timedelta(seconds=1)) == []
    [item] = late(worker, NIGHT + URGENT.remind)
    assert item.title == case.alias
    assert item.urgency == Urgency.DANGER


def test_what_is_not_urgent_may_take_longer(team):
    worker = team[2]
    factories.referral(worker, factories.case(worker))
    assert late(worker, NIGHT + URGENT.escalate) == []
    assert late(worker, NIGHT + OTHER.remind)


def test_the_supervisor_is_told_later(team):
    _centre, _counsellor, worker, supervisor = team
    factories.referral(worker, factories.case(worker), is_urgent=True)
    assert late(supervisor, NIGHT + URGENT.remind) == []
    assert late(supervisor, NIGHT + URGENT.escalate)


def test_an_answer_ends_the_reminder_and_its_time_is_kept(team):
    worker, place = team[2], factories.shelter()
    referral = factories.referral(worker, factories.case(worker), place)
    provider = factories.provider(place)
    with asking(provider):
        services.accept(asker=provider, referral=referral, at=NIGHT + timedelta(minutes=7))
    assert late(worker, NIGHT + OTHER.escalate) == []
    with asking(worker):
        row = queries.row(queries.one(asker=worker, referral_id=referral.pk))
    assert row.answered_in == timedelta(minutes=7)


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.SUPERVISOR, Role.COMMUNE_OFFICER])
def test_nobody_outside_the_team_is_told(team, role):
    worker = team[2]
    factories.referral(worker, factories.case(worker), is_urgent=True)
    assert late(accounts.asker(role=role), NIGHT + OTHER.escalate) == []


def test_a_place_without_children_takes_none_unless_it_was_called(team):
    worker, place = team[2], factories.shelter(takes_children=False)
    case = factories.case(worker)
    with pytest.raises(DoesNotFit) as refused:
        factories.referral(worker, case, place, children=1)
    assert "trẻ em" in str(refused.value.says)
    assert factories.referral(worker, case, place, children=0).pk
    assert factories.referral(worker, case, place, children=1, has_called=True).pk


def test_a_place_for_women_takes_no_man_unless_it_was_called(team):
    worker, place = team[2], factories.shelter(takes_men=False)
    case = factories.case(worker, sex="MALE")
    with pytest.raises(DoesNotFit) as refused:
        factories.referral(worker, case, place)
    assert "nam giới" in str(refused.value.says)
    assert factories.referral(worker, case, place, has_called=True).pk
