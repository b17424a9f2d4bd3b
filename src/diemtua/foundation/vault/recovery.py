"""Getting the key ring back when the machine is gone: M of N printed shares, never one person alone.

A key pair is made; its public half goes into the ring, its private half is split (SLIP-39, 33 words a
share) and then forgotten. From then on every change of the ring also writes ``keyring.sealed``,
sealed to the public half: a file that may be copied off the machine, for it opens with M shares only.

Keep one copy of ``keyring.sealed``, the newest, and keep it apart from backups of the database: an old
copy beside an old backup would remember keys that were destroyed since.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics

from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import asking, job_asker
from diemtua.foundation.vault import escrow, keyring
from diemtua.foundation.vault.errors import (
    NeverByOne,
    RingInTheWay,
    RingMissing,
    ShareUnreadable,
    TooFewShares,
)
from diemtua.foundation.vault.keyring import FileKeeper
from diemtua.foundation.vault.keys import Ring

FEWEST, MOST = 2, 16
JOB = "vault.keys"


def make_shares(*, needed: int, total: int) -> list[str]:
    """Set recovery up and return the shares, to be printed once and handed to as many people.

    Shares of an earlier set-up do not open what is sealed from now on.

    Raises:
        NeverByOne: one person could recover alone, or the numbers cannot be.
    """
    if not FEWEST <= needed <= total <= MOST:
        raise NeverByOne
    private, public = escrow.new_pair()
    shares: list[str] = generate_mnemonics(1, [(needed, total)], private)[0]
    _require_they_work(shares, needed=needed, public=public)
    keyring.ring()  # a new installation's ring is made first
    _keeper().change(lambda ring: replace(ring, recovery_public=public))
    asker = job_asker(JOB)
    with asking(asker):
        audit.write(asker=asker, action="vault.shares.made", needed=needed, total=total)
    return shares


def _require_they_work(shares: list[str], *, needed: int, public: bytes) -> None:
    # What nobody has tried is no recovery: both ends of the list must give the key back.
    for some in (shares[:needed], shares[-needed:]):
        if escrow.public_of(combine(some)) != public:  # pragma: no cover - a fault of the library
            raise ShareUnreadable


def is_set_up() -> bool:
    """Return whether the ring is sealed for recovery."""
    keeper = _keeper()
    return keeper.load().recovery_public is not None and keeper.sealed_path.exists()


def needed_by(share: str) -> int:
    """Return how many shares of its set are needed.

    Raises:
        ShareUnreadable: it is mistyped.
    """
    return int(_read(share).member_threshold)


def combine(shares: Iterable[str]) -> bytes:
    """Return the private key that the shares make up; the same share twice counts once.

    Raises:
        ShareUnreadable: one is mistyped, or they come from different sets.
        TooFewShares: there are fewer than were agreed on.
    """
    typed = {_read(text): " ".join(text.lower().split()) for text in shares if text.strip()}
    if len({share.common_parameters() for share in typed}) > 1:
        raise ShareUnreadable
    needed = max((share.member_threshold for share in typed), default=FEWEST)
    if len(typed) < needed:
        raise TooFewShares(given=len(typed), needed=needed)
    try:
        return bytes(combine_mnemonics(list(typed.values())[:needed]))
    except MnemonicError as error:
        raise ShareUnreadable from error


def _read(text: str) -> Share:
    try:
        return Share.from_mnemonic(" ".join(text.lower().split()))
    except (MnemonicError, ValueError) as error:
        raise ShareUnreadable from error


def restore(shares: Iterable[str], sealed: Path | None = None, *, replacing: bool = False) -> Path:
    """Rebuild the key ring from shares; return where it was written.

    ``sealed`` is the newest ``keyring.sealed``; that of this installation's folder if not given. A
    ring that is already there is replaced only when the recovered one has all its epochs, as they
    stand, or with ``replacing``; then it is kept beside as ``keyring.json.before-recovery``.

    Raises:
        TooFewShares, ShareUnreadable: see ``combine``.
        SharesOfAnotherRing: they do not open this file.
        RingInTheWay: another ring is there.
    """
    keeper = _keeper()
    try:
        content = (sealed or keeper.sealed_path).read_bytes()
        ring = Ring.from_json(escrow.unseal(content, combine(shares)).decode())
    except FileNotFoundError as error:
        raise RingMissing from error
    _set_aside(keeper, ring, replacing=replacing)
    keeper.put(ring)
    return keeper.path


def _set_aside(keeper: FileKeeper, recovered: Ring, *, replacing: bool) -> None:
    try:
        present = keeper.load()
    except RingMissing:
        keeper.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return
    if present.blind == recovered.blind and set(present.epochs) <= set(recovered.epochs):
        return
    if not replacing:
        raise RingInTheWay
    keeper.path.replace(keeper.path.with_name(f"{keeper.path.name}.before-recovery"))


def _keeper() -> FileKeeper:
    keeper = keyring.keeper()
    if not isinstance(keeper, FileKeeper):
        raise TypeError("A key-management service keeps the keys here: recover them there.")
    return keeper
