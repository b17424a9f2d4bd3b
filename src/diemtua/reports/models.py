"""Reports as they were issued: what they said, in which form, under which number."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diemtua.accounts.models import Organisation, User
from diemtua.foundation.database.tables import protected


class Kind(models.TextChoices):
    """What sort of report it is."""

    QUARTERLY = "QUARTERLY", _("Báo cáo quý")


@protected
class Series(models.Model):
    """The last number given in an organisation's series of a year.

    Nobody reads or writes it but ``diemtua.reports_next_number``, which gives each number once.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="series_once_a_year")
        ]

    def __str__(self) -> str:
        """The year."""
        return str(self.year)


@protected
class Report(models.Model):
    """An issued report; nothing of it changes afterwards.

    ``data`` is everything the files were made of: figures, definitions with their versions, the
    texts, the letterhead. ``sha256`` is the hash of ``data`` in canonical form.
    """

    id = models.UUIDField(primary_key=True, editable=False)  # made by the page: one tap, one report
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.QUARTERLY)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    period = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    symbol = models.CharField(max_length=40)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    data = models.JSONField()
    sha256 = models.CharField(max_length=64)
    docx = models.BinaryField()
    pdf = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "number"], name="report_number_once"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-issued_at"], name="report_newest")]

    def __str__(self) -> str:
        """Its number and symbol, as cited: ``12/BC-BVSTB``."""
        return f"{self.number:02}/{self.symbol}"

    @property
    def file_name(self) -> str:
        """The name of its files, in plain letters, without ending."""
        return f"{self.number:02}-{self.symbol}-{self.year}"
