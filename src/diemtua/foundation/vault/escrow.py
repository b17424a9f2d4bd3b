"""Sealing to a public key: HPKE (RFC 9180) with X25519, HKDF-SHA256 and AES-256-GCM.

Format: version (1 byte) · encapsulated key (32) · ciphertext with tag. Whoever holds the public key
alone can seal; only the private key, which exists as printed shares, opens.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from diemtua.foundation.vault.errors import SharesOfAnotherRing, UnknownVersion

VERSION = b"\x01"
PURPOSE = b"diemtua key ring"

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def new_pair() -> tuple[bytes, bytes]:
    """Return a fresh private key and its public key, 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """Return the public key of a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(content: bytes, public: bytes) -> bytes:
    """Return the content, readable only with the private key."""
    recipient = X25519PublicKey.from_public_bytes(public)
    return VERSION + _SUITE.encrypt(content, recipient, PURPOSE)


def unseal(sealed: bytes, private: bytes) -> bytes:
    """Return the content.

    Raises:
        UnknownVersion: the first byte is not one we know.
        SharesOfAnotherRing: the key does not fit, or the file was altered.
    """
    if sealed[:1] != VERSION:
        raise UnknownVersion
    try:
        key = X25519PrivateKey.from_private_bytes(private)
        return _SUITE.decrypt(sealed[1:], key, PURPOSE)
    except (InvalidTag, ValueError) as error:
        raise SharesOfAnotherRing from error
