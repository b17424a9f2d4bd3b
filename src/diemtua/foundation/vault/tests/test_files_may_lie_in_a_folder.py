import stat
from datetime import timedelta

import pytest
from django.db import transaction

from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.vault import attachments, chunks
from diemtua.foundation.vault.chunks import SIZE
from diemtua.foundation.vault.errors import FileTooLarge, Tampered
from diemtua.foundation.vault.models import AttachmentChunk
from diemtua.foundation.vault.tests.factories import NOW, PDF, add_file, letter, read_file


@pytest.fixture
def folder(settings, tmp_path):
    settings.DIEMTUA_ATTACHMENT_FOLDER = tmp_path / "files"
    return settings.DIEMTUA_ATTACHMENT_FOLDER


def kept_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_chunks_may_lie_in_a_folder_in_the_same_format(worker, folder):
    content = PDF + b"chuyen cua Hoa" * 30_000
    attachment = add_file(worker, letter(name="Hoa"), content)
    assert b"".join(read_file(attachment, worker).content) == content
    assert not AttachmentChunk.objects.exists()
    paths = kept_in(folder)
    assert len(paths) == 2
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in paths)
    assert all(
        b"Hoa" not in path.read_bytes() and path.read_bytes()[:1] == b"\x01" for path in paths
    )


def test_a_file_altered_or_cut_in_the_folder_is_noticed(worker, folder):
    attachment = add_file(worker, letter(name="Hoa"), PDF + bytes(SIZE))
    first, last = kept_in(folder)
    whole = last.read_bytes()
    last.unlink()
    with pytest.raises(Tampered):
        b"".join(read_file(attachment, worker).content)
    last.write_bytes(first.read_bytes())
    with pytest.raises(Tampered):
        b"".join(read_file(attachment, worker).content)
    last.write_bytes(whole)
    assert len(b"".join(read_file(attachment, worker).content)) == len(PDF) + SIZE


def test_a_file_added_before_the_folder_was_chosen_stays_readable(worker, settings, tmp_path):
    attachment = add_file(worker, letter(name="Hoa"))
    settings.DIEMTUA_ATTACHMENT_FOLDER = tmp_path / "files"
    assert b"".join(read_file(attachment, worker).content) == PDF


def test_removing_a_file_empties_its_folder_when_the_transaction_holds(
    worker, folder, django_capture_on_commit_callbacks
):
    attachment = add_file(worker, letter(name="Hoa"))
    with django_capture_on_commit_callbacks(execute=True):
        attachments.remove(asker=worker, attachment=attachment, why="t.removed", at=NOW)
        assert kept_in(folder)
    assert not kept_in(folder)


def test_what_a_failed_upload_left_behind_is_swept_away(worker, folder, settings):
    kept = add_file(worker, letter(name="Hoa"))
    settings.DIEMTUA_ATTACHMENT_BYTES = 2 * chunks.MEGABYTE
    with pytest.raises(FileTooLarge), transaction.atomic():
        add_file(worker, letter(name="Lan"), PDF + bytes(3 * chunks.MEGABYTE))
    with pytest.raises(RuntimeError), transaction.atomic():
        add_file(worker, letter(name="Lan"))
        raise RuntimeError
    with as_owner():
        assert attachments.sweep(at=NOW, using="default") == 0  # might still be on its way
        assert attachments.sweep(at=NOW + timedelta(days=2), using="default") == 1
    assert b"".join(read_file(kept, worker).content) == PDF


def test_a_folder_that_the_settings_no_longer_name_is_missed_loudly(worker, folder, settings):
    attachment = add_file(worker, letter(name="Hoa"))
    settings.DIEMTUA_ATTACHMENT_FOLDER = None
    with pytest.raises(FileNotFoundError):
        read_file(attachment, worker)
