"""No page asks another host for anything, breaks its own policy, stays in the browser or says a name.

The witness who watches every browser of every story complains of requests to other hosts, of errors
and warnings in the console (a broken Content-Security-Policy is one), of cookies that are not ours
and of pages without ``Cache-Control: no-store``; here it walks past every page of every role.
"""

import re

import pytest

from tests.stories import people, survivor
from tests.stories.walks import WALKS, pages_of

PERSONAL = re.compile(r"Mẫu\s|09\d{8}|\+84|@|CT-?\d", re.IGNORECASE)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.role)
def test_every_page_keeps_to_itself(person, witness, walk):
    someone = person(walk.name)
    visited = list(pages_of(someone, walk))
    someone.page.wait_for_timeout(100)
    assert len(visited) >= 1
    assert len(witness.pages) >= len(visited)
    assert [title for title in witness.titles if PERSONAL.search(title)] == []
    told = "\n".join(witness.addresses | witness.titles)
    assert survivor.found_in(told.encode()) == []
    assert someone.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_someone_who_signed_out_leaves_nothing_behind(person):
    someone = person(people.COUNSELLOR)
    someone.page.locator("details.me summary, .me summary").first.click()
    someone.press("Đăng xuất")
    someone.page.wait_for_url("**/vao/**")
    someone.page.go_back()
    someone.page.wait_for_load_state()
    assert "/vao/" in someone.page.url  # the page is not shown from the browser's memory
