"""A double tap, or a request that a slow line sends twice, makes one record."""

import re

from tests.stories import people

TWICE = """async ([selector, changes]) => {
    const form = document.querySelector(selector);
    const sent = new FormData(form);
    for (const [name, value] of Object.entries(changes)) sent.set(name, value);
    const send = () => fetch(form.action, {method: "POST", body: sent, redirect: "manual"});
    return (await Promise.all([send(), send()])).map(answer => answer.type + answer.status);
}"""
DONE = ["opaqueredirect0", "opaqueredirect0"]


def _tap_twice(page, selector, **changes):
    return page.evaluate(TWICE, [selector, changes])


def test_finishing_a_contact_twice_makes_one(city, person):
    lan = person(people.SECOND_COUNSELLOR)
    before = city.count("hotline_contact")
    assert _tap_twice(lan.page, "#contact-form", notes="Gọi nhầm số.", danger_now="NO") == DONE
    assert city.count("hotline_contact") == before + 1


def test_opening_a_case_twice_makes_one_with_one_duty_and_one_fact(city, person):
    lan = person(people.SECOND_COUNSELLOR)
    page = lan.page
    page.locator("[name=notes]").fill("Chị muốn được giúp.")
    page.locator("button[value=open-case]").click()
    page.wait_for_url("**/mo-ho-so/")
    tables = ("casework_case", "casework_duty", "facts_fact", "casework_consent")
    before = {table: city.count(table) for table in tables}
    told = {
        "consent_store": "on", "consent_statistics": "on", "unit": "c31258",
        "how": "SPOKEN_BY_PHONE", "gbv_type": "PSYCHOLOGICAL_ABUSE", "sex": "FEMALE", "age_group": "FROM_26",
        "alias": page.locator("[name=alias]").first.input_value(),
    }  # fmt: skip
    assert _tap_twice(page, "form.open-case", **told) == DONE
    after = {table: city.count(table) - before[table] for table in tables}
    assert after == {
        "casework_case": 1, "casework_duty": 1, "facts_fact": 1, "casework_consent": 2,
    }  # fmt: skip


def test_accepting_a_referral_twice_accepts_it_once(city, person):
    phuc = person(people.TRUSTED_ADDRESS)
    taken = "SELECT count(*) FROM audit_entry WHERE action = 'casework.referral.accepted'"
    before = city.ask(taken)
    form = 'form[action$="/nhan/"]'
    assert _tap_twice(phuc.page, form) == DONE
    assert city.ask(taken)[0][0] == before[0][0] + 1


def test_a_service_saved_twice_is_one_service(city, person):
    hanh = person(people.CASE_WORKER)
    page = hanh.page
    page.locator('a[href^="/truong-hop/"]').first.click()
    page.locator('a[href$="/dich-vu/"]').first.click()
    page.wait_for_url(re.compile("/dich-vu/"))
    before = city.count("casework_servicegiven")
    form = 'form[action$="/dich-vu/"]'
    assert _tap_twice(page, form, sector="LEGAL", outcome="GIVEN") == DONE
    assert city.count("casework_servicegiven") == before + 1
