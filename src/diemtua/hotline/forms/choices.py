"""What can be chosen on both of the counsellor's pages."""

from typing import Any

from diemtua.casework.cases import queries as cases
from diemtua.places.models import Level, Unit


def communes() -> Any:
    """Return the communes of today."""
    return Unit.objects.filter(level=Level.COMMUNE, valid_to__isnull=True)


def acts() -> list[tuple[str, str]]:
    """Return the acts of the law, each with the letter that selects it."""
    return [(act.code, f"{act.code}. {act.short}") for act in cases.acts().values()]
