from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diemtua.accounts.models import OrganisationKind, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import Section
from diemtua.casework.duties import queries, services
from diemtua.casework.duties.models import Duty, State
from diemtua.casework.duties.queries import calendar, definitions
from diemtua.casework.overview import waiting
from diemtua.casework.tests import factories
from diemtua.casework.tests.factories import NIGHT
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotFound

TRIGGER = "casework.case.opened"


@pytest.fixture
def supervisor():
    return accounts.asker(role=Role.SUPERVISOR)


def the_duty():
    with as_owner():
        return Duty.objects.get()


def do(verb, asker, at=NIGHT):
    duty_id = the_duty().pk
    with asking(asker):
        return verb(asker=asker, duty=queries.one(asker=asker, duty_id=duty_id), at=at)


@pytest.mark.django_db
def test_opening_a_case_starts_the_duty_of_the_commune_where_it_happened(supervisor):
    body, _officer = factories.commune()
    factories.commune(factories.CAI_KHE)
    factories.case(supervisor)
    duty = the_duty()
    assert (duty.holder_id, duty.state, duty.started_at) == (body.pk, State.OPEN, NIGHT)
    assert duty.due_at == NIGHT + timedelta(hours=duty.rule["hours"])


@pytest.mark.django_db
def test_where_no_committee_uses_the_system_the_team_still_sees_the_duty(supervisor):
    case = factories.case(supervisor)
    with asking(supervisor):
        row = queries.of_case(asker=supervisor, case_id=case.pk, at=NIGHT)[0]
    assert (row.holder, row.is_open) == ("", True)


@pytest.mark.django_db
def test_starting_again_starts_nothing(supervisor):
    factories.commune()
    case = factories.case(supervisor)
    with asking(supervisor):
        services.start(asker=supervisor, case=case, at=NIGHT)
    assert factories.audited("casework.duty.started") == 1


@pytest.mark.django_db
def test_lateness_is_known_though_no_worker_ran(supervisor):
    _body, officer = factories.commune()
    factories.case(supervisor)
    due = the_duty().due_at
    with asking(officer):
        moments = [due - timedelta(seconds=1), due + timedelta(seconds=1)]
        late = [queries.held(asker=officer, at=at)[0].is_late for at in moments]
    assert late == [False, True]
    do(services.acknowledge, officer, at=due - timedelta(minutes=1))
    with asking(officer):
        assert not queries.held(asker=officer, at=due + timedelta(days=9))[0].is_late


@pytest.mark.django_db
def test_acknowledging_twice_is_acknowledging_once(supervisor):
    _body, officer = factories.commune()
    factories.case(supervisor)
    do(services.acknowledge, officer)
    do(services.acknowledge, officer, at=NIGHT + timedelta(hours=5))
    assert (the_duty().state, the_duty().acknowledged_at) == (State.ACKNOWLEDGED, NIGHT)
    assert factories.audited("casework.duty.acknowledged") == 1


@pytest.mark.django_db
def test_the_notice_names_nobody_without_her_consent(supervisor):
    _body, officer = factories.commune()
    factories.case(supervisor)
    text = do(services.read_notice, officer).text
    assert "Ninh Kiều" in text and "ĐANG CÓ NGUY HIỂM" in text
    for word in ("Bích", "912", "Phượng", "Chồng", "tiệm"):
        assert word not in text
    assert factories.audited("casework.duty.read") == 1


@pytest.mark.django_db
def test_the_notice_names_her_when_she_agreed_that_the_committee_may_know(supervisor):
    _body, officer = factories.commune()
    share = cases.Share((Section.NAME,), kind=OrganisationKind.COMMUNE_COMMITTEE)
    factories.case(supervisor, consent=factories.consent(shares=(share,)))
    text = do(services.read_notice, officer).text
    assert factories.NAME in text
    assert "Phượng" not in text


