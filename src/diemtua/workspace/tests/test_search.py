import pytest
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.tests import factories
from diemtua.directory.tests import factories as directory
from diemtua.hotline.tests.factories import browser

pytestmark = pytest.mark.django_db
SEARCH = "/tim/"


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


@pytest.fixture
def team():
    return factories.team()


def found(asker, text):
    answer = browser(asker).post(SEARCH, {"q": text})
    assert answer.status_code == 200
    return [(result.group, result.title) for result in answer.context["results"]]


@pytest.mark.parametrize("what", ["code", "alias", "phone", "name"])
def test_a_case_is_found_by_code_alias_phone_or_name(team, what):
    _centre, counsellor, _worker, _supervisor = team
    case = factories.case(counsellor)
    text = {
        "code": case.code.lower(),
        "alias": case.alias,
        "phone": "0912345678",
        "name": "thuy bich",
    }[what]
    assert ("Hồ sơ", case.alias) in found(counsellor, text)


def test_nobody_finds_a_case_that_is_not_theirs(team):
    centre, counsellor, worker, _supervisor = team
    case = factories.case(counsellor)
    others = [
        worker,
        accounts.asker(role=Role.COUNSELLOR, organisation=centre),
        accounts.asker(role=Role.SUPERVISOR),
        *(accounts.asker(role=role) for role in (Role.ADMINISTRATOR, Role.COMMITTEE_SECRETARY)),
    ]
    for asker in others:
        for text in (case.code, case.alias, "0912345678", factories.NAME):
            assert [title for group, title in found(asker, text) if group == "Hồ sơ"] == []


def test_a_result_shows_the_alias_and_never_the_name(team):
    _centre, counsellor, _worker, _supervisor = team
    case = factories.case(counsellor)
    text = browser(counsellor).post(SEARCH, {"q": factories.NAME}).content.decode()
    main = text.partition("<main")[2].replace(f'value="{factories.NAME}"', "")
    assert case.alias in main
    assert factories.NAME not in main


def test_pages_places_and_houses_are_found_without_accents(team):
    _centre, counsellor, _worker, _supervisor = team
    house = directory.facility(name="Nhà tạm lánh Hoa Súng")
    assert ("Trang", "Trực đường dây") in found(counsellor, "truc duong day")
    assert ("Nơi hỗ trợ", house.name) in found(counsellor, "hoa sung")
    assert ("Địa bàn", "Xã Thới Lai") in found(counsellor, "thoi lai")


def test_a_role_is_not_shown_pages_of_another(team):
    secretary = accounts.asker(role=Role.COMMITTEE_SECRETARY)
    assert ("Trang", "Trực đường dây") not in found(secretary, "truc duong day")


def test_nothing_found_says_so_and_an_empty_search_asks_nothing(team):
    client = browser(team[1])
    assert "Không thấy gì" in client.post(SEARCH, {"q": "zzz không có"}).content.decode()
    assert "Không thấy gì" not in client.post(SEARCH, {"q": "  "}).content.decode()


def test_what_is_searched_for_never_stands_in_an_address(team):
    _centre, counsellor, _worker, _supervisor = team
    case = factories.case(counsellor)
    client = browser(counsellor)
    by_address = client.get(SEARCH, {"q": case.code})
    assert by_address.context["results"] == []  # an address is not read
    page = client.get(reverse("casework:list")).content.decode()
    assert f'action="{SEARCH}" method="post"' in page


def test_what_is_searched_for_never_stands_in_the_log(team, capsys):
    browser(team[1]).post(SEARCH, {"q": "Bích Thuỷ 0912345678"})
    said = capsys.readouterr()
    assert "Bích" not in said.out + said.err
    assert "0912" not in said.out + said.err
