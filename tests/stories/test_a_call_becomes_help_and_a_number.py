"""The whole story in one walk: a call becomes help, help becomes a number in the official report.

Seven people, each at a browser of her own, most of them open at the same time.
"""

import re
import time
from types import SimpleNamespace

from playwright.sync_api import expect

from tests.stories import dump, files, people, survivor
from tests.stories.people import wait_until

SHELTER = "Nhà tạm lánh Hoa Súng (mẫu)"
A_SECOND = 1.0
TARGET = "Mục tiêu đến năm 2030 là 90%"
COUNTS = re.compile(r"([\d.]+) trong ([\d.]+) người được phát hiện")


def test_a_call_becomes_help_and_a_number(city, person):
    lan = person(people.COUNSELLOR)
    sen = person(people.SHELTER, viewport=people.PHONE)
    tam = person(people.COMMUNE_OFFICER, viewport=people.PHONE)
    mai = person(people.SECRETARY)
    began = _figure(mai)

    _lan_takes_the_call_by_keyboard_alone(lan)
    case = _lan_opens_a_case_with_consent(lan)
    _until_figure(mai, began, detected=1)
    _lan_refers_her_to_a_shelter_that_is_ready(lan)

    _sen_sees_it_arrive_and_accepts(sen)
    _sen_records_the_stay(sen)
    _until_figure(mai, began, detected=1, helped=1)

    hanh = person(people.CASE_WORKER)
    _hanh_takes_the_case_over(hanh, case)
    _hanh_records_a_service(hanh, survivor.SERVICE_NOTE)
    expect(hanh.page.locator("#help")).to_contain_text("Chăm sóc y tế")
    _nguyet_sees_the_board(person(people.SUPERVISOR), case)
    _tam_acknowledges_the_duty(tam)

    assert _figure(mai) == (began[0] + 1, began[1] + 1)  # one person is counted once
    _another_is_helped_and_the_dashboard_follows_within_a_second(hanh, mai)
    shown = _figure(mai)
    assert shown == (began[0] + 2, began[1] + 1)
    assert shown == _counted_in_plain_sql(city, mai)
    _mai_issues_the_report(mai, shown)

    _minh_sees_who_read_the_case(person(people.DATA_PROTECTION_OFFICER), case)
    _the_database_tells_nothing_of_her(city)


# --- 1. The call -----------------------------------------------------------------------------------
def _lan_takes_the_call_by_keyboard_alone(lan):
    page, keys = lan.page, lan.page.keyboard
    page.goto("/truc/")
    began = time.monotonic()
    keys.press("Tab")
    keys.press("Enter")  # "Tới nội dung"
    lan.tab_to("[name=danger_now]")
    keys.press("Space")
    lan.tab_to("[name=notice_told]")
    keys.press("Space")
    lan.tab_to("[name=caller_kind]")
    keys.press("Space")
    lan.tab_to("[role=combobox]")
    keys.type("thoi lai")
    expect(page.locator("[role=option]").first).to_be_visible()
    _choose_by_arrows(page, "Xã Thới Lai")
    lan.tab_to("[name=notes]")
    keys.type(survivor.STORY)
    lan.tab_to("[name=acts]")
    keys.type("ap")  # act a, act p
    lan.tab_to("[name=children]")
    keys.type("2")
    _lan_notes_how_to_call_back(lan)
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu")
    expect(page.locator("#help-now")).to_contain_text("Địa chỉ tin cậy ấp Mẫu (mẫu)")
    lan.tab_to("button[value=open-case]")
    keys.press("Enter")
    page.wait_for_url("**/mo-ho-so/")
    lan.look()
    lan.call_took = time.monotonic() - began
    assert lan.call_took < 30


