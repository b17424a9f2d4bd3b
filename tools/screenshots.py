"""Take the README's pictures anew: starts the demo in a folder of its own, looks, and stops it.

    python -m tools.screenshots          needs Chromium, as the stories do

Everybody in the pictures is invented. A picture may have at most 200 KB.
"""

import sys
from pathlib import Path
from uuid import UUID, uuid5

from playwright.sync_api import Browser, Page, sync_playwright
from tests.stories import people
from tests.stories.city import City
from tests.stories.conftest import CHROMIUM, QUIET

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
LARGEST = 200 * 1024
LAPTOP = {"width": 1366, "height": 700}
DEMO_LIFE = UUID("2d9c4f0a-3f2e-4c0b-8c0e-6469656d7475")  # diemtua.site.demo_life.NAMESPACE
FAMILY = "ra-khoi-nha"  # the case in reference/demo_life.toml that has something in every part
A_MOMENT = 800  # milliseconds until what is fetched after the page stands there


def main() -> int:
    """Take every picture; return 1 when one is too large."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    city = City()
    try:
        city.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
            _desk(browser, city)
            _dashboard(browser, city)
            _case(browser, city)
            _phone(browser, city)
            browser.close()
    finally:
        city.stop()
        city.clear_away()
    sizes = {picture.name: picture.stat().st_size for picture in sorted(FOLDER.glob("*.png"))}
    print("\n".join(f"{name}: {size // 1024} KB" for name, size in sizes.items()))
    return int(any(size > LARGEST for size in sizes.values()))


def _signed_in(browser: Browser, city: City, name: str, **options: object) -> Page:
    witness = people.Witness(city.address)
    options = {"color_scheme": "light", "viewport": LAPTOP} | options
    return people.Person(browser, witness, name, **options).sign_in().page


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(A_MOMENT)
    page.evaluate("document.activeElement?.blur()")
    page.screenshot(path=FOLDER / name)


def _desk(browser: Browser, city: City) -> None:
    page = _signed_in(browser, city, people.COUNSELLOR)
    page.goto("/truc/")
    page.locator("#desk-today li", has_text="Đang ghi").get_by_role("link").first.click()
    page.wait_for_load_state()
    _take(page, "desk.png")


def _dashboard(browser: Browser, city: City) -> None:
    _take(_signed_in(browser, city, people.SECRETARY), "dashboard.png")


def _case(browser: Browser, city: City) -> None:
    page = _signed_in(browser, city, people.CASE_WORKER)
    page.goto(f"/truong-hop/{uuid5(DEMO_LIFE, f'case/{FAMILY}')}/")
    _take(page, "case.png")


def _phone(browser: Browser, city: City) -> None:
    page = _signed_in(
        browser, city, people.COMMUNE_OFFICER, viewport=people.PHONE, device_scale_factor=1.5
    )
    _take(page, "phone.png")


if __name__ == "__main__":
    sys.exit(main())
