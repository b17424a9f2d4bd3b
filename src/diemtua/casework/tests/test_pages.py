from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diemtua.accounts.models import Membership, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases.models import Case, ServiceGiven
from diemtua.casework.duties.models import Duty
from diemtua.casework.overview import queries
from diemtua.casework.referrals.models import Referral, State
from diemtua.casework.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


def browser(asker):
    client = Client()
    client.force_login(Membership.objects.get(pk=asker.membership_id).user)
    return client


@pytest.fixture
def now():
    return clock.now() - timedelta(minutes=5)


@pytest.fixture
def team():
    return factories.team()


def page(client, name, *args, status=200, **data):
    answer = (
        client.post(reverse(name, args=args), data)
        if data
        else client.get(reverse(name, args=args))
    )
    assert answer.status_code == status, answer.content.decode()[:600]
    return answer.content.decode()


def post(client, name, *args, **data):
    return client.post(reverse(name, args=args), {"key": str(uuid4())} | data)


def test_the_case_page_says_how_to_reach_her_what_to_do_and_nothing_of_who_she_is(team, now):
    _centre, counsellor, _worker, _supervisor = team
    case = factories.case(counsellor, at=now)
    text = page(browser(counsellor), "casework:case", case.pk)
    assert case.alias in text and case.code in text
    assert "tiệm may" in text
    assert "Tìm nơi tạm lánh" in text
    for word in ("Bích", "Phượng", "Chồng đánh"):
        assert word not in text


def test_opening_a_case_takes_at_most_25_queries(team, now):
    _centre, counsellor, _worker, supervisor = team
    case = factories.case(counsellor, at=now)
    for _ in range(3):
        factories.referral(counsellor, case, factories.shelter(), at=now)
    client = browser(supervisor)
    page(client, "casework:case", case.pk)
    with CaptureQueriesContext(connection) as seen:
        page(client, "casework:case", case.pk)
    assert len(seen) <= 25, [q["sql"][:120] for q in seen]


def test_a_page_that_renews_itself_reads_nothing_sealed(team, now):
    case = factories.case(team[2], at=now)
    client = browser(team[2])
    page(client, "casework:case", case.pk)
    client.get(reverse("casework:case", args=[case.pk]), headers={"HX-Request": "true"})
    assert factories.audited("casework.case.opened-on-screen") == 1


def test_her_identity_is_shown_when_asked_for_and_the_trail_keeps_it(team, now):
    _centre, counsellor, _worker, _supervisor = team
    case = factories.case(counsellor, at=now)
    answer = post(browser(counsellor), "casework:identity", case.pk)
    assert factories.NAME in answer.content.decode()
    assert factories.audited("casework.case.identity-read") == 1


def test_a_case_of_somebody_else_is_not_found(team, now):
    case = factories.case(team[1], at=now)
    stranger = browser(accounts.asker(role=Role.CASE_WORKER, organisation=team[0]))
    for name in ("case", "service", "consent", "refer"):
        page(stranger, f"casework:{name}", case.pk, status=404)
    for name in ("identity", "alias", "contacted"):
        assert post(stranger, f"casework:{name}", case.pk).status_code == 404


def test_the_list_shows_what_waits_and_one_tap_takes_it(team, now):
    _centre, counsellor, worker, _supervisor = team
    case = factories.case(counsellor, at=now)
    client = browser(worker)
    assert case.alias in page(client, "casework:list")
    assert post(client, "casework:take", case.pk).status_code == 302
    text = page(client, "casework:list")
    assert reverse("casework:case", args=[case.pk]) in text
    assert "Bích" not in text


def test_the_list_finds_by_name_and_says_when_it_finds_nothing(team, now):
    worker = team[2]
    case = factories.case(worker, at=now)
    client = browser(worker)
    found = client.post(reverse("casework:list"), {"q": "bich thuy"}).content.decode()
    assert case.alias in found and "bich thuy" in found
    nothing = client.post(reverse("casework:list"), {"q": "ai đó"}).content.decode()
    assert "Không tìm thấy" in nothing


def test_the_search_is_never_in_an_address(team, now):
    text = page(browser(team[2]), "casework:list")
    assert 'method="post" novalidate data-behaviour="submit-once"' in text
    assert 'method="get"' not in text.partition("<main")[2]


