"""Live events: hints that something changed, for whom; never what."""

from django.db import models

from diemtua.foundation.database.tables import open_table


@open_table(
    "Hints of opaque topics and dotted codes, without any record's content or a person's data."
)
class Event(models.Model):
    """Something changed on a topic. ``xact`` is the transaction that said so."""

    id = models.BigAutoField(primary_key=True)
    topic = models.CharField(max_length=60)
    event = models.CharField(max_length=40)
    xact = models.BigIntegerField(editable=False, db_index=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        db_table = "live_event"

    def __str__(self) -> str:
        """Topic and event."""
        return f"{self.topic} {self.event}"
