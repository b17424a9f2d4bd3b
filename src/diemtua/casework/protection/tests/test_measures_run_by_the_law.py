from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from diemtua.accounts.models import Membership, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases.models import Case
from diemtua.casework.protection import adding, errors, queries, services
from diemtua.casework.protection.models import AskedBy, ContactReason, Kind, Measure, Step
from diemtua.casework.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou, NotFound

ASKED = datetime(2026, 11, 21, 9, 0, tzinfo=CITY_TIME)
NAIVE = ASKED.replace(tzinfo=None)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECRET = "Ông Lê Văn Tám, tổ trưởng tổ 4"


class World:
    def __init__(self, definition="CHAIRMAN_BAN", **fields):
        self.worker = accounts.asker(role=Role.CASE_WORKER)
        self.case = factories.case(self.worker)
        self.measure = self.begin(definition, **fields)

    def begin(self, definition="CHAIRMAN_BAN", **fields):
        values = {
            "id": uuid4(), "asked_by": AskedBy.SURVIVOR, "asked_at": ASKED, "at": ASKED,
            "definition": definition,
        } | fields  # fmt: skip
        with asking(self.worker):
            return services.begin(asker=self.worker, case=self.case, **values)

    def take(self, kind, after=HOUR, **fields):
        at = ASKED + after
        values = {"id": uuid4(), "note": SECRET, "at": at} | fields
        with asking(self.worker):
            return services.take(
                asker=self.worker, measure=self.measure, kind=kind, happened_at=at, **values
            )

    def stands(self, after=HOUR):
        with asking(self.worker):
            at = ASKED + after
            return queries.one(asker=self.worker, measure_id=self.measure.pk, at=at)

    def banned(self, days=3):
        self.take(Kind.DECIDED, until=ASKED + HOUR + days * DAY)
        return self


@pytest.fixture
def world(db):
    return World()


def test_the_chairman_has_twelve_hours_by_night_and_on_sunday_too(world):
    assert world.stands().decision_due_at == ASKED + 12 * HOUR
    assert not world.stands(12 * HOUR).is_late
    assert world.stands(12 * HOUR + timedelta(seconds=1)).is_late


def test_a_refusal_is_written_with_its_reason_and_ends_the_clock(world):
    with pytest.raises(errors.ReasonMissing):
        world.take(Kind.REFUSED, note=" ")
    world.take(Kind.REFUSED)
    stands = world.stands(20 * HOUR)
    assert (stands.state, stands.is_late, stands.possible()) == (queries.REFUSED, False, [])


def test_a_ban_of_the_chairman_lasts_three_days_at_most_and_must_say_until_when(world):
    with pytest.raises(errors.UntilMissing):
        world.take(Kind.DECIDED)
    with pytest.raises(errors.TooLong):
        world.take(Kind.DECIDED, until=ASKED + HOUR + 3 * DAY + timedelta(minutes=1))
    world.banned()
    assert world.stands(3 * DAY).is_in_force
    assert world.stands(3 * DAY + HOUR).state == queries.LAPSED


def test_a_ban_is_renewed_by_a_new_request_with_a_clock_of_its_own(world):
    world.banned().take(Kind.ASKED, 2 * DAY)
    assert world.stands(2 * DAY).decision_due_at == ASKED + 2 * DAY + 12 * HOUR
    world.take(Kind.DECIDED, 2 * DAY + HOUR, until=ASKED + 5 * DAY + HOUR)
    stands = world.stands(4 * DAY)
    assert (stands.is_in_force, stands.decisions, stands.decision_due_at) == (True, 2, None)


def test_a_refused_renewal_leaves_the_running_ban_alone(world):
    world.banned().take(Kind.ASKED, 2 * DAY)
    world.take(Kind.REFUSED, 2 * DAY + HOUR)
    assert world.stands(2 * DAY + 2 * HOUR).is_in_force


def test_a_request_to_cancel_is_answered_within_twelve_hours(world):
    world.banned().take(Kind.CANCEL_ASKED, DAY)
    assert world.stands(DAY).cancel_due_at == ASKED + DAY + 12 * HOUR
    world.take(Kind.CANCEL_REFUSED, DAY + HOUR)
    assert world.stands(DAY + HOUR).is_in_force
    world.take(Kind.CANCELLED, DAY + 2 * HOUR)
    assert world.stands(DAY + 2 * HOUR).state == queries.CANCELLED


