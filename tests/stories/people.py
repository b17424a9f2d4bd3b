"""People of the invented city, each at a browser of her own; what the browser saw is kept."""

import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
OUR_COOKIES = {"s", "csrftoken", "lang", "messages"}
# What a browser says of its own accord when a page is refused on purpose (422) is no fault.
EXPECTED = re.compile(r"status of 422")
LONGEST_TAB_WAY = 80

COUNSELLOR = "Mẫu Thị Lan"
SECOND_COUNSELLOR = "Mẫu Thị Cúc"
CASE_WORKER = "Mẫu Thị Hạnh"
SUPERVISOR = "Mẫu Thị Nguyệt"
SHELTER = "Mẫu Thị Sen"
TRUSTED_ADDRESS = "Mẫu Văn Phúc"
COMMUNE_OFFICER = "Mẫu Văn Tâm"
SECRETARY = "Mẫu Thị Mai"
LEADER = "Mẫu Thị Đoan"
DATA_PROTECTION_OFFICER = "Mẫu Văn Minh"
AUDITOR = "Mẫu Thị Tuyết"
ADMINISTRATOR = "Mẫu Văn Hải"
PERPETRATOR_WORKER = "Mẫu Văn Dũng"


@dataclass
class Witness:
    """What the browsers of a test noticed that must never happen."""

    home: str
    complaints: list[str] = field(default_factory=list)
    pages: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self._request(request.url))
        context.on("response", self._response)
        context.on("console", lambda line: self._console(line.type, line.text))
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))

    def look_at(self, page: Page) -> None:
        """Note a finished page: its title and the cookies its browser keeps."""
        self.titles.add(page.title())
        for cookie in page.context.cookies():
            if cookie["name"] not in OUR_COOKIES:
                self.complaints.append(f"cookie {cookie['name']} on {page.url}")

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"data", "blob", "about"}:
            return
        self.addresses.add(url)
        if f"{parts.scheme}://{parts.netloc}" != self.home:
            self.complaints.append(f"request to another house: {url}")

    def _response(self, response: Response) -> None:
        kind = response.headers.get("content-type", "")
        if "/static/" in response.url or not kind.startswith(("text/html", "application/json")):
            return
        self.pages.add(urlsplit(response.url).path)
        if "no-store" not in response.headers.get("cache-control", ""):
            self.complaints.append(f"may be kept by the browser: {response.url}")

    def _console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not EXPECTED.search(text):
            self.complaints.append(f"console: {text}")


class Person:
    """Somebody of the city, signed in, with one page open."""

    def __init__(self, browser: Browser, witness: Witness, name: str, **options) -> None:
        options = {
            "viewport": LAPTOP,
            "locale": "vi-VN",
            "timezone_id": "Asia/Ho_Chi_Minh",
        } | options
        self.name, self.witness = name, witness
        self.context = browser.new_context(base_url=witness.home, **options)
        self.context.set_default_timeout(10_000)
        witness.watch(self.context)
        self.page = self.context.new_page()

    def sign_in(self) -> "Person":
        self.page.goto("/")
        self.page.get_by_role("button", name=self.name).click()
        expect(self.page.locator("nav.rail")).to_be_visible()
        self.look()
        return self

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def look(self) -> None:
        self.witness.look_at(self.page)

    def press(self, name: str) -> None:
        """Press the button or link of this name, and look at where it leads."""
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        button.or_(link).first.click()
        self.page.wait_for_load_state()
        self.look()

    def tab_to(self, selector: str) -> None:
        """Press Tab until the thing of this selector has the focus."""
        for _step in range(LONGEST_TAB_WAY):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way by Tab to {selector}")


def wait_until(is_true, *, seconds: float = 10, page: Page) -> None:
    until = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < until, "did not happen in time"
        page.wait_for_timeout(50)
