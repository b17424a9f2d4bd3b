"""The pages of those who watch: who saw what, in words; whether the chain is whole."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.queries import asker_of
from diemtua.accounts.tests import factories
from diemtua.accounts.tests.signing_in import signed_in
from diemtua.foundation import clock
from diemtua.foundation.audit import services
from diemtua.foundation.audit.models import Checkpoint, Entry
from diemtua.foundation.audit.queries import PAGE
from diemtua.foundation.audit.tests.factories import tampering
from diemtua.foundation.database.asker import asking
from diemtua.foundation.text import short_date

pytestmark = pytest.mark.django_db
WATCHERS = {Role.AUDITOR, Role.DATA_PROTECTION_OFFICER}
OTHERS = sorted(set(Role.values) - WATCHERS)
PAGES = ["audit:trail", "audit:chain", "audit:verify", "audit:bind"]


def trail(client, **wanted):
    response = client.get(reverse("audit:trail"), wanted)
    return response, rows(response)


def rows(response):
    """Return the table's cells, without the filters above it."""
    return response.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]


@pytest.fixture
def watcher(client):
    """A signed-in auditor."""
    return signed_in(client, role=Role.AUDITOR)


def worker(name):
    user = factories.user(full_name=name)
    return factories.member(role=Role.CASE_WORKER, user=user)


def did(membership, action, *, subject=None, **details):
    asker = asker_of(membership)
    with asking(asker):
        services.write(asker=asker, action=action, subject=subject, **details)


@pytest.fixture
def case():
    """A case that one colleague opened and another read."""
    subject = ("casework.Case", uuid4())
    mai, hoa = worker("Trần Thị Mai Thử"), worker("Lê Văn Hòa Thử")
    did(mai, "casework.case.opened", subject=subject, code="CT-26-000777")
    did(hoa, "casework.case.identity-read", subject=subject)
    return subject, mai, hoa


def test_it_tells_in_words_who_did_what_and_to_what(client, watcher, case):
    (_label, key), mai, _hoa = case
    _response, table = trail(client)
    for word in ("Trần Thị Mai Thử", "Mở hồ sơ mới", "Xem danh tính", "CT-26-000777"):
        assert word in table
    assert mai.organisation.name in table
    assert str(key)[:8] in table
    assert "casework.case.opened" not in table


def test_looking_at_it_is_written_down(client, watcher, case):
    trail(client)
    with asking(asker_of(watcher)):
        seen = Entry.objects.filter(action="audit.trail.read", user_id=watcher.user_id)
        assert seen.count() == 1
        assert seen.get().screen


def test_by_person(client, watcher, case):
    _subject, mai, _hoa = case
    _response, table = trail(client, person=mai.user_id)
    assert "Trần Thị Mai Thử" in table
    assert "Lê Văn Hòa Thử" not in table


def test_by_action(client, watcher, case):
    _response, table = trail(client, action="casework.case.identity-read")
    assert "Xem danh tính" in table
    assert "Mở hồ sơ mới" not in table


@pytest.mark.parametrize("typed", ["CT-26-000777", " ct-26-000777 ", "id", "ID"])
def test_by_record_its_code_or_its_number(client, watcher, case, *, typed):
    subject, _mai, _hoa = case
    did(worker("Phạm Thị Khác Thử"), "casework.case.opened", subject=("casework.Case", uuid4()))
    wanted = {"id": str(subject[1]), "ID": str(subject[1]).upper()}.get(typed, typed)
    _response, table = trail(client, subject=wanted)
    assert table.count("<tr>") == 2
    assert "Khác Thử" not in table


def test_by_day(client, watcher, case):
    today = clock.today()
    assert "Mở hồ sơ mới" in trail(client, since=short_date(today), until=short_date(today))[1]
    tomorrow = short_date(today + timedelta(days=1))
    response, table = trail(client, since=tomorrow)
    assert table == ""
    assert "Không có mục nào như vậy" in response.content.decode()
    yesterday = short_date(today - timedelta(days=1))
    assert trail(client, until=yesterday)[1] == ""


@pytest.mark.parametrize("typed", ["31/02/2026", "hôm nào đó"])
def test_a_day_that_cannot_be_read_stays_and_is_explained(client, watcher, case, *, typed):
    response, _table = trail(client, since=typed, action="casework.case.opened")
    page = response.content.decode()
    assert response.status_code == 422
    assert f'value="{typed}"' in page
    assert "Ghi ngày như 23/11 hoặc 23/11/2026." in page
    assert 'value="casework.case.opened" selected' in page