def test_a_wrong_form_answers_422_and_keeps_what_was_typed(team, now):
    worker = team[2]
    case = factories.case(worker, at=now)
    answer = post(
        browser(worker), "casework:service", case.pk, sector="HEALTH", outcome="DECLINED",
        given_on="20/11/2026", note="Chị muốn nghĩ thêm",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Chị muốn nghĩ thêm" in answer.content.decode()


def test_a_service_recorded_on_the_page_is_there_once_after_a_double_tap(team, now):
    worker = team[2]
    case = factories.case(worker, at=now)
    client, key = browser(worker), str(uuid4())
    for _ in range(2):
        post(client, "casework:service", case.pk, key=key, sector="HEALTH", outcome="GIVEN",
             given_on=f"{now:%d/%m/%Y}", note="")  # fmt: skip
    with as_owner():
        assert ServiceGiven.objects.count() == 1


def test_a_referral_is_sent_accepted_and_stayed_through_the_pages(team, now):
    worker = team[2]
    shelter = factories.directory.facility()
    factories.directory.answer(shelter, places=4)
    case = factories.case(worker, at=now)
    sender, receiver = browser(worker), browser(factories.provider(shelter))
    assert shelter.name in page(sender, "casework:refer", case.pk)
    assert post(sender, "casework:refer", case.pk, facility=str(shelter.pk), sections=["NAME"],
                adults="1", children="2", note="").status_code == 302  # fmt: skip
    with as_owner():
        referral = Referral.objects.get()
    assert "1 người lớn, 2 trẻ em" in page(receiver, "casework:referrals")
    assert factories.NAME in page(receiver, "casework:referral", referral.pk)
    assert post(receiver, "casework:accept", referral.pk).status_code == 302
    moment = f"{clock.now():%d/%m/%Y %H:%M}"
    assert post(receiver, "casework:stay", referral.pk, adults="1", children="2",
                arrived_at=moment).status_code == 302  # fmt: skip
    assert "Nơi tạm lánh" in page(sender, "casework:case", case.pk)
    assert [fact["reached"] for fact in factories.facts()] == [True]


def test_a_stay_in_the_future_answers_422(team, now):
    worker, shelter = team[2], factories.shelter()
    referral = factories.referral(worker, factories.case(worker, at=now), shelter, at=now)
    receiver = browser(factories.provider(shelter))
    post(receiver, "casework:accept", referral.pk)
    tomorrow = f"{clock.now() + timedelta(days=1):%d/%m/%Y %H:%M}"
    answer = post(
        receiver, "casework:stay", referral.pk, adults="1", children="0", arrived_at=tomorrow
    )
    assert answer.status_code == 422
    assert post(receiver, "casework:decline", referral.pk, reason="FULL").status_code == 422


def test_the_officer_opens_the_notice_and_acknowledges(team, now):
    _body, officer = factories.commune()
    factories.case(team[2], at=now)
    client = browser(officer)
    with as_owner():
        duty = Duty.objects.get()
    assert "trình Chủ tịch xử lý" in page(client, "casework:duties")
    assert "Ninh Kiều" in page(client, "casework:duty", duty.pk)
    assert post(client, "casework:acknowledge", duty.pk).status_code == 302
    assert "Đã tiếp nhận" in page(client, "casework:duties")


def test_the_supervisor_s_board_assigns_in_one_tap(team, now):
    _centre, counsellor, worker, supervisor = team
    case = factories.case(counsellor, at=now)
    client = browser(supervisor)
    assert case.alias in page(client, "casework:team")
    answer = post(client, "casework:assign", case.pk, worker=str(worker.user_id))
    assert answer.status_code == 302
    with as_owner():
        assert Case.objects.get().worker_id == worker.user_id


def test_a_consent_is_asked_for_written_and_taken_back(team, now):
    worker = team[2]
    case = factories.case(worker, at=now)
    shelter = factories.shelter()
    referral = factories.referral(worker, case, shelter, at=now)
    client = browser(worker)
    page(client, "casework:consent", case.pk)
    assert post(client, "casework:consent", case.pk, purpose="SHARE", recipient_kind="POLICE",
                sections=["NEEDS"], how="SPOKEN_IN_PERSON").status_code == 302  # fmt: skip
    assert (
        post(client, "casework:consent", case.pk, purpose="SHARE", how="WRITTEN").status_code == 422
    )
    with as_owner():
        consent = case.consents.get(recipient_kind="SHELTER")
    assert post(client, "casework:withdraw", consent.pk).status_code == 302
    with as_owner():
        assert Referral.objects.get(pk=referral.pk).state == State.REVOKED


def test_the_bar_counts_what_waits():
    worker = accounts.asker(role=Role.CASE_WORKER)
    factories.case(worker, at=clock.now() - timedelta(days=9))
    shelter = factories.shelter()
    _body, officer = factories.commune()
    factories.referral(worker, factories.case(worker), shelter)
    for asker, waiting in ((worker, 1), (factories.provider(shelter), 1), (officer, 1)):
        with asking(asker):
            assert queries.waiting_for(asker) >= waiting
