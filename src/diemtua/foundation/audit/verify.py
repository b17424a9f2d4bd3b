"""Verifying the chain: recomputed from the rows, independently of the database's own functions."""

import hashlib
import json
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import connections, transaction

from diemtua.foundation.audit.models import LANES

BATCH = 20_000
COLUMNS = (
    "lane, seq, (extract(epoch FROM at) * 1000000)::bigint, kind, role, user_id::text,"
    " membership_id::text, organisation_id::text, job, action, subject_label, subject_id, why,"
    " screen, request_id, details::text, prev_hash, hash"
)
Head = tuple[int, bytes]
Place = tuple[int, int, str]  # lane, sequence, hash in hex: what a checkpoint says of one lane


class NotACheckpoint(ValueError):
    """What was given as a printed checkpoint is not the form that `printed` makes."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the chain first breaks, and how; ``lane`` is -1 for the chain of checkpoints.

    CHANGED: an entry is not what was written. REMOVED: one is missing. REORDERED: one stands in
    another's place. CUT: the end of a lane is missing. CHECKPOINT: a checkpoint does not fit.
    """

    lane: int
    seq: int
    what: str


@dataclass(slots=True)
class Report:
    """What a verification found."""

    entries: int = 0
    checkpoints: int = 0
    fault: Fault | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the chain is unbroken."""
        return self.fault is None


def first_hash(lane: int) -> bytes:
    """Return the hash that stands before a lane's first entry."""
    return hashlib.sha256(f"diemtua audit lane {lane}".encode()).digest()


def entry_hash(row: tuple[Any, ...]) -> bytes:
    """Return what an entry's hash must be; ``row`` is in the order of ``COLUMNS``."""
    parts = [row[16]]
    for value in row[:16]:
        if value is None:
            parts.append(b"-")
        else:
            raw = str(value).encode()
            parts.append(b"%d:%b" % (len(raw), raw))
    return hashlib.sha256(b"".join(parts)).digest()


def verify(
    *,
    using: str = "default",
    printed: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Recompute the whole chain and return what was found; the first fault ends the search.

    ``printed`` is a checkpoint's printed form, kept on paper: it must still be in the chain. The
    connection's asker must be one who may read the trail (or the database's owner). Others may
    write meanwhile: a lane must reach the head it had at the beginning, and may have grown.

    Raises:
        NotACheckpoint: ``printed`` cannot be read.
    """
    wanted = read_printed(printed) if printed else None
    report = Report()
    with transaction.atomic(using=using):
        heads = _heads(using)
        for lane in range(LANES):
            with closing(_rows(using, lane)) as rows:
                reached = _walk_lane(
                    report, rows, lane=lane, head=heads.get(lane, (0, b"")), progress=progress
                )
            report.fault = report.fault or _beyond_head(using, lane, reached)
            if report.fault:
                return report
        report.fault = _checkpoint_fault(report, using, wanted)
    return report


def _heads(using: str) -> dict[int, Head]:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT lane, seq, hash FROM audit_lane")
        return {lane: (seq, bytes(own)) for lane, seq, own in cursor.fetchall()}


def _rows(using: str, lane: int) -> Generator[tuple[Any, ...]]:
    connection = connections[using]
    connection.ensure_connection()
    with connection.connection.cursor(name=f"audit_verify_{lane}") as cursor:
        cursor.itersize = BATCH
        cursor.execute(f"SELECT {COLUMNS} FROM audit_entry WHERE lane = %s ORDER BY seq", [lane])  # noqa: S608 - our own column list
        yield from cursor


def _walk_lane(
    report: Report,
    rows: Iterator[tuple[Any, ...]],
    *,
    lane: int,
    head: Head,
    progress: Callable[[int], None] | None,
) -> Head:
    """Walk one lane, note the first fault, and return how far it reaches."""
    seq, before = 0, first_hash(lane)
    for row in rows:
        if (what := _wrong(row, seq + 1, before=before, longest=head[0] + 1)) or (
            what := "CHANGED" if row[1] == head[0] and row[17] != head[1] else ""
        ):
            report.fault = Fault(lane, seq + 1, what)
            return seq, before
        seq, before = row[1], row[17]
        report.entries += 1
        if progress and report.entries % BATCH == 0:
            progress(report.entries)
    if seq < head[0] or not head[1]:
        report.fault = Fault(lane, seq + 1, "CUT")
    return seq, before


def _wrong(row: tuple[Any, ...], seq: int, *, before: bytes, longest: int) -> str:
    """Return what is wrong with an entry that should be number ``seq``, or nothing."""
    if row[1] != seq:
        return "REMOVED"
    if entry_hash(row) == row[17]:
        return "" if row[16] == before else "REORDERED"
    moved = any(entry_hash((row[0], place, *row[2:])) == row[17] for place in range(1, longest + 1))
    return "REORDERED" if moved else "CHANGED"


def _beyond_head(using: str, lane: int, reached: Head) -> Fault | None:
    """Return a fault when entries stand after the head: none but the chain's trigger writes."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM audit_lane WHERE lane = %s", [lane])
        row = cursor.fetchone()
    seq, own = row or (0, b"")
    if seq > reached[0] or (seq, bytes(own)) == reached:
        return None
    return Fault(lane, min(seq + 1, reached[0]), "CHANGED")