def test_contact_is_allowed_for_four_hours_with_a_reason_under_an_assigned_supervisor(world):
    world.banned()
    fields = {"until": ASKED + DAY + 4 * HOUR, "reason": ContactReason.ILLNESS}
    with pytest.raises(errors.OutOfOrder):
        world.take(Kind.CONTACT, DAY, **fields)
    world.take(Kind.ASSIGNED, 2 * HOUR)
    with pytest.raises(errors.ContactReasonMissing):
        world.take(Kind.CONTACT, DAY, **fields | {"reason": ""})
    with pytest.raises(errors.TooLong):
        world.take(Kind.CONTACT, DAY, **fields | {"until": ASKED + DAY + 5 * HOUR})
    world.take(Kind.CONTACT, DAY, **fields)
    assert world.stands(DAY + HOUR).is_contact_allowed
    assert not world.stands(DAY + 4 * HOUR).is_contact_allowed


def test_contact_never_outlasts_the_ban(world):
    world.banned(days=1).take(Kind.ASSIGNED, 2 * HOUR)
    with pytest.raises(errors.TooLong):
        world.take(Kind.CONTACT, DAY, until=ASKED + DAY + 2 * HOUR, reason=ContactReason.CEREMONY)


def test_violations_are_counted_and_only_of_a_ban_in_force(world):
    with pytest.raises(errors.OutOfOrder):
        world.take(Kind.VIOLATED)
    world.banned().take(Kind.VIOLATED, DAY)
    world.take(Kind.VIOLATED, DAY)
    assert world.stands(DAY).violations == 2


@pytest.mark.django_db
def test_the_court_bans_for_four_months_at_most_and_has_no_clock_of_hours():
    world = World("COURT_BAN")
    assert world.stands(90 * DAY).decision_due_at is None
    last = datetime(2027, 3, 21, 10, 0, tzinfo=CITY_TIME)
    with pytest.raises(errors.TooLong):
        world.take(Kind.DECIDED, until=last + HOUR)
    world.take(Kind.DECIDED, until=last)
    assert world.stands(100 * DAY).is_in_force


@pytest.mark.django_db
def test_another_measure_runs_without_a_limit_until_it_is_ended():
    world = World("SHELTER")
    world.take(Kind.DECIDED)
    assert world.stands(90 * DAY).possible() == [Kind.ENDED]
    world.take(Kind.ENDED, 90 * DAY)
    assert world.stands(91 * DAY).state == queries.ENDED


def test_a_body_asks_only_with_her_consent_and_own_initiative_has_no_clock(world):
    with pytest.raises(errors.SheDoesNotAgree):
        world.begin(asked_by=AskedBy.BODY)
    assert world.begin(asked_by=AskedBy.BODY, she_agrees=True)
    world.measure = world.begin(asked_by=AskedBy.NOBODY)
    stands = world.stands()
    assert (stands.decision_due_at, stands.possible()) == (None, [Kind.DECIDED])


def test_before_the_law_there_was_no_such_measure_and_none_begins_tomorrow(world):
    with pytest.raises(errors.UnknownMeasure):
        world.begin(asked_at=datetime(2023, 6, 30, tzinfo=CITY_TIME))
    with pytest.raises(errors.WrongMoment):
        world.begin(asked_at=ASKED + HOUR)
    with pytest.raises(errors.WrongMoment):
        world.take(Kind.REFUSED, 2 * HOUR, at=ASKED + HOUR)
    with pytest.raises(errors.WrongMoment):
        world.take(Kind.REFUSED, -HOUR)


def test_two_taps_make_one(world):
    key = uuid4()
    again = world.begin(id=key)
    assert world.begin(id=key).pk == again.pk
    until = ASKED + DAY
    assert world.take(Kind.DECIDED, id=key, until=until) == world.take(
        Kind.DECIDED, id=key, until=until
    )
    with as_owner():
        assert (Measure.objects.count(), Step.objects.count()) == (2, 3)


def test_who_may_not_see_the_case_sees_and_does_nothing_by_view_or_sql(world):
    _body, officer = factories.commune()
    others = [accounts.asker(role=Role.CASE_WORKER), accounts.asker(role=Role.PROVIDER), officer]
    for asker in others:
        with asking(asker):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT (SELECT count(*) FROM protection_measure),"
                    " (SELECT count(*) FROM protection_step)"
                )
                assert cursor.fetchone() == (0, 0)
            with pytest.raises((NotForYou, NotFound)):
                services.take(
                    asker=asker, id=uuid4(), measure=world.measure, kind=Kind.REFUSED,
                    happened_at=ASKED, at=ASKED, note=SECRET,
                )  # fmt: skip


@pytest.mark.parametrize("verb", ["UPDATE protection_step SET at = at", "DELETE FROM protection_step",
                                  "DELETE FROM protection_measure"])  # fmt: skip
