"""Take the README's screenshots from a running demo; the people and records in them are invented.

    make demo                       in one terminal
    python tools/screenshots.py     in another; DIEMTUA_PORT when it is not 8000

Needs a Chromium (``CHROMIUM``, else /usr/bin/chromium).
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"
HOME = f"http://127.0.0.1:{os.environ.get('DIEMTUA_PORT', '8000')}"
LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
SHOTS = (
    ("desk", "Mẫu Thị Lan", LAPTOP, "/truc/", 'a[href^="/truc/"][href$="/"]:not([href="/truc/"]):not([href*="ban-giao"])'),
    ("case", "Mẫu Thị Hạnh", LAPTOP, "/viec-hom-nay/", 'a[href^="/truong-hop/"]'),
    ("dashboard", "Mẫu Thị Mai", LAPTOP, "/toan-canh/", ""),
    ("phone", "Mẫu Văn Tâm", PHONE, "/viec-theo-luat/", ""),
)  # fmt: skip


def main() -> int:
    """Take every screenshot and say how large it is."""
    TARGET.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, person, size, address, link in SHOTS:
            page = _signed_in(browser, person, size)
            page.goto(HOME + address)
            if link:
                page.goto(page.locator(link).first.evaluate("link => link.href"))
            page.wait_for_load_state()
            page.wait_for_timeout(500)
            path = TARGET / f"{name}.png"
            page.screenshot(path=path)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KiB")
        browser.close()
    return 0


def _signed_in(browser: Browser, person: str, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=size, locale="vi-VN").new_page()  # type: ignore[arg-type]
    page.goto(HOME)
    page.get_by_role("button", name=person).first.click()
    page.wait_for_load_state()
    return page


if __name__ == "__main__":
    sys.exit(main())
