"""Every table is either protected by row-level security or declared open with its reason.

Rooms declare their own tables on the model::

    @protected
    class Case(models.Model): ...

    @open_table("Names of administrative units are public knowledge.")
    class Unit(models.Model): ...

Tables of third-party packages are declared in ``diemtua.site.tables``. A house test compares the
declarations with what PostgreSQL really does, and fails on a table in neither list.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class Declaration:
    """How one table is kept: protected by row-level security, or open for a reason."""

    table: str
    is_protected: bool
    reason: str = ""


_declared: dict[str, Declaration] = {}


def _declare(declaration: Declaration) -> None:
    known = _declared.get(declaration.table)
    if known is not None and known != declaration:
        raise ValueError(f"Table {declaration.table} is declared twice, differently.")
    _declared[declaration.table] = declaration


def protected[M: type[models.Model]](model: M) -> M:
    """Declare that row-level security guards this model's table and its many-to-many tables."""
    _declare(Declaration(model._meta.db_table, is_protected=True))
    return model


def open_table[M: type[models.Model]](reason: str) -> Callable[[M], M]:
    """Declare that this model's table holds nothing of a person's record, and why."""
    if len(reason) < 20:  # noqa: PLR2004 - a reason is a sentence, not a word
        raise ValueError("An open table needs its reason in a sentence.")

    def declare(model: M) -> M:
        _declare(Declaration(model._meta.db_table, is_protected=False, reason=reason))
        return model

    return declare


def declare_open(table: str, reason: str) -> None:
    """Declare a table of a third-party package open, with its reason."""
    _declare(Declaration(table, is_protected=False, reason=reason))


def declared() -> dict[str, Declaration]:
    """Return every declaration by table name."""
    return dict(_declared)
