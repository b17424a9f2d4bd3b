from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import Case, Consent, How, Purpose
from diemtua.casework.reaching import queries, services
from diemtua.casework.reaching.errors import (
    HoursTurned,
    NotAgreed,
    NotSafeNow,
    RevealingName,
    WayEnded,
)
from diemtua.casework.reaching.models import Answers, Attempt, Came, Channel, SafeWay
from diemtua.casework.tests import factories
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou, NotFound

MONDAY_NINE = datetime(2026, 11, 23, 9, 0, tzinfo=CITY_TIME)
NUMBER = "0987 654 321"
NAIVE = MONDAY_NINE.replace(tzinfo=None)
MOMENTS = st.datetimes(NAIVE, NAIVE + timedelta(days=400))
HOURS = st.tuples(st.times(), st.times())


@pytest.fixture
def worker():
    return accounts.asker(role=Role.CASE_WORKER)


@pytest.fixture
def case(worker):
    return factories.case(worker, at=MONDAY_NINE - timedelta(days=2))


def noted(asker, case, **fields):
    values = {
        "id": uuid4(),
        "channel": Channel.CALL,
        "to": NUMBER,
        "how": How.SPOKEN_BY_PHONE,
        "at": MONDAY_NINE - timedelta(days=1),
        "days": [0, 1],
        "since": time(8),
        "until": time(10),
        "say": "tiệm may",
    } | fields
    with asking(asker):
        return services.note_way(asker=asker, case=case, **values)


def reached(asker, way, at=MONDAY_NINE, *, key=None):
    with asking(asker):
        found = queries.way(asker=asker, way_id=way.pk)
        return services.reach(asker=asker, id=key or uuid4(), way=found, at=at)


def told(asker, attempt, came, *, note=""):
    with asking(asker):
        found = queries.attempt(asker=asker, attempt_id=attempt.pk)
        services.tell(asker=asker, attempt=found, came=came, at=MONDAY_NINE, note=note)


def withdrawn(asker, case):
    with asking(asker):
        consent = Consent.objects.get(case=case, purpose=Purpose.CONTACT)
        cases.withdraw_consent(asker=asker, consent=consent, at=MONDAY_NINE - timedelta(hours=1))


@pytest.mark.django_db
def test_within_her_hours_the_gate_opens(worker, case):
    attempt = reached(worker, noted(worker, case))
    assert attempt.came == Came.BEGUN
    assert factories.audited("reaching.reached-for") == 1
    with asking(worker):
        found = queries.attempt(asker=worker, attempt_id=attempt.pk)
        assert queries.shown(asker=worker, attempt=found, at=MONDAY_NINE).to == NUMBER


@pytest.mark.django_db
@pytest.mark.parametrize(
    "at",
    [
        MONDAY_NINE - timedelta(hours=2),
        MONDAY_NINE.replace(hour=10),
        MONDAY_NINE + timedelta(days=2),
    ],
)
def test_outside_her_hours_it_stays_shut_and_says_them(worker, case, at):
    way = noted(worker, case)
    with pytest.raises(NotSafeNow) as refused:
        reached(worker, way, at)
    assert "08:00–10:00, Thứ Hai, Thứ Ba" in str(refused.value.says)
    with as_owner():
        assert not Attempt.objects.exists()


@pytest.mark.django_db
def test_noting_a_way_writes_down_that_she_agrees_once(worker, case):
    noted(worker, case)
    noted(worker, case, channel=Channel.SLIP)
    with as_owner():
        assert Consent.objects.filter(case=case, purpose=Purpose.CONTACT).count() == 1


@pytest.mark.django_db
def test_once_she_takes_her_consent_back_nothing_opens_also_not_by_sql(worker, case):
    way = noted(worker, case)
    withdrawn(worker, case)
    with pytest.raises(NotAgreed):
        reached(worker, way)
    forged = Attempt(
        case=case, way=way, data_key_id=way.data_key_id, channel="CALL",
        tried_by_id=worker.user_id, tried_at=MONDAY_NINE,
    )  # fmt: skip
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        asking(worker),
        transaction.atomic(),
    ):
        Attempt.objects.bulk_create([forged])


@pytest.mark.django_db
def test_taking_consent_back_hides_the_number_of_an_attempt_under_way(worker, case):
    attempt = reached(worker, noted(worker, case))
    withdrawn(worker, case)
    with asking(worker):
        found = queries.attempt(asker=worker, attempt_id=attempt.pk)
        assert queries.shown(asker=worker, attempt=found, at=MONDAY_NINE) is None


