"""Each save happens once: the page makes the record's id, so a second tap finds the first one's record."""

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, models, transaction


def create_once[M: models.Model](
    model: type[M], key: UUID, make: Callable[[], M]
) -> tuple[M, bool]:
    """Return the record with this id, made by ``make`` unless it exists, and whether it was made now.

    ``make`` must save a record whose primary key is ``key``. Two requests at the same time make one
    record: the loser of the race reads the winner's.

    Raises:
        IntegrityError: the id is taken by a record that the asker may not see, or ``make`` broke
            another rule of the table.
    """
    existing = model._default_manager.filter(pk=key).first()
    if existing is not None:
        return existing, False
    try:
        with transaction.atomic():
            return make(), True
    except IntegrityError:
        existing = model._default_manager.filter(pk=key).first()
        if existing is None:
            raise
        return existing, False
