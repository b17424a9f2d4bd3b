from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from diemtua.accounts.models import Membership, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases.models import How
from diemtua.casework.reaching import services
from diemtua.casework.reaching.models import Attempt, Channel, SafeWay
from diemtua.casework.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db

NUMBER = "0987 654 321"


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


@pytest.fixture
def worker():
    return accounts.asker(role=Role.CASE_WORKER)


@pytest.fixture
def case(worker):
    return factories.case(worker, at=clock.now() - timedelta(days=1))


def browser(asker):
    client = Client()
    client.force_login(Membership.objects.get(pk=asker.membership_id).user)
    return client


def noted(asker, case, **fields):
    values = {"id": uuid4(), "channel": Channel.CALL, "to": NUMBER, "say": "tiệm may"} | fields
    with asking(asker):
        return services.note_way(
            asker=asker, case=case, how=How.WRITTEN, at=clock.now() - timedelta(hours=3), **values
        )


def shut():
    """Hours that are not now, whenever the test runs."""
    hour = clock.now().astimezone(clock.CITY_TIME).hour
    return {"since": time((hour + 3) % 23), "until": time((hour + 3) % 23, 30)}


WRITTEN = {
    "channel": "CALL", "to": NUMBER, "days": ["0", "5"], "since": "08:00", "until": "10:00",
    "answers": "SELF", "say": "tiệm may", "how": "SPOKEN_BY_PHONE",
}  # fmt: skip


def test_the_tab_shows_the_hours_and_not_the_number(worker, case):
    noted(worker, case)
    page = browser(worker).get(reverse("reaching:index", args=[case.pk])).content.decode()
    assert "bất cứ giờ nào" in page
    assert "0987" not in page


def test_a_way_is_noted_from_the_page(worker, case):
    answer = browser(worker).post(
        reverse("reaching:index", args=[case.pk]), WRITTEN | {"key": str(uuid4())}
    )
    assert answer.status_code == 302
    with as_owner():
        assert SafeWay.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"say": "công an"}, {"until": "07:00"}, {"since": "99:99"}, {"channel": "FAX"}, {"how": ""}],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(worker, case, wrong):
    answer = browser(worker).post(
        reverse("reaching:index", args=[case.pk]), WRITTEN | wrong | {"key": str(uuid4())}
    )
    assert answer.status_code == 422
    assert NUMBER in answer.content.decode()
    with as_owner():
        assert not SafeWay.objects.exists()


def test_going_through_the_gate_shows_number_and_words(worker, case):
    client, way = browser(worker), noted(worker, case)
    answer = client.post(
        reverse("reaching:reach", args=[way.pk]), {"key": str(uuid4())}, follow=True
    )
    page = answer.content.decode()
    assert NUMBER in page and "em gọi từ tiệm may" in page
    assert NUMBER not in answer.redirect_chain[0][0]


def test_a_shut_gate_shows_no_button_and_refuses_who_presses_it_anyway(worker, case):
    client, way = browser(worker), noted(worker, case, **shut())
    page = client.get(reverse("reaching:index", args=[case.pk])).content.decode()
    assert "Đang khóa" in page
    assert reverse("reaching:reach", args=[way.pk]) + '"' not in page
    answer = client.post(reverse("reaching:reach", args=[way.pk]), {"key": str(uuid4())})
    assert answer.status_code >= 400
    assert "gọi 113" in answer.content.decode()
    assert "0987" not in answer.content.decode()


def test_what_came_of_it_is_told_and_the_number_is_gone(worker, case):
    client, way = browser(worker), noted(worker, case)
    client.post(reverse("reaching:reach", args=[way.pk]), {"key": str(uuid4())})
    with as_owner():
        attempt = Attempt.objects.get()
    where = reverse("reaching:attempt", args=[attempt.pk])
    assert client.post(where, {}).status_code == 422
    assert client.post(where, {"came": "REACHED"}).status_code == 302
    assert "0987" not in client.get(where).content.decode()


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.PROVIDER, Role.COMMITTEE_SECRETARY])
def test_strangers_get_no_further(worker, case, role):
    way = noted(worker, case)
    client = browser(accounts.asker(role=role))
    answers = [
        client.get(reverse("reaching:index", args=[case.pk])),
        client.post(reverse("reaching:reach", args=[way.pk]), {"key": str(uuid4())}),
        client.post(reverse("reaching:end", args=[way.pk])),
    ]
    assert {answer.status_code for answer in answers} <= {403, 404}