@pytest.mark.parametrize(
    "odd", [{"person": "x"}, {"before": "x"}, {"subject": "x" * 41}, {"before": "9" * 30}]
)
def test_an_odd_address_harms_nothing(client, watcher, odd):
    assert trail(client, **odd)[0].status_code == 422


def test_older_entries_are_a_page_away(client, watcher):
    mai = worker("Trần Thị Mai Thử")
    for number in range(PAGE + 5):
        did(mai, "casework.case.opened", code=f"CT-{number:03}", subject=("x", uuid4()))
    response, newest = trail(client, person=mai.user_id)
    assert newest.count("<tr>") == PAGE
    onward = response.context["onward"]
    older = rows(client.get(f"{reverse('audit:trail')}?{onward}"))
    assert older.count("<tr>") == 5
    assert "CT-000" in older
    assert "CT-000" not in newest


def test_the_chain_is_verified_at_the_press_of_a_button(client, watcher, case):
    client.post(reverse("audit:bind"))
    page = client.post(reverse("audit:verify")).content.decode()
    assert "notice-done" in page or 'data-tone="done"' in page
    assert "Chuỗi đã bị can thiệp" not in page
    assert "1 điểm kiểm" in page
    with asking(asker_of(watcher)):
        written = Entry.objects.filter(user_id=watcher.user_id, action__startswith="audit.chain.")
        assert set(written.values_list("action", flat=True)) == {
            "audit.chain.bound",
            "audit.chain.verified",
        }


def test_a_broken_chain_is_said_in_words_with_what_to_do(client, watcher, case):
    with tampering() as cursor:
        cursor.execute(
            "UPDATE audit_entry SET user_id = gen_random_uuid() WHERE action = 'casework.case.opened'"
            " RETURNING lane, seq"
        )
        ((lane, seq),) = cursor.fetchall()
    page = client.post(reverse("audit:verify")).content.decode()
    assert "Chuỗi đã bị can thiệp" in page
    assert f"làn {lane}, mục {seq} (nội dung đã bị thay đổi)" in page
    assert "Giữ nguyên máy chủ" in page


def test_a_broken_checkpoint_is_named_by_its_number(client, watcher, case):
    client.post(reverse("audit:bind"))
    with tampering() as cursor:
        cursor.execute("UPDATE audit_checkpoint SET entries = 0 RETURNING id")
        ((number,),) = cursor.fetchall()
    page = client.post(reverse("audit:verify")).content.decode()
    assert f"điểm kiểm {number} (điểm kiểm không khớp)" in page


def test_a_checkpoint_is_shown_for_paper(client, watcher, case):
    client.post(reverse("audit:bind"))
    with asking(asker_of(watcher)):
        made = Checkpoint.objects.get()
    page = client.get(reverse("audit:checkpoint", args=[made.pk])).content.decode()
    assert made.printed in page
    assert client.get(reverse("audit:checkpoint", args=[made.pk + 1])).status_code == 404
    assert client.get(reverse("audit:chain")).content.decode().count("<tr>") == 2


@pytest.mark.parametrize("name", ["audit:verify", "audit:bind"])
def test_a_link_alone_neither_verifies_nor_binds(client, watcher, name):
    assert client.get(reverse(name)).status_code == 405


@pytest.mark.parametrize("role", sorted(WATCHERS))
def test_watchers_come_in(client, role):
    signed_in(client, role=role)
    assert trail(client)[0].status_code == 200


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_does(client, role):
    signed_in(client, role=role)
    for name in PAGES:
        assert client.get(reverse(name)).status_code == 403, name
        assert client.post(reverse(name)).status_code == 403, name
    assert client.get(reverse("audit:checkpoint", args=[1])).status_code == 403


def test_a_stranger_is_sent_to_sign_in(client):
    for name in PAGES:
        assert client.get(reverse(name)).status_code == 302, name


def test_a_page_asks_few_questions_however_long_the_trail(
    client, watcher, case, *, django_assert_max_num_queries
):
    trail(client)
    with django_assert_max_num_queries(20, connection=connection):
        trail(client)
