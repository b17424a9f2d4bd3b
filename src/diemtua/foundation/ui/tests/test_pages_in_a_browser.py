"""The layout in a real browser: strict CSP, keyboard, autosave on a bad line, axe at two sizes."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from diemtua.foundation.ui import bar
from diemtua.foundation.ui.tests import browser_site

pytestmark = pytest.mark.story
ROOT = Path(__file__).resolve().parents[5]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
LOOKS = [
    ("light", 1366, 768),
    ("dark", 1366, 768),
    ("light", 390, 844),
    ("dark", 390, 844),
]


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM.exists() and not os.environ.get("DIEMTUA_CI"):
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def site(settings, monkeypatch):
    settings.ROOT_URLCONF = "diemtua.foundation.ui.tests.browser_site"
    settings.DIEMTUA_DEMO = True
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [
        "diemtua.foundation.ui.middleware.RequestNumber",
        "django.middleware.csp.ContentSecurityPolicyMiddleware",
        "diemtua.foundation.ui.middleware.NoStore",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ]
    engine = {**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}
    engine["OPTIONS"] = {
        **engine["OPTIONS"],
        "context_processors": [
            "django.template.context_processors.request",
            "django.template.context_processors.csp",
            "diemtua.foundation.ui.context.page",
        ],
    }
    settings.TEMPLATES = [engine]
    monkeypatch.setattr(bar, "_names", {"places": "browser-places"})
    browser_site.saved.clear()
    with browser_site.Site() as running:
        yield running


@pytest.fixture
def page(browser, site):
    context = browser.new_context(locale="vi-VN", base_url=site.address)
    opened = context.new_page()
    opened.complaints = []
    opened.on("console", lambda line: line.type == "error" and opened.complaints.append(line.text))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    context.close()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_axe_finds_nothing_in_the_gallery(browser, site, look):
    scheme, width, height = look
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        bypass_csp=True,
        locale="vi-VN",
    )
    page = context.new_page()
    page.goto(site.address)
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_page_breaks_no_rule_of_its_policy(page):
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert page.complaints == []


def test_what_carries_the_nonce_moves_and_what_does_not_is_dead(page):
    page.goto("/moving/")
    page.click("#ask")
    expect(page.locator("#answer")).to_contain_text("quá hạn")  # a behaviour bound after the swap
    page.click("#again")
    expect(page.locator("#answer")).to_contain_text("quá hạn")
    assert page.locator("#unstamped").get_attribute("hx-get") is None
    assert [line for line in page.complaints if "unstamped" not in line] == []


def test_markup_cannot_be_made_from_text(page):
    page.goto("/moving/")
    made = page.evaluate(
        "(() => { try { document.body.innerHTML = 'x'; return true } catch { return false } })()"
    )
    assert made is False


def test_a_question_is_asked_before_and_no_means_no(page):
    page.goto("/moving/")
    page.click("#send")
    expect(page.locator("#confirm")).to_contain_text("Gửi thật chứ?")
    page.keyboard.press("Escape")
    expect(page.locator("#send")).to_be_focused()
    page.click("#send")
    page.click("#confirm [value=yes]")
    expect(page.locator("body")).to_have_text("sent")


def test_a_form_is_saved_as_typed_and_keeps_trying_on_a_bad_line(page):
    page.goto("/moving/")
    page.fill("#story", "Lời kể")
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu 14:32")
    assert browser_site.saved[-1]["story"] == "Lời kể"
    page.context.set_offline(True)
    page.fill("#story", "Lời kể dài hơn")
    expect(page.locator("[data-saved]")).to_contain_text("Chưa lưu được")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu 14:32", timeout=10_000)
    assert browser_site.saved[-1]["story"] == "Lời kể dài hơn"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_place_is_chosen_by_keyboard_alone_without_accents(page):
    page.goto("/")
    field = page.locator("#id_ok-unit")
    field.focus()
    page.keyboard.type("cai rang", delay=20)
    expect(page.locator("#id_ok-unit_list [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(field).to_have_value("Phường Cái Răng")
    assert page.locator("input[name=ok-unit]").input_value() == "k1"
    field.fill("phong")
    assert page.locator("input[name=ok-unit]").input_value() == ""