def test_no_step_is_rewritten_even_by_sql(world, verb):
    with asking(world.worker), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(verb)


def test_a_step_written_as_somebody_else_is_refused_by_sql(world):
    step = world.banned().take(Kind.ASSIGNED, 2 * HOUR)
    other = accounts.asker(role=Role.CASE_WORKER)
    with asking(world.worker), pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.bulk_create(
            [
                Step(
                    id=uuid4(), measure=world.measure, ordinal=9, kind=Kind.VIOLATED, at=ASKED,
                    noted_at=ASKED, noted_by_id=other.member, data_key_id=step.data_key_id,
                )
            ]
        )  # fmt: skip


def test_what_was_typed_is_sealed_and_reading_it_leaves_a_trace(world):
    step = world.take(Kind.REFUSED)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(s)::text FROM protection_step s WHERE id = %s", [step.pk]
        )
        assert "Tám" not in cursor.fetchone()[0]
        assert Step.objects.get(pk=step.pk).data_key_id == Case.objects.get().data_key_id
    with asking(world.worker):
        assert services.read(asker=world.worker, step=step)["note"] == SECRET
    assert factories.audited("protection.step.read") == 1


def test_the_clock_is_the_next_step_and_waits_in_the_queue(world):
    late = ASKED + 13 * HOUR
    with asking(world.worker):
        assert "Quá hạn" in adding.next_step(world.worker, world.case, late).why
        (item,) = adding.clocks(world.worker, late)
    assert (item.due_at, item.title) == (ASKED + 12 * HOUR, world.case.alias)


def test_the_log_tells_steps_and_no_word_that_was_typed(world):
    world.take(Kind.REFUSED)
    with asking(world.worker):
        told = adding.events(world.worker, world.case)
    assert [event.title for event in told] == [str(Kind.ASKED.label), str(Kind.REFUSED.label)]
    assert SECRET not in str(told)


def browser(asker, settings):
    settings.DIEMTUA_MFA_REQUIRED = False
    client = Client()
    client.force_login(Membership.objects.get(pk=asker.membership_id).user)
    return client


def test_a_page_begins_a_measure_and_keeps_what_was_typed_when_refused(world, settings):
    client = browser(world.worker, settings)
    url = reverse("protection:index", args=[world.case.pk])
    sent = {"definition": "CHAIRMAN_BAN", "asked_by": "BODY", "asked_at": "2026-11-22T08:00",
            "note": SECRET, "key": str(uuid4())}  # fmt: skip
    if clock.now() < ASKED + 2 * DAY:
        sent["asked_at"] = "2026-01-02T08:00"
    refused = client.post(url, sent)
    assert (refused.status_code, SECRET in refused.content.decode()) == (422, True)
    assert client.post(url, sent | {"she_agrees": "on"}).status_code == 302
    assert "Chờ quyết định" in client.get(url).content.decode()


def test_the_page_of_a_measure_takes_a_step_and_leaves_no_copy(world, settings):
    client = browser(world.worker, settings)
    measure = world.begin(asked_at=clock.now() - HOUR, at=clock.now())
    url = reverse("protection:measure", args=[measure.pk])
    page = client.get(url)
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    happened = (clock.now() - HOUR / 2).astimezone(CITY_TIME)
    sent = {"kind": "REFUSED", "happened_at": f"{happened:%Y-%m-%dT%H:%M}", "note": SECRET,
            "number": "12/UBND", "key": str(uuid4())}  # fmt: skip
    assert client.post(url, sent | {"kind": "VIOLATED"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    assert "12/UBND" in client.get(url).content.decode()


def test_pages_are_not_there_for_who_may_not(world, settings):
    client = browser(accounts.asker(role=Role.CASE_WORKER), settings)
    for url in (
        reverse("protection:index", args=[world.case.pk]),
        reverse("protection:measure", args=[world.measure.pk]),
    ):
        assert client.get(url).status_code == 404


@given(st.datetimes(NAIVE, NAIVE + timedelta(days=1500)))
def test_no_ban_of_the_court_ends_on_a_day_that_does_not_exist_or_too_late(naive):
    since = naive.replace(tzinfo=CITY_TIME)
    end = queries.latest_end({"max_days": None, "max_months": 4}, since)
    months = (end.year - since.year) * 12 + end.month - since.month
    assert (months, end.time()) == (4, since.time())
    assert end.day <= since.day


def test_every_measure_says_where_the_law_says_so():
    for one in queries.definitions():
        assert one.source
        assert one.article
        assert one.status in {"V", "M"}
