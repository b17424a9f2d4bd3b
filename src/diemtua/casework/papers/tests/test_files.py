from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.papers.models import Paper
from diemtua.casework.papers.tests import pictures
from diemtua.casework.tests import factories as cases
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.vault.models import Attachment

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"
TITLE = "Vết bầm ở tay trái"


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:1500]
    return answer.content.decode()


def typed(*, content=None, name="anh.jpg", **fields):
    photo = pictures.jpeg(pictures.exif()) if content is None else content
    return {
        "key": str(uuid4()),
        "kind": "PHOTO",
        "happened_on": "20/11/2026",
        "title": TITLE,
        "note": "",
        "agreed": "on",
        "agreed_how": "SPOKEN_IN_PERSON",
        "agreed_on": "20/11/2026",
        "file": SimpleUploadedFile(name, photo),
    } | fields


@pytest.fixture
def client(team, browser):
    return browser(team[1])


@pytest.fixture
def address(case):
    return reverse("papers:add-file", args=[case.pk])


def kept():
    with as_owner():
        return list(Paper.objects.all()), list(Attachment.objects.all())


def test_a_photo_is_sealed_without_its_place_and_shown_without_a_copy(team, address, browser):
    client = browser(team[1])
    listed = text_of(client.post(address, typed(), follow=True))
    assert "Ảnh" in listed and TITLE not in listed
    (paper,), (file,) = kept()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM vault_attachment_chunk")
        sealed = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert pictures.SECRET not in sealed and pictures.SCAN not in sealed
    page = text_of(client.get(reverse("papers:paper", args=[paper.pk])))
    assert TITLE in page and "Nói trực tiếp" in page and f'alt="{TITLE}"' in page
    assert cases.audited("casework.paper.file-opened") == 0
    answer = client.get(reverse("papers:show", args=[paper.pk]))
    content = b"".join(answer.streaming_content)
    assert pictures.SCAN in content and pictures.SECRET not in content
    assert len(content) == int(answer["Content-Length"]) == file.size
    assert answer["Cache-Control"] == "no-store" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Disposition"].startswith("inline")
    assert cases.audited("casework.paper.file-opened") == 1


def test_a_download_is_an_attachment_and_a_document_is_never_shown(team, address, browser):
    client = browser(team[1])
    client.post(address, typed(content=PDF, name="giay.pdf", kind="MEDICAL"))
    (paper,), _files = kept()
    assert paper.agreed_how == "" and paper.agreed_on is None
    for name in ("show", "download"):
        answer = client.get(reverse(f"papers:{name}", args=[paper.pk]))
        assert answer["Content-Disposition"].startswith("attachment")
        assert b"".join(answer.streaming_content) == PDF


def test_a_recording_plays_on_its_page(team, address, browser):
    client = browser(team[1])
    sound = pictures.mp4(b"soun")
    text_of(client.post(address, typed(content=sound, name="a.m4a", kind="AUDIO"), follow=True))
    (paper,), _files = kept()
    page = client.get(reverse("papers:paper", args=[paper.pk]))
    assert "<audio" in text_of(page)
    assert "media-src 'self'" in page["Content-Security-Policy"]


WRONG = {
    "nothing chosen": ({"file": ""}, "Chưa chọn tệp"),
    "an empty file": ({"content": b""}, "Tệp này trống"),
    "a program": ({"content": b"MZ\x90\x00" + b"\0" * 99}, "Loại tệp này không được đính kèm"),
    "a web page": ({"content": b"<html><script>1</script>"}, "Loại tệp này không được đính kèm"),
    "a wrong ending": ({"name": "anh.pdf"}, "không đúng với phần đuôi"),
    "an iPhone's own kind": (
        {"content": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "name": "a.heic"},
        "nơi chụp mà hệ thống chưa gỡ",
    ),
    "a broken picture": ({"content": b"\xff\xd8\xff\xe1\xff\xff"}, "nơi chụp mà hệ thống chưa gỡ"),
    "a film": (
        {"content": pictures.mp4(b"vide").replace(b"M4A ", b"mp42"), "name": "a.mp4"},
        "Tệp này là phim",
    ),
    "a paper as a photo": ({"content": PDF, "name": "a.pdf"}, "không đúng loại đã chọn"),
    "no agreement": ({"agreed": ""}, "chị chưa đồng ý thì không giữ ảnh"),
    "agreement nobody knows how": ({"agreed_how": ""}, "đồng ý bằng cách nào"),
    "agreement in the future": ({"agreed_on": "01/01/2099"}, "không thể sau hôm nay"),
    "no title": ({"title": ""}, ""),
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_what_is_wrong_is_said_and_nothing_is_kept(what, client, address):
    change, says = WRONG[what]
    text = text_of(client.post(address, typed(**change)), 422)
    assert says in text and (what == "no title" or TITLE in text)
    assert kept() == ([], [])


def test_a_file_over_the_limit_is_refused(client, address, settings):
    settings.DIEMTUA_ATTACHMENT_BYTES = 1024 * 1024
    big = pictures.jpeg(pictures.part(0xDB, b"\0" * 60000)) + b"\0" * 1024 * 1024
    assert "Tệp lớn hơn 1 MB" in text_of(client.post(address, typed(content=big)), 422)
    assert kept() == ([], [])


def test_a_second_tap_makes_one_paper_with_one_file(team, address, browser):
    client, key = browser(team[1]), str(uuid4())
    for _tap in range(2):
        assert client.post(address, typed(key=key)).status_code == 302
    papers, files = kept()
    assert len(papers) == len(files) == 1


def test_who_does_not_see_the_case_reaches_neither_file_nor_pieces(team, address, browser):
    browser(team[1]).post(address, typed())
    (paper,), _files = kept()
    colleague = accounts.asker(role=Role.CASE_WORKER, organisation=team[0])
    for name in ("show", "download"):
        address = reverse(f"papers:{name}", args=[paper.pk])
        assert browser(colleague).get(address).status_code == 404
    for table in ("vault_attachment", "vault_attachment_chunk"):
        with asking(colleague), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] == 0


def test_nobody_takes_a_file_away_from_under_its_paper(team, address, browser):
    browser(team[1]).post(address, typed())
    for asker in (team[1], team[3]):
        with asking(asker), connection.cursor() as cursor:
            cursor.execute("UPDATE vault_attachment SET name = NULL, wrapped = NULL,"
                           " removed_at = now()")  # fmt: skip
            assert cursor.rowcount == 0
            cursor.execute("DELETE FROM vault_attachment_chunk")
            assert cursor.rowcount == 0
