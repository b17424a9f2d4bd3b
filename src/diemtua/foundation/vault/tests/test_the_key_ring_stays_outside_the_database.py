import json
import stat
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from diemtua.foundation import clock
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.vault import keyring
from diemtua.foundation.vault.errors import EpochInUse, RingMissing
from diemtua.foundation.vault.keyring import FileKeeper
from diemtua.foundation.vault.keys import Ring
from diemtua.foundation.vault.tests.factories import letter


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_ring_is_made_at_first_use_for_its_owner_s_eyes_only(db, secrets_folder):
    keyring.ring()
    assert mode(secrets_folder / "keyring.json") == 0o600
    assert mode(secrets_folder) == 0o700


def test_the_file_keeps_its_mode_through_changes_and_leaves_nothing_aside(secrets_folder):
    keeper = FileKeeper()
    keeper.make()
    keeper.begin_epoch(clock.now())
    assert [mode(path) for path in secrets_folder.iterdir()] == [0o600, 0o600]
    assert {path.name for path in secrets_folder.iterdir()} == {"keyring.json", ".keyring.lock"}


def test_processes_that_start_together_agree_on_one_ring(secrets_folder):
    def first_use(_):
        keeper = FileKeeper(secrets_folder)
        keeper.make()
        return keeper.load()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(first_use, range(16)))) == 1


def test_no_ring_is_made_where_one_was_sealed_for_recovery(secrets_folder):
    secrets_folder.mkdir()
    (secrets_folder / "keyring.sealed").write_bytes(b"\x01")
    with pytest.raises(RingMissing):
        FileKeeper(secrets_folder).make()


def test_the_ring_survives_being_written_and_read():
    ring = Ring.fresh(clock.now()).with_new_epoch(clock.now())
    again = ring.without_key_of(1, clock.now())
    assert Ring.from_json(ring.to_json()) == ring
    assert Ring.from_json(again.to_json()) == again


def test_the_ring_shows_no_key():
    ring = Ring.fresh(clock.now())
    for key in (ring.blind, ring.epochs[0].key):
        assert repr(key) not in repr(ring)
        assert key.hex() not in repr(ring)


def test_no_key_of_the_ring_is_anywhere_in_the_database(worker, secrets_folder):
    letter(name="Nguyễn Thị Hoa")
    ring = json.loads((secrets_folder / "keyring.json").read_text())
    secrets = [b64decode(ring["blind"]), *(b64decode(e["key"]) for e in ring["epochs"])]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE c.table_schema IN ('public', 'diemtua') AND t.table_type = 'BASE TABLE'"
            " AND c.data_type IN ('bytea', 'text', 'jsonb', 'character varying')"
        )
        for table, column in cursor.fetchall():
            schema = "diemtua" if table == "asker_key" else "public"
            for secret in secrets:
                cursor.execute(
                    f'SELECT count(*) FROM {schema}."{table}"'
                    f' WHERE position(%s in "{column}"::text) > 0',
                    [secret.hex()],
                )
                assert cursor.fetchone() == (0,), f"{table}.{column}"


def test_the_current_key_is_never_destroyed():
    ring = Ring.fresh(clock.now())
    with pytest.raises(EpochInUse):
        ring.without_key_of(1, clock.now())