def _lan_notes_how_to_call_back(lan):
    keys = lan.page.keyboard
    lan.tab_to("[name=may]")
    keys.press("Space")
    for field, told in {
        "phone": survivor.SAFE_PHONE,
        "hours": survivor.HOURS,
        "say": survivor.SAY,
        "code_word": survivor.CODE_WORD,
    }.items():
        lan.tab_to(f"[name={field}]")
        keys.type(told)
    ticked = lan.page.locator("[name=acts]:checked")
    assert ticked.evaluate_all("all => all.map(one => one.value)") == ["a", "p"]


def _choose_by_arrows(page, name):
    keys = page.keyboard
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    for _step in range(8):
        if page.locator("[role=option][aria-selected=true] .picker-name").inner_text() == name:
            break
        keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("[role=combobox]")).to_have_value(name)


# --- 2. The case -----------------------------------------------------------------------------------
def _lan_opens_a_case_with_consent(lan):
    page = lan.page
    page.get_by_label("Chị đồng ý cho lưu hồ sơ").check()
    page.get_by_label("Chị đồng ý cho đếm vào số liệu").check()
    page.locator("[name=share_with][value=SHELTER]").check()
    page.get_by_label("Họ tên", exact=False).last.fill(survivor.NAME)
    for section, is_shared in {
        "NEEDS": 1,
        "NAME": 1,
        "CONTACT": 1,
        "ADDRESS": 0,
        "STORY": 0,
    }.items():
        page.locator(f"[name=sections][value={section}]").set_checked(bool(is_shared))
    page.locator("[name=how][value=SPOKEN_BY_PHONE]").check()
    page.locator("[name=full_name]").fill(survivor.NAME)
    page.locator("[name=phone]").fill(survivor.PHONE)
    page.locator("[name=address]").fill(survivor.ADDRESS)
    page.locator("[name=age_group]").select_option("FROM_26")
    page.locator("[name=alias]").first.check()
    assert page.locator("[name=story]").input_value() == survivor.STORY
    page.get_by_role("button", name="Mở hồ sơ", exact=True).click()
    page.wait_for_url("**/truong-hop/*/")
    lan.look()
    expect(page.locator("main")).to_contain_text(survivor.SAY)
    expect(page.locator("main")).not_to_contain_text(survivor.SAFE_PHONE)  # behind the gate
    expect(page.locator("#duties")).to_contain_text("UBND Xã Thới Lai")
    lead = page.locator(".lead").inner_text()
    return SimpleNamespace(
        alias=page.locator("h1").inner_text(),
        code=lead.split("·")[0].strip(),
        id=page.url.rstrip("/").rpartition("/")[2],
    )


# --- 3. The shelter --------------------------------------------------------------------------------
def _lan_refers_her_to_a_shelter_that_is_ready(lan):
    page = lan.page
    page.get_by_role("link", name="Tìm nơi đang sẵn sàng").first.click()
    row = page.get_by_role("row").filter(has_text=SHELTER)
    expect(row).to_contain_text("Sẵn sàng")
    row.get_by_role("link", name="Chọn").click()
    offered = page.locator("[name=sections]").evaluate_all("all => all.map(one => one.value)")
    assert sorted(offered) == ["CONTACT", "NAME"]  # what she did not agree to cannot be sent
    for section in offered:
        page.locator(f"[name=sections][value={section}]").check()
    page.locator("[name=children]").fill("2")
    page.locator("[name=note]").fill(survivor.NOTE_FOR_THE_HOUSE)
    lan.look()
    lan.press("Chuyển gửi")
    expect(page.locator("#help")).to_contain_text(SHELTER)


def _sen_sees_it_arrive_and_accepts(sen):
    page = sen.page  # has stood open on the inbox since before the call, and is not reloaded
    card = page.locator("#inbox").get_by_text("1 người lớn, 2 trẻ em").first
    expect(card).to_be_visible()
    sen.press("Nhận")
    main = page.locator("main")
    for told in (survivor.NAME, survivor.SAFE_PHONE, survivor.NOTE_FOR_THE_HOUSE):
        expect(main).to_contain_text(told)
    for withheld in (survivor.ADDRESS, survivor.STORY, survivor.PHONE):
        expect(main).not_to_contain_text(withheld)


