"""Nothing disappears: a paper is withdrawn with a reason, and erased only by two."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.papers import queries, services
from diemtua.casework.papers.errors import DecidedAlready, TakenOut
from diemtua.casework.papers.models import Paper, State, Withdrawal
from diemtua.casework.papers.tests import factories, pictures
from diemtua.casework.tests import factories as cases
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou, NotFound
from diemtua.foundation.vault.models import Attachment, DataKey

pytestmark = pytest.mark.django_db


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:1500]
    return answer.content.decode()


def photo(asker, case):
    with asking(asker):
        return services.keep_file(
            asker=asker,
            id=uuid4(),
            case=case,
            filed=services.Filed(
                "PHOTO", cases.NIGHT.date(), "Ảnh", "", ("WRITTEN", cases.NIGHT.date())
            ),
            upload=SimpleUploadedFile("a.jpg", pictures.jpeg()),
            at=cases.NIGHT,
        )


def key_of(paper):
    with as_owner():
        return DataKey.objects.get(pk=paper.data_key_id).wrapped


def test_a_paper_withdrawn_without_erasure_stays_readable_and_says_why(team, case, browser):
    paper = factories.note(team[1], case)
    client = browser(team[1])
    page = {"key": str(uuid4()), "reason": "OUTDATED"}
    listed = text_of(client.post(reverse("papers:withdraw", args=[paper.pk]), page, follow=True))
    assert "Đã rút" in listed and "Đã có bản mới thay thế" in listed
    text = text_of(client.get(reverse("papers:paper", args=[paper.pk])))
    assert factories.WORDS in text and "Rút giấy tờ này" not in text
    assert key_of(paper) is not None


def test_a_mistake_is_closed_at_once_and_erased_by_a_supervisor_with_all_versions(
    team, case, browser
):
    paper = factories.note(team[1], case)
    newer = factories.corrected(team[1], paper)
    worker, supervisor = browser(team[1]), browser(team[3])
    page = {"key": str(uuid4()), "reason": "WRONG_PERSON"}
    worker.post(reverse("papers:withdraw", args=[newer.pk]), page)
    address = reverse("papers:paper", args=[paper.pk])
    assert factories.WORDS not in text_of(worker.get(address))
    assert factories.WORDS in text_of(supervisor.get(address))
    with as_owner():
        asked = Withdrawal.objects.get()
    decide = reverse("papers:decide", args=[asked.pk, "xoa"])
    assert worker.post(decide).status_code == 403
    assert supervisor.post(decide).status_code == 302
    assert key_of(paper) is None
    with as_owner():
        assert set(Paper.objects.values_list("content", flat=True)) == {None}
        assert Withdrawal.objects.get().state == State.ERASED
    for client in (worker, supervisor):
        text = text_of(client.get(address))
        assert factories.WORDS not in text and "Đã xóa vĩnh viễn" in text
    assert cases.audited("casework.paper.asked") == cases.audited("casework.paper.erased") == 1
    assert supervisor.post(decide).status_code == 409


def test_the_erased_file_s_pieces_are_gone(team, case):
    paper = photo(team[1], case)
    asked = factories.withdrawn(team[1], paper)
    with asking(team[3]):
        services.approve(asker=team[3], withdrawal=asked, at=cases.NIGHT)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vault_attachment_chunk")
        assert cursor.fetchone()[0] == 0
        file = Attachment.objects.get()
    assert file.removed_at and file.wrapped is None and file.name is None


def test_a_supervisor_gives_a_paper_back(team, case):
    paper = factories.note(team[1], case)
    asked = factories.withdrawn(team[1], paper, reason="HER_WISH")
    with asking(team[3]):
        services.keep(asker=team[3], withdrawal=asked, at=cases.NIGHT)
    with asking(team[1]):
        assert queries.withdrawal_of(asker=team[1], paper=paper) is None
    again = factories.withdrawn(team[1], paper, reason="HER_WISH")
    assert again.pk != asked.pk


def test_nobody_erases_alone(team, case):
    paper = factories.note(team[3], case)
    asked = factories.withdrawn(team[3], paper)
    with pytest.raises(DecidedAlready), asking(team[3]):
        services.approve(asker=team[3], withdrawal=asked, at=cases.NIGHT)
    with asking(team[3]), connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.erase_paper(%s)", [asked.pk])
        assert cursor.fetchone()[0] is False
    assert key_of(paper) is not None


def test_no_other_role_and_no_other_house_decides(team, case):
    paper = factories.note(team[1], case)
    asked = factories.withdrawn(team[1], paper)
    other = accounts.asker(role=Role.SUPERVISOR)
    for asker, refusal in ((team[1], NotForYou), (team[2], NotForYou), (other, NotFound)):
        with pytest.raises(refusal), asking(asker):
            services.approve(asker=asker, withdrawal=asked, at=cases.NIGHT)
    with asking(other), connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.erase_paper(%s)", [asked.pk])
        assert cursor.fetchone()[0] is False
    with (
        pytest.raises(Exception, match="Only a supervisor"),
        asking(team[1]),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT diemtua.erase_paper(%s)", [asked.pk])
    assert key_of(paper) is not None


def test_a_key_that_is_not_the_paper_s_own_is_never_destroyed(team, case):
    """Two people with bare SQL may not erase a case by way of a paper under the case's key."""
    with asking(team[1]):
        false = Paper(
            id=uuid4(), case_id=case.pk, data_key_id=case.data_key_id, kind="NOTE",
            happened_on=cases.NIGHT.date(), recorded_by_id=team[1].user_id, recorded_at=cases.NIGHT,
        )  # fmt: skip
        false.thread = false.pk
        false.save(force_insert=True)
    asked = factories.withdrawn(team[1], false)
    with pytest.raises(Exception, match="not the paper's own"), asking(team[3]):
        services.approve(asker=team[3], withdrawal=asked, at=cases.NIGHT)
    assert key_of(case) is not None


def test_what_was_withdrawn_is_neither_withdrawn_again_nor_corrected(team, case):
    paper = factories.note(team[1], case)
    factories.withdrawn(team[1], paper, reason="DOUBLE")
    with pytest.raises(TakenOut):
        factories.withdrawn(team[3], paper)
    with pytest.raises(TakenOut):
        factories.corrected(team[1], paper)


def test_without_a_reason_of_the_list_nothing_happens(team, case, browser):
    paper = factories.note(team[1], case)
    address = reverse("papers:withdraw", args=[paper.pk])
    for reason in ("", "NOT_ON_THE_LIST"):
        text = text_of(browser(team[1]).post(address, {"reason": reason}), 422)
        assert "has-errors" in text
    with as_owner():
        assert not Withdrawal.objects.exists()


def test_what_waits_stands_in_the_supervisor_s_queue_without_her_name(team, case):
    from diemtua.casework.papers import adding
    from diemtua.foundation import clock

    paper = factories.note(team[1], case)
    factories.withdrawn(team[1], paper)
    with asking(team[3]):
        (item,) = adding.to_decide(team[3], clock.now())
    assert item.title == case.alias and str(paper.pk) in item.href
    with asking(team[1]):
        assert adding.to_decide(team[1], clock.now()) == []


def test_the_papers_of_a_case_end_with_its_key(team, case):
    note, picture = factories.note(team[1], case), photo(team[1], case)
    other = factories.note(team[1], cases.case(team[1]))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault_data_key SET wrapped = NULL, erased_at = now(), erased_by = 'x'"
            " WHERE id = %s",
            [case.data_key_id],
        )
    assert key_of(note) is None and key_of(picture) is None and key_of(other) is not None
