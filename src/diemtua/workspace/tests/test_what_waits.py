from datetime import timedelta

import pytest
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.registry import Urgency, Work, WorkItem, work
from diemtua.foundation.ui import menu
from diemtua.hotline.tests import factories as hotline
from diemtua.hotline.tests.factories import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


@pytest.fixture
def now():
    return clock.now() - timedelta(minutes=5)


def waiting(asker):
    with asking(asker):
        queues = work.of(asker, at=clock.now())
    return {queue.code: [item.href for item in items] for queue, items in queues}


@pytest.mark.parametrize("role", Role.values)
def test_every_role_has_a_first_page_or_is_told_that_there_is_none(role):
    asker = accounts.asker(role=role)
    answer = browser(asker).get("/")
    if menu.home_of(role):
        assert (answer.status_code, answer.headers["Location"]) == (302, menu.home_of(role))
    else:
        assert answer.status_code == 200


@pytest.mark.parametrize("role", Role.values)
def test_every_role_may_ask_what_waits_and_new_people_have_nothing(role):
    client = browser(accounts.asker(role=role))
    assert "Không có việc nào đang chờ" in client.get(reverse("workspace:waiting")).content.decode()
    assert 'class="count"' not in client.get(reverse("workspace:waiting-count")).content.decode()


def test_what_waits_in_every_room_is_shown_to_whom_it_waits_for(now):
    _centre, counsellor, worker, supervisor = factories.team()
    house, (_body, officer) = factories.shelter(), factories.commune()
    case = factories.case(counsellor, at=now)
    referral = factories.referral(counsellor, case, house, at=now)
    contact = hotline.contact(counsellor, at=now, call_back_at=now)
    contact_address = reverse("hotline:contact", args=[contact.pk])
    assert waiting(counsellor) == {
        "hotline.call-backs": [contact_address],
        "hotline.drafts": [contact_address],
    }
    assert waiting(worker) == {"casework.untaken": [reverse("casework:list")]}
    assert waiting(supervisor) == {"casework.untaken": [reverse("casework:team")]}
    assert waiting(factories.provider(house)) == {
        "casework.referrals": [reverse("casework:referral", args=[referral.pk])]
    }
    assert list(waiting(officer)) == ["casework.duties"]
    assert waiting(accounts.asker(role=Role.COMMITTEE_SECRETARY)) == {}


def test_the_page_names_no_person(now):
    _centre, counsellor, worker, _supervisor = factories.team()
    case = factories.case(counsellor, at=now)
    text = browser(worker).get(reverse("workspace:waiting")).content.decode()
    assert case.alias in text and "Nguy hiểm" in text
    for told in ("Bích", "Phượng", "Chồng đánh"):
        assert told not in text


def test_the_bell_counts_and_follows_live_events(now):
    _centre, counsellor, _worker, _supervisor = factories.team()
    hotline.contact(counsellor, at=now, call_back_at=now)
    text = browser(counsellor).get(reverse("workspace:waiting-count")).content.decode()
    assert '<span class="count">1</span>' in text
    assert 'data-live="case contact duty referral"' in text


def test_the_most_urgent_comes_first():
    def item(urgency):
        return WorkItem(title=urgency.name, note="", href="/", urgency=urgency)

    register = Work()
    for code, urgencies in {
        "calm": (Urgency.LATER,),
        "mixed": (Urgency.TODAY, Urgency.DANGER),
        "nothing": (),
    }.items():
        register.declare(
            code,
            label=code,
            icon="x",
            find=lambda _asker, _at, these=urgencies: [*map(item, these)],
        )
    asked = register.of(accounts.asker(role=Role.AUDITOR), at=clock.now())
    assert [(queue.code, [one.title for one in items]) for queue, items in asked] == [
        ("mixed", ["DANGER", "TODAY"]),
        ("calm", ["LATER"]),
    ]
