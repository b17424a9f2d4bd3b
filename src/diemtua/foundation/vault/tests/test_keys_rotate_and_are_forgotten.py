from datetime import timedelta

import pytest
from django.db import connection, connections

from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.vault import keyring, keys, rotation, services
from diemtua.foundation.vault.errors import (
    EpochInUse,
    EpochTooYoung,
    EpochUnknown,
    Erased,
    KeyMissing,
    Tampered,
)
from diemtua.foundation.vault.keyring import FileKeeper
from diemtua.foundation.vault.keys import Ring, State
from diemtua.foundation.vault.models import DataKey
from diemtua.foundation.vault.tests.factories import (
    Letter,
    asker,
    audit_entries,
    letter,
    make_tables,
)

NOW = clock.now()
LATER = NOW + timedelta(days=rotation.BACKUP_DAYS + 1)


def rotate(at=NOW):
    """Rotate on the test's own connection, as the owner."""
    with as_owner():
        return rotation.rotate(at=at, using="default")


def destroy(number, at=LATER, **how):
    with as_owner():
        rotation.destroy_epoch(number, at=at, using="default", **how)


def read(made, worker):
    return services.unseal(Letter.objects.get(pk=made.pk), "name", asker=worker, why="t.read").name


def epoch_of(made):
    return DataKey.objects.get(pk=made.data_key_id).epoch


def test_rotation_wraps_every_key_again_and_all_stays_readable(worker):
    made = [letter(name=f"Hoa {n}") for n in range(3)]
    assert rotate() == 3
    assert {epoch_of(one) for one in made} == {2}
    assert [read(one, worker) for one in made] == ["Hoa 0", "Hoa 1", "Hoa 2"]
    assert epoch_of(letter(name="Lan")) == 2


def test_rotation_works_in_batches_and_goes_on_where_it_was_interrupted(worker):
    made = [letter(name=f"Hoa {n}") for n in range(5)]
    with as_owner():
        assert rotation.begin(at=NOW) == 2
        batches = rotation.rewrap(using="default", batch=2)
        assert next(batches) == 2
        batches.close()
        assert rotation.pending(using="default") == 3
    assert [read(one, worker) for one in made] == [f"Hoa {n}" for n in range(5)]
    assert rotate() == 3  # finishes what was begun and begins nothing new
    with as_owner():
        assert rotation.pending(using="default") == 0
        seen = []
        assert rotation.rotate(at=NOW, using="default", progress=seen.append) == 5
        assert seen == [5]
    assert keyring.ring().epoch == 3


def test_erased_keys_stay_erased_through_a_rotation(worker):
    made = letter(name="Hoa")
    services.erase(made, asker=worker, why="letter.erased")
    assert rotate() == 0
    with pytest.raises(Erased):
        read(made, worker)


def test_a_wrapped_key_that_was_altered_stops_the_rotation_by_name(worker):
    made = letter(name="Hoa")
    with as_owner():
        DataKey.objects.filter(pk=made.data_key_id).update(wrapped=b"\x01" + bytes(60))
    with pytest.raises(Tampered):
        rotate()


def test_another_process_sees_the_new_ring_at_its_next_use(secrets_folder):
    mine, theirs = FileKeeper(secrets_folder), FileKeeper(secrets_folder)
    mine.make()
    before = theirs.load()
    assert theirs.load() is before
    mine.begin_epoch(NOW)
    assert [e.number for e in theirs.load().epochs] == [1, 2]
    assert theirs.load().epochs[0] == before.epochs[0]


def test_a_key_sealed_by_a_process_that_was_ahead_opens_in_one_that_was_behind(worker):
    keyring.ring()
    FileKeeper().begin_epoch(NOW)  # another process rotates
    made = letter(name="Hoa")
    assert epoch_of(made) == 2
    assert read(made, worker) == "Hoa"


def test_a_straggler_sealed_under_the_old_key_during_a_rotation_is_caught_up(worker):
    old_ring = keyring.ring()
    rotate()
    straggler = letter(name="Hoa")
    key = services.data_key_of(straggler)
    wrapped = old_ring.wrap(key, of=straggler.data_key_id)
    with as_owner():
        DataKey.objects.filter(pk=straggler.data_key_id).update(
            kek_id=wrapped.kek_id, epoch=wrapped.epoch, wrapped=wrapped.blob
        )
    with pytest.raises(EpochInUse):
        destroy(1)
    assert rotate() == 1
    destroy(1)
    assert read(straggler, worker) == "Hoa"


