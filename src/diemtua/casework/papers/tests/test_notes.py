from uuid import uuid4

import pytest
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.papers.models import Paper
from diemtua.casework.papers.tests import factories
from diemtua.casework.tests import factories as cases
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:1500]
    return answer.content.decode()


def typed(**fields):
    return {
        "key": str(uuid4()),
        "kind": "CALL",
        "happened_on": "20/11/2026",
        "text": factories.WORDS,
    } | fields


def all_papers():
    with as_owner():
        return list(Paper.objects.order_by("recorded_at", "id"))


def test_a_note_stands_in_the_list_and_the_log_by_kind_and_author_until_it_is_opened(
    team, case, browser
):
    client = browser(team[1])
    text = text_of(
        client.post(reverse("papers:add-note", args=[case.pk]), typed(kind="VISIT"), follow=True)
    )
    assert "Đến nhà" in text and "20/11/2026" in text and factories.WORDS not in text
    log = text_of(client.get(reverse("casework:log", args=[case.pk])))
    assert "Đến nhà" in log and factories.WORDS not in log
    assert cases.audited("casework.paper.read") == 0
    (paper,) = all_papers()
    assert factories.WORDS in text_of(client.get(reverse("papers:paper", args=[paper.pk])))
    assert cases.audited("casework.paper.read") == 1


def test_nothing_typed_lies_unsealed(team, case):
    factories.note(team[1], case)
    with as_owner():
        rows = list(Paper.objects.values())
    assert factories.WORDS not in str(rows)
    assert factories.WORDS.encode() not in bytes(rows[0]["content"].ciphertext)


def test_a_second_tap_makes_one_note(team, case, browser):
    client, page = browser(team[1]), typed()
    for _tap in range(2):
        answer = client.post(reverse("papers:add-note", args=[case.pk]), page)
        assert answer.status_code == 302
    assert len(all_papers()) == 1 and cases.audited("casework.paper.added") == 1


@pytest.fixture
def address(case):
    return reverse("papers:add-note", args=[case.pk])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"happened_on": "31/02/2026"}, "Không có ngày này"),
        ({"happened_on": "01/01/2099"}, "không thể sau hôm nay"),
        ({"happened_on": "01/01/0900"}, "Xem lại năm"),
        ({"kind": "PHOTO"}, "PHOTO"),
        ({"text": "  "}, ""),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(request, wrong, says):
    team, browser = (request.getfixturevalue(name) for name in ("team", "browser"))
    address = request.getfixturevalue("address")
    page = typed(**wrong)
    text = text_of(browser(team[1]).post(address, page), 422)
    assert says in text and page["text"].strip() in text and page["key"] in text
    assert not all_papers()


def test_a_correction_is_a_new_version_and_the_older_one_stays_readable(team, case, browser):
    first = factories.note(team[1], case)
    client = browser(team[1])
    address = reverse("papers:correct", args=[first.pk])
    assert factories.WORDS in text_of(client.get(address))
    page = typed(text="Chị kể lại", seen=str(first.pk))
    text = text_of(client.post(address, page, follow=True))
    assert "Chị kể lại" in text and "Các bản" in text
    old = text_of(client.get(reverse("papers:paper", args=[first.pk])))
    assert factories.WORDS in old and "bản cũ" in old
    listed = text_of(client.get(reverse("papers:index", args=[case.pk])))
    assert "2 bản" in listed and listed.count("Cuộc gọi") == 1
    assert client.post(address, page).status_code == 302 and len(all_papers()) == 2


def test_the_second_of_two_correctors_sees_both_and_nothing_is_overwritten(team, case, browser):
    first = factories.note(team[1], case)
    factories.corrected(team[3], first, content={"text": "Bản của giám sát"})
    client, address = browser(team[1]), reverse("papers:correct", args=[first.pk])
    page = typed(text="Bản của tôi", seen=str(first.pk))
    text = text_of(client.post(address, page), 409)
    assert "Bản của giám sát" in text and "Bản của tôi" in text and len(all_papers()) == 2
    newest = text.split('name="seen" value="')[1].split('"')[0]
    assert client.post(address, page | {"seen": newest}).status_code == 302
    assert len(all_papers()) == 3


def test_who_does_not_see_the_case_finds_neither_list_nor_note(team, case, browser):
    paper = factories.note(team[1], case)
    stranger = browser(accounts.asker(role=Role.CASE_WORKER, organisation=team[0]))
    for name, key in (
        ("index", case.pk),
        ("add-note", case.pk),
        ("paper", paper.pk),
        ("correct", paper.pk),
    ):
        assert stranger.get(reverse(f"papers:{name}", args=[key])).status_code == 404
    outsider = browser(accounts.asker(role=Role.PROVIDER))
    assert outsider.get(reverse("papers:paper", args=[paper.pk])).status_code == 403


def test_nothing_is_added_to_a_closed_case(team, case, browser):
    from diemtua.casework.cases.models import Case, Status

    with as_owner():
        Case.objects.filter(pk=case.pk).update(status=Status.CLOSED, worker_id=team[2].user_id)
    client = browser(team[3])
    text = text_of(client.post(reverse("papers:add-note", args=[case.pk]), typed()), 422)
    assert "khép lại" in text and not all_papers()
