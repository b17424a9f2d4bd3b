from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.tests import factories as casework
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotFound
from diemtua.hotline import queries, services
from diemtua.hotline.errors import NothingToHandOver, NotOfThisShift
from diemtua.hotline.models import Contact, HandOver
from diemtua.hotline.tests import factories
from diemtua.hotline.tests.factories import NIGHT

pytestmark = pytest.mark.django_db
WORD = "Chỉ gọi sau 8 giờ"


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


def hand_over(asker, contact, to, **fields):
    with asking(asker):
        found = [queries.contact(asker=asker, contact_id=contact.pk)]
        return services.hand_over(
            asker=asker, contacts=found, to=to.user_id, at=NIGHT, **{"word": WORD} | fields
        )


def seen(asker):
    with asking(asker):
        return Contact.objects.count()


def test_the_next_shift_has_the_contact_and_the_last_one_has_it_no_more(lan, cuc):
    contact = factories.contact(lan)
    hand_over(lan, contact, cuc)
    assert (seen(lan), seen(cuc)) == (0, 1)
    with asking(cuc):
        found = queries.contact(asker=cuc, contact_id=contact.pk)
        assert queries.told(asker=cuc, contact=found).notes == factories.NOTES
        received = queries.received(asker=cuc, contact=found)
    assert (received.word, found.taken_by_id) == (WORD, lan.user_id)
    assert casework.audited("hotline.contact.handed-over") == 1
    assert casework.audited("hotline.hand-over.read") == 1


def test_the_new_holder_writes_it_and_whoever_typed_before_does_not(lan, cuc):
    contact = factories.contact(lan)
    hand_over(lan, contact, cuc)
    factories.contact(cuc, id=contact.pk, seen=contact.version, tab=uuid4(), notes="Ghi tiếp")
    with pytest.raises(NotFound):
        factories.contact(lan, id=contact.pk)


def test_a_second_tap_changes_nothing(lan, cuc):
    contact = factories.contact(lan)
    with asking(lan):
        found = [queries.contact(asker=lan, contact_id=contact.pk)]
        services.hand_over(asker=lan, contacts=found, to=cuc.user_id, at=NIGHT)
        assert queries.chosen(asker=lan, ids=[str(contact.pk)]) == []
    with as_owner():
        assert HandOver.objects.count() == 1


def test_only_a_counsellor_of_the_centre_today_can_take_over(lan, centre):
    contact = factories.contact(lan)
    strangers = [
        factories.counsellor(),
        accounts.asker(role=Role.CASE_WORKER, organisation=centre),
        accounts.asker(role=Role.SUPERVISOR, organisation=centre),
    ]
    for stranger in strangers:
        with pytest.raises(NotOfThisShift):
            hand_over(lan, contact, stranger)
        with asking(lan), connection.cursor() as cursor:  # PostgreSQL says the same by itself
            cursor.execute(
                "SELECT diemtua.hand_over_contact(%s, %s)", [contact.pk, stranger.user_id]
            )
            assert cursor.fetchone()[0] is False
    assert seen(lan) == 1


def test_nobody_takes_a_colleagues_contact_by_the_back_door(lan, cuc):
    contact = factories.contact(lan)
    for asker in (cuc, accounts.asker(role=Role.ADMINISTRATOR), factories.counsellor()):
        with asking(asker), connection.cursor() as cursor:
            cursor.execute("SELECT diemtua.hand_over_contact(%s, %s)", [contact.pk, cuc.user_id])
            assert cursor.fetchone()[0] is False
    assert seen(cuc) == 0


def test_the_supervisor_hands_over_for_somebody_who_fell_ill(lan, cuc, centre):
    supervisor = accounts.asker(role=Role.SUPERVISOR, organisation=centre)
    contact = factories.contact(lan)
    hand_over(supervisor, contact, cuc)
    assert (seen(lan), seen(cuc)) == (0, 1)


def test_nothing_chosen_is_said(lan, cuc):
    with asking(lan), pytest.raises(NothingToHandOver):
        services.hand_over(asker=lan, contacts=[], to=cuc.user_id, at=NIGHT)


def test_what_is_left_is_what_is_unfinished_or_promised(lan):
    draft = factories.contact(lan)
    promised = factories.contact(lan, call_back_at=NIGHT + timedelta(hours=9))
    done = factories.contact(lan)
    with asking(lan):
        for contact in (promised, done):
            services.finish(
                asker=lan, contact=queries.contact(asker=lan, contact_id=contact.pk), at=NIGHT
            )
        left = {contact.pk for contact in queries.to_hand_over(asker=lan)}
    assert left == {draft.pk, promised.pk}


def test_the_page_hands_over_what_is_ticked_and_the_desk_of_the_next_shift_says_so(lan, cuc):
    contact = factories.contact(lan, at=clock.now())
    client, address = factories.browser(lan), reverse("hotline:hand-over")
    text = client.get(address).content.decode()
    assert str(contact.pk) in text and factories.NOTES not in text
    sent = {"contacts": [str(contact.pk)], "to": str(cuc.user_id), "word": WORD}
    assert client.post(address, sent).status_code == 302
    desk = factories.browser(cuc).get(reverse("hotline:contact", args=[contact.pk]))
    assert WORD in desk.content.decode() and "bàn giao lúc" in desk.content.decode()
    assert "Nhận bàn giao" in desk.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"contacts": []}, {"to": ""}, {"to": "ai đó"}, {"to": str(uuid4())}]
)
def test_wrong_input_keeps_the_word_and_hands_nothing_over(lan, cuc, wrong):
    contact = factories.contact(lan)
    sent = {"contacts": [str(contact.pk)], "to": str(cuc.user_id), "word": WORD} | wrong
    answer = factories.browser(lan).post(reverse("hotline:hand-over"), sent)
    assert answer.status_code == 422
    assert WORD in answer.content.decode()
    assert seen(lan) == 1


def test_the_word_is_sealed(lan, cuc):
    hand_over(lan, factories.contact(lan), cuc)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT h::text FROM hotline_handover h")
        assert "8 giờ" not in cursor.fetchone()[0]


def test_alone_in_the_centre_there_is_nobody_to_hand_over_to(lan):
    factories.contact(lan)
    text = factories.browser(lan).get(reverse("hotline:hand-over")).content.decode()
    assert "Chưa có ai để nhận bàn giao" in text