def _sen_records_the_stay(sen):
    sen.press("Ghi đã đến")
    expect(sen.page.locator("main")).to_contain_text("Khi chị rời đi")


# --- 4. The team and the commune -------------------------------------------------------------------
def _hanh_takes_the_case_over(hanh, case):
    row = hanh.page.get_by_role("row").filter(has_text=case.code)
    row.get_by_role("button", name="Nhận").click()
    hanh.page.wait_for_url(f"**/truong-hop/{case.id}/")
    hanh.look()
    expect(hanh.page.locator("h1")).to_have_text(case.alias)
    expect(hanh.page.locator("#help")).to_contain_text(SHELTER)


def _hanh_records_a_service(hanh, note=""):
    page = hanh.page
    page.locator("#help").get_by_role("link", name="Ghi dịch vụ").click()
    page.locator("[name=sector][value=HEALTH]").check()
    page.locator("[name=note]").fill(note)
    hanh.look()
    with page.expect_response(lambda one: one.request.method == "POST") as answered:
        page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url(re.compile(r"/truong-hop/[0-9a-f-]+/$"))
    timing = answered.value.request.timing
    return (timing["startTime"] + timing["responseStart"]) / 1000


def _nguyet_sees_the_board(nguyet, case):
    team = nguyet.page.locator("#team")
    expect(team.get_by_role("row").filter(has_text=case.code)).to_contain_text("Nguy cơ cao")
    expect(team).to_contain_text("Hạnh")
    assert survivor.NAME not in nguyet.page.content()


def _tam_acknowledges_the_duty(tam):
    page = tam.page  # open since before the call: the notice has come by itself
    cards = page.locator("#duties .card").filter(has_text="Báo đang có nguy hiểm")
    cards.first.get_by_role("link", name="Mở tin báo").click()
    tam.look()
    for withheld in (survivor.NAME, survivor.ADDRESS, survivor.STORY, survivor.PHONE):
        expect(page.locator("main")).not_to_contain_text(withheld)
    tam.press("Xác nhận đã tiếp nhận")
    expect(page.locator("main")).to_contain_text("Mẫu Văn Tâm")


# --- 5. The dashboard ------------------------------------------------------------------------------
def _figure(mai):
    """Return helped and detected as the dashboard shows them now, without reloading it."""
    helped, detected = COUNTS.search(mai.page.locator("#figures").inner_text()).groups()
    return int(helped.replace(".", "")), int(detected.replace(".", ""))


def _until_figure(mai, began, *, detected=0, helped=0):
    expected = (began[0] + helped, began[1] + detected)
    wait_until(lambda: _figure(mai) == expected, page=mai.page)


def _another_is_helped_and_the_dashboard_follows_within_a_second(hanh, mai):
    waiting = _taken_by_hanh(hanh)
    hanh.page.goto(f"/truong-hop/{waiting}/")
    mai.page.evaluate(
        """() => {
            const shown = () => document.querySelector("#figures .figures-stats")?.textContent;
            const before = shown();
            window.figureChangedAt = null;
            new MutationObserver(() => {
                if (!window.figureChangedAt && shown() && shown() !== before)
                    window.figureChangedAt = Date.now() / 1000;
            }).observe(document.body, {childList: true, subtree: true, characterData: true});
        }"""
    )
    recorded = _hanh_records_a_service(hanh)
    wait_until(lambda: mai.page.evaluate("window.figureChangedAt"), page=mai.page)
    mai.followed_in = mai.page.evaluate("window.figureChangedAt") - recorded
    assert mai.followed_in < A_SECOND
    expect(mai.page.locator("#figures")).to_contain_text("giữ kín")  # the small communes
    row = mai.page.get_by_role("row").filter(has_text="Xã Thới Lai")
    expect(row).not_to_contain_text("giữ kín")


