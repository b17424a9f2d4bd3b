"""Axe finds nothing on any page of any role: laptop and phone, light and dark."""

import os

import pytest

from tests.stories import people
from tests.stories.city import ROOT
from tests.stories.walks import WALKS, pages_of

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
SCREENSHOTS = ROOT / "var" / "screenshots"
WHOLE_PAGES = os.environ.get("DIEMTUA_SCREENSHOTS") == "whole"  # slower; for looking at them
SIZES = {"laptop": people.LAPTOP, "phone": people.PHONE}
# What light and dark change is the colours: in the dark, only what depends on them is asked again.
ASKED = """async rules => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    await Promise.allSettled(document.getAnimations().map(one => one.finished));  // new colours
    const how = {resultTypes: ["violations"], preload: false, ...(rules ? {runOnly: rules} : {})};
    const found = (await axe.run(document, how)).violations;
    return found.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 160))]);
}"""
ALL, COLOURS = None, ["color-contrast", "link-in-text-block"]


def _faults(page):
    found = []
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        for scheme, rules in (("light", ALL), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found += [(size, scheme, *one) for one in page.evaluate(ASKED, rules)]
        page.emulate_media(color_scheme="light")
        if page.evaluate("document.documentElement.scrollWidth") > viewport["width"]:
            found.append((size, "wider than the screen"))
    return found


def _picture(page, name):
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        file = SCREENSHOTS / f"{name}-{size}.png"
        page.screenshot(path=file, full_page=WHOLE_PAGES)
    page.set_viewport_size(people.LAPTOP)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.role)
def test_axe_finds_nothing(person, walk):
    someone = person(walk.name, bypass_csp=True, color_scheme="light", reduced_motion="reduce")
    someone.context.add_init_script(AXE)
    faults = []
    for name in pages_of(someone, walk):
        faults += [f"{name}: {fault}" for fault in _faults(someone.page)]
        _picture(someone.page, f"{walk.role}-{name}")
    assert not faults, "\n".join(faults)


def test_the_way_in_is_accessible(city, browser, witness):
    context = browser.new_context(
        base_url=city.address, bypass_csp=True, locale="vi-VN", reduced_motion="reduce"
    )
    context.add_init_script(AXE)
    page = context.new_page()
    page.goto("/")
    assert _faults(page) == []
    _picture(page, "nobody-sign-in")
    page.goto("/khong-co-trang-nay/")
    assert _faults(page) == []
    context.close()
