from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.foundation.clock import CITY_TIME
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou, NotFound
from diemtua.hotline import queries, services
from diemtua.hotline.errors import SavedElsewhere
from diemtua.hotline.models import Contact, Outcome
from diemtua.hotline.tests import factories
from diemtua.hotline.tests.factories import NIGHT

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan():
    return factories.counsellor()


@pytest.fixture
def client(lan, settings):
    settings.DIEMTUA_MFA_REQUIRED = False
    return factories.browser(lan)


def send(client, key, **typed):
    return client.post(reverse("hotline:autosave", args=[key]), factories.page(**typed))


def told(asker, contact_id):
    with asking(asker):
        contact = queries.contact(asker=asker, contact_id=contact_id)
        return queries.told(asker=asker, contact=contact)


def stored():
    with as_owner():
        return Contact.objects.get()


def test_the_first_save_makes_the_contact_and_the_next_ones_write_it_on(client, lan):
    key = uuid4()
    for notes in ("Chồng", "Chồng đập", "Chồng đập cửa"):
        answer = send(client, key, notes=notes)
        assert answer.status_code == 200
    assert stored().pk == key
    assert told(lan, key).notes == "Chồng đập cửa"


def test_a_draft_may_be_almost_empty(client, lan):
    key = uuid4()
    answer = client.post(reverse("hotline:autosave", args=[key]), {"notes": "Alô"})
    assert answer.status_code == 200
    contact = stored()
    assert (contact.unit_id, contact.acts, contact.danger_now) == (None, [], "UNKNOWN")
    assert contact.line == "18008065"
    assert told(lan, key).notes == "Alô"


def test_what_was_told_is_ciphertext_in_the_database(lan):
    factories.contact(lan)
    from django.db import connection

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT hotline_contact::text FROM hotline_contact")
        row = cursor.fetchone()[0]
    for word in (factories.NOTES, "0912", "tiệm may", factories.NOTES.encode().hex()):
        assert word not in row


def test_a_part_that_cannot_be_read_is_named_and_everything_else_is_saved(client, lan):
    key = uuid4()
    send(client, key, children="2", started="22:31")
    answer = send(client, key, children="200", started="tối qua", notes="Chị khóc")
    assert answer.status_code == 422
    assert set(answer.json()["refused"]) == {"children", "started"}
    assert answer.json()["saved_at"]
    assert stored().children == 2  # as it was before
    assert told(lan, key).notes == "Chị khóc"


def test_what_could_not_be_read_stands_there_as_typed_when_the_page_is_opened_again(client, lan):
    key = uuid4()
    send(client, key, started="tối qua", call_back="khi nào rảnh")
    assert told(lan, key).unread == {"started": "tối qua", "call_back": "khi nào rảnh"}
    text = client.get(reverse("hotline:contact", args=[key])).content.decode()
    assert "tối qua" in text and "khi nào rảnh" in text
    assert factories.NOTES in text
    send(client, key, started="22:31")
    assert told(lan, key).unread == {}


def test_words_are_kept_however_long(client, lan):
    key, long = uuid4(), "Chị kể. " * 4_000
    answer = send(client, key, notes=long, phone="0912 345 678 hoặc hỏi bà Tư đầu hẻm")
    assert answer.status_code == 422
    seen = told(lan, key)
    assert seen.notes == long.strip()
    assert seen.callback["phone"] == "0912 345 678 hoặc hỏi bà Tư đầu hẻm"


def test_a_second_tab_does_not_overwrite_the_first_silently(lan):
    key, other = uuid4(), uuid4()
    opened_with = factories.contact(lan, id=key).version
    factories.contact(lan, id=key, notes="thẻ một ghi tiếp")
    with pytest.raises(SavedElsewhere):
        factories.contact(lan, id=key, tab=other, seen=opened_with, notes="thẻ hai")
    assert told(lan, key).notes == "thẻ một ghi tiếp"


def test_a_tab_that_opened_the_latest_version_may_go_on_and_the_older_one_is_told(lan):
    key, other = uuid4(), uuid4()
    factories.contact(lan, id=key)
    version = factories.contact(lan, id=key, notes="một").version
    factories.contact(lan, id=key, tab=other, seen=version, notes="hai")
    factories.contact(lan, id=key, tab=other, seen=version, notes="hai, tiếp")
    with pytest.raises(SavedElsewhere):
        factories.contact(lan, id=key, notes="một, tiếp")
    assert told(lan, key).notes == "hai, tiếp"


