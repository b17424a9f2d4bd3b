"""The invented woman of the story, and every way her words could lie about in a dump."""

import base64
import re
import unicodedata
import zlib

NAME = "Mẫu Thị Thủy Tiên"
PHONE = "0900000777"
SAFE_PHONE = "0900000778"
ADDRESS = "Nhà số 12, hẻm Bờ Kè Cũ (mẫu)"
STORY = "Tối qua anh ấy bẻ khóa cửa rồi đập vỡ điện thoại của tôi."
HOURS = "7 đến 9 giờ sáng, lúc anh ấy ra chợ nổi"
SAY = "cô bán vải ở Phong Điền"
CODE_WORD = "bông súng trắng"
NOTE_FOR_THE_HOUSE = "Chị dị ứng tôm, bé nhỏ còn bú."
SERVICE_NOTE = "Đã băng vết thương ở cổ tay trái."

WORDS = (
    NAME, ADDRESS, STORY, HOURS, SAY, CODE_WORD, NOTE_FOR_THE_HOUSE, SERVICE_NOTE,
    "Thủy Tiên", "Bờ Kè Cũ", "đập vỡ điện thoại", "chợ nổi", "dị ứng tôm", "vết thương",
)  # fmt: skip
NUMBERS = (PHONE, SAFE_PHONE)
COMPRESSED = re.compile(rb"[A-Za-z0-9+/_\-]{24,}")


def found_in(heap: bytes) -> list[str]:
    """Return which of her words stand in these bytes, in whatever spelling."""
    lowered = heap.lower()
    found = [word for word in (*WORDS, *NUMBERS) for form in _forms(word) if form in lowered]
    return sorted(set(found))


def unpacked(heap: bytes) -> bytes:
    """Return what lies base64-coded, or deflated and base64-coded, in these bytes."""
    parts = []
    for piece in set(COMPRESSED.findall(heap)):
        padded = piece + b"=" * (-len(piece) % 4)
        try:
            raw = base64.b64decode(
                padded, altchars=b"-_" if b"-" in piece or b"_" in piece else None
            )
        except ValueError:
            continue
        parts.append(raw)
        try:
            parts.append(zlib.decompress(raw))
        except zlib.error:
            continue
    return b"\n".join(parts)


def _forms(word: str) -> set[bytes]:
    """Lower-case bytes of a word in every spelling and coding one can think of."""
    spellings = _number_spellings(word) if word in NUMBERS else _text_spellings(word)
    forms = set()
    for text in spellings:
        for raw in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
            forms |= {raw, raw.hex().encode(), *_base64(raw)}
            forms.add("".join(f"\\x{byte:02x}" for byte in raw).encode())
            forms.add("".join(f"\\{byte:03o}" for byte in raw).encode())
            forms.add("".join(f"%{byte:02x}" for byte in raw).encode())
        forms.add(text.encode("unicode_escape"))
        forms.add("".join(f"\\u{ord(letter):04x}" for letter in text).encode())
        forms.add(text.encode("ascii", "xmlcharrefreplace"))
    return {form.lower() for form in forms}


def _text_spellings(word: str) -> set[str]:
    folded = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    seen = {unicodedata.normalize(form, word) for form in ("NFC", "NFD")} | {plain}
    return {cased for one in seen for cased in (one, one.lower(), one.upper())}


def _number_spellings(number: str) -> set[str]:
    national = number[1:]
    spaced = f"{number[:4]} {number[4:7]} {number[7:]}"
    return {number, national, f"+84{national}", f"84{national}", spaced, spaced.replace(" ", ".")}


def _base64(raw: bytes) -> set[bytes]:
    """Base64 of the bytes wherever in a longer text they may begin."""
    found = set()
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + raw)
        inner = coded[4 if before else 0 : len(coded) - 4]
        if len(inner) >= 8:
            found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return found
