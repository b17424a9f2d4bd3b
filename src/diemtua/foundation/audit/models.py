"""The audit trail: who did or read what, when and from which screen, in a hash chain."""

from django.db import models

from diemtua.foundation.database.tables import protected

LANES = 64


@protected
class Entry(models.Model):
    """One thing done or read. PostgreSQL sets who, when, lane, sequence and hash; nobody changes it.

    ``subject_label`` and ``subject_id`` name a record without identity. ``details`` holds codes,
    numbers and booleans only.
    """

    id = models.BigAutoField(primary_key=True)
    lane = models.PositiveSmallIntegerField(editable=False)
    seq = models.BigIntegerField(editable=False)
    at = models.DateTimeField(editable=False)
    kind = models.CharField(max_length=10, blank=True)
    role = models.CharField(max_length=30, blank=True)
    user_id = models.UUIDField(null=True, blank=True)
    membership_id = models.UUIDField(null=True, blank=True)
    organisation_id = models.UUIDField(null=True, blank=True)
    job = models.CharField(max_length=80, blank=True)
    action = models.CharField(max_length=80)
    subject_label = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=64, blank=True)
    screen = models.CharField(max_length=80, blank=True)
    request_id = models.CharField(max_length=16, blank=True)
    details = models.JSONField(default=dict, blank=True)
    prev_hash = models.BinaryField(editable=False)
    hash = models.BinaryField(editable=False)

    class Meta:
        db_table = "audit_entry"
        constraints = [models.UniqueConstraint(fields=["lane", "seq"], name="audit_entry_place")]
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_entry_at"),
            models.Index(fields=["subject_id", "-at"], name="audit_entry_subject"),
            models.Index(fields=["user_id", "-at"], name="audit_entry_user"),
        ]

    def __str__(self) -> str:
        """Lane and sequence: the entry's place in the chain."""
        return f"{self.lane}:{self.seq}"


@protected
class Lane(models.Model):
    """The head of one lane; written by the chain's trigger alone."""

    lane = models.PositiveSmallIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_lane"

    def __str__(self) -> str:
        """Lane and length."""
        return f"{self.lane}:{self.seq}"


@protected
class Checkpoint(models.Model):
    """All lane heads bound into one chain; its short form can be printed and kept elsewhere."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    entries = models.BigIntegerField()
    heads = models.JSONField()  # {"<lane>": [seq, "<hash in hex>"]}
    prev_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_checkpoint"

    def __str__(self) -> str:
        """The number of the checkpoint."""
        return f"{self.pk}"

    @property
    def printed(self) -> str:
        """The hash in groups of four, for paper."""
        digits = bytes(self.hash).hex()
        return f"{self.pk}-" + " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))
