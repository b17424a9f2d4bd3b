from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.vault import attachments, services
from diemtua.foundation.vault.models import Attachment, AttachmentChunk
from diemtua.foundation.vault.tests.factories import NOW, PDF, Letter, add_file, asker, letter


@pytest.mark.parametrize(
    "told",
    [
        ("CASE_WORKER", True, 1),
        ("CASE_WORKER", False, 0),
        ("ADMINISTRATOR", True, 0),
        ("LEADER", True, 0),
        ("DATA_PROTECTION_OFFICER", True, 0),
    ],
)
def test_files_are_for_those_of_the_organisation_who_work_with_persons(tables, told):
    role, own, seen = told
    with asking(asker()) as worker:
        add_file(worker, letter(name="Hoa"))
    with asking(asker(role, worker.organisation_id if own else None)):
        assert Attachment.objects.count() == AttachmentChunk.objects.count() == seen


def test_without_an_asker_there_are_no_files(tables):
    with asking(asker()) as worker:
        add_file(worker, letter(name="Hoa"))
    assert Attachment.objects.count() == AttachmentChunk.objects.count() == 0


def test_nobody_hangs_a_file_into_another_organisation(worker):
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        attachments.add(
            asker=worker,
            record=letter(name="Hoa"),
            organisation_id=uuid4(),
            id=uuid4(),
            name="giấy.pdf",
            content=[PDF],
            at=NOW,
        )


NARROWER = """
ALTER TABLE vault_test_letter ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_colour ON vault_test_letter TO diemtua_app
    USING (colour = left((SELECT diemtua.asker_user())::text, 10));
CREATE POLICY letter_files ON vault_attachment AS RESTRICTIVE TO diemtua_app
    USING (owner_label <> 'vault.Letter'
           OR EXISTS (SELECT 1 FROM vault_test_letter l WHERE l.id = owner_id));
"""


def test_a_room_narrows_who_sees_the_files_of_its_records(tables):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(NARROWER)
    with asking(asker()) as worker:
        made = Letter(colour=str(worker.user_id)[:10])
        services.seal(made, name="Hoa")
        made.save(force_insert=True)
        add_file(worker, made)
        assert Attachment.objects.count() == 1
    with asking(asker("CASE_WORKER", worker.organisation_id)):
        assert Attachment.objects.count() == AttachmentChunk.objects.count() == 0


def test_a_file_and_its_pieces_call_themselves_by_nothing_personal(worker):
    attachment = add_file(worker, letter(name="Hoa"))
    assert str(attachment) == f"application/pdf · {len(PDF)}"
    assert str(AttachmentChunk.objects.get()) == f"{attachment.pk}:0"
