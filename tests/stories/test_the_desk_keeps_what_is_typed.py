"""The counsellor's desk in a real browser: keyboard alone, saved as typed, nothing lost."""

import re

from playwright.sync_api import expect

from tests.stories import people

A_CONTACT = re.compile(r"/truc/[0-9a-f-]{36}/")


def _saved(page, words="Đã lưu"):
    expect(page.locator("[data-saved]")).to_contain_text(words)


def _checked(page, name):
    found = page.locator(f"[name={name}]:checked")
    return found.evaluate_all("all => all.map(one => one.value)")


def _address(page):
    return page.locator("#contact-form").get_attribute("action")


def _was_meant(someone, status):
    """Take the browser's own remark about an answer that the test wanted off the complaints."""
    seen = someone.witness.complaints
    seen[:] = [one for one in seen if f"status of {status}" not in one]


def test_one_key_begins_digits_and_letters_choose_and_ctrl_enter_puts_down(person):
    lan = person(people.COUNSELLOR)
    page, keys = lan.page, lan.page.keyboard
    lan.go("/danh-ba/")
    lan.go("/truc/")
    keys.press("F2")
    expect(page.locator("[name=danger_now]").first).to_be_focused()
    keys.press("3")  # she is not sure
    assert _checked(page, "danger_now") == ["UNSURE"]
    lan.tab_to("[name=caller_kind]")
    keys.press("2")
    assert _checked(page, "caller_kind") == ["RELATIVE"]
    lan.tab_to("[name=acts]")
    keys.type("bab")  # b, a, and b taken back
    keys.press("Shift+D")
    keys.press("Enter")  # sends nothing while it is being written
    assert _checked(page, "acts") == ["a", "đ"]
    _saved(page)
    expect(page.locator("#help-now")).to_contain_text("Bạo lực thể chất")
    expect(page.locator("[name=started]")).to_have_value(re.compile(r"\d\d:\d\d"))
    address = _address(page)
    expect(page.locator(f"#desk-today a[href='{address}']")).to_be_visible()  # without a reload
    keys.press("Control+Enter")
    page.wait_for_url("**/truc/#*")
    assert _address(page) != address
    expect(page.locator("[name=danger_now]").first).to_be_focused()
    lan.look()


def test_what_cannot_be_read_is_said_beside_it_and_stays_as_typed(person):
    lan = person(people.COUNSELLOR)
    page = lan.page
    lan.go("/truc/")
    page.locator("[name=notes]").fill("Chị nói nhỏ, có người ở nhà.")
    page.locator("[name=call_back]").fill("lúc nào vắng")
    _saved(page, "còn ô chưa đọc được")
    said = page.locator("#id_call_back_error")
    expect(said).to_contain_text("23/11 8:00")
    page.goto(_address(page))
    expect(page.locator("[name=call_back]")).to_have_value("lúc nào vắng")
    expect(page.locator("[name=notes]")).to_have_value("Chị nói nhỏ, có người ở nhà.")
    page.locator("[name=call_back]").fill("mai 8:00")
    _saved(page)
    expect(page.locator("#id_call_back_error")).to_have_count(0)
    page.get_by_role("button", name="Ghi xong").click()
    expect(page.locator("#desk-today")).to_contain_text("08:00")


def test_a_bad_line_loses_nothing(person):
    lan = person(people.SECOND_COUNSELLOR)
    page = lan.page
    lan.go("/truc/")
    page.locator("[name=notes]").fill("Một")
    _saved(page)
    page.route("**/luu/", lambda route: route.fulfill(status=503))
    page.locator("[name=notes]").fill("Một, hai")
    _saved(page, "Chưa lưu được")
    page.unroute("**/luu/")
    _saved(page)
    page.goto(_address(page))
    expect(page.locator("[name=notes]")).to_have_value("Một, hai")
    _was_meant(lan, 503)


