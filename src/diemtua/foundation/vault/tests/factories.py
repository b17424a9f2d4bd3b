"""Two kinds of record for the vault's own tests; their tables live only inside a test."""

import json
from uuid import uuid4

from django.apps import apps
from django.db import connection, models

from diemtua.foundation import clock
from diemtua.foundation.database.asker import Asker, Kind
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.vault import attachments, services
from diemtua.foundation.vault.models import Attachment, DataKey, SealedField, VaultRecord

NOW = clock.now()
PDF = b"%PDF-1.7\n"


class Letter(VaultRecord):
    name = SealedField()
    body = SealedField()
    colour = models.CharField(max_length=10, default="")

    class Meta:
        app_label = "vault"
        db_table = "vault_test_letter"


class Note(VaultRecord):
    body = SealedField()

    class Meta:
        app_label = "vault"
        db_table = "vault_test_note"


def _forget(*invented):
    # Invented for tests: migrations and the registry of tables must not see them.
    for model in invented:
        del apps.all_models["vault"][model._meta.model_name]
    apps.clear_cache()


_forget(Letter, Note)


def make_tables():
    with as_owner(), connection.schema_editor() as editor:
        editor.create_model(Letter)
        editor.create_model(Note)
        editor.execute("INSERT INTO diemtua.vault_erasable VALUES ('vault_test_letter')")


def asker(role="CASE_WORKER", organisation_id=None):
    return Asker(
        kind=Kind.MEMBER,
        role=role,
        user_id=uuid4(),
        membership_id=uuid4(),
        organisation_id=organisation_id or uuid4(),
        screen="test",
    )


def letter(**words):
    made = Letter()
    services.seal(made, **words)
    made.save(force_insert=True)
    return Letter.objects.get(pk=made.pk)


def destroy_key(record):
    """Destroy a record's key as the steps of the rooms do it, without asking who may."""
    with as_owner():
        DataKey.objects.filter(pk=record.data_key_id).update(
            wrapped=None, erased_at=NOW, erased_by="tests"
        )


def audit_entries(subject):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT action, details FROM audit_entry WHERE subject_id = %s ORDER BY id",
            [str(subject.pk)],
        )
        return [
            (action, json.loads(told) if isinstance(told, str) else told) for action, told in cursor
        ]


def add_file(worker, made, content=PDF, *, name="giấy khám.pdf", key=None):
    return attachments.add(
        asker=worker,
        record=made,
        organisation_id=worker.organisation_id,
        id=key or uuid4(),
        name=name,
        content=[content],
        at=NOW,
    )


def read_file(attachment, worker):
    again = Attachment.objects.get(pk=attachment.pk)
    return attachments.open_file(asker=worker, attachment=again, why="t.opened")
