"""Axe finds nothing on any page of any role: laptop and phone, light and dark."""

import pytest

from tests.stories import people
from tests.stories.city import ROOT
from tests.stories.walks import WALKS, pages_of

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
SCREENSHOTS = ROOT / "var" / "screenshots"
SIZES = {"laptop": people.LAPTOP, "phone": people.PHONE}
# What light and dark change is the colours: in the dark, only what depends on them is asked again.
EVERYTHING, COLOURS = "{}", "{runOnly: ['color-contrast', 'link-in-text-block']}"
ASKED = "async options => (await axe.run(document, options)).violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 160))])"


def _faults(page):
    found = []
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        page.wait_for_timeout(60)
        for scheme, options in (("light", EVERYTHING), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            asked = page.evaluate(f"({ASKED})({options})")
            found += [(size, scheme, *one) for one in asked]
        page.emulate_media(color_scheme="light")
        if page.evaluate("document.documentElement.scrollWidth") > viewport["width"]:
            found.append((size, "wider than the screen"))
    page.set_viewport_size(people.LAPTOP)
    return found


def _picture(page, name):
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        page.screenshot(path=SCREENSHOTS / f"{name}-{size}.png", full_page=True)
    page.set_viewport_size(people.LAPTOP)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.role)
def test_axe_finds_nothing(person, walk):
    someone = person(walk.name, bypass_csp=True, color_scheme="light", reduced_motion="reduce")
    someone.context.add_init_script(AXE)
    faults = {}
    for name in pages_of(someone, walk):
        if found := _faults(someone.page):
            faults[name] = found
        _picture(someone.page, f"{walk.role}-{name}")
    assert faults == {}


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
