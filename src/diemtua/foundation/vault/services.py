"""Sealing, opening and erasing."""

from types import SimpleNamespace
from typing import Any

import structlog
from django.db import OperationalError, connection
from psycopg.errors import ProgramLimitExceeded

from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.vault import keyring, sealing
from diemtua.foundation.vault.errors import Erased, KeyWithheld, Tampered, TooManyErasures
from diemtua.foundation.vault.fields import Sealed, SealedField
from diemtua.foundation.vault.keys import Wrapped
from diemtua.foundation.vault.models import DataKey, VaultRecord

log = structlog.get_logger()


def seal(record: VaultRecord, **values: Any) -> None:
    """Seal JSON-able values into the record's sealed fields; the record is not saved.

    Makes the record's data key when it has none. None empties a field.

    Raises:
        TypeError: a name is not a sealed field of this record, or a value is not JSON-able.
        Erased: the record's key was destroyed; nothing can be added to it.
    """
    fields = {name: _field(record, name) for name in values}
    key = _give_data_key(record) if _has_no_key(record) else data_key_of(record)
    for name, value in values.items():
        if value is None:
            setattr(record, name, None)
        else:
            place = _place(record, fields[name])
            setattr(record, name, Sealed(sealing.encrypt(key, sealing.pack(value), bound_to=place)))


def unseal(record: VaultRecord, *fields: str, asker: Asker | None, why: str) -> SimpleNamespace:
    """Write who reads what and why into the audit trail, then return the values by field name.

    ``why`` is the dotted action, e.g. ``letters.letter.read``. An empty field gives None. Asking for
    several fields at once makes one entry.

    Raises:
        TypeError: no field is named, or one is not a sealed field of this record.
        Tampered, Erased, KeyMissing, KeyWithheld: see ``vault.errors``.
    """
    if not fields:
        raise TypeError("Name the fields to open.")
    found = {name: _field(record, name) for name in fields}
    audit.write(asker=asker, action=why, subject=record, fields=",".join(fields)[:64])
    key = data_key_of(record)
    return SimpleNamespace(**{name: _open(record, field, key) for name, field in found.items()})


def erase(record: VaultRecord, *, asker: Asker, why: str) -> bool:
    """Destroy the record's data key: all it sealed is gone; return whether it was there until now.

    The caller has decided that the asker may. Blind tokens of the record are the caller's to delete.

    Raises:
        TooManyErasures: the asker erased a hundred records within the hour.
    """
    audit.write(asker=asker, action=why, subject=record)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT diemtua.vault_erase(%s)", [record.data_key_id])
            row = cursor.fetchone()
    except OperationalError as error:
        if isinstance(error.__cause__, ProgramLimitExceeded):
            raise TooManyErasures from error
        raise
    if VaultRecord.data_key.field.is_cached(record):
        VaultRecord.data_key.field.delete_cached_value(record)
    return bool(row and row[0])


def data_key_of(record: VaultRecord) -> bytes:
    """Return the record's data key, unwrapped: for the vault's own rooms (attachments).

    Raises:
        Erased: it was destroyed.
        KeyWithheld: PostgreSQL does not show it to this asker.
        KeyMissing: the ring has no key of its epoch.
        Tampered: the wrapped key was altered or belongs to another row.
    """
    try:
        row = record.data_key
    except DataKey.DoesNotExist as error:
        raise KeyWithheld from error
    if row.wrapped is None:
        raise Erased
    wrapped = Wrapped(row.kek_id, row.epoch, bytes(row.wrapped))
    try:
        return keyring.ring().unwrap(wrapped, of=row.pk)
    except Tampered:
        _alarm(record)
        raise


def _has_no_key(record: VaultRecord) -> bool:
    return VaultRecord.data_key.field.value_from_object(record) is None


def _give_data_key(record: VaultRecord) -> bytes:
    key = sealing.new_key()
    row = DataKey()
    wrapped = keyring.ring().wrap(key, of=row.pk)
    row.kek_id, row.epoch, row.wrapped = wrapped.kek_id, wrapped.epoch, wrapped.blob
    row.save(force_insert=True)
    record.data_key = row
    return key


def _place(record: VaultRecord, field: SealedField) -> bytes:
    return sealing.place(
        table=field.model._meta.db_table,
        column=str(field.column),
        row=record.pk,
        data_key=record.data_key_id,
    )


def _open(record: VaultRecord, field: SealedField, key: bytes) -> Any:
    sealed = getattr(record, field.attname)
    if sealed is None:
        return None
    try:
        plain = sealing.decrypt(key, sealed.ciphertext, bound_to=_place(record, field))
    except Tampered:
        _alarm(record)
        raise
    return sealing.unpack(plain)


def _alarm(record: VaultRecord) -> None:
    # The refusal rolls the audit entry back; the technical log keeps that it happened.
    log.error("vault.tampered", table=record._meta.db_table)


def _field(record: VaultRecord, name: str) -> SealedField:
    field = record._meta.get_field(name)
    if not isinstance(field, SealedField):
        raise TypeError(f"{record._meta.label}.{name} is not a sealed field.")
    return field