def _checkpoint_fault(report: Report, using: str, wanted: tuple[int, str] | None) -> Fault | None:
    """Follow the chain of checkpoints, count them, and return the first that does not fit."""
    before = hashlib.sha256(b"diemtua audit checkpoints").digest()
    bound: dict[int, tuple[int, str]] = {}
    is_found = wanted is None
    for rows in _checkpoints(using):
        places: list[Place] = []
        for identifier, at, entries, heads, prev_hash, own in rows:
            now = {int(lane): (seq, digest) for lane, (seq, digest) in json.loads(heads).items()}
            fits = prev_hash == before and checkpoint_hash(before, at, now) == own
            if not fits or entries != sum(seq for seq, _digest in now.values()):
                return Fault(-1, identifier, "CHECKPOINT")
            places += [(lane, *now[lane]) for lane in now if bound.get(lane) != now[lane]]
            bound, before = now, own
            report.checkpoints += 1
            is_found = is_found or wanted == (identifier, own.hex())
        if fault := _not_in_chain(using, places):
            return fault
    return None if is_found or wanted is None else Fault(-1, wanted[0], "CHECKPOINT")


def _checkpoints(using: str) -> Iterator[tuple[tuple[Any, ...], ...]]:
    with connections[using].connection.cursor(name="audit_verify_checkpoints") as cursor:
        cursor.itersize = 200
        cursor.execute(
            "SELECT id, at, entries, heads::text, prev_hash, hash FROM audit_checkpoint ORDER BY id"
        )
        yield from batched(cursor, 200)


def _not_in_chain(using: str, places: list[Place]) -> Fault | None:
    """Return the first place that a checkpoint bound and where the chain has something else."""
    lanes, seqs, digests = [list(column) for column in zip(*places, strict=True)] or [[], [], []]
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT wanted.lane, wanted.seq, e.hash IS NULL"
            " FROM unnest(%s::int[], %s::bigint[], %s::text[]) WITH ORDINALITY"
            " AS wanted (lane, seq, digest, turn)"
            " LEFT JOIN audit_entry e ON e.lane = wanted.lane AND e.seq = wanted.seq"
            " WHERE e.hash IS NULL OR encode(e.hash, 'hex') <> wanted.digest ORDER BY turn LIMIT 1",
            [lanes, seqs, digests],
        )
        row = cursor.fetchone()
    return Fault(row[0], row[1], "CUT" if row[2] else "CHANGED") if row else None


def checkpoint_hash(before: bytes, at: datetime, heads: dict[int, tuple[int, str]]) -> bytes:
    """Return what a checkpoint's hash must be."""
    micro = int(at.timestamp()) * 1_000_000 + at.microsecond
    body = ";".join(f"{lane},{seq},{digest}" for lane, (seq, digest) in sorted(heads.items()))
    return hashlib.sha256(before + f"{micro}|{body}".encode()).digest()


def read_printed(printed: str) -> tuple[int, str]:
    """Return number and hash of a checkpoint's printed form.

    Raises:
        NotACheckpoint: it is not of that form.
    """
    number, _dash, digits = printed.partition("-")
    digest = "".join(digits.split()).lower()
    if not number.strip().isdecimal() or len(digest) != 64 or set(digest) - set("0123456789abcdef"):  # noqa: PLR2004 - hex of SHA-256
        raise NotACheckpoint("A printed checkpoint is its number, a dash and 64 digits 0-9 a-f.")
    return int(number), digest
