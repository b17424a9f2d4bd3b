"""Keys: what the vault asks of a key ring, and a ring that holds its keys itself."""

import base64
import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, Self
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from diemtua.foundation.vault import sealing
from diemtua.foundation.vault.errors import EpochInUse, EpochUnknown, KeyMissing


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A data key under a key-encryption key: which one, and the ciphertext."""

    kek_id: str
    epoch: int
    blob: bytes = field(repr=False)


class State(StrEnum):
    """What an epoch's key is for."""

    ACTIVE = "active"
    RETIRING = "retiring"
    DESTROYED = "destroyed"


@dataclass(frozen=True, slots=True)
class Epoch:
    """One key-encryption key and its time. ``key`` is None once destroyed, or when a service has it."""

    number: int
    kek_id: str
    created_at: datetime
    key: bytes | None = field(default=None, repr=False)
    destroyed_at: datetime | None = None

    @classmethod
    def fresh(cls, number: int, at: datetime) -> Self:
        """Return an epoch with a new key; its id is a fingerprint of the key."""
        key = sealing.new_key()
        return cls(number, hashlib.sha256(b"diemtua kek " + key).hexdigest()[:16], at, key)


class Keys(Protocol):
    """What the vault asks of keys; a key-management service answers without giving any away."""

    def wrap(self, key: bytes, *, of: UUID) -> Wrapped:
        """Wrap a data key under the current epoch, bound to its row and epoch."""

    def unwrap(self, wrapped: Wrapped, *, of: UUID) -> bytes:
        """Return a data key; raise ``KeyMissing`` or ``Tampered``."""

    def blind_key(self, kind: str) -> bytes:
        """Return the key of one kind of blind index."""

    @property
    def epochs(self) -> tuple[Epoch, ...]:
        """Every epoch that there ever was, the current one last."""

    @property
    def epoch(self) -> int:
        """The number of the current epoch."""


class Keeper(Protocol):
    """Whoever keeps the keys: a file by default, a key-management service elsewhere."""

    def load(self) -> Keys:
        """Return the keys as they stand now; raise ``RingMissing`` when there are none."""

    def make(self) -> None:
        """Make the keys of a new installation, unless somebody else has just done so."""

    def begin_epoch(self, at: datetime) -> Keys:
        """Add a fresh key-encryption key that wraps from now on."""

    def destroy_epoch(self, number: int, at: datetime) -> None:
        """Destroy the key-encryption key of an epoch for good."""


@dataclass(frozen=True, slots=True)
class Ring:
    """All keys of an installation at one moment, epochs in order of their numbers."""

    epochs: tuple[Epoch, ...]
    blind: bytes = field(repr=False)
    recovery_public: bytes | None = None

    @classmethod
    def fresh(cls, at: datetime) -> Self:
        """Return the ring of a new installation."""
        return cls(epochs=(Epoch.fresh(1, at),), blind=sealing.new_key())

    @property
    def current(self) -> Epoch:
        """The epoch that wraps new data keys."""
        return self.epochs[-1]

    @property
    def epoch(self) -> int:
        """The number of the current epoch."""
        return self.current.number

    def wrap(self, key: bytes, *, of: UUID) -> Wrapped:
        """Wrap a data key under the current epoch, bound to its row and epoch."""
        kek = self.current
        blob = sealing.encrypt(self._key(kek.kek_id), key, bound_to=_place(of, kek.number))
        return Wrapped(kek.kek_id, kek.number, blob)

    def unwrap(self, wrapped: Wrapped, *, of: UUID) -> bytes:
        """Return a data key.

        Raises:
            KeyMissing: the ring has no such key, or it was destroyed.
            Tampered: the wrapped key was altered or belongs to another row or epoch.
        """
        place = _place(of, wrapped.epoch)
        return sealing.decrypt(self._key(wrapped.kek_id), wrapped.blob, bound_to=place)

    def blind_key(self, kind: str) -> bytes:
        """Return the key of one kind of blind index, derived with HKDF."""
        info = f"diemtua blind index {kind}".encode()
        return HKDFExpand(algorithm=hashes.SHA256(), length=32, info=info).derive(self.blind)

    def _key(self, kek_id: str) -> bytes:
        for epoch in self.epochs:
            if epoch.kek_id == kek_id and epoch.key is not None:
                return epoch.key
        raise KeyMissing

    def with_new_epoch(self, at: datetime) -> Self:
        """Return the ring with a fresh key that wraps from now on."""
        return replace(self, epochs=(*self.epochs, Epoch.fresh(self.epoch + 1, at)))

    def without_key_of(self, number: int, at: datetime) -> Self:
        """Return the ring with the key of an epoch destroyed; the epoch is remembered.

        Raises:
            EpochUnknown: there never was one.
            EpochInUse: it is the current one.
        """
        gone = find(self, number)
        if gone == self.current:
            raise EpochInUse(epoch=number, count=0)
        if gone.destroyed_at:
            return self
        kept = replace(gone, key=None, destroyed_at=at)
        return replace(self, epochs=tuple(kept if e == gone else e for e in self.epochs))

    def to_json(self) -> str:
        """Return the ring as text, keys and all."""
        epochs = [
            {
                "id": e.kek_id,
                "epoch": e.number,
                "created_at": e.created_at.isoformat(),
                "state": state(self, e),
                "destroyed_at": e.destroyed_at.isoformat() if e.destroyed_at else None,
                "key": _text(e.key),
            }
            for e in self.epochs
        ]
        ring = {
            "epochs": epochs,
            "blind": _text(self.blind),
            "recovery_public": _text(self.recovery_public),
        }
        return json.dumps(ring, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the ring that ``to_json`` wrote."""
        data: dict[str, Any] = json.loads(text)
        return cls(
            epochs=tuple(
                Epoch(
                    number=e["epoch"],
                    kek_id=e["id"],
                    created_at=datetime.fromisoformat(e["created_at"]),
                    key=_raw(e["key"]),
                    destroyed_at=datetime.fromisoformat(e["destroyed_at"])
                    if e["destroyed_at"]
                    else None,
                )
                for e in data["epochs"]
            ),
            blind=base64.b64decode(data["blind"]),
            recovery_public=_raw(data["recovery_public"]),
        )


def state(keys: Keys, epoch: Epoch) -> State:
    """Return what an epoch's key is for."""
    if epoch.destroyed_at:
        return State.DESTROYED
    return State.ACTIVE if epoch == keys.epochs[-1] else State.RETIRING


def find(keys: Keys, number: int) -> Epoch:
    """Return an epoch by its number.

    Raises:
        EpochUnknown: there never was one.
    """
    for epoch in keys.epochs:
        if epoch.number == number:
            return epoch
    raise EpochUnknown(epoch=number)


def _place(data_key_id: UUID, epoch: int) -> bytes:
    return sealing.associated("vault_data_key", str(data_key_id), str(epoch))


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else base64.b64encode(raw).decode()


def _raw(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)
