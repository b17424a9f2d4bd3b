"""The directory's pages: found, empty, one facility, its address by a button, tonight's answer."""

from uuid import uuid4

import pytest

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.directory import views
from diemtua.directory.models import ReadinessAnswer
from diemtua.directory.tests import factories
from diemtua.foundation.database.asker import asking

pytestmark = pytest.mark.django_db

LIST, TONIGHT, ANSWER = "/danh-ba/", "/san-sang/", "/san-sang/tra-loi/"


@pytest.fixture
def acting(client, monkeypatch):
    """Return a function that makes the browser act as an asker."""

    def act(asker):
        monkeypatch.setattr(
            "diemtua.accounts.queries.asker_of_request", lambda _request: asker, raising=True
        )
        return client

    return act


@pytest.fixture
def shelter(db):
    made = factories.facility(name="Nhà Hoa Súng")
    factories.answer(made, places=3)
    return made


def counsellor():
    return accounts.asker(role=Role.COUNSELLOR)


def test_the_list_shows_who_is_ready_and_never_a_street(acting, shelter):
    page = acting(counsellor()).get(LIST).content.decode()

    assert "Nhà Hoa Súng" in page
    assert "3 chỗ" in page
    assert "Hoa Giấy" not in page


def test_the_list_says_why_it_is_empty(acting, shelter):
    browser = acting(counsellor())

    assert "Không có nơi nào như vậy" in browser.get(LIST, {"q": "zzz"}).content.decode()
    assert "Nhà Hoa Súng" in browser.get(LIST, {"q": "hoa sung", "ready": "on"}).content.decode()


def test_a_facilitys_page_hides_its_address_until_the_button_is_pressed(acting, shelter):
    keeper = factories.keeper(shelter)
    browser = acting(keeper)
    page = browser.get(f"{LIST}{shelter.pk}/").content.decode()
    opened = browser.post(f"{LIST}{shelter.pk}/dia-chi/").content.decode()

    assert "Hoa Giấy" not in page
    assert "Mở địa chỉ" in page
    assert "Hoa Giấy" in opened


def test_a_counsellor_without_a_grant_gets_no_address(acting, shelter):
    browser = acting(counsellor())
    page = browser.get(f"{LIST}{shelter.pk}/").content.decode()
    refused = browser.post(f"{LIST}{shelter.pk}/dia-chi/")

    assert "Mở địa chỉ" not in page
    assert refused.status_code == 404
    assert "Hoa Giấy" not in refused.content.decode()


def test_one_tap_answers_for_tonight(acting, shelter):
    keeper = factories.keeper(shelter)
    browser = acting(keeper)
    assert "Nhà Hoa Súng" in browser.get(TONIGHT).content.decode()
    told = {"key": uuid4(), "facility": shelter.pk, "state": "READY", "places": 2}
    for _ in range(2):
        assert browser.post(ANSWER, told).status_code == 302

    with asking(keeper):
        assert ReadinessAnswer.objects.filter(pk=told["key"], places=2).count() == 1
        assert ReadinessAnswer.objects.count() == 2


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"state": "READY", "places": 99}, "4 chỗ"),
        ({"state": "AWAY", "valid_until": "ngày nào đó"}, "Ghi ngày như 25/11."),
        ({"state": "AWAY", "valid_until": "1/1/2020"}, "phải ở sau hôm nay"),
    ],
)
def test_an_answer_without_sense_comes_back_with_what_was_typed(acting, told, says):
    shelter = factories.facility(beds=4)
    browser = acting(factories.keeper(shelter))
    page = browser.post(ANSWER, {"key": uuid4(), "facility": shelter.pk} | told)

    assert page.status_code == 422
    assert says in page.content.decode()
    assert told.get("valid_until", "") in page.content.decode()


def test_away_is_kept_until_the_day_of_return(acting, shelter):
    keeper = factories.keeper(shelter, role=Role.COMMUNE_OFFICER)
    told = {"key": uuid4(), "facility": shelter.pk, "state": "AWAY", "valid_until": "mai"}
    acting(keeper).post(ANSWER, told)

    with asking(keeper):
        assert ReadinessAnswer.objects.get(pk=told["key"]).valid_until is not None


def test_who_keeps_nothing_is_told_what_will_stand_here(acting):
    page = acting(accounts.asker(role=Role.PROVIDER)).get(TONIGHT).content.decode()

    assert "Chưa có nơi nào do bạn phụ trách" in page


@pytest.mark.parametrize("role", [Role.PERPETRATOR_WORKER, Role.AUDITOR])
def test_the_directory_does_not_open_to_who_must_not_know_where_people_are(acting, shelter, role):
    browser = acting(accounts.asker(role=role))

    assert browser.get(LIST).status_code == 403
    assert browser.get(f"{LIST}{shelter.pk}/").status_code == 403


def test_a_provider_does_not_see_anothers_facility(acting, shelter):
    stranger = accounts.asker(role=Role.PROVIDER)

    assert acting(stranger).get(f"{LIST}{shelter.pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    acting, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        factories.answer(factories.facility())
    browser = acting(counsellor())
    with django_assert_max_num_queries(12):
        assert browser.get(LIST).status_code == 200


def test_every_page_names_its_policy():
    pages = (views.listing, views.facility, views.address, views.readiness, views.answer)

    assert all(page.door_policy.code.startswith("directory.") for page in pages)
