"""Pictures: only what draws stays."""

import re
import struct

ENTROPY_ENDS = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
FRAMES_AND_TABLES = frozenset({*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}) - {0xC8}
START_OF_SCAN, END = 0xDA, 0xD9
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_STAYS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sRGB", b"pHYs"}
)
WEBP_STAYS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"})
ANIMATED, EXIF_OR_XMP = 0x02, 0x0C
ORIENTATION, SIDES = 0x0112, range(2, 9)
JFIF_PART, EXIF_PART, EXIF_HEAD, NAME, VP8X = 0xE0, 0xE1, 10, 4, 10
ICC_PART, ADOBE_PART = 0xE2, 0xEE
JFIF_SIZE, LENGTH = 18, 2


class Broken(ValueError):
    """The file is not what its first bytes say."""


def jpeg(content: bytes) -> bytes:
    """Return a JPEG with its picture, its colours and which side is up, and nothing after its end."""
    if content[:2] != b"\xff\xd8":
        raise Broken
    kept: list[bytes] = []
    at, upright = 2, b""
    while True:
        at, marker = _marker(content, at)
        if marker == END:
            head = [part for part in kept[:1] if part[1] == JFIF_PART]
            return b"".join([b"\xff\xd8", *head, upright, *kept[len(head) :], b"\xff\xd9"])
        end = at + _length(content, at)
        part = b"\xff" + bytes([marker]) + content[at:end]
        if marker == START_OF_SCAN:
            ends = ENTROPY_ENDS.search(content, end)
            if ends is None:
                raise Broken
            kept.append(part + content[end : ends.start()])
            end = ends.start()
        elif stays := _jpeg_part(marker, part):
            kept.append(stays)
        elif marker == EXIF_PART and part[4:10] == b"Exif\0\0":
            upright = upright or _upright(part[10:])
        at = end


def _marker(content: bytes, at: int) -> tuple[int, int]:
    if content[at : at + 1] != b"\xff":
        raise Broken
    while content[at : at + 1] == b"\xff":
        at += 1
    if at >= len(content):
        raise Broken
    return at + 1, content[at]


def _length(content: bytes, at: int) -> int:
    length = int.from_bytes(content[at : at + 2])
    if length < LENGTH or at + length > len(content):
        raise Broken
    return length


def _jpeg_part(marker: int, part: bytes) -> bytes:
    """Return what stays of a part; empty when it goes."""
    if marker in FRAMES_AND_TABLES:
        return part
    if marker == JFIF_PART and part[4:9] == b"JFIF\0" and len(part) >= JFIF_SIZE:
        return part[:2] + b"\x00\x10" + part[4:16] + b"\0\0"  # without a small second picture
    if (marker == ICC_PART and part[4:16] == b"ICC_PROFILE\0") or (
        marker == ADOBE_PART and part[4:9] == b"Adobe"
    ):
        return part
    return b""


def _upright(exif: bytes) -> bytes:
    """Return a part that says which side is up, and nothing else; empty when it is the usual one."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None or len(exif) < EXIF_HEAD:
        return b""
    (first,) = struct.unpack_from(order + "I", exif, 4)
    if first + LENGTH > len(exif):
        return b""
    (count,) = struct.unpack_from(order + "H", exif, first)
    for place in range(first + 2, min(first + 2 + count * 12, len(exif) - 11), 12):
        tag, kind, number, value = struct.unpack_from(order + "HHIH", exif, place)
        if (tag, kind, number) == (ORIENTATION, 3, 1) and value in SIDES:
            body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, value, 0, 0)
            return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    return b""


def png(content: bytes) -> bytes:
    """Return a PNG with its first picture alone, and nothing after its end."""
    if content[:8] != PNG_HEAD:
        raise Broken
    at, kept = 8, [PNG_HEAD]
    while True:
        length, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content) or len(name) < NAME:
            raise Broken
        if name in PNG_STAYS:
            kept.append(content[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end


def webp(content: bytes) -> bytes:
    """Return a WebP with its picture alone."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise Broken
    at, kept = 12, []
    last = min(len(content), 8 + int.from_bytes(content[4:8], "little"))
    while at + 8 <= last:
        name, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + length
        if end > last:
            raise Broken
        part = bytearray(content[at:end] + b"\0" * (length % 2))
        if name == b"VP8X":
            if length != VP8X or part[8] & ANIMATED:
                raise Broken
            part[8] &= ~EXIF_OR_XMP & 0xFF
        if name in WEBP_STAYS:
            kept.append(bytes(part))
        at = end + length % 2
    if not kept:
        raise Broken
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
