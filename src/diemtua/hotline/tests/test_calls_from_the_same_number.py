from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.tests import factories as casework
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.hotline import queries, services
from diemtua.hotline.errors import LookedUpTooOften
from diemtua.hotline.tests import factories
from diemtua.hotline.tests.factories import NIGHT

pytestmark = pytest.mark.django_db
TRIED = UUID("5f0d54f4-5d0b-4d58-8a40-6b1d1a5d0009")


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


@pytest.fixture
def centre():
    return accounts.organisation()


@pytest.fixture
def lan(centre):
    return factories.counsellor(organisation=centre)


@pytest.fixture
def cuc(centre):
    return factories.counsellor(organisation=centre)


def earlier(asker, contact):
    with asking(asker):
        found = queries.contact(asker=asker, contact_id=contact.pk)
        return services.find_earlier(asker=asker, contact=found)


def phone(number):
    return factories.CALLBACK | {"phone": number}


@pytest.mark.parametrize("typed", ["0912345678", "+84 912 345 678", "0912.345.678"])
def test_a_call_from_the_same_number_is_found_however_it_is_typed(lan, typed):
    first = factories.contact(lan)
    now = factories.contact(lan, at=NIGHT + timedelta(days=1), callback=phone(typed))
    assert [row.id for row in earlier(lan, now).calls] == [first.pk]


def test_another_number_or_none_finds_nothing(lan):
    factories.contact(lan)
    for number in ("0912 345 679", "", "không nhớ"):
        now = factories.contact(lan, callback=phone(number))
        assert earlier(lan, now).calls == []


def test_a_number_that_is_corrected_finds_no_more_by_the_wrong_one(lan):
    first = factories.contact(lan)
    factories.contact(lan, id=first.pk, callback=phone("0900 000 111"))
    assert earlier(lan, factories.contact(lan)).calls == []


def test_a_colleagues_call_is_known_but_nothing_of_what_was_told(lan, cuc):
    first = factories.contact(lan)
    (row,) = earlier(cuc, factories.contact(cuc)).calls
    assert (row.id, row.may_open, bool(row.held_by)) == (first.pk, False, True)
    page = (
        factories.browser(cuc)
        .get(reverse("hotline:earlier", args=[factories.contact(cuc).pk]))
        .content.decode()
    )
    for told in (factories.NOTES, factories.PHONE, "tiệm may", str(first.pk)):
        assert told not in page


def test_no_other_centre_and_no_other_role_learns_of_a_call(lan, centre):
    contact = factories.contact(lan)
    factories.contact(lan)
    stranger = factories.counsellor()
    assert earlier(stranger, factories.contact(stranger)).calls == []
    for role in (Role.CASE_WORKER, Role.ADMINISTRATOR, Role.COUNSELLOR):
        asker = accounts.asker(role=role, organisation=centre)
        with asking(asker), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM diemtua.earlier_contacts(%s, 9)", [contact.pk])
            assert cursor.fetchall() == []


def test_cases_with_the_number_are_those_she_may_see(lan, cuc):
    case = casework.case(lan)
    assert [row.id for row in earlier(lan, factories.contact(lan)).cases] == [case.pk]
    assert earlier(cuc, factories.contact(cuc)).cases == []


def test_each_look_is_in_the_trail(lan):
    factories.contact(lan)
    earlier(lan, factories.contact(lan))
    assert casework.audited("hotline.number.looked-up") == 1


def test_the_number_itself_is_nowhere(lan):
    factories.contact(lan)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM hotline_contact c")
        assert "912345678" not in cursor.fetchone()[0]


def test_numbers_cannot_be_tried_one_by_one(lan):
    factories.contact(lan)
    for _look in range(60):
        earlier(lan, contact := factories.contact(lan, id=TRIED, callback=phone("0900 000 222")))
    with pytest.raises(LookedUpTooOften):
        earlier(lan, contact)
    page = factories.browser(lan).get(reverse("hotline:earlier", args=[contact.pk]))
    assert "Đã tra số quá nhiều lần" in page.content.decode()
