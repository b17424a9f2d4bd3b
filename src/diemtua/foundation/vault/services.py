"""Sealing, opening and erasing."""

from types import SimpleNamespace
from typing import Any

from django.db import connection, models

from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.vault import keyring, sealing
from diemtua.foundation.vault.errors import Erased
from diemtua.foundation.vault.fields import Sealed, SealedField
from diemtua.foundation.vault.models import DataKey, VaultRecord


def wrap(key: bytes, *, data_key_id: Any, epoch: int, ring: keyring.Ring) -> bytes:
    """Return a data key wrapped by the epoch's key, bound to its row and epoch."""
    place = sealing.associated("vault_data_key", str(data_key_id), str(epoch))
    return sealing.encrypt(ring.key(epoch), key, bound_to=place)


def unwrap(data_key: DataKey) -> bytes:
    """Return the data key itself.

    Raises:
        Erased: it was destroyed.
        KeyMissing: the ring has no key of its epoch.
        Tampered: the wrapped key was altered or belongs to another row.
    """
    if data_key.wrapped is None:
        raise Erased
    place = sealing.associated("vault_data_key", str(data_key.pk), str(data_key.epoch))
    key = keyring.ring().key(data_key.epoch)
    return sealing.decrypt(key, bytes(data_key.wrapped), bound_to=place)


def new_data_key() -> tuple[DataKey, bytes]:
    """Return a fresh data key, saved wrapped, and the key itself."""
    ring = keyring.ring()
    row = DataKey(epoch=ring.current.number)
    key = keyring.randomness.token_bytes(sealing.KEY)
    row.wrapped = wrap(key, data_key_id=row.pk, epoch=row.epoch, ring=ring)
    row.save(force_insert=True)
    return row, key


def place_of(record: VaultRecord, field: str) -> bytes:
    """Return what a sealed value is bound to: table, column, row and data key."""
    column = record._meta.get_field(field).column
    return sealing.associated(
        record._meta.db_table, str(column), str(record.pk), str(record.data_key_id)
    )


def seal(record: VaultRecord, **values: Any) -> None:
    """Seal JSON-able values into the record's sealed fields; the record is not saved.

    Makes the record's data key when it has none. None empties a field.

    Raises:
        TypeError: a name is not a sealed field of this record.
        Erased: the record's key was destroyed; nothing can be added to it.
    """
    if record.data_key_id is None:
        record.data_key, key = new_data_key()
    else:
        key = unwrap(record.data_key)
    for name, value in values.items():
        _require_sealed(record, name)
        ciphertext = (
            None
            if value is None
            else Sealed(sealing.encrypt(key, sealing.pack(value), bound_to=place_of(record, name)))
        )
        setattr(record, name, ciphertext)


def unseal(record: VaultRecord, *fields: str, asker: Asker | None, why: str) -> SimpleNamespace:
    """Write who reads what and why into the audit trail, then return the values by field name.

    ``why`` is the dotted action, e.g. ``casework.case.read``. An empty field gives None.

    Raises:
        Tampered, Erased, KeyMissing, UnknownVersion: see ``vault.errors``.
    """
    for name in fields:
        _require_sealed(record, name)
    audit.write(asker=asker, action=why, subject=record, fields=",".join(fields)[:64])
    key = unwrap(record.data_key)
    return SimpleNamespace(**{name: _open(record, name, key) for name in fields})


def _open(record: VaultRecord, name: str, key: bytes) -> Any:
    sealed = getattr(record, name)
    if sealed is None:
        return None
    return sealing.unpack(sealing.decrypt(key, sealed.ciphertext, bound_to=place_of(record, name)))


def _require_sealed(record: models.Model, name: str) -> None:
    if not isinstance(record._meta.get_field(name), SealedField):
        raise TypeError(f"{record._meta.label}.{name} is not a sealed field.")


def erase(record: VaultRecord, *, asker: Asker, why: str) -> bool:
    """Destroy the record's data key: all it sealed is gone; return whether it was there until now.

    The caller has decided that the asker may. Blind tokens of the record are the caller's to delete.
    """
    audit.write(asker=asker, action=why, subject=record)
    with connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.vault_erase(%s)", [record.data_key_id])
        was_there = bool(cursor.fetchone()[0])
    record.data_key.refresh_from_db()
    return was_there
