"""Questions to facts: how many, never which."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from diemtua.foundation.facts.buckets import require_boundary

BY_UNIT = "unit_key"
BY_BUCKET = "bucket"


@dataclass(frozen=True, slots=True)
class Count:
    """How many facts share a commune, a half-month and codes (each only when grouped by)."""

    unit_key: str
    bucket: date | None
    codes: Mapping[str, str | None]
    n: int


def counts(
    *,
    kind: str,
    since: date,
    until: date,
    by: Sequence[str] = (),
    where: Mapping[str, str | bool] | None = None,
    unit_keys: Sequence[str] | None = None,
) -> list[Count]:
    """Count facts from ``since`` up to, not including, ``until``; both begin a half-month.

    ``by`` groups by ``unit_key``, ``bucket`` and attributes of the kind. ``where`` counts only
    facts with these codes. ``unit_keys`` counts only these communes.

    Raises:
        ValueError: a boundary begins no half-month.
        django.db.ProgrammingError: the asker may not see figures.
    """
    names = [name for name in by if name not in {BY_UNIT, BY_BUCKET}]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit_key, bucket, codes, n FROM diemtua.facts_counts(%s, %s, %s, %s, %s, %s)",
            [
                kind,
                require_boundary(since),
                require_boundary(until),
                list(by),
                json.dumps(dict(where or {})),
                None if unit_keys is None else list(unit_keys),
            ],
        )
        return [
            Count(unit or "", bucket, dict(zip(names, codes or (), strict=True)), n)
            for unit, bucket, codes, n in cursor
        ]
