"""Writing the audit trail."""

import json
import re
from uuid import UUID

from django.db import connection, models

from diemtua.foundation.audit.models import Checkpoint, Entry
from diemtua.foundation.database.asker import Asker

CODE = re.compile(r"[A-Za-z0-9_.:,\-]{0,64}")
LIKE_A_TELEPHONE = re.compile(r"(?:[0-9][.:,\-]?){9,}")

Detail = str | int | bool | None


class NotACode(ValueError):
    """A detail of an audit entry is text that someone could have typed, not a code."""


def write(
    *,
    asker: Asker | None,
    action: str,
    subject: models.Model | tuple[str, UUID] | None = None,
    why: str = "",
    **details: Detail,
) -> None:
    """Write one entry in the current transaction.

    Who and when are set by PostgreSQL from the asker it was told, not from what is passed here;
    ``asker`` gives the screen and the request's number.

    Raises:
        NotACode: ``why`` or a detail is not a short code, number or boolean: free text could
            carry a person's data into the trail.
    """
    label, identifier = _name(subject)
    if not action:
        raise NotACode("An audit entry says what was done: its action is empty.")
    entry = Entry(
        lane=0,
        seq=0,
        action=_code(action),
        subject_label=label,
        subject_id=identifier,
        why=_typed_by_nobody(why),
        screen=_code(asker.screen if asker else ""),
        request_id=_code(asker.request_id if asker else ""),
        details={_code(name): _detail(value) for name, value in details.items()},
    )
    _insert(entry)


def _insert(entry: Entry) -> None:
    # Not entry.save(): INSERT … RETURNING would need the right to read what was written.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (lane, seq, at, kind, role, job, action, subject_label,"
            " subject_id, why, screen, request_id, details, prev_hash, hash)"
            " VALUES (0, 0, now(), '', '', '', %s, %s, %s, %s, %s, %s, %s, '', '')",
            [
                entry.action,
                entry.subject_label,
                entry.subject_id,
                entry.why,
                entry.screen,
                entry.request_id,
                json.dumps(entry.details, sort_keys=True),
            ],
        )


def _name(subject: models.Model | tuple[str, UUID] | None) -> tuple[str, str]:
    if subject is None:
        return "", ""
    if isinstance(subject, tuple):
        return _code(subject[0]), _code(str(subject[1]))
    return subject._meta.label, _code(str(subject.pk))


def _code(text: str) -> str:
    if not CODE.fullmatch(text):
        raise NotACode("An audit entry holds codes only: letters, digits and . : , _ - up to 64.")
    return text


def _typed_by_nobody(text: str) -> str:
    if LIKE_A_TELEPHONE.fullmatch(text):
        raise NotACode("An audit entry holds no telephone or identity numbers.")
    return _code(text)


def _detail(value: Detail) -> Detail:
    if value is None or isinstance(value, int):
        return value
    if not isinstance(value, str):
        raise NotACode("A detail of an audit entry is a code, a whole number or a yes or no.")
    return _typed_by_nobody(value)


def checkpoint() -> Checkpoint:
    """Bind all lanes into the chain of checkpoints and return the new one.

    The asker must be one who may read the trail, or the job ``audit.verify``.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.audit_checkpoint()")
        return Checkpoint.objects.get(pk=cursor.fetchone()[0])