@pytest.mark.django_db
def test_an_attempt_shows_the_number_for_an_hour_and_to_who_made_it(worker, case):
    attempt = reached(worker, noted(worker, case))
    supervisor = accounts.asker(role=Role.SUPERVISOR, organisation=case.organisation)
    with asking(worker):
        found = queries.attempt(asker=worker, attempt_id=attempt.pk)
        later = MONDAY_NINE + queries.SHOWN_FOR
        assert queries.shown(asker=worker, attempt=found, at=later) is None
    with asking(supervisor):
        found = queries.attempt(asker=supervisor, attempt_id=attempt.pk)
        assert queries.shown(asker=supervisor, attempt=found, at=MONDAY_NINE) is None


@pytest.mark.django_db
def test_when_somebody_else_answers_the_way_ends_by_itself(worker, case):
    way = noted(worker, case)
    told(worker, reached(worker, way), Came.SOMEBODY_ELSE)
    with pytest.raises(WayEnded):
        reached(worker, way)


@pytest.mark.django_db
def test_speaking_with_her_moves_the_next_contact_on(worker, case):
    told(worker, reached(worker, noted(worker, case)), Came.REACHED, note="Chị ổn hơn")
    with as_owner():
        assert Case.objects.get(pk=case.pk).contact_due_at > MONDAY_NINE
    assert factories.audited("casework.case.contacted") == 1


@pytest.mark.django_db
def test_what_came_of_it_is_told_once(worker, case):
    attempt = reached(worker, noted(worker, case))
    told(worker, attempt, Came.NO_ANSWER)
    told(worker, attempt, Came.REACHED)
    with as_owner():
        assert Attempt.objects.get().came == Came.NO_ANSWER


@pytest.mark.django_db
def test_a_double_tap_is_one_attempt(worker, case):
    way, key = noted(worker, case), uuid4()
    assert reached(worker, way, key=key).pk == reached(worker, way, key=key).pk
    with as_owner():
        assert Attempt.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "say", ["Trung tâm Công tác xã hội", "cong an phuong", "chị bên Hội phụ nữ", "Điểm Tựa"]
)
def test_a_name_that_gives_her_away_is_refused(worker, case, say):
    with pytest.raises(RevealingName):
        noted(worker, case, say=say)


@pytest.mark.django_db
def test_hours_that_end_before_they_begin_are_refused(worker, case):
    with pytest.raises(HoursTurned):
        noted(worker, case, since=time(22), until=time(6))


@pytest.mark.django_db
def test_nothing_of_a_way_stands_readable_in_its_row(worker, case):
    noted(worker, case, code_word="hoa mai")
    with as_owner():
        kept = bytes(SafeWay.objects.get().content.ciphertext)
    for secret in ("0987", "hoa mai", "tiệm may", "CALL"):
        assert secret.encode() not in kept


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.SUPERVISOR, Role.PROVIDER, Role.AUDITOR])
def test_who_does_not_see_the_case_sees_no_way_and_reaches_nobody(worker, case, role):
    way = noted(worker, case)
    stranger = accounts.asker(role=role)
    with asking(stranger):
        assert not SafeWay.objects.exists()
        assert not Attempt.objects.exists()
    with pytest.raises((NotFound, NotForYou)):
        reached(stranger, way)


def _way(**fields):
    values = {
        "id": uuid4(), "channel": Channel.CALL, "to": "", "days": queries.EVERY_DAY, "since": None,
        "until": None, "answers": Answers.SELF, "say": "tiệm may", "code_word": "", "note": "",
    }  # fmt: skip
    return queries.Way(**values | fields)


@given(
    days=st.frozensets(st.integers(0, 6), min_size=1),
    hours=HOURS,
    at=MOMENTS,
)
def test_a_moment_is_safe_only_on_her_days_and_within_her_hours(days, hours, at):
    since, until = hours
    moment = at.replace(tzinfo=CITY_TIME)
    is_safe = _way(days=tuple(days), since=since, until=until).is_safe(moment)
    assert is_safe == (at.weekday() in days and since <= at.time() < until)


@given(at=MOMENTS)
def test_the_hours_are_the_citys_wherever_the_server_stands(at):
    moment = at.replace(tzinfo=CITY_TIME)
    way = _way(since=time(8), until=time(10))
    assert way.is_safe(moment) == way.is_safe(moment.astimezone(tz=None))


@pytest.mark.parametrize("channel", list(Channel))
def test_the_words_are_neutral_and_in_the_name_she_chose(channel):
    words = _way(channel=channel).words
    assert "tiệm may" in words.casefold()
    assert queries.revealing(words) == ""
