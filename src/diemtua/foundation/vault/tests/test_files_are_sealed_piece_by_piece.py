from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.vault import attachments, chunks, sealing, services
from diemtua.foundation.vault.chunks import SIZE, File
from diemtua.foundation.vault.errors import (
    Erased,
    FileEmpty,
    FileTooLarge,
    Tampered,
)
from diemtua.foundation.vault.models import Attachment, AttachmentChunk
from diemtua.foundation.vault.tests.factories import (
    NOW,
    PDF,
    Letter,
    add_file,
    asker,
    audit_entries,
    letter,
    read_file,
)

PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)


def sealed_chunks(content, key, file):
    first, *rest = chunks.cut(content, limit=10 * SIZE)
    return list(chunks.seal(first, rest, file=file, key=key))


sizes = st.integers(1, 3 * SIZE + 10) | st.sampled_from([1, SIZE - 1, SIZE, SIZE + 1, 2 * SIZE])


@settings(max_examples=25)
@given(size=sizes, cuts=st.lists(st.integers(1, SIZE), max_size=4))
def test_a_file_of_any_size_in_any_portions_comes_back(size, cuts):
    content = (b"\x00\x01\x02abc" * (size // 6 + 1))[:size]
    portions, at = [], 0
    for cut in cuts:
        portions.append(content[at : at + cut])
        at += cut
    portions.append(content[at:])
    key, file = sealing.new_key(), File(uuid4(), "application/pdf")
    sealed = sealed_chunks(portions, key, file)
    assert len(sealed) == -(-size // SIZE)
    assert sealed[-1][1] == size
    pieces = [
        chunks.unseal(
            chunk, file=file, key=key, seq=seq, whole=size if seq == len(sealed) - 1 else None
        )
        for seq, (chunk, _) in enumerate(sealed)
    ]
    assert b"".join(pieces) == content


@settings(max_examples=25)
@given(data=st.data())
def test_no_chunk_opens_at_another_place_or_changed(data):
    key, file = sealing.new_key(), File(uuid4(), "application/pdf")
    sealed = sealed_chunks([bytes(2 * SIZE + 5)], key, file)
    seq, other = data.draw(st.permutations([0, 1, 2]))[:2]
    whole = 2 * SIZE + 5 if other == 2 else None
    with pytest.raises(Tampered):
        chunks.unseal(sealed[seq][0], file=file, key=key, seq=other, whole=whole)
    changed = bytearray(sealed[other][0])
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Tampered):
        chunks.unseal(bytes(changed), file=file, key=key, seq=other, whole=whole)


@pytest.mark.parametrize(
    "told",
    [
        (0, 5, None, "application/pdf"),  # the first told to be the last: cut off
        (1, None, None, "application/pdf"),  # the last told not to be: something was added
        (1, SIZE + 6, None, "application/pdf"),  # another size
        (1, SIZE + 5, uuid4(), "application/pdf"),  # another file
        (1, SIZE + 5, None, "image/png"),  # another kind
    ],
)
def test_a_chunk_knows_its_file_its_kind_and_the_end(told):
    seq, whole, file_id, kind = told
    key, file = sealing.new_key(), File(uuid4(), "application/pdf")
    sealed = sealed_chunks([bytes(SIZE + 5)], key, file)
    with pytest.raises(Tampered):
        chunks.unseal(
            sealed[seq][0], file=File(file_id or file.id, kind), key=key, seq=seq, whole=whole
        )


def test_a_file_goes_in_and_comes_out(worker):
    made = letter(name="Hoa")
    content = PDF + bytes(range(256)) * 3000
    attachment = add_file(worker, made, content, name="C:\\ảnh\\Giấy khám.PDF")
    opened = read_file(attachment, worker)
    assert b"".join(opened.content) == content
    assert (opened.name, opened.kind, opened.size) == (
        "Giấy khám.PDF",
        "application/pdf",
        len(content),
    )
    assert [f.pk for f in attachments.of(made)] == [attachment.pk]
    assert audit_entries(attachment) == [
        ("vault.attachment.added", {}),
        ("t.opened", {"fields": "name"}),
    ]
    assert "khám" not in repr(opened)


def test_the_same_file_sent_twice_is_there_once(worker):
    made, key = letter(name="Hoa"), uuid4()
    assert add_file(worker, made, key=key).pk == add_file(worker, made, key=key).pk
    assert attachments.of(made).count() == 1


def test_an_upload_from_a_form_is_taken(worker):
    made = letter(name="Hoa")
    upload = SimpleUploadedFile("ảnh.png", PNG)
    attachment = attachments.add(
        asker=worker,
        record=made,
        organisation_id=worker.organisation_id,
        id=uuid4(),
        name=upload.name,
        content=upload,
        at=NOW,
    )
    assert attachment.kind == "image/png"


def test_nothing_of_a_file_is_readable_in_the_database(worker):
    add_file(
        worker, letter(name="Hoa"), PDF + b"0901234567 chuyen cua Hoa", name="chuyen cua Hoa.pdf"
    )
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT a::text || c::text FROM vault_attachment a, vault_attachment_chunk c"
        )
        row = cursor.fetchone()[0]
    assert "Hoa" not in row
    assert b"0901234567".hex() not in row
    assert PDF.hex() not in row


def test_a_download_stays_a_download(worker):
    attachment = add_file(worker, letter(name="Hoa"), PDF + bytes(600_000))
    response = attachments.answer(asker=worker, attachment=attachment, why="t.opened")
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert "sandbox" in response["Content-Security-Policy"]
    assert len(b"".join(response.streaming_content)) == int(response["Content-Length"])


def test_a_file_is_read_after_the_request_has_ended(tables):
    with asking(asker()) as worker:
        opened = read_file(add_file(worker, letter(name="Hoa"), PDF + bytes(600_000)), worker)
    assert len(b"".join(opened.content)) == len(PDF) + 600_000


def test_chunks_dropped_swapped_or_added_in_the_database_are_noticed(worker):
    made = letter(name="Hoa")
    attachment = add_file(worker, made, PDF + bytes(3 * SIZE))
    assert attachment.chunk_count == 4

    def consume():
        return b"".join(read_file(attachment, worker).content)

    def meddle(statement):
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE vault_attachment DISABLE TRIGGER USER")
            cursor.execute(statement, {"id": attachment.pk})

    swap = (
        "WITH s AS (SELECT seq, sealed FROM vault_attachment_chunk WHERE attachment_id = %(id)s)"
        " UPDATE vault_attachment_chunk c SET sealed = s.sealed FROM s"
        " WHERE c.attachment_id = %(id)s AND c.seq < 2 AND s.seq = 1 - c.seq"
    )
    for statement in (
        swap,
        "DELETE FROM vault_attachment_chunk WHERE attachment_id = %(id)s AND seq = 2",
        "UPDATE vault_attachment SET chunk_count = 3 WHERE id = %(id)s",
        "UPDATE vault_attachment SET chunk_count = 5 WHERE id = %(id)s",
        "UPDATE vault_attachment SET size = 7 WHERE id = %(id)s",
        "UPDATE vault_attachment SET kind = 'text/html' WHERE id = %(id)s",
    ):
        with pytest.raises(Tampered), transaction.atomic():
            meddle(statement)
            consume()
    assert len(consume()) == len(PDF) + 3 * SIZE


def test_erasing_the_record_erases_its_files(worker):
    made = letter(name="Hoa")
    attachment = add_file(worker, made)
    services.erase(made, asker=worker, why="letter.erased")
    with pytest.raises(Erased):
        read_file(attachment, worker)
    with pytest.raises(Erased):
        add_file(worker, Letter.objects.get(pk=made.pk))
    with as_owner():
        assert attachments.sweep(at=NOW, using="default") == 1
        assert not AttachmentChunk.objects.exists()


def test_a_removed_file_is_gone_and_its_place_is_remembered(worker):
    made = letter(name="Hoa")
    attachment, kept = add_file(worker, made), add_file(worker, made)
    for _tap in range(2):
        attachments.remove(asker=worker, attachment=attachment, why="letter.file-removed", at=NOW)
    with pytest.raises(Erased):
        read_file(attachment, worker)
    assert [f.pk for f in attachments.of(made)] == [kept.pk]
    assert AttachmentChunk.objects.count() == 1
    assert Attachment.objects.get(pk=attachment.pk).removed_at == NOW
    with pytest.raises(DatabaseError), transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk).update(removed_at=None, wrapped=b"x")


@pytest.mark.parametrize(
    "change",
    [{"owner_id": uuid4()}, {"organisation_id": uuid4()}, {"kind": "text/html"}, {"size": 1}],
)
def test_a_file_is_never_changed_or_moved(worker, change):
    attachment = add_file(worker, letter(name="Hoa"))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk).update(**change)


def test_a_file_has_a_limit(worker, settings):
    settings.DIEMTUA_ATTACHMENT_BYTES = chunks.MEGABYTE
    made = letter(name="Hoa")
    add_file(worker, made, PDF + bytes(chunks.MEGABYTE - len(PDF)))
    with pytest.raises(FileTooLarge) as refused, transaction.atomic():
        add_file(worker, made, PDF + bytes(chunks.MEGABYTE))
    assert refused.value.says == "Tệp lớn hơn 1 MB."
    assert attachments.of(made).count() == 1


def test_an_empty_file_is_refused(worker):
    with pytest.raises(FileEmpty):
        add_file(worker, letter(name="Hoa"), b"")
