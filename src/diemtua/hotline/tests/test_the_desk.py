from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.tests import factories as casework
from diemtua.directory.tests import factories as directory
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.hotline import queries
from diemtua.hotline.models import Contact, State
from diemtua.hotline.tests import factories
from diemtua.hotline.tests.factories import NIGHT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


@pytest.fixture
def centre():
    return accounts.organisation()


@pytest.fixture
def lan(centre):
    return factories.counsellor(organisation=centre)


def text_of(asker, name, *args, **query):
    answer = factories.browser(asker).get(reverse(f"hotline:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_desk_says_the_legal_notice_first_and_has_an_empty_contact_in_hand(lan):
    text = text_of(lan, "desk")
    assert "Trước khi chị kể" in text
    assert "Lúc này có ai đang gặp nguy hiểm không?" in text
    assert text.index("nguy hiểm không?") < text.index("Trước khi chị kể") < text.index("Ai gọi?")
    with as_owner():
        assert not Contact.objects.exists()  # opening the page makes nothing


def test_four_answers_to_danger_of_which_two_are_not_to_know(lan):
    text = text_of(lan, "desk")
    for answer in ("Có", "Không", "Chị không chắc", "Chưa hỏi được"):
        assert answer in text


def test_done_puts_the_contact_down_and_a_double_tap_makes_one(lan):
    client, key = factories.browser(lan), uuid4()
    for _tap in range(2):
        answer = client.post(
            reverse("hotline:contact", args=[key]), factories.page(outcome="INFORMED")
        )
        assert answer.status_code == 302
    with as_owner():
        contact = Contact.objects.get()
    assert (contact.pk, contact.state, contact.outcome) == (key, State.DONE, "INFORMED")


def test_a_part_that_cannot_be_read_keeps_the_page_and_all_that_was_typed(lan):
    answer = factories.browser(lan).post(
        reverse("hotline:contact", args=[uuid4()]), factories.page(started="tối qua")
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    for typed in ("tối qua", factories.NOTES, factories.PHONE, "tiệm may"):
        assert typed in text
    with as_owner():
        assert Contact.objects.get().state == State.DRAFT  # saved, not put down


def test_a_contact_opened_again_shows_what_was_told_and_the_trail_keeps_it(lan):
    contact = factories.contact(lan)
    text = text_of(lan, "contact", contact.pk)
    for told in (factories.NOTES, factories.PHONE, "tiệm may"):
        assert told in text
    assert casework.audited("hotline.contact.read") == 1


def test_lists_hold_nothing_that_was_told(lan):
    factories.contact(lan, at=clock.now(), call_back_at=clock.now())
    text = text_of(lan, "today")
    assert "Ninh Kiều" in text
    for told in (factories.NOTES, factories.PHONE, "tiệm may"):
        assert told not in text


def test_a_night_shift_keeps_its_contacts_past_midnight_and_a_draft_never_falls_off(lan):
    before_midnight = factories.contact(lan, at=NIGHT)
    old_draft = factories.contact(lan, at=NIGHT - timedelta(days=3))
    old = factories.contact(lan, at=NIGHT - timedelta(days=2))
    with as_owner():
        Contact.objects.filter(pk=old.pk).update(state=State.DONE)
        Contact.objects.filter(pk=before_midnight.pk).update(state=State.DONE)
    with asking(lan):
        rows = queries.contacts_of_day(asker=lan, at=NIGHT + timedelta(hours=4))
    assert [(row.id, row.is_today) for row in rows] == [
        (before_midnight.pk, False),
        (old_draft.pk, False),
    ]


def test_the_supervisor_reads_the_contacts_of_her_centre_and_writes_none(centre, lan):
    contact = factories.contact(lan, at=clock.now())
    supervisor = accounts.asker(role=Role.SUPERVISOR, organisation=centre)
    assert reverse("hotline:contact", args=[contact.pk]) in text_of(supervisor, "desk")
    text = text_of(supervisor, "contact", contact.pk)
    assert factories.NOTES in text
    assert "data-autosave-url" not in text and "Ghi xong" not in text
    answer = factories.browser(supervisor).post(
        reverse("hotline:contact", args=[contact.pk]), factories.page(notes="khác")
    )
    assert answer.status_code == 403


def test_what_helps_now_follows_the_commune_the_danger_and_the_children(lan):
    house = directory.facility(unit=factories.NINH_KIEU, takes_children=True)
    directory.answer(house, places=3)
    nothing = text_of(lan, "help-now")
    assert "Chọn xã, phường" in nothing and house.name not in nothing
    text = text_of(
        lan, "help-now", unit=factories.NINH_KIEU, danger_now="YES", children="2", acts=["a", "p"]
    )
    assert house.name in text
    assert "gọi 113" in text and "gọi 111" in text
    assert "1900 969 680" in text
    assert "Bạo lực thể chất" in text  # what the acts suggest


def test_what_helps_now_answers_whatever_is_asked(lan):
    text = text_of(lan, "help-now", unit="không có", children="-3", danger_now="?")
    assert "Chọn xã, phường" in text


def test_the_desk_is_drawn_with_few_questions_to_the_database(lan):
    for number in range(12):
        factories.contact(lan, at=clock.now() - timedelta(minutes=number), call_back_at=clock.now())
    client = factories.browser(lan)
    client.get(reverse("hotline:desk"))
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("hotline:desk"))
    assert len(seen) <= 20, [query["sql"][:100] for query in seen]