def test_two_changes_at_once_both_count(secrets_folder):
    one, other = FileKeeper(secrets_folder), FileKeeper(secrets_folder)
    one.make()
    one.load(), other.load()
    one.begin_epoch(NOW)
    other.begin_epoch(NOW)
    assert [e.number for e in one.load().epochs] == [1, 2, 3]


def test_an_epoch_in_use_is_not_destroyed(worker):
    letter(name="Hoa")
    with pytest.raises(EpochInUse):
        destroy(1)
    with as_owner():
        rotation.begin(at=NOW)
    with pytest.raises(EpochInUse) as refused:
        destroy(1)
    assert refused.value.placeholders == {"epoch": 1, "count": 1}


def test_an_epoch_is_kept_as_long_as_backups_under_it(worker):
    rotate()
    with pytest.raises(EpochTooYoung):
        destroy(1, at=NOW + timedelta(days=rotation.BACKUP_DAYS - 1))
    destroy(1, at=NOW, early=True)


def test_an_epoch_that_never_was_cannot_be_destroyed(worker):
    rotate()
    with pytest.raises(EpochUnknown):
        destroy(7)


def test_a_backup_older_than_a_destroyed_epoch_has_forgotten(worker):
    made = letter(name="Hoa")
    backup = (made.data_key.kek_id, made.data_key.epoch, made.data_key.wrapped)
    services.erase(made, asker=worker, why="letter.erased")
    rotate()
    destroy(1)
    destroy(1)  # again, without harm
    with as_owner():  # somebody restores the old backup
        DataKey.objects.filter(pk=made.data_key_id).update(
            kek_id=backup[0], epoch=backup[1], wrapped=backup[2], erased_at=None
        )
    with pytest.raises(KeyMissing):
        read(made, worker)


def test_a_destroyed_key_is_gone_from_the_file(worker, secrets_folder):
    rotate()
    key = keyring.ring().epochs[0].key
    destroy(1)
    text = (secrets_folder / "keyring.json").read_text()
    assert keys._text(key) not in text
    states = [keys.state(keyring.ring(), epoch) for epoch in keyring.ring().epochs]
    assert states == [State.DESTROYED, State.ACTIVE]


def test_the_operator_sees_what_each_epoch_is_for(worker):
    letter(name="Hoa")
    with as_owner():
        rotation.begin(at=NOW)
    letter(name="Lan")
    with as_owner():
        seen = [(e.number, e.state, e.data_keys) for e in rotation.epochs(using="default")]
    assert seen == [(1, State.RETIRING, 1), (2, State.ACTIVE, 1)]


def test_keys_that_the_ring_does_not_open_are_counted(worker):
    letter(name="Hoa")
    keeper = keyring.keeper()
    with as_owner():
        assert rotation.locked_out(using="default") == 0
        keeper.put(Ring.fresh(NOW))
        assert rotation.locked_out(using="default") == 1


def test_a_lost_ring_is_never_replaced_by_another_one(worker, secrets_folder):
    letter(name="Hoa")
    (secrets_folder / "keyring.json").unlink()
    with pytest.raises(KeyMissing):
        letter(name="Lan")
    assert not (secrets_folder / "keyring.json").exists()


def test_rotation_and_destruction_are_in_the_audit_trail(worker):
    rotate()
    destroy(1)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT job, action FROM audit_entry WHERE action LIKE 'vault.%' ORDER BY id"
        )
        assert cursor.fetchall() == [
            ("vault.keys", "vault.epoch.begun"),
            ("vault.keys", "vault.epoch.destroyed"),
        ]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_rotation_as_the_owner_while_another_connection_reads_and_seals(secrets_folder):
    make_tables()
    worker = asker()
    with asking(worker):
        made = [letter(name=f"Hoa {n}") for n in range(4)]
    rotation.begin(at=NOW)
    for done in rotation.rewrap(batch=3):
        assert done
        with asking(worker):
            assert [read(one, worker) for one in made] == [f"Hoa {n}" for n in range(4)]
            late = letter(name="Lan")
    rotation.destroy_epoch(1, at=LATER)
    with asking(worker):
        assert read(late, worker) == "Lan"
        assert [read(one, worker) for one in made] == [f"Hoa {n}" for n in range(4)]
    connections["owner"].close()


def test_erasing_is_written_down_and_remembers_who(worker):
    made = letter(name="Hoa")
    assert services.erase(made, asker=worker, why="letter.erased") is True
    assert services.erase(made, asker=worker, why="letter.erased") is False
    assert made.data_key.erased_by == str(worker.user_id)
    assert made.data_key.wrapped is None
    assert [action for action, _ in audit_entries(made)] == ["letter.erased", "letter.erased"]
    with pytest.raises(Erased):
        services.seal(made, name="Lan")
