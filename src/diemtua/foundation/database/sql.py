"""SQL that stands beside a migration, readable alone."""

from pathlib import Path

from django.db import migrations


def from_file(migration: str, name: str, *, back: str) -> migrations.RunSQL:
    """Return the operation that runs ``sql/<name>`` beside a migration, and ``sql/<back>`` to undo it.

    The text goes to PostgreSQL as it is, in one piece: no parameters, no splitting.
    """
    folder = Path(migration).parent / "sql"
    return migrations.RunSQL(
        sql=(folder / name).read_text(encoding="utf-8"),
        reverse_sql=(folder / back).read_text(encoding="utf-8"),
    )
