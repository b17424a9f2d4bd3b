"""Stories run the real product and real browsers, in one process."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.stories.city import ROOT, City
from tests.stories.people import Person, Witness

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FAST_ENOUGH = 10  # seconds that Ctrl-C may take


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.story)


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM.exists():
        if os.environ.get("DIEMTUA_CI"):
            pytest.fail(f"the stories need Chromium: {CHROMIUM} is missing")
        pytest.skip("no Chromium on this machine")
    return str(CHROMIUM)


@pytest.fixture(scope="session")
def city(chromium, request):
    """The demo, started once for all stories; at the end Ctrl-C must leave nothing behind."""
    started = City()
    try:
        started.start()
        started.run(str(ROOT / "tests" / "stories" / "earlier_cases.py"))
        yield started
    finally:
        left = started.stop()
        said = started.faults() if request.session.testsfailed else ""
        started.clear_away()
        print(said)
    assert left == [], f"still running after Ctrl-C: {left}"
    assert started.stopped_in < FAST_ENOUGH


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def witness(city):
    """What no browser of a story may notice; a complaint fails the story that made it."""
    seen = Witness(city.address)
    yield seen
    assert seen.complaints == []


@pytest.fixture
def person(browser, witness):
    """Sign somebody of the invented city in, at a browser of her own."""
    opened = []

    def sign_in(name, **options):
        someone = Person(browser, witness, name, **options)
        opened.append(someone)
        return someone.sign_in()

    yield sign_in
    for someone in opened:
        someone.context.close()
