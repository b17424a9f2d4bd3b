"""New key-encryption keys, while the house stays open, and the end of old ones.

Rotation adds an epoch to the ring, then wraps every data key again, batch by batch, as the database's
owner. Running processes read the ring again when it changes, and hold both keys meanwhile. Stopped in
the middle, it goes on where it was. Destroying an old epoch once backups from its time have reached
their age makes older backups unreadable, and with them all that was erased since.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import asking, job_asker
from diemtua.foundation.text import short_date
from diemtua.foundation.vault import keyring, keys
from diemtua.foundation.vault.errors import EpochInUse, EpochTooYoung
from diemtua.foundation.vault.keys import Keys, Wrapped

OWNER = "owner"
BATCH = 1000
BACKUP_DAYS = 90  # how long backups are kept, unless the setting DIEMTUA_BACKUP_DAYS says otherwise
PATIENCE = "5s"  # nobody who seals waits longer than this for a key to be destroyed
JOB = "vault.keys"


@dataclass(frozen=True, slots=True)
class EpochUse:
    """One epoch, what its key is for, and how many live data keys it wraps."""

    number: int
    state: keys.State
    created_at: datetime
    destroyed_at: datetime | None
    data_keys: int


def begin(*, at: datetime) -> int:
    """Add a fresh key that wraps from now on; return its epoch. ``rewrap`` must follow."""
    keyring.ring()  # a new installation's ring is made first
    epoch = keyring.keeper().begin_epoch(at).epoch
    _note("vault.epoch.begun", epoch=epoch)
    return epoch


def rewrap(*, using: str = OWNER, batch: int = BATCH) -> Iterator[int]:
    """Wrap what older epochs wrapped under the current one; yield after each batch how many it had.

    Each batch is a transaction of its own; when interrupted, call again.

    Raises:
        KeyMissing, Tampered: a data key cannot be unwrapped; the batches before it are done.
    """
    while done := _rewrap_batch(keyring.ring(), using=using, batch=batch):
        yield done


def pending(*, using: str = OWNER) -> int:
    """Return how many data keys wait to be wrapped under the current epoch."""
    current = keyring.ring().epoch
    return sum(count for (_, epoch), count in _counts(using).items() if epoch < current)


def rotate(
    *, at: datetime, using: str = OWNER, progress: Callable[[int], object] | None = None
) -> int:
    """Begin an epoch and wrap everything under it; return how many data keys were wrapped.

    An interrupted rotation is finished instead of a new one begun. ``progress`` is told how many
    are done so far, after each batch.
    """
    if not pending(using=using):
        begin(at=at)
    done = 0
    for count in rewrap(using=using):
        done += count
        if progress is not None:
            progress(done)
    return done


def destroy_epoch(number: int, *, at: datetime, early: bool = False, using: str = OWNER) -> None:
    """Destroy the key of an old epoch for good; twice does no harm.

    Backups made before the epoch ended cannot be read any more. ``early`` does it before their time
    is over: for a key that got into strange hands.

    Raises:
        EpochUnknown: there never was such an epoch.
        EpochInUse: it is the current one, or still wraps a live data key.
        EpochTooYoung: backups that must be readable are under this key.
    """
    ring = keyring.ring()
    epoch = keys.find(ring, number)
    if epoch == ring.epochs[-1]:
        raise EpochInUse(epoch=number, count=_counts(using).get((epoch.kek_id, number), 0))
    until = readable_until(ring, number)
    if at < until and not early:
        raise EpochTooYoung(epoch=number, until=short_date(until))
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            # Whoever is just sealing finishes first; nobody seals while it is counted.
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            cursor.execute("LOCK TABLE vault_data_key IN SHARE MODE")
        if count := _counts(using).get((epoch.kek_id, number), 0):
            raise EpochInUse(epoch=number, count=count)
        keyring.keeper().destroy_epoch(number, at)
    _note("vault.epoch.destroyed", epoch=number, early=early)


def readable_until(ring: Keys, number: int) -> datetime:
    """Return until when backups under an epoch that has ended must be readable."""
    ended = keys.find(ring, number + 1).created_at
    return ended + timedelta(days=getattr(settings, "DIEMTUA_BACKUP_DAYS", BACKUP_DAYS))


def epochs(*, using: str = OWNER) -> list[EpochUse]:
    """Return every epoch and how much it is used."""
    ring = keyring.ring()
    counts = _counts(using)
    return [
        EpochUse(
            number=epoch.number,
            state=keys.state(ring, epoch),
            created_at=epoch.created_at,
            destroyed_at=epoch.destroyed_at,
            data_keys=counts.get((epoch.kek_id, epoch.number), 0),
        )
        for epoch in ring.epochs
    ]


def locked_out(*, using: str = OWNER) -> int:
    """Return how many live data keys no key of the ring opens: more than 0 is an emergency."""
    there = {
        (epoch.kek_id, epoch.number) for epoch in keyring.ring().epochs if not epoch.destroyed_at
    }
    return sum(count for kek, count in _counts(using).items() if kek not in there)


def _rewrap_batch(ring: Keys, *, using: str, batch: int) -> int:
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT id, kek_id, epoch, wrapped FROM vault_data_key"
            " WHERE wrapped IS NOT NULL AND epoch < %s ORDER BY epoch, id LIMIT %s FOR NO KEY UPDATE",
            [ring.epoch, batch],
        )
        fresh: list[tuple[UUID, Wrapped]] = []
        for pk, kek_id, epoch, blob in cursor.fetchall():
            key = ring.unwrap(Wrapped(kek_id, epoch, bytes(blob)), of=pk)
            fresh.append((pk, ring.wrap(key, of=pk)))
        if fresh:
            cursor.execute(
                "UPDATE vault_data_key AS k SET kek_id = f.kek_id, epoch = f.epoch, wrapped = f.wrapped"
                " FROM unnest(%s::uuid[], %s::text[], %s::int[], %s::bytea[])"
                " AS f(id, kek_id, epoch, wrapped) WHERE k.id = f.id",
                _columns(fresh),
            )
    return len(fresh)


def _columns(fresh: list[tuple[UUID, Wrapped]]) -> list[list[object]]:
    return [
        [pk for pk, _ in fresh],
        [wrapped.kek_id for _, wrapped in fresh],
        [wrapped.epoch for _, wrapped in fresh],
        [wrapped.blob for _, wrapped in fresh],
    ]


def _counts(using: str) -> dict[tuple[str, int], int]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT kek_id, epoch, count(*) FROM vault_data_key"
            " WHERE wrapped IS NOT NULL GROUP BY kek_id, epoch"
        )
        return {(kek_id, epoch): count for kek_id, epoch, count in cursor.fetchall()}


def _note(action: str, *, epoch: int, early: bool = False) -> None:
    asker = job_asker(JOB)
    with asking(asker):
        audit.write(asker=asker, action=action, epoch=epoch, early=early)