def test_two_tabs_do_not_overwrite_each_other_silently(person):
    lan = person(people.SECOND_COUNSELLOR)
    page = lan.page
    lan.go("/truc/")
    page.locator("[name=notes]").fill("Thẻ một")
    _saved(page)
    second = lan.context.new_page()
    second.goto(_address(page))
    second.locator("[name=notes]").fill("Thẻ hai ghi tiếp")
    _saved(second)
    page.locator("[name=notes]").fill("Thẻ một ghi tiếp")
    _saved(page, "ở một thẻ khác")
    page.get_by_role("button", name="Ghi xong").click()
    main = page.locator("main")
    expect(main).to_contain_text("vừa được ghi ở một thẻ khác")
    expect(page.locator("[name=notes]")).to_have_value("Thẻ một ghi tiếp")
    with lan.context.expect_page() as opened:
        page.get_by_role("link", name="Mở bản kia ở thẻ mới").click()
    expect(opened.value.locator("[name=notes]")).to_have_value("Thẻ hai ghi tiếp")
    _was_meant(lan, 409)


def test_the_desk_stacks_on_a_phone_danger_first(person):
    lan = person(people.COUNSELLOR, viewport=people.PHONE)
    page = lan.page
    lan.go("/truc/")
    boxes = [
        page.locator(part).bounding_box()
        for part in (".desk-first", ".desk-in-hand", "#help-now", "#desk-today")
    ]
    first, in_hand, helps, today = boxes
    assert first["y"] < people.PHONE["height"]
    assert in_hand["y"] + in_hand["height"] <= helps["y"]
    assert helps["y"] + helps["height"] <= today["y"]
    assert all(box["width"] <= people.PHONE["width"] for box in boxes)


def test_the_supervisor_reads_along_and_the_bell_follows(person):
    lan, nguyet = person(people.COUNSELLOR), person(people.SUPERVISOR)
    nguyet.go("/truc/")
    lan.go("/truc/")
    page = lan.page
    page.locator("[name=notes]").fill("Chị hẹn gọi lại.")
    page.locator("[name=call_back]").fill("23/11/2026 8:00")  # has passed: it is due
    _saved(page)
    address = _address(page)
    row = nguyet.page.locator("#desk-today").get_by_role("link").and_(
        nguyet.page.locator(f"[href='{address}']")
    )  # fmt: skip
    expect(row.first).to_be_visible()  # came by itself
    expect(page.locator("#waiting .count")).to_be_visible()
    page.locator("#waiting").click()
    page.locator(f"#work a[href='{address}']").first.click()
    expect(page.locator("[name=notes]")).to_have_value("Chị hẹn gọi lại.")
    nguyet.go(address)
    expect(nguyet.page.locator("[name=notes]")).to_be_disabled()
    assert nguyet.page.get_by_role("button", name=re.compile("Ghi xong")).count() == 0


def test_a_number_that_has_called_before_says_so_while_she_writes(person):
    lan = person(people.COUNSELLOR)
    page = lan.page
    lan.go("/truc/?moi=1")
    expect(page.locator("#earlier")).to_be_hidden()
    page.locator("[name=phone]").press_sequentially("0900 000 301")  # reference/demo_life.toml
    expect(page.locator("#earlier")).to_contain_text("Số này đã gọi trước")
    expect(page.locator("#earlier")).to_contain_text(
        "hỏi Cúc"
    )  # a colleague's: when and where only
    page.locator("[name=phone]").fill("")
    expect(page.locator("#earlier")).to_be_hidden()


def test_what_is_left_goes_to_the_next_shift_with_a_word(person):
    lan, cuc = person(people.COUNSELLOR), person(people.SECOND_COUNSELLOR)
    cuc.go("/truc/")
    lan.go("/truc/?moi=1")
    lan.page.locator("[name=notes]").fill("Chị gọi lại sau.")
    _saved(lan.page)
    contact = _address(lan.page)
    lan.go(f"/truc/ban-giao/?cuoc={contact.split('/')[2]}")
    lan.page.get_by_label(people.SECOND_COUNSELLOR).check()
    lan.page.locator("[name=word]").fill("Chỉ gọi sau 8 giờ.")
    lan.press("Bàn giao")
    expect(lan.page.locator("main")).to_contain_text("Đã bàn giao 1 cuộc gọi")
    link = cuc.page.locator(f'#desk-today a[href="{contact}"]')  # has come by itself
    expect(link).to_be_visible()
    link.click()
    expect(cuc.page.locator("main")).to_contain_text("Chỉ gọi sau 8 giờ.")
    expect(cuc.page.locator("[name=notes]")).to_have_value("Chị gọi lại sau.")
    assert lan.page.goto(contact).status == 404
    _was_meant(lan, 404)
