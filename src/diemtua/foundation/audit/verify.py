"""Verifying the chain: recomputed from the rows, independently of the database's own functions."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connections, transaction

from diemtua.foundation.audit.models import LANES

BATCH = 20_000
COLUMNS = (
    "lane, seq, (extract(epoch FROM at) * 1000000)::bigint, kind, role, user_id::text,"
    " membership_id::text, organisation_id::text, job, action, subject_label, subject_id, why,"
    " screen, request_id, details::text, prev_hash, hash"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the chain first breaks, and how."""

    lane: int
    seq: int
    what: str  # CHANGED | REMOVED | REORDERED | CUT | CHECKPOINT


@dataclass(slots=True)
class Report:
    """What a verification found."""

    entries: int = 0
    checkpoints: int = 0
    fault: Fault | None = None
    heads: dict[int, tuple[int, bytes]] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether the chain is unbroken."""
        return self.fault is None


def first_hash(lane: int) -> bytes:
    """Return the hash that stands before a lane's first entry."""
    return hashlib.sha256(f"diemtua audit lane {lane}".encode()).digest()


def _prefixed(value: str | int | None) -> bytes:
    if value is None:
        return b"-"
    raw = str(value).encode()
    return str(len(raw)).encode() + b":" + raw


def entry_hash(row: tuple[Any, ...]) -> bytes:
    """Return what an entry's hash must be; ``row`` is in the order of ``COLUMNS``."""
    return hashlib.sha256(
        bytes(row[16]) + b"".join(_prefixed(value) for value in row[:16])
    ).digest()


def verify(
    *,
    using: str = "default",
    printed: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Recompute the whole chain and return what was found; the first fault ends the search.

    ``printed`` is a checkpoint's printed form, kept on paper: it must still be in the chain. The
    connection's asker must be one who may read the trail (or the database's owner).
    """
    report = Report()
    with transaction.atomic(using=using):
        for lane, rows in _lanes(using):
            _walk_lane(report, lane, rows, progress=progress)
            if report.fault:
                return report
        _check_heads(report, using)
        if not report.fault:
            _check_checkpoints(report, using, printed)
    return report


def _lanes(using: str) -> Iterator[tuple[int, Iterator[tuple[Any, ...]]]]:
    for lane in range(LANES):
        yield lane, _rows(using, lane)


def _rows(using: str, lane: int) -> Iterator[tuple[Any, ...]]:
    connection = connections[using]
    connection.ensure_connection()
    with connection.connection.cursor(name=f"audit_verify_{lane}") as cursor:
        cursor.itersize = BATCH
        cursor.execute(f"SELECT {COLUMNS} FROM audit_entry WHERE lane = %s ORDER BY seq", [lane])  # noqa: S608 - our own column list
        yield from cursor


def _walk_lane(
    report: Report,
    lane: int,
    rows: Iterator[tuple[Any, ...]],
    *,
    progress: Callable[[int], None] | None,
) -> None:
    expected_seq, before = 1, first_hash(lane)
    for row in rows:
        seq, prev_hash, own = row[1], bytes(row[16]), bytes(row[17])
        if seq != expected_seq:
            report.fault = Fault(lane, expected_seq, "REMOVED")
            return
        if entry_hash(row) != own:
            report.fault = Fault(lane, seq, "CHANGED")
            return
        if prev_hash != before:
            report.fault = Fault(lane, seq, "REORDERED")
            return
        expected_seq, before = seq + 1, own
        report.entries += 1
        if progress and report.entries % BATCH == 0:
            progress(report.entries)
    if expected_seq > 1:
        report.heads[lane] = (expected_seq - 1, before)


def _check_heads(report: Report, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT lane, seq, hash FROM audit_lane ORDER BY lane")
        for lane, seq, own in cursor.fetchall():
            reached, last = report.heads.get(lane, (0, first_hash(lane)))
            if (seq, bytes(own)) != (reached, last):
                report.fault = Fault(lane, reached + 1, "CUT")
                return


def _check_checkpoints(report: Report, using: str, printed: str | None) -> None:
    before = hashlib.sha256(b"diemtua audit checkpoints").digest()
    wanted = _read_printed(printed)
    seen = wanted is None
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT id, at, heads, prev_hash, hash FROM audit_checkpoint ORDER BY id")
        for identifier, at, heads, prev_hash, own in cursor.fetchall():
            bound = _as_heads(heads)
            if bytes(prev_hash) != before or checkpoint_hash(before, at, bound) != bytes(own):
                report.fault = Fault(-1, identifier, "CHECKPOINT")
                return
            if (fault := _beyond_chain(using, bound)) is not None:
                report.fault = fault
                return
            before = bytes(own)
            report.checkpoints += 1
            seen = seen or wanted == (identifier, before.hex())
    if not seen and wanted is not None:
        report.fault = Fault(-1, wanted[0], "CHECKPOINT")


def _as_heads(heads: Any) -> dict[int, tuple[int, str]]:

    loaded = json.loads(heads) if isinstance(heads, str) else heads
    return {int(lane): (seq, digest) for lane, (seq, digest) in loaded.items()}


def checkpoint_hash(before: bytes, at: datetime, heads: dict[int, tuple[int, str]]) -> bytes:
    """Return what a checkpoint's hash must be."""
    micro = int(at.timestamp()) * 1_000_000 + at.microsecond
    body = ";".join(f"{lane},{seq},{digest}" for lane, (seq, digest) in sorted(heads.items()))
    return hashlib.sha256(before + f"{micro}|{body}".encode()).digest()


def _beyond_chain(using: str, heads: dict[int, tuple[int, str]]) -> Fault | None:
    with connections[using].cursor() as cursor:
        for lane, (seq, digest) in sorted(heads.items()):
            cursor.execute(
                "SELECT encode(hash, 'hex') FROM audit_entry WHERE lane = %s AND seq = %s",
                [lane, seq],
            )
            row = cursor.fetchone()
            if row is None or row[0] != digest:
                return Fault(lane, seq, "CUT" if row is None else "CHANGED")
    return None


def _read_printed(printed: str | None) -> tuple[int, str] | None:
    if not printed:
        return None
    number, _dash, digits = printed.partition("-")
    return int(number), "".join(digits.split()).lower()
