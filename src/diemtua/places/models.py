"""Administrative units through time: who was what, when, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diemtua.foundation.database.tables import open_table


class Level(models.TextChoices):
    """The level of an administrative unit; districts ended on 1/7/2025."""

    PROVINCE = "PROVINCE", _("tỉnh, thành phố")
    DISTRICT = "DISTRICT", _("quận, huyện (trước 1/7/2025)")
    COMMUNE = "COMMUNE", _("xã, phường, đặc khu")


@open_table("Administrative units are public reference data; nothing here concerns a person.")
class Unit(models.Model):
    """A province, former district or commune during the time it existed.

    ``key`` is stable across installations: ``p92`` and ``c31120`` for today's provinces and
    communes (official code), ``p92.old``, ``d916.old``, ``c31117.old`` for those that ended on
    1/7/2025. ``path`` holds the keys from the root down, each followed by ``/``, so that a subtree
    is a prefix. ``folded`` is the name without accents, lower case, for search as one types.
    """

    key = models.CharField(max_length=16, primary_key=True)
    code = models.PositiveIntegerField()
    level = models.CharField(max_length=8, choices=Level)
    division = models.CharField(max_length=40)  # "phường", "xã", "thị trấn", "thành phố trung ương"
    name = models.CharField(max_length=80)  # with its division: "Phường Ninh Kiều"
    short_name = models.CharField(max_length=80)  # without: "Ninh Kiều"
    folded = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=200, db_collation="C")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=60, db_collation="C", db_index=True)
    valid_from = models.DateField(null=True, blank=True)  # null: since before our records
    valid_to = models.DateField(null=True, blank=True)  # exclusive; null: exists today

    class Meta:
        indexes = [
            models.Index(fields=["level", "valid_to"], name="unit_level_validity"),
            models.Index(fields=["folded"], name="unit_folded", opclasses=["text_pattern_ops"]),
        ]

    def __str__(self) -> str:
        """The unit's full name."""
        return self.name


@open_table("What became of administrative units is public reference data.")
class Succession(models.Model):
    """One unit's territory, or part of it, passed to another on a day.

    ``weight`` is the share of the predecessor that passed over (0 < weight ≤ 1); where the
    official table only says "partly", the parts are weighted equally and ``is_estimated`` is set.
    """

    predecessor = models.ForeignKey(Unit, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Unit, models.CASCADE, related_name="precessions")
    on_day = models.DateField()
    is_partial = models.BooleanField(default=False)
    weight = models.DecimalField(max_digits=7, decimal_places=6, default=1)
    is_estimated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=models.Q(weight__gt=0, weight__lte=1), name="succession_weight"
            ),
        ]

    def __str__(self) -> str:
        """Predecessor and successor by key."""
        return f"{self.predecessor_id} → {self.successor_id}"


@open_table("How figures move between maps of administrative units is public reference data.")
class Crosswalk(models.Model):
    """Where a figure recorded for a unit belongs on the map of an edition.

    Derived from ``Succession`` by ``services.load_units``. An edition is the map between two
    reforms: 0 before the first, 1 since 1/7/2025. For each recorded unit and edition the weights
    add up to exactly 1, so that a total survives every change of the map.
    """

    edition = models.PositiveSmallIntegerField()
    recorded = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    weight = models.DecimalField(max_digits=13, decimal_places=12)
    is_estimated = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "recorded", "unit"], name="crosswalk_once"),
            models.CheckConstraint(
                condition=models.Q(weight__gt=0, weight__lte=1), name="crosswalk_weight"
            ),
        ]

    def __str__(self) -> str:
        """Recorded unit, edition and unit by key."""
        return f"{self.recorded_id} @{self.edition} → {self.unit_id}"
