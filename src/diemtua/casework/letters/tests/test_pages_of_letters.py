from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from diemtua.accounts.models import Membership, Role
from diemtua.accounts.queries import asker_of
from diemtua.accounts.tests import factories as accounts
from diemtua.accounts.tests.signing_in import signed_in
from diemtua.casework.letters import queries, services
from diemtua.casework.letters.models import ReferralLink
from diemtua.casework.referrals.models import Referral, State
from diemtua.casework.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


@pytest.fixture
def supervisor():
    return accounts.asker(role=Role.SUPERVISOR)


@pytest.fixture
def sent(supervisor):
    at = clock.now()
    return factories.referral(supervisor, factories.case(supervisor, at=at), at=at)


@pytest.fixture
def link(supervisor, sent):
    with asking(supervisor):
        return services.make_link(asker=supervisor, id=uuid4(), referral=sent, at=clock.now())


def browser(asker):
    client = Client()
    client.force_login(Membership.objects.get(pk=asker.membership_id).user)
    return client


def address(link, name="letters:open"):
    return reverse(name, args=[queries.token_of(link.pk)])


def opened(link):
    return Client().post(address(link), {"pin": queries.pin_of(link.pk)}).content.decode()


def proof_on(page):
    return page.split('name="proof" value="')[1].split('"')[0]


def test_the_page_shows_link_picture_and_number_and_names_nobody(supervisor, sent):
    answer = browser(supervisor).post(
        reverse("letters:make", args=[sent.pk]), {"key": str(uuid4())}
    )
    page = answer.content.decode()
    with as_owner():
        link = ReferralLink.objects.get()
    assert address(link) in page
    assert queries.pin_of(link.pk) in page
    assert "<svg" in page
    assert factories.NAME not in page


def test_looking_at_the_link_reads_nothing(link):
    for _preview in range(3):
        page = Client().get(address(link)).content.decode()
        assert factories.NAME not in page
    assert escape(factories.NAME) in opened(link)


def test_the_number_may_be_typed_in_groups(link):
    pin = queries.pin_of(link.pk)
    answer = Client().post(address(link), {"pin": f"{pin[:3]} {pin[3:]}"})
    assert escape(factories.NAME) in answer.content.decode()


def test_a_wrong_number_says_whom_to_call_and_is_counted(link):
    wrong = f"{(int(queries.pin_of(link.pk)) + 1) % 1_000_000:06d}"
    answer = Client().post(address(link), {"pin": wrong})
    assert answer.status_code == 422
    assert "Gọi nơi gửi" in answer.content.decode()
    with as_owner():
        assert ReferralLink.objects.get().wrong_pins == 1


@pytest.mark.parametrize("typed", ["", "abc", "１２３", "9" * 400, "' OR 1=1 --"])
def test_whatever_is_typed_for_the_number_gets_a_sentence(link, typed):
    answer = Client().post(address(link), {"pin": typed})
    assert answer.status_code == 422
    assert factories.NAME not in answer.content.decode()


def test_a_link_that_was_never_made_says_what_to_do():
    answer = Client().get(reverse("letters:open", args=["khong-co"]))
    assert answer.status_code == 410
    assert "Gọi nơi đã gửi" in answer.content.decode()


def test_what_was_opened_is_kept_by_no_browser(link):
    answer = Client().post(address(link), {"pin": queries.pin_of(link.pk)})
    assert "no-store" in answer["Cache-Control"]
    assert "<title>Phiếu · " in answer.content.decode()


def test_the_place_answers_and_the_sender_sees_it(supervisor, sent, link):
    proof = proof_on(opened(link))
    answer = Client().post(
        address(link, "letters:answer"), {"proof": proof, "state": State.ACCEPTED}
    )
    assert answer.status_code == 200
    with as_owner():
        assert Referral.objects.get().state == State.ACCEPTED
    page = browser(supervisor).get(reverse("letters:of-referral", args=[sent.pk]))
    assert "Đã nhận" in page.content.decode()


def test_a_refusal_without_a_reason_is_asked_for_one_and_nothing_is_lost(link):
    proof = proof_on(opened(link))
    answer = Client().post(
        address(link, "letters:answer"), {"proof": proof, "state": State.DECLINED}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Chọn lý do" in page
    assert proof_on(page) == proof
    with as_owner():
        assert Referral.objects.get().state == State.SENT


def test_done_is_offered_after_taken(link):
    proof = proof_on(opened(link))
    assert 'value="COMPLETED"' not in opened(link)
    Client().post(address(link, "letters:answer"), {"proof": proof, "state": State.ACCEPTED})
    page = opened(link)
    assert 'value="COMPLETED"' in page and 'value="DECLINED"' not in page
    Client().post(address(link, "letters:answer"), {"proof": proof, "state": State.COMPLETED})
    assert 'name="state"' not in opened(link)


def test_an_answer_without_opening_is_refused_in_words(link):
    answer = Client().post(address(link, "letters:answer"), {"state": State.ACCEPTED})
    assert answer.status_code == 422
    assert "nhập mã số lần nữa" in answer.content.decode()


def test_the_letter_is_given_to_who_just_proved_who_she_is(client):
    at = clock.now()
    asker = asker_of(signed_in(client, role=Role.SUPERVISOR))
    mine = factories.referral(asker, factories.case(asker, at=at), at=at)
    answer = client.post(reverse("letters:letter", args=[mine.pk]))
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    assert "phieu.pdf" in answer["Content-Disposition"]


def test_who_has_not_just_proved_it_gets_no_letter(supervisor, sent):
    answer = browser(supervisor).post(reverse("letters:letter", args=[sent.pk]))
    assert answer.status_code in {302, 403}
    assert b"%PDF" not in answer.content


def test_an_answer_by_telephone_is_written_down(supervisor, sent):
    client = browser(supervisor)
    answer = client.post(
        reverse("letters:of-referral", args=[sent.pk]), {"state": "DECLINED", "reason": "FULL"}
    )
    assert answer.status_code == 302
    assert [str(said) for said in get_messages(answer.wsgi_request)]
    with as_owner():
        assert Referral.objects.get().state == State.DECLINED


@pytest.mark.parametrize(
    "role", [Role.PROVIDER, Role.COMMUNE_OFFICER, Role.COMMITTEE_SECRETARY, Role.AUDITOR]
)
@pytest.mark.parametrize("name", ["letters:of-referral", "letters:make", "letters:letter"])
def test_other_roles_get_no_further(sent, role, name):
    client = browser(accounts.asker(role=role))
    answer = client.post(reverse(name, args=[sent.pk]), {"key": str(uuid4())})
    assert answer.status_code in {302, 403, 404}
    assert factories.NAME not in answer.content.decode()


def test_another_centres_worker_does_not_find_the_referral(sent):
    client = browser(accounts.asker(role=Role.SUPERVISOR))
    assert client.get(reverse("letters:of-referral", args=[sent.pk])).status_code == 404
