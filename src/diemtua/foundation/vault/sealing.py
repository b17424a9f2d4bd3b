"""AES-256-GCM with associated data that binds a value to its place.

Format of a sealed value: version (1 byte) · nonce (12) · ciphertext with tag (16). The plaintext is
JSON in UTF-8, preceded by its length (4 bytes) and padded with zeros to the next step, so that its
exact length stays hidden.
"""

import json
import os
import struct
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from diemtua.foundation.vault.errors import Tampered, UnknownVersion

VERSION = b"\x01"
NONCE = 12
TAG = 16
STEP = 64
KEY = 32


def associated(*parts: str) -> bytes:
    """Return associated data that no other list of parts gives: each is length-prefixed."""
    return b"".join(struct.pack(">I", len(raw)) + raw for raw in (part.encode() for part in parts))


def encrypt(key: bytes, plain: bytes, *, bound_to: bytes) -> bytes:
    """Return version, fresh nonce and ciphertext; opens only with the same key and place."""
    nonce = os.urandom(NONCE)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def decrypt(key: bytes, sealed: bytes, *, bound_to: bytes) -> bytes:
    """Return the plaintext.

    Raises:
        UnknownVersion: the first byte is not one we know.
        Tampered: anything else does not fit: key, place, or any bit of the ciphertext.
    """
    if len(sealed) < 1 + NONCE + TAG:
        raise Tampered
    if sealed[:1] != VERSION:
        raise UnknownVersion
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], bound_to)
    except InvalidTag as error:
        raise Tampered from error


def pack(value: Any) -> bytes:
    """Return a JSON-able value as padded bytes."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return (struct.pack(">I", len(body)) + body).ljust(_padded(len(body) + 4), b"\0")


def unpack(padded: bytes) -> Any:
    """Return the value that was packed."""
    (length,) = struct.unpack(">I", padded[:4])
    return json.loads(padded[4 : 4 + length])


def _padded(length: int) -> int:
    return -(-length // STEP) * STEP
