import stat
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import EncryptedMasterSecret, generate_mnemonics, split_ems

from diemtua.foundation import clock
from diemtua.foundation.vault import escrow, keyring, recovery
from diemtua.foundation.vault.errors import (
    NeverByOne,
    RingInTheWay,
    RingMissing,
    SharesOfAnotherRing,
    ShareUnreadable,
    TooFewShares,
    UnknownVersion,
)
from diemtua.foundation.vault.keyring import FileKeeper

pytestmark = pytest.mark.django_db


@settings(max_examples=12)
@given(data=st.data())
def test_any_m_of_n_shares_suffice_and_fewer_never_do(data):
    total = data.draw(st.integers(2, 7))
    needed = data.draw(st.integers(2, total))
    private, _ = escrow.new_pair()
    shares = generate_mnemonics(1, [(needed, total)], private)[0]
    some = data.draw(st.permutations(shares))
    assert recovery.combine(some[:needed]) == private
    assert recovery.combine(some) == private
    with pytest.raises(TooFewShares) as refused:
        recovery.combine(some[: needed - 1] + some[:1])
    assert refused.value.placeholders == {"given": needed - 1, "needed": needed}


@given(content=st.binary(max_size=500), data=st.data())
def test_what_is_sealed_to_the_public_key_opens_with_the_private_one_alone(content, data):
    private, public = escrow.new_pair()
    sealed = bytearray(escrow.seal(content, public))
    assert escrow.unseal(bytes(sealed), private) == content
    with pytest.raises(SharesOfAnotherRing):
        escrow.unseal(bytes(sealed), escrow.new_pair()[0])
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1
    with pytest.raises((SharesOfAnotherRing, UnknownVersion)):
        escrow.unseal(bytes(sealed), private)


@pytest.mark.parametrize(("needed", "total"), [(1, 1), (1, 5), (0, 3), (4, 3), (3, 17)])
def test_never_by_one_person(secrets_folder, needed, total):
    with pytest.raises(NeverByOne):
        recovery.make_shares(needed=needed, total=total)


def test_the_ring_comes_back_from_every_choice_of_shares(secrets_folder):
    shares = recovery.make_shares(needed=2, total=3)
    ring = keyring.ring()
    for chosen in combinations(shares, 2):
        (secrets_folder / "keyring.json").unlink()
        recovery.restore(chosen)
        assert keyring.ring() == ring
    assert stat.S_IMODE((secrets_folder / "keyring.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((secrets_folder / "keyring.sealed").stat().st_mode) == 0o600


def test_shares_are_typed_as_people_type(secrets_folder):
    shares = recovery.make_shares(needed=2, total=2)
    (secrets_folder / "keyring.json").unlink()
    recovery.restore([f"  {share.upper().replace(' ', '   ')}\n" for share in shares] + [" "])
    assert recovery.is_set_up()
    assert recovery.needed_by(shares[0]) == 2


def test_the_sealed_ring_is_refreshed_at_every_change(secrets_folder):
    shares = recovery.make_shares(needed=2, total=2)
    keyring.keeper().begin_epoch(clock.now())
    keyring.keeper().destroy_epoch(1, clock.now())
    ring = keyring.ring()
    (secrets_folder / "keyring.json").unlink()
    recovery.restore(shares)
    assert keyring.ring() == ring
    assert [epoch.key is None for epoch in ring.epochs] == [True, False]


def test_on_another_machine_the_copy_of_the_sealed_ring_suffices(
    secrets_folder, settings, tmp_path
):
    shares = recovery.make_shares(needed=3, total=5)
    ring = keyring.ring()
    copy = tmp_path / "usb" / "keyring.sealed"
    copy.parent.mkdir()
    copy.write_bytes((secrets_folder / "keyring.sealed").read_bytes())
    settings.DIEMTUA_SECRETS = tmp_path / "new machine" / "secrets"
    recovery.restore(shares[1:4], sealed=copy)
    assert keyring.ring() == ring
    assert recovery.is_set_up()


def test_a_mistyped_share_is_refused_by_name(secrets_folder):
    first, second = recovery.make_shares(needed=2, total=2)
    words = second.split()
    words[9] = "academic" if words[9] != "academic" else "acid"
    for wrong in (" ".join(words), "không phải mảnh khóa", second.rsplit(" ", 1)[0]):
        with pytest.raises(ShareUnreadable):
            recovery.restore([first, wrong])


def test_shares_of_two_sets_do_not_mix(secrets_folder):
    old = recovery.make_shares(needed=2, total=2)
    new = recovery.make_shares(needed=2, total=2)
    with pytest.raises(ShareUnreadable):
        recovery.restore([old[0], new[1]])


def test_old_shares_do_not_open_what_was_sealed_after_new_ones_were_made(secrets_folder):
    old = recovery.make_shares(needed=2, total=2)
    recovery.make_shares(needed=2, total=2)
    with pytest.raises(SharesOfAnotherRing):
        recovery.restore(old)


def test_a_newer_ring_is_not_overwritten_by_an_older_one(secrets_folder):
    shares = recovery.make_shares(needed=2, total=2)
    old = secrets_folder / "old.sealed"
    old.write_bytes((secrets_folder / "keyring.sealed").read_bytes())
    keyring.keeper().begin_epoch(clock.now())
    newer = keyring.ring()
    with pytest.raises(RingInTheWay):
        recovery.restore(shares, sealed=old)
    assert keyring.ring() == newer
    recovery.restore(shares, sealed=old, replacing=True)
    assert len(keyring.ring().epochs) == 1
    assert FileKeeper().path.with_name("keyring.json.before-recovery").exists()


def test_a_destroyed_key_does_not_come_back_unnoticed(secrets_folder):
    shares = recovery.make_shares(needed=2, total=2)
    keyring.keeper().begin_epoch(clock.now())
    old = secrets_folder / "old.sealed"
    old.write_bytes((secrets_folder / "keyring.sealed").read_bytes())
    keyring.keeper().destroy_epoch(1, clock.now())
    with pytest.raises(RingInTheWay):
        recovery.restore(shares, sealed=old)


def test_recovery_without_a_sealed_ring_says_so(secrets_folder):
    shares = recovery.make_shares(needed=2, total=2)
    (secrets_folder / "keyring.sealed").unlink()
    with pytest.raises(RingMissing):
        recovery.restore(shares)


def test_shares_of_one_number_that_do_not_fit_together_are_refused(secrets_folder):
    secret = EncryptedMasterSecret.from_master_secret(
        escrow.new_pair()[0], b"", identifier=7, extendable=True, iteration_exponent=1
    )
    one, other = (split_ems(1, [(2, 3)], secret)[0] for _ in range(2))
    with pytest.raises(ShareUnreadable):
        recovery.combine([one[0].mnemonic(), other[1].mnemonic()])


def test_bringing_back_the_ring_that_is_still_there_changes_nothing(secrets_folder):
    shares = recovery.make_shares(needed=2, total=2)
    ring = keyring.ring()
    recovery.restore(shares)
    assert keyring.ring() == ring
    assert not FileKeeper().path.with_name("keyring.json.before-recovery").exists()


def test_what_the_hint_says_is_so_the_shares_of_a_set_begin_with_the_same_three_words():
    beginnings = {
        " ".join(share.split()[:words])
        for words in (3, 4)
        for share in generate_mnemonics(1, [(3, 5)], b"k" * 32)[0]
    }
    assert len(beginnings) == 1 + 5  # the same three; the fourth tells one share from another
