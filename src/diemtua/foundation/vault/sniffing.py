"""What an attached file really is: by its first bytes, against an allow-list, and fitting its name."""

import tomllib
import unicodedata
from functools import cache
from pathlib import Path, PurePosixPath

import filetype

from diemtua.foundation.vault.errors import FileMisnamed, FileRefused

LIST = Path(__file__).resolve().parent / "reference" / "attachments.toml"
HEAD = 8192
"""How many of the first bytes are looked at."""

LONGEST_NAME = 120


@cache
def allowed() -> dict[str, frozenset[str]]:
    """Return the endings of names by the kind of file that may be attached."""
    with LIST.open("rb") as file:
        kinds = tomllib.load(file)["kind"]
    return {kind["mime"]: frozenset(kind["endings"]) for kind in kinds}


def kind_of(head: bytes, *, name: str) -> str:
    """Return the kind (MIME) of a file that may be attached.

    Raises:
        FileRefused: its first bytes say that it is something else, or nothing known.
        FileMisnamed: its name ends as another kind.
    """
    found = filetype.guess(head[:HEAD])
    kind = found.mime if found else ""
    if kind not in allowed():
        raise FileRefused
    ending = PurePosixPath(name.lower()).suffix.removeprefix(".")
    if ending not in allowed()[kind]:
        raise FileMisnamed
    return str(kind)


def clean_name(name: str) -> str:
    """Return a file's name without folders, control letters and length beyond reason."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    printable = "".join(letter for letter in last if letter.isprintable()).strip(" .")
    stem, dot, ending = printable.rpartition(".")
    return (
        f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"
        if dot
        else printable[:LONGEST_NAME]
    )
