from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from diemtua.foundation.vault import attachments, sniffing
from diemtua.foundation.vault.errors import FileMisnamed, FileRefused
from diemtua.foundation.vault.tests.factories import PDF

PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)


def docx():
    content = BytesIO()
    Document().save(content)
    return content.getvalue()


def zipped(*names):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 50)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00" + bytes(200), "ảnh.jpg"),
        (b"\x7fELF" + bytes(200), "giấy.pdf"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "giấy.html"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "giấy.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "ảnh.svg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "ảnh.png"),
        (b"#!/bin/sh\nrm -rf /", "giấy.pdf"),
        (zipped("a.txt"), "hồ sơ.zip"),
        (zipped("a.txt"), "hồ sơ.docx"),
        (b"GIF89a" + bytes(50), "ảnh.gif"),
        (b"chuyen", "chuyện.txt"),
    ],
)
def test_what_could_run_or_is_not_known_is_refused(content, name):
    with pytest.raises(FileRefused):
        sniffing.kind_of(content, name=name)


@pytest.mark.parametrize(
    ("content", "name"),
    [(PDF, "giấy.pdf.exe"), (PDF, "giấy"), (PNG, "ảnh.pdf"), (docx(), "mẫu.docm"), (PNG, "a.html")],
)
def test_a_name_that_says_another_kind_is_refused(content, name):
    with pytest.raises(FileMisnamed):
        sniffing.kind_of(content, name=name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF, "giấy.PDF"),
        (PNG, "ảnh.png"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "IMG_0001.JPEG"),
        (b"ID3\x04" + bytes(50), "ghi âm.mp3"),
        (b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00" + bytes(50), "ghi âm.m4a"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(50), "ghi âm.m4a"),
        (b"#!AMR\n" + bytes(50), "ghi âm.amr"),
        (docx(), "đơn.docx"),
    ],
)
def test_what_people_attach_is_taken(content, name):
    assert sniffing.kind_of(content, name=name) in sniffing.allowed()


@given(st.text(max_size=300))
def test_a_file_s_name_is_one_printable_line_without_folders(name):
    cleaned = sniffing.clean_name(name)
    assert len(cleaned) <= max(sniffing.LONGEST_NAME, 0)
    assert "/" not in cleaned and "\\" not in cleaned
    assert cleaned.isprintable()


def test_an_upload_waits_in_memory_and_never_on_the_disk(settings):
    assert attachments.limit() < settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    assert [name.rpartition(".")[2] for name in settings.FILE_UPLOAD_HANDLERS] == [
        "MemoryFileUploadHandler"
    ]
