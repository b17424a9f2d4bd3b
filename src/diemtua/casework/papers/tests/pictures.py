"""Small files of each kind for tests, with a secret in every place that is not the picture."""

import struct
import zlib

SECRET = b"10.0341N-105.7876E"


def part(marker, body):
    """Return one part of a JPEG."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def exif(side=6, order="<"):
    """Return an Exif part with a side and a place."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    entry = struct.pack(order + "HHHIHH", 1, 0x0112, 3, 1, side, 0)
    return part(0xE1, b"Exif\0\0" + head + entry + b"\0\0\0\0" + SECRET)


SCAN = part(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
TABLES = part(0xDB, b"\0" * 65) + part(0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0")
JFIF = part(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")


def jpeg(*more, after=b"", jfif=JFIF):
    """Return a JPEG with parts more than it needs."""
    return b"\xff\xd8" + jfif + b"".join(more) + TABLES + SCAN + b"\xff\xd9" + after


def chunk(name, body):
    """Return one chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*more, after=b""):
    """Return a PNG of one point with chunks more than it needs."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture = chunk(b"IDAT", zlib.compress(b"\0\x80"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + picture + chunk(b"IEND", b"") + after


def riff(name, body):
    """Return one chunk of a WebP."""
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def webp(*more, flags=0x0C, after=b""):
    """Return a WebP with chunks more than it needs."""
    chunks = riff(b"VP8X", bytes([flags]) + b"\0" * 9) + riff(b"VP8L", b"\x2f\0\0\0\0")
    body = b"WEBP" + chunks + b"".join(more)
    return b"RIFF" + struct.pack("<I", len(body)) + body + after


def box(name, body):
    """Return one box of an MP4."""
    return struct.pack(">I", len(body) + 8) + name + body


def track(handler):
    """Return a track of an MP4 that holds sound, film or else."""
    hdlr = box(b"hdlr", b"\0" * 8 + handler + b"\0" * 13)
    return box(b"trak", box(b"mdia", hdlr) + box(b"udta", SECRET))


def mp4(*handlers):
    """Return an MP4 with one track for each handler."""
    tracks = b"".join(track(handler) for handler in handlers)
    moov = box(b"moov", tracks + box(b"udta", box(b"meta", SECRET)))
    return box(b"ftyp", b"M4A \0\0\0\0") + moov + box(b"mdat", b"\x01\x02") + box(b"uuid", SECRET)
