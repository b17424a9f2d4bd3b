"""Load the administrative units: again after each upgrade of the package, without harm."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from diemtua.places import queries
from diemtua.places.services import source

UNIT = ", ".join(source.UnitRow._fields)
SUCCESSION = ", ".join(source.SuccessionRow._fields)


def load_units(using: str) -> None:
    """Load or refresh every unit, every succession and the crosswalks between their maps.

    A unit that the package no longer knows stays: records may hang on it.
    """
    everything = source.read()
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        changed = _merge(cursor, "places_unit", columns=UNIT, rows=everything.units, key="key")
        changed += _merge(
            cursor,
            "places_succession",
            columns=SUCCESSION,
            rows=everything.successions,
            key="predecessor_id, successor_id",
        )
        cursor.execute(
            "DELETE FROM places_succession s WHERE NOT EXISTS (SELECT 1 FROM loading_places_succession"
            " l WHERE (l.predecessor_id, l.successor_id) = (s.predecessor_id, s.successor_id))"
        )
        changed += cursor.rowcount
        if changed:
            _draw_maps(cursor)
    queries.forget()


def _merge(
    cursor: CursorWrapper, table: str, *, columns: str, rows: Iterable[Sequence[object]], key: str
) -> int:
    """Bring a table in step with the rows; return how many of its rows are new or changed."""
    changes = ", ".join(f"{column} = excluded.{column}" for column in columns.split(", "))
    old = ", ".join(f"{table}.{column}" for column in columns.split(", "))
    new = ", ".join(f"excluded.{column}" for column in columns.split(", "))
    # Table and columns are our own constants, never a person's input.
    cursor.execute(f"DROP TABLE IF EXISTS loading_{table}")
    cursor.execute(
        f"CREATE TEMP TABLE loading_{table} ON COMMIT DROP AS SELECT {columns} FROM {table} LIMIT 0"  # noqa: S608
    )
    with cursor.copy(f"COPY loading_{table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM loading_{table}"  # noqa: S608
        f" ON CONFLICT ({key}) DO UPDATE SET {changes} WHERE ({old}) IS DISTINCT FROM ({new})"
    )
    return int(cursor.rowcount)


def _draw_maps(cursor: CursorWrapper) -> None:
    """Draw the map of every edition: the one before the first reform, and one since each."""
    cursor.execute("ANALYZE places_unit, places_succession")
    cursor.execute("SELECT DISTINCT on_day FROM places_succession ORDER BY 1")
    days = [row[0] for row in cursor.fetchall()]
    for edition, day in enumerate([days[0] - timedelta(days=1), *days]):
        cursor.execute("SELECT diemtua.draw_map(%s::smallint, %s)", [edition, day])
    cursor.execute("ANALYZE places_crosswalk")
