"""A keeper that never gives a key away, as a key-management service does."""

from datetime import timedelta

import pytest

from diemtua.foundation import clock
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.vault import blind, keyring, recovery, rotation, services
from diemtua.foundation.vault.errors import KeyMissing
from diemtua.foundation.vault.keys import Epoch, Ring
from diemtua.foundation.vault.tests.factories import Letter, letter

NOW = clock.now()


class Service:
    """Answers through ``wrap``, ``unwrap`` and ``blind_key``; its epochs show no key."""

    def __init__(self, ring):
        self._ring = ring
        self.wrap, self.unwrap, self.blind_key = ring.wrap, ring.unwrap, ring.blind_key

    @property
    def epochs(self):
        return tuple(
            Epoch(e.number, e.kek_id, e.created_at, destroyed_at=e.destroyed_at)
            for e in self._ring.epochs
        )

    @property
    def epoch(self):
        return self._ring.epoch


class ServiceKeeper:
    ring = None

    def load(self):
        return Service(ServiceKeeper.ring)

    def make(self):
        ServiceKeeper.ring = Ring.fresh(NOW)

    def begin_epoch(self, at):
        ServiceKeeper.ring = ServiceKeeper.ring.with_new_epoch(at)
        return self.load()

    def destroy_epoch(self, number, at):
        ServiceKeeper.ring = ServiceKeeper.ring.without_key_of(number, at)


@pytest.fixture
def service(settings, secrets_folder):
    settings.DIEMTUA_KEY_KEEPER = f"{__name__}.ServiceKeeper"
    ServiceKeeper().make()


def test_everything_works_with_keys_that_never_leave_their_service(service, worker, secrets_folder):
    made = letter(name="Hoa")
    assert blind.tokens("name", "Hoa")
    with as_owner():
        assert rotation.rotate(at=NOW, using="default") == 1
        assert rotation.locked_out(using="default") == 0
        rotation.destroy_epoch(1, at=NOW + timedelta(days=100), using="default")
    again = Letter.objects.get(pk=made.pk)
    assert services.unseal(again, "name", asker=worker, why="t.read").name == "Hoa"
    assert all(epoch.key is None for epoch in keyring.ring().epochs)
    assert not (secrets_folder / "keyring.json").exists()


def test_another_service_opens_nothing(service, worker):
    made = letter(name="Hoa")
    ServiceKeeper().make()
    with pytest.raises(KeyMissing):
        services.unseal(made, "name", asker=worker, why="t.read")


def test_shares_are_made_where_the_keys_are(service, worker):
    with pytest.raises(TypeError):
        recovery.make_shares(needed=2, total=3)
