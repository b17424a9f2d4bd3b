"""What people type for a place: with or without marks, with or without «xã», in any order."""

from dataclasses import dataclass

from diemtua.foundation.text import marked_words, words

SHORT = {"p": "phuong", "x": "xa", "tt": "thi tran", "tx": "thi xa", "q": "quan", "h": "huyen"}
SHORT |= {"tp": "thanh pho", "t": "tinh", "dk": "dac khu"}
DIVISIONS = ("thanh pho", "thi tran", "thi xa", "dac khu", "phuong", "xa", "quan", "huyen", "tinh")
APOSTROPHES = str.maketrans("", "", "'’ʼ`")  # «Ea H'Leo» is typed «ea hleo»


def marked(text: str) -> str:
    """Return the words in lower case with their marks."""
    return " ".join(marked_words(text.translate(APOSTROPHES)))


def plain(text: str) -> str:
    """Return the words without marks."""
    return " ".join(words(text.translate(APOSTROPHES)))


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for a place, taken apart."""

    marked: str
    folded: str
    bare: str  # folded, without the division in front
    division: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Typed":
        """Return what was typed, taken apart."""
        with_marks, folded = marked(text), plain(text)
        head, _, rest = folded.partition(" ")
        if rest and head in SHORT:
            folded = f"{SHORT[head]} {rest}"
        division = next((d for d in DIVISIONS if folded.startswith(f"{d} ")), "")
        bare = folded[len(division) :].strip()
        return cls(with_marks, folded, bare, division, tuple(bare.split()))
