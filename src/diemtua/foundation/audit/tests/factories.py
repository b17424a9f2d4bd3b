"""Askers, entries and an owner's hand for the tests of the trail."""

from contextlib import contextmanager
from uuid import uuid4

from django.db import connection

from diemtua.foundation.audit import services, verify
from diemtua.foundation.database.asker import Asker, Kind, asking, job_asker
from diemtua.foundation.database.testing import as_owner

SUBJECT = "casework.Case"


def member(role="CASE_WORKER", **fields):
    ids = {name: uuid4() for name in ("user_id", "membership_id", "organisation_id")}
    return Asker(kind=Kind.MEMBER, role=role, **{**ids, **fields})


WATCHER = member("AUDITOR")


def write(asker=None, *, action="tests.done", subject=None, **details):
    """Write one entry, as a transaction of the asker does."""
    asker = asker or member()
    with asking(asker):
        services.write(asker=asker, action=action, subject=subject, **details)
    return asker


def many(count=12):
    for number in range(count):
        write(subject=(SUBJECT, uuid4()), number=number)


def bind():
    with asking(job_asker("audit.verify")):
        return services.checkpoint()


def verified(**options):
    with asking(WATCHER):
        return verify.verify(**options)


def as_owner_ask(sql, *parameters):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def tampering():
    """Act as someone with the owner's rights who switched the guards off."""
    with as_owner(), connection.cursor() as cursor:
        for table in ("audit_entry", "audit_checkpoint"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in ("audit_entry", "audit_checkpoint"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def lane_with(count):
    """Return a lane that holds at least so many entries (in one test all go to one lane)."""
    ((lane, length),) = as_owner_ask("SELECT lane, seq FROM audit_lane ORDER BY seq DESC LIMIT 1")
    assert length >= count
    return lane
