"""Blind indexes: find a person by name words, telephone or id number without storing any of them.

Each token is HMAC-SHA256 under a key of its kind, cut to 16 bytes. Without the key the tokens say
nothing; with the key and the database, short spaces such as telephone numbers can be tried out, so
the key stays in the ring (THREAT_MODEL.md).
"""

import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from diemtua.foundation import text as texts
from diemtua.foundation.vault import keyring

KINDS = ("name", "phone", "id-number")
TOKEN_BYTES = 16


def tokens(kind: str, text: str) -> list[bytes]:
    """Return the tokens of a text, sorted: one per word of a name, one for a number.

    Accents, case, order and punctuation make no difference.

    Raises:
        ValueError: the kind is not one of ``KINDS``.
    """
    if kind not in KINDS:
        raise ValueError(f"No blind index of kind {kind}.")
    key = _key(kind)
    return sorted(
        hmac.new(key, part.encode(), hashlib.sha256).digest()[:TOKEN_BYTES]
        for part in _normal(kind, text)
    )


def _normal(kind: str, text: str) -> set[str]:
    if kind == "name":
        return set(texts.words(texts.fold(text)))
    if kind == "phone":
        number = texts.phone_e164(text)
        return {number} if number else set()
    digits = "".join(letter for letter in text.upper() if letter.isalnum())
    return {digits} if digits else set()


def _key(kind: str) -> bytes:
    expand = HKDFExpand(algorithm=hashes.SHA256(), length=32, info=f"diemtua blind {kind}".encode())
    return expand.derive(keyring.ring().blind)
