"""Data keys, and what a record that holds sealed values is made of."""

import uuid

from django.db import models
from django.db.models import Q

from diemtua.foundation.database.tables import protected
from diemtua.foundation.vault.fields import Sealed, SealedField

__all__ = [
    "Attachment",
    "AttachmentChunk",
    "BlindToken",
    "DataKey",
    "Sealed",
    "SealedField",
    "VaultRecord",
]


@protected
class DataKey(models.Model):
    """One record's key, wrapped by the key-encryption key of an epoch; empty once it was destroyed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kek_id = models.CharField(max_length=64)
    epoch = models.PositiveIntegerField()
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_by = models.CharField(max_length=120, blank=True)  # a user's id or a job's name

    class Meta:
        db_table = "vault_data_key"
        constraints = [
            models.CheckConstraint(
                condition=Q(wrapped__isnull=False, erased_at__isnull=True)
                | Q(wrapped__isnull=True, erased_at__isnull=False),
                name="data_key_there_or_erased",
            )
        ]
        indexes = [
            models.Index(
                fields=["epoch", "id"], name="data_key_epoch", condition=Q(wrapped__isnull=False)
            ),
            models.Index(
                fields=["erased_by", "erased_at"],
                name="data_key_erased",
                condition=Q(wrapped__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        """The key's id."""
        return str(self.pk)


class VaultRecord(models.Model):
    """A record with sealed values under a data key of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True


class BlindToken(models.Model):
    """A keyed hash of one word, number or id: found by equality, read by nobody."""

    kind = models.CharField(max_length=12)
    token = models.BinaryField(max_length=16)

    class Meta:
        abstract = True


@protected
class Attachment(VaultRecord):
    """A file that hangs on a record: sealed under a key of its own, wrapped by the record's data key.

    ``data_key`` is that of the record: erasing the record erases its files. ``kind`` and ``size`` are
    readable, so that a list needs no unsealing; changing them makes the file unreadable.
    """

    owner_label = models.CharField(max_length=60)  # e.g. "letters.Letter"
    owner_id = models.UUIDField()
    organisation_id = models.UUIDField()
    name = SealedField()
    kind = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    chunk_count = models.PositiveIntegerField()
    folder = models.CharField(max_length=32, blank=True)  # empty: the chunks are in the database
    wrapped = models.BinaryField(null=True)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "vault_attachment"
        constraints = [
            models.CheckConstraint(
                condition=Q(wrapped__isnull=False, removed_at__isnull=True)
                | Q(wrapped__isnull=True, removed_at__isnull=False),
                name="attachment_there_or_removed",
            )
        ]
        indexes = [
            models.Index(fields=["owner_id", "added_at"], name="attachment_owner"),
        ]

    def __str__(self) -> str:
        """Kind and size, no name."""
        return f"{self.kind} · {self.size}"


@protected
class AttachmentChunk(models.Model):
    """One sealed piece of a file."""

    pk = models.CompositePrimaryKey("attachment_id", "seq")
    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="+")
    seq = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "vault_attachment_chunk"

    def __str__(self) -> str:
        """Its place in the row."""
        return f"{self.attachment_id}:{self.seq}"
