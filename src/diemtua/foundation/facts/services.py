"""Verbs of facts: record one, amend one by its secret id, load the kinds."""

import json
import tomllib
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import connection

from diemtua.foundation.facts.buckets import half_month
from diemtua.foundation.facts.models import Kind

REFERENCE = Path(__file__).resolve().parent / "reference" / "kinds.toml"

Value = str | bool | date


def record(*, kind: str, unit_key: str, on: date, **attributes: Value) -> UUID:
    """Write a fact in the current transaction and return its random id.

    The day is kept as its half-month. Whoever must amend the fact later keeps the id sealed in
    the vault: it is the only way from a record to its fact.

    Raises:
        django.db.DataError: an attribute or a code is not on the kind's list.
        django.db.ProgrammingError: the asker may not record facts.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT diemtua.facts_record(%s, %s, %s, %s)",
            [kind, unit_key, half_month(on), _coded(attributes)],
        )
        fact_id: UUID = cursor.fetchone()[0]
    return fact_id


def amend(*, fact_id: UUID, **attributes: Value) -> None:
    """Change what may change later; saying the same again changes nothing.

    Raises:
        django.db.DataError: there is no such fact, or the attribute may not change or not be so.
        django.db.ProgrammingError: the asker may not amend facts.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.facts_amend(%s, %s)", [fact_id, _coded(attributes)])


def load_kinds(using: str) -> None:
    """Load or refresh the kinds of facts and their codes from the reference file."""
    with REFERENCE.open("rb") as file:
        told = tomllib.load(file)
    for code, kind in told.items():
        Kind.objects.using(using).update_or_create(
            code=code,
            defaults={"attributes": kind["attributes"], "amendable": kind.get("amendable", [])},
        )


def _coded(attributes: dict[str, Value]) -> str:
    return json.dumps(
        {
            name: half_month(value).isoformat() if isinstance(value, date) else value
            for name, value in attributes.items()
        }
    )
