"""Facts: what statistics may know about an event, with nothing that leads to a person."""

import uuid

from django.db import models

from diemtua.foundation.database.tables import open_table, protected


@open_table("Which kinds of facts there are and which codes they may carry; no fact is in it.")
class Kind(models.Model):
    """A kind of fact and the only attributes and codes it may carry.

    ``attributes`` maps a name to ``"boolean"``, ``"half-month"`` or a list of codes.
    """

    code = models.CharField(max_length=40, primary_key=True)
    attributes = models.JSONField()
    amendable = models.JSONField(default=list)  # names of the attributes that may change later

    def __str__(self) -> str:
        """The kind's code."""
        return self.code


@protected
class Fact(models.Model):
    """One countable event: kind, commune, half of a month, coded attributes.

    The id is random. No time is finer than half a month (the 1st or the 15th), so that a fact
    cannot be laid beside a record by its moment. Nobody reads rows: only ``diemtua.facts_counts``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="+")
    unit_key = models.CharField(max_length=16)
    bucket = models.DateField()  # half-month in which it happened
    recorded_in = models.DateField()  # half-month in which it was written down
    attributes = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bucket__day__in=[1, 15], recorded_in__day__in=[1, 15]),
                name="fact_knows_half_months_only",
            ),
            models.CheckConstraint(
                condition=models.Q(unit_key__regex=r"^[pdc][0-9]{1,6}(\.old)?$"),
                name="fact_unit_is_a_key",
            ),
        ]
        indexes = [models.Index(fields=["kind", "bucket", "unit_key"], name="fact_counting")]

    def __str__(self) -> str:
        """The kind alone: a fact tells nothing else by itself."""
        return self.kind_id
