from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.foundation import clock
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import asking
from diemtua.hotline import queries, services
from diemtua.hotline.errors import NoCallBackPromised
from diemtua.hotline.forms import ContactForm
from diemtua.hotline.tests import factories
from diemtua.hotline.tests.factories import NIGHT

pytestmark = pytest.mark.django_db
MORNING = NIGHT.replace(day=21, hour=8, minute=0)


@pytest.fixture
def lan():
    return factories.counsellor()


def promised(asker, at):
    with asking(asker):
        return [(row.id, row.is_due) for row in queries.call_backs(asker=asker, at=at)]


def done(asker, contact, at=MORNING):
    with asking(asker):
        found = queries.contact(asker=asker, contact_id=contact.pk)
        return services.call_back_done(asker=asker, contact=found, at=at)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("8:00", (21, 8, 0)),
        ("23h", (20, 23, 0)),
        ("8 giờ 30", (21, 8, 30)),
        ("mai 9:15", (21, 9, 15)),
        ("ngày mai 9 giờ", (21, 9, 0)),
        ("23/11 8:00", (23, 8, 0)),
        ("23/11/2026 08:00", (23, 8, 0)),
    ],
)
def test_when_to_call_back_is_typed_as_one_says_it(typed, expected):
    form = ContactForm({"call_back": typed}, at=NIGHT)
    assert form.is_valid(), form.errors
    day, hour, minute = expected
    assert form.cleaned_data["call_back"] == datetime(2026, 11, day, hour, minute, tzinfo=CITY_TIME)


@pytest.mark.parametrize("typed", ["khi rảnh", "25:00", "32/11 8:00", "mai"])
def test_what_is_no_time_is_refused(typed):
    form = ContactForm({"call_back": typed}, at=NIGHT)
    assert set(form.errors) == {"call_back"}


def test_a_promise_waits_until_its_time_then_is_due_then_is_done(lan):
    contact = factories.contact(lan, call_back_at=MORNING)
    assert promised(lan, NIGHT) == [(contact.pk, False)]
    assert promised(lan, MORNING) == [(contact.pk, True)]
    first = done(lan, contact)
    again = done(lan, contact, at=MORNING + timedelta(hours=1))
    assert first.called_back_at == again.called_back_at == MORNING
    assert promised(lan, MORNING) == []


def test_a_new_promise_waits_again(lan):
    key = uuid4()
    contact = factories.contact(lan, id=key, call_back_at=MORNING)
    done(lan, contact)
    factories.contact(lan, id=key, call_back_at=MORNING)
    assert promised(lan, MORNING) == []
    factories.contact(lan, id=key, call_back_at=MORNING + timedelta(days=1))
    assert promised(lan, MORNING) == [(key, False)]


def test_without_a_promise_there_is_nothing_to_tick_off(lan):
    contact = factories.contact(lan)
    with pytest.raises(NoCallBackPromised):
        done(lan, contact)


def test_the_bar_counts_what_is_due_for_her_alone():
    centre = accounts.organisation()
    lan = factories.counsellor(organisation=centre)
    past, future = clock.now() - timedelta(minutes=1), clock.now() + timedelta(hours=1)
    for moment in (past, future, None):
        factories.contact(lan, call_back_at=moment)
    supervisor = accounts.asker(role=Role.SUPERVISOR, organisation=centre)
    for asker, waiting in (
        (lan, 1),
        (factories.counsellor(organisation=centre), 0),
        (supervisor, 0),
    ):
        with asking(asker):
            assert queries.waiting_for(asker) == waiting


def test_the_desk_shows_the_promise_and_one_tap_ticks_it_off(lan, settings):
    settings.DIEMTUA_MFA_REQUIRED = False
    contact = factories.contact(lan, call_back_at=clock.now() - timedelta(minutes=1))
    client = factories.browser(lan)
    address = reverse("hotline:called-back", args=[contact.pk])
    text = client.get(reverse("hotline:desk")).content.decode()
    assert address in text and "Đến giờ" in text
    for _tap in range(2):
        assert client.post(address).status_code == 302
    assert address not in client.get(reverse("hotline:today")).content.decode()
