"""Who is asking: told to PostgreSQL at the start of each transaction, sealed so it cannot be forged.

Row-level security trusts what ``asking`` writes into the setting ``diemtua.asker``. The text is
sealed with HMAC-SHA256 under a key that the application's role cannot read in the database, and
bound to the connection and the transaction it is used in. SQL that slips into a query can therefore
name no other asker, also with a text it saw go by: ``diemtua.asker_*()`` answer NULL for it.
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import connections, transaction
from django.db.transaction import TransactionManagementError
from psycopg.pq import TransactionStatus

from diemtua.foundation.database import secrets

SETTING = "diemtua.asker"


class RefusalSwallowed(TransactionManagementError):
    """PostgreSQL refused a statement, and whoever sent it went on: nothing of it can be saved."""

    def __init__(self) -> None:
        super().__init__(
            "A database error was caught inside asking() without a savepoint of its own "
            "(transaction.atomic): nothing of the block is saved. Look for the first error."
        )


class Kind(StrEnum):
    """What kind of asker stands behind a transaction."""

    MEMBER = "member"
    JOB = "job"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Asker:
    """Someone, or a named job, on whose behalf the database is asked.

    ``role`` is a code of ``accounts.Role`` for members. ``unit`` is the key of the administrative
    unit that bounds what a member may see, empty for the whole city. ``screen`` says from which
    screen the question comes and goes into the audit trail, never into a decision.
    """

    kind: Kind
    role: str = ""
    user_id: UUID | None = None
    membership_id: UUID | None = None
    organisation_id: UUID | None = None
    unit: str = ""
    job: str = ""
    screen: str = ""
    request_id: str = ""

    @property
    def is_member(self) -> bool:
        """Whether a signed-in person asks."""
        return self.kind is Kind.MEMBER

    def has_role(self, *roles: str) -> bool:
        """Return whether the asker is a member acting in one of these roles."""
        return self.is_member and self.role in roles

    @property
    def member(self) -> UUID:
        """The signed-in person's id, for records that say who.

        Raises:
            ValueError: a job or the public asks.
        """
        if self.user_id is None:
            raise ValueError("Only a member is somebody: this asker has no user.")
        return self.user_id

    @property
    def home(self) -> UUID:
        """The id of the organisation the member acts for.

        Raises:
            ValueError: a job or the public asks.
        """
        if self.organisation_id is None:
            raise ValueError("Only a member acts for an organisation.")
        return self.organisation_id


PUBLIC = Asker(kind=Kind.PUBLIC)

_current: ContextVar[Asker | None] = ContextVar("diemtua_asker", default=None)


def job_asker(name: str) -> Asker:
    """Return the asker for a background job, e.g. ``live.prune``."""
    return Asker(kind=Kind.JOB, job=name, screen=f"job:{name}")


def current() -> Asker | None:
    """Return the asker of the transaction under way, or None outside of one."""
    return _current.get()


def sealed(asker: Asker, *, backend_pid: int, began: int) -> str:
    """Return the text that tells PostgreSQL who asks on this connection, in this transaction.

    Order of the fields: kind, role, user, membership, organisation, unit, job, backend, beginning of
    the transaction, seal; the same order as in ``0001_asker.sql``.
    """
    fields = [
        asker.kind.value,
        asker.role,
        str(asker.user_id or ""),
        str(asker.membership_id or ""),
        str(asker.organisation_id or ""),
        asker.unit,
        asker.job,
        str(backend_pid),
        str(began),
    ]
    if any("|" in field for field in fields):
        raise ValueError("An asker's field may not contain the separator '|'.")
    text = "|".join(fields)
    seal = hmac.new(secrets.asker_key(), text.encode(), hashlib.sha256).hexdigest()
    return f"{text}|{seal}"


@contextmanager
def asking(asker: Asker, *, using: str = "default") -> Iterator[Asker]:
    """Run the block in one transaction in which PostgreSQL knows who is asking.

    Inside another ``asking`` the earlier asker is restored at the end of the block.

    Raises:
        RefusalSwallowed: PostgreSQL refused something in the block, and the block went on.
    """
    with transaction.atomic(using=using):
        before = _tell(asker, using)
        token = _current.set(asker)
        try:
            yield asker
        finally:
            _current.reset(token)
        _restore(before, using)


def _tell(asker: Asker, using: str) -> str:
    connection = connections[using]
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true), diemtua.began()", [SETTING])
        before, began = cursor.fetchone()
        text = sealed(asker, backend_pid=pid, began=began)
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, text])
    return before or ""


def _restore(before: str, using: str) -> None:
    connection = connections[using]
    if connection.connection.info.transaction_status is TransactionStatus.INERROR:
        raise RefusalSwallowed from getattr(connection, "rollback_exc", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, before])
