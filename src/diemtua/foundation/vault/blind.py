"""Blind indexes: find a person by name words, telephone or id number without storing any of them.

Each token is HMAC-SHA256 under a key of its kind, cut to 16 bytes. Without the key the tokens say
which records share a word, and how often it occurs, but not the word. With the key, short spaces such
as telephone numbers can be tried out within minutes: see the room's README.
"""

import hashlib
import hmac

from diemtua.foundation import text as texts
from diemtua.foundation.vault import keyring

KINDS = ("name", "phone", "id-number")
TOKEN_BYTES = 16


def tokens(kind: str, text: str) -> list[bytes]:
    """Return the tokens of a text, sorted: one per word of a name, one for a number.

    Accents, case, order, spaces and punctuation make no difference. A text that is no telephone
    number has no telephone token.

    Raises:
        ValueError: the kind is not one of ``KINDS``.
    """
    if kind not in KINDS:
        raise ValueError(f"No blind index of kind {kind}.")
    key = keyring.ring().blind_key(kind)
    return sorted(
        hmac.new(key, part.encode(), hashlib.sha256).digest()[:TOKEN_BYTES]
        for part in _normal(kind, text)
    )


def _normal(kind: str, text: str) -> set[str]:
    if kind == "name":
        return set(texts.words(text))
    number = texts.phone_e164(text) if kind == "phone" else "".join(texts.words(text))
    return {number} if number else set()