@pytest.mark.django_db
def test_the_officer_of_another_commune_sees_nothing(supervisor):
    factories.commune()
    _other, stranger = factories.commune(factories.CAI_KHE)
    factories.case(supervisor)
    duty_id = the_duty().pk
    with asking(stranger):
        assert queries.held(asker=stranger, at=NIGHT) == []
        assert Duty.objects.filter(pk=duty_id).update(state=State.ACKNOWLEDGED) == 0
        with pytest.raises(NotFound):
            queries.one(asker=stranger, duty_id=duty_id)


@pytest.mark.django_db
def test_an_old_case_keeps_the_rule_of_its_day(supervisor, monkeypatch):
    factories.case(supervisor)
    monkeypatch.setattr(definitions, "definitions", lambda: ())
    with asking(supervisor):
        row = queries.row(Duty.objects.get(), at=NIGHT)
    assert "76/2023" in row.law
    assert row.is_internal and row.is_unverified


def test_no_duty_begins_before_its_law_is_in_force():
    before = datetime(2023, 12, 24, tzinfo=CITY_TIME)
    assert queries.in_force(trigger=TRIGGER, at=before) == []
    assert [d.code for d in queries.in_force(trigger=TRIGGER, at=NIGHT)] == ["inform-chairman"]


def test_working_days_leave_out_weekends_and_public_holidays():
    friday = datetime(2026, 11, 13, 16, tzinfo=CITY_TIME)
    assert calendar.after_working_days(friday, 2) == datetime(2026, 11, 18, tzinfo=CITY_TIME)
    before_new_year = datetime(2026, 12, 31, 16, tzinfo=CITY_TIME)
    assert calendar.after_working_days(before_new_year, 1) == datetime(2027, 1, 5, tzinfo=CITY_TIME)


def test_hours_run_around_the_clock():
    assert calendar.after_hours(NIGHT, 12) == NIGHT + timedelta(hours=12)


NAIVE = NIGHT.replace(tzinfo=None)
MOMENTS = st.datetimes(NAIVE, NAIVE + timedelta(days=1500)).map(
    lambda naive: naive.replace(tzinfo=CITY_TIME)
)
DAYS = st.integers(1, 40)


@given(MOMENTS, st.integers(0, 1000))
def test_hours_are_true_hours_and_city_time_never_jumps(moment, hours):
    due = calendar.after_hours(moment, hours)
    assert due.timestamp() - moment.timestamp() == hours * 3600
    assert due.utcoffset() == moment.utcoffset()


@given(MOMENTS, DAYS)
def test_working_days_end_after_they_begin_and_on_the_night_of_a_working_day(moment, days):
    due = calendar.after_working_days(moment, days)
    assert due >= moment + timedelta(days=days - 1)
    assert calendar.is_working_day((due - timedelta(seconds=1)).date())
    between = (moment.date() + timedelta(days=n) for n in range(1, 200))
    counted = sum(calendar.is_working_day(day) for day in between if day < due.date())
    assert counted == days


@given(MOMENTS, MOMENTS, DAYS)
def test_who_begins_later_or_has_more_days_is_never_due_earlier(one, other, days):
    first, second = sorted((one, other))
    assert calendar.after_working_days(first, days) <= calendar.after_working_days(second, days)
    assert calendar.after_working_days(first, days) < calendar.after_working_days(first, days + 1)


@pytest.mark.django_db
def test_a_duty_is_reminded_of_before_it_is_due_and_the_supervisor_told_after():
    _body, officer = factories.commune()
    _centre, _counsellor, worker, over = factories.team()
    case = factories.case(worker)
    due, second = the_duty().due_at, timedelta(seconds=1)

    def told(asker, at):
        with asking(asker):
            return [item.href for item in waiting.duties_unmet(asker, at)]

    hour = timedelta(hours=the_duty().rule["remind_hours_before"])
    assert [told(worker, due - hour - second), told(over, due - second)] == [[], []]
    for asker, at in ((worker, due - hour), (over, due)):
        assert [str(case.pk) in href for href in told(asker, at)] == [True]
    assert told(accounts.asker(role=Role.SUPERVISOR), due + hour) == []
    do(services.acknowledge, officer, due + hour)
    assert [told(worker, due + hour), told(over, due + hour)] == [[], []]
