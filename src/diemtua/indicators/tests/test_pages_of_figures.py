import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from diemtua.accounts.models import Membership, Role
from diemtua.accounts.tests.factories import asker
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking, job_asker
from diemtua.foundation.facts import services as facts
from diemtua.indicators import queries
from diemtua.indicators.tests.factories import CAI_KHE, NINH_KIEU, SURVIVOR, TAN_AN, detected

pytestmark = pytest.mark.django_db
MAY = {Role.COMMITTEE_SECRETARY, Role.LEADER, Role.SUPERVISOR}


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


def browser(role=Role.COMMITTEE_SECRETARY):
    client = Client()
    client.force_login(Membership.objects.get(pk=asker(role=role).membership_id).user)
    return client


def page(client, name="indicators:dashboard", *args, status=200, **asked):
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == status, answer.content.decode()[:400]
    return answer.content.decode()


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def now_detected(**told):
    detected(on=clock.today(), **told)


def test_the_whole_picture_shows_the_figure_its_target_and_the_six_objectives():
    now_detected(n=60, reached=48)
    told = words(page(browser()))
    assert "80,0%" in told
    assert "48 trong 60 người được phát hiện" in told
    assert "Mục tiêu năm 2030" in told
    assert "còn thiếu 10,0 điểm phần trăm" in told
    assert told.count("chưa có số liệu") >= 22
    for code in ("1.1", "3.2b", "6.4"):
        assert code in told


def test_a_changed_record_is_on_the_next_page_that_is_fetched():
    now_detected(n=40, reached=30)
    client = browser()
    assert "30 trong 40" in words(page(client))
    with asking(job_asker("test")):
        facts.record(
            kind="survivor.detected",
            unit_key=CAI_KHE,
            on=clock.today(),
            **SURVIVOR | {"reached": True},
        )
    html = page(client)
    assert "31 trong 41" in words(html)
    assert re.search(r'id="figures" data-live="figures"[^>]*hx-trigger="live"', html)


def test_hidden_communes_show_no_number_and_the_page_says_why():
    now_detected(n=60, reached=48)
    now_detected(n=25, reached=15, unit_key=NINH_KIEU)
    now_detected(n=3, reached=2, unit_key=TAN_AN)
    html = page(browser())
    rows = {
        words(row).split("giữ kín")[0].strip(): words(row)
        for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    }
    assert rows["Phường Tân An"].count("giữ kín") == 3
    assert rows["Phường Ninh Kiều"].count("giữ kín") == 3
    assert "2 xã, phường không hiện số" in words(html)


def test_communes_are_found_without_accents_and_sorted():
    now_detected(n=60, reached=48)
    now_detected(n=50, reached=20, unit_key=NINH_KIEU)
    client = browser()
    found = words(page(client, q="ninh kieu"))
    table = found[found.index("Theo xã, phường,") :]
    assert "Phường Ninh Kiều 50" in table
    assert "Phường Cái Khế" not in table
    low, high = words(page(client, sap="thap")), words(page(client, sap="cao"))
    assert low.index("Phường Ninh Kiều") < low.index("Phường Cái Khế")
    assert high.index("Phường Cái Khế") < high.index("Phường Ninh Kiều")


def test_the_place_of_hidden_communes_tells_nothing():
    quarter = queries.containing(clock.today())
    for unit, n in ((CAI_KHE, 60), (NINH_KIEU, 26), (TAN_AN, 3), ("c31150", 40)):
        now_detected(n=n, reached=n - 1 if unit == TAN_AN else n - 10, unit_key=unit)
    who = asker(role=Role.LEADER)
    with asking(who):
        table = queries.by_commune(asker=who, period=quarter)
    for order in queries.ORDERS[:3]:
        listed = queries.arranged(table.rows, order=order.code)
        hidden = [row for row in listed if row.is_suppressed]
        assert listed[-len(hidden) :] == sorted(hidden, key=lambda row: row.sort_key)


def test_other_spans_say_why_there_is_no_commune_table():
    today = clock.today()
    told = words(page(browser(), ky=f"{today.year}-M{today.month}", lich="S"))
    assert "Bảng theo xã, phường chỉ lập theo quý" in told


def test_both_calendars_can_be_chosen_and_say_their_days():
    assert "15/09/2026–14/12/2026" in page(browser(), ky="2026-Q4", lich="R")
    assert "01/10/2026–31/12/2026" in page(browser(), ky="2026-Q4", lich="S")


def test_a_period_that_does_not_exist_is_refused_plainly():
    assert "Kỳ số liệu này không đọc được" in page(browser(), ky="2026-Q9", status=404)


def test_a_figure_says_what_it_is_and_where_it_comes_from():
    now_detected(n=60, reached=48)
    told = words(page(browser(), "indicators:definition", "3.2a"))
    for phrase in (
        "60 dòng số liệu không định danh",
        "Nghị quyết 28/NQ-CP",
        "Tử số",
        "Mẫu số",
        "dưới 5",
    ):
        assert phrase in told


def test_a_figure_from_memory_is_marked_to_be_checked_against_the_law():
    told = words(page(browser(), "indicators:definition", "4.3"))
    assert "cần đối chiếu văn bản gốc" in told
    assert "Chưa có số liệu" in told
    assert "dưới 18 ca/1.000 phụ nữ" in told


def test_a_figure_that_does_not_exist_is_not_found():
    page(browser(), "indicators:definition", "9.9", status=404)


def test_the_leaders_page_says_three_sentences_before_the_picture():
    detected(n=40, reached=20, on=clock.today() - timedelta(days=92))
    now_detected(n=60, reached=48)
    html = page(browser(Role.LEADER), "indicators:brief")
    before, _picture, _after = html.partition("Tỷ lệ người bị bạo lực được tiếp cận")
    told = words(before)
    assert "48 người trong số đó (80,0%)" in told
    assert "Mục tiêu đến năm 2030 là 90%" in told
    assert "tương đương 6 người nữa" in told


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("name", ["indicators:dashboard", "indicators:brief"])
def test_only_those_who_see_figures_open_the_pages(role, name):
    page(browser(role), name, status=200 if role in MAY else 403)
