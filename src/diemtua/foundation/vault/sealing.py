"""AES-256-GCM with associated data that binds a ciphertext to its place.

Format of every ciphertext: version (1 byte, ``01``) · nonce (12 bytes, random) · ciphertext with its
tag (16 bytes at the end). The plaintext of a field is JSON in UTF-8, preceded by its length (4 bytes,
big-endian) and padded with zeros to the next step of 64 bytes, so that its exact length stays hidden.
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
OVERHEAD = len(VERSION) + NONCE + TAG
STEP = 64
KEY = 32


def new_key() -> bytes:
    """Return a fresh key."""
    return os.urandom(KEY)


def associated(*parts: str) -> bytes:
    """Return associated data that no other list of parts gives: each is length-prefixed."""
    return b"".join(struct.pack(">I", len(raw)) + raw for raw in (part.encode() for part in parts))


def place(*, table: str, column: str, row: object, data_key: object) -> bytes:
    """Return what a sealed field is bound to: table, column, row and data key."""
    return associated(table, column, str(row), str(data_key))


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
    if len(sealed) < OVERHEAD:
        raise Tampered
    if sealed[:1] != VERSION:
        raise UnknownVersion
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], bound_to)
    except InvalidTag as error:
        raise Tampered from error


def pack(value: Any) -> bytes:
    """Return a JSON-able value as padded bytes.

    Raises:
        TypeError: the value is not made of texts, numbers, booleans, None, lists and dictionaries.
    """
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    packed = struct.pack(">I", len(body)) + body
    return packed.ljust(-(-len(packed) // STEP) * STEP, b"\0")


def unpack(padded: bytes) -> Any:
    """Return the value that was packed."""
    (length,) = struct.unpack(">I", padded[:4])
    return json.loads(padded[4 : 4 + length])
