"""Vietnamese letters: without marks, as words, in alphabetical order."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r"\d+|[^\W\d_]+")
_STROKES = str.maketrans({"đ": "d", "Đ": "D"})


def fold(text: str) -> str:
    """Return the text in lower case and without marks: ``Cần Thơ`` becomes ``can tho``.

    Folding what is folded already changes nothing.
    """
    folded = text
    while (once := _fold_once(folded)) != folded:
        folded = once
    return folded


def _fold_once(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_STROKES).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """Return the folded words of a text in order: ``Đường 30/4`` gives ``duong``, ``30``, ``4``."""
    return _WORD.findall(fold(text))


def marked_words(text: str) -> list[str]:
    """Return the words of a text in lower case with their marks, composed."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


# 29 letters; f, j, w and z are foreign and stand where dictionaries put them. Each letter becomes
# one ASCII character, so that a column with the plain "C" order keeps the alphabet.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_DIGITS = 10  # numbers are compared as numbers, up to this many digits
_BETWEEN_WORDS, _BEFORE_TONES, _FOREIGN = ".", "!", "~"


def _number(digits: str) -> str:
    plain = "".join(str(unicodedata.decimal(digit)) for digit in digits).lstrip("0") or "0"
    return plain.rjust(_DIGITS, "0")


@lru_cache(maxsize=4096)
def _letter(letter: str) -> tuple[str, str]:
    """Return a letter's place in the alphabet and its tone."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), "0")
    base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    if base in _RANKS:
        return _RANKS[base], tone
    rank = "".join(_RANKS.get(part, f"{_FOREIGN}{ord(part):06x}") for part in fold(base))
    return rank, tone


def sort_key(text: str) -> str:
    """Return a key that puts texts in Vietnamese order when compared as plain characters.

    Letters decide first (a ă â b c d đ e ê …), then tones (ngang, huyền, hỏi, ngã, sắc, nặng);
    numbers count as numbers, so ``Phường 2`` stands before ``Phường 10``. Where in a syllable the
    tone is written (``hòa``, ``hoà``) and capitals make no difference.
    """
    ranks, tones = [], []
    for part in _PART.findall(unicodedata.normalize("NFC", text).casefold()):
        if part.isdecimal():
            ranks.append(_number(part))
            tones.append("0")
            continue
        letters = [_letter(letter) for letter in part]
        ranks.append("".join(rank for rank, _ in letters))
        tones.append(max(tone for _, tone in letters))
    return _BETWEEN_WORDS.join(ranks) + _BEFORE_TONES + "".join(tones)