def _taken_by_hanh(hanh):
    """Hạnh takes one of the earlier cases, of somebody nobody has helped yet."""
    page = hanh.page
    page.goto("/viec-hom-nay/")
    row = page.get_by_role("row").filter(has_text="Xã Thới Lai")
    row.get_by_role("button", name="Nhận").first.click()
    page.wait_for_url(re.compile(r"/truong-hop/[0-9a-f-]+/$"))
    return page.url.rstrip("/").rpartition("/")[2]


# --- 6. The report ---------------------------------------------------------------------------------
def _counted_in_plain_sql(city, mai):
    days = re.findall(r"\d\d/\d\d/\d{4}", mai.page.locator(".lead").inner_text())
    since, until = ("-".join(reversed(day.split("/"))) for day in days)
    counted = city.ask(
        "SELECT count(*) FILTER (WHERE (attributes->>'reached')::boolean), count(*) FROM facts_fact"
        " WHERE kind_id = 'survivor.detected' AND bucket BETWEEN %s AND %s",
        since,
        until,
    )[0]
    from_the_records = city.ask(
        "SELECT count(*) FILTER (WHERE EXISTS (SELECT FROM casework_servicegiven s"
        "  WHERE s.case_id = c.id AND s.outcome = 'GIVEN')), count(*) FROM casework_case c"
        " WHERE EXISTS (SELECT FROM casework_consent WHERE case_id = c.id AND purpose = 'STATISTICS')"
        " AND (c.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN %s AND %s",
        since,
        until,
    )[0]
    assert counted == from_the_records
    return counted


def _mai_issues_the_report(mai, shown):
    page = mai.page
    mai.go("/bao-cao/")
    mai.press("Lập báo cáo quý")
    page.locator("[name=situation]").fill("Đường dây 1800 8065 trực đủ các đêm trong quý.")
    page.locator("[name=next_tasks]").fill("Tập huấn cho cán bộ các xã, phường.")
    page.locator("[name=signer_name]").fill("Mẫu Thị Đoan")
    mai.press("Ban hành báo cáo")
    expect(page.locator("h1")).to_contain_text("Báo cáo số")
    sentence = f"phát hiện {shown[1]} người bị bạo lực gia đình"
    helped = f"{shown[0]} người trong số đó"
    share = f"{shown[0] / shown[1] * 100:.1f}%".replace(".", ",")
    for form, text_of in {"DOCX": files.docx_text, "PDF": files.pdf_text}.items():
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Tải {form}").click()
        content = download.value.path().read_bytes()
        text = text_of(content)
        for told in (sentence, helped, share, TARGET, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"):
            assert told in text, (form, told, text[:4000])
        assert survivor.found_in(text.encode()) == []
        if form == "DOCX":
            assert files.docx_has_picture(content)


# --- 7. Who read it --------------------------------------------------------------------------------
def _minh_sees_who_read_the_case(minh, case):
    page = minh.page
    minh.go("/nhat-ky/")
    page.locator("[name=subject]").fill(case.code)
    minh.press("Lọc")
    table = page.get_by_role("table")
    for name in (people.COUNSELLOR, people.CASE_WORKER):
        expect(table).to_contain_text(name)
    assert survivor.found_in(page.content().encode()) == []
    minh.go("/nhat-ky/chuoi/")
    minh.press("Kiểm tra ngay")
    expect(page.locator("main")).to_contain_text("Đã tính lại")
    minh.look()


def _the_database_tells_nothing_of_her(city):
    heap = dump.whole_database(city)
    assert b"Th\xe1\xbb\x9bi Lai" in heap  # it is the dump it should be
    assert survivor.found_in(heap) == []
    assert survivor.found_in(survivor.unpacked(heap)) == []
    assert survivor.found_in(city.said().encode()) == []
