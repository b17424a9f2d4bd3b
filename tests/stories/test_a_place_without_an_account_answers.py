"""A referral reaches a place without an account by a link; and she is reached through the gate alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories import people
from tests.stories.test_every_page_is_accessible import AXE, _faults

SHARED = "Tên gọi trong phiếu"


def _to_the_letter(someone):
    """From the board to the first case with a living referral, and on to sending it out."""
    someone.go("/doi/")
    links = someone.page.locator('a[href^="/truong-hop/"]').all()
    for case in sorted({link.get_attribute("href") for link in links}):
        someone.go(case)
        if (send := someone.page.locator('a[href$="/gui-di/"]')).count():
            send.first.click()
            return
    pytest.fail("the invented city has no living referral")


@pytest.fixture
def at_the_place(city, browser, witness):
    """The telephone of a place that signs in nowhere."""
    context = browser.new_context(
        base_url=city.address, viewport=people.PHONE, bypass_csp=True, locale="vi-VN",
        reduced_motion="reduce",
    )  # fmt: skip
    context.add_init_script(AXE)
    witness.watch(context)
    yield context.new_page()
    context.close()


def _link_and_number(person):
    nguyet = person(
        people.SUPERVISOR, bypass_csp=True, color_scheme="light", reduced_motion="reduce"
    )
    nguyet.context.add_init_script(AXE)
    _to_the_letter(nguyet)
    nguyet.look()
    assert _faults(nguyet.page) == []
    nguyet.page.set_viewport_size(people.LAPTOP)
    nguyet.page.get_by_role("button", name=re.compile("Tạo đường dẫn")).click()
    link = nguyet.page.locator("#link").input_value()
    number = nguyet.page.locator(".display-6").inner_text()
    assert _faults(nguyet.page) == []
    return link, number


def _open(page, number):
    page.get_by_label("Mã số").fill(number)
    page.get_by_role("button", name="Mở").click()


def test_a_link_is_opened_with_its_number_once_and_answered(person, at_the_place):
    link, number = _link_and_number(person)
    page, said = at_the_place, at_the_place.locator("main")
    page.goto(link)
    assert page.title() == "Phiếu · Điểm Tựa"
    assert _faults(page) == []
    _open(page, f"{(int(number) + 1) % 1_000_000:06d}")
    expect(said).to_contain_text("Mã số chưa đúng")
    _open(page, f"{number[:3]} {number[3:]}")
    expect(said).to_contain_text(SHARED)
    assert _faults(page) == []
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Trả lời").click()
    expect(said).to_contain_text("nơi gửi đã thấy ngay")

    page.goto(link)
    _open(page, number)
    expect(said).to_contain_text("Nội dung đã được mở trước đây")
    expect(said).not_to_contain_text(SHARED)


def test_her_number_is_shown_behind_the_gate_alone(person):
    hanh = person(people.CASE_WORKER)
    hanh.go("/viec-hom-nay/")
    hanh.go(hanh.page.locator('a[href^="/truong-hop/"]').last.get_attribute("href"))
    hanh.press("Liên lạc")
    page = hanh.page
    page.get_by_label("Gọi điện").check()
    page.get_by_label("Số điện thoại, nơi nhận").fill("0900000333")
    page.get_by_label("Xưng là").fill("công an xã")
    page.get_by_label("Nói trực tiếp").check()
    hanh.press("Ghi lại")
    expect(page.get_by_label("Xưng là")).to_have_value("công an xã")
    page.get_by_label("Xưng là").fill("tiệm may")
    hanh.press("Ghi lại")
    expect(page.locator("main")).to_contain_text("An toàn lúc này")
    expect(page.locator("main")).not_to_contain_text("0900000333")
    hanh.press("Liên lạc cách này")
    expect(page.locator("main")).to_contain_text("0900000333")
    expect(page.locator("main")).to_contain_text("em gọi từ tiệm may")
    page.get_by_label("Người khác nghe").check()
    hanh.press("Ghi kết quả")
    expect(page.locator("main")).to_contain_text("Chưa có cách liên lạc an toàn")