def test_an_overtaken_page_loses_nothing_and_writing_again_is_a_choice(client, lan):
    key, other = uuid4(), str(uuid4())
    send(client, key)
    send(client, key, notes="thẻ một")
    address = reverse("hotline:contact", args=[key])
    answer = client.post(address, factories.page(tab=other, notes="thẻ hai"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "thẻ hai" in text and "vừa được ghi ở một thẻ khác" in text
    assert told(lan, key).notes == "thẻ một"
    shown = answer.context["form"].data
    again = factories.page(tab=shown["tab"], seen=shown["seen"], notes="thẻ hai")
    assert client.post(address, again).status_code == 302
    assert told(lan, key).notes == "thẻ hai"


def test_an_overtaken_autosave_is_told_so(client):
    key = uuid4()
    send(client, key)
    send(client, key)
    assert send(client, key, tab=str(uuid4())).status_code == 409


def test_somebody_else_s_contact_is_not_found(client):
    other = factories.counsellor()
    theirs = factories.contact(other)
    assert send(client, theirs.pk).status_code == 404
    for name in ("contact", "open-case"):
        assert client.get(reverse(f"hotline:{name}", args=[theirs.pk])).status_code == 404
    with pytest.raises(NotFound):
        factories.contact(factories.counsellor(), id=theirs.pk)


def test_only_a_counsellor_writes_contacts():
    for role in (Role.SUPERVISOR, Role.CASE_WORKER, Role.ADMINISTRATOR, Role.PROVIDER):
        with pytest.raises(NotForYou):
            factories.contact(accounts.asker(role=role))


def test_finishing_twice_changes_nothing(lan):
    contact = factories.contact(lan)
    with asking(lan):
        services.finish(asker=lan, contact=contact, at=NIGHT)
        again = services.finish(
            asker=lan,
            contact=queries.contact(asker=lan, contact_id=contact.pk),
            at=NIGHT + timedelta(hours=1),
        )
    assert again.ended_at == NIGHT


def test_when_the_notice_was_told_is_written_once(lan):
    key = uuid4()
    factories.contact(lan, id=key, is_notice_told=False)
    for minutes, ticked in ((1, True), (2, True), (3, False)):
        moment = NIGHT + timedelta(minutes=minutes)
        contact = factories.contact(lan, id=key, at=moment, is_notice_told=ticked)
    assert contact.notice_told_at == NIGHT + timedelta(minutes=1)


@pytest.mark.parametrize(
    "case",
    [
        (None, (20, 22, 31), (20, 22, 31)),  # nothing typed: when writing began
        (time(22, 10), (20, 22, 31), (20, 22, 10)),
        (time(23, 50), (21, 0, 10), (20, 23, 50)),  # the night before
        (time(22, 33), (20, 22, 31), (20, 22, 33)),  # clocks differ a little
        (time(23, 30), (20, 22, 31), (19, 23, 30)),  # not in the future
    ],
)
def test_the_time_typed_is_the_nearest_that_has_passed(lan, case):
    typed, now, expected = case

    def moment(day, hour, minute):
        return datetime(2026, 11, day, hour, minute, tzinfo=CITY_TIME)

    contact = factories.contact(lan, at=moment(*now), started=typed)
    assert contact.started_at == moment(*expected)


def test_a_contact_of_yesterday_stays_yesterday_s_when_it_is_corrected_today(lan):
    key, began = uuid4(), NIGHT.replace(hour=9)
    factories.contact(lan, id=key, at=began)
    tomorrow = NIGHT + timedelta(days=1)
    kept = factories.contact(lan, id=key, at=tomorrow, started=time(9, 31))
    moved = factories.contact(lan, id=key, at=tomorrow, started=time(9, 5))
    assert (kept.started_at, moved.started_at) == (began, began.replace(minute=5))


def test_a_contact_that_became_a_case_keeps_that_outcome(lan):
    contact = factories.contact(lan)
    with as_owner():
        from diemtua.casework.tests import factories as casework

        case = casework.case(lan)
        Contact.objects.filter(pk=contact.pk).update(case=case, outcome=Outcome.CASE)
    assert factories.contact(lan, id=contact.pk, outcome="INFORMED").outcome == Outcome.CASE
