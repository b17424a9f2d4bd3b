"""Recordings: the sound stays; titles, places and films do not."""

from diemtua.casework.papers.services.cleaning.pictures import Broken

GOES = frozenset({b"udta", b"meta", b"uuid"})
HOLDS_BOXES = frozenset({b"moov", b"trak", b"mdia"})
ID3_HEAD, ID3_TAIL = 10, 128


def mp4(content: bytes) -> bytes:
    """Return an MP4 with sound alone; what it tells besides is written over, so that nothing moves."""
    whole = bytearray(content)
    tracks = _clean_boxes(whole, 0, len(whole))
    if not tracks or set(tracks) != {b"soun"}:
        raise Broken
    return bytes(whole)


def _clean_boxes(whole: bytearray, at: int, end: int) -> list[bytes]:
    """Write over what goes between two places; return what the tracks found there hold."""
    tracks: list[bytes] = []
    while at < end:
        head, size = _size(whole, at, end)
        name = bytes(whole[at + 4 : at + 8])
        if name in GOES:
            whole[at + 4 : at + 8] = b"free"
            whole[at + head : at + size] = bytes(size - head)
        elif name in HOLDS_BOXES:
            tracks += _clean_boxes(whole, at + head, at + size)
        elif name == b"hdlr":
            tracks.append(bytes(whole[at + head + 8 : at + head + 12]))
        at += size
    return tracks


def _size(whole: bytearray, at: int, end: int) -> tuple[int, int]:
    head, size = 8, int.from_bytes(whole[at : at + 4])
    if size == 1:
        head, size = 16, int.from_bytes(whole[at + 8 : at + 16])
    elif size == 0:
        size = end - at
    if size < head or at + size > end:
        raise Broken
    return head, size


def mp3(content: bytes) -> bytes:
    """Return an MP3 without the texts before and after its sound."""
    while content[:3] == b"ID3":
        if len(content) < ID3_HEAD:
            raise Broken
        size = 0
        for seven in content[6:10]:
            size = (size << 7) | (seven & 0x7F)
        content = content[ID3_HEAD + size + (ID3_HEAD if content[5] & 0x10 else 0) :]
    if content[-ID3_TAIL:][:3] == b"TAG":
        content = content[:-ID3_TAIL]
    if not content:
        raise Broken
    return content
