"""The body in regions and the kinds of injury, from the alcove's reference data."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from diemtua.casework.papers.queries.catalogue import REFERENCE, said

type Marks = Iterable[tuple[str, Iterable[str]]]
SIDES = ("front", "back")


@dataclass(frozen=True, slots=True)
class Named:
    """A region of the body or a kind of injury; ``path`` is a region's shape, ``side`` where it is drawn."""

    code: str
    in_vietnamese: str
    in_english: str
    side: str = ""
    path: str = ""

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        return said(self.in_vietnamese, self.in_english)


@dataclass(frozen=True, slots=True)
class Figure:
    """One side of the body, with each of its regions and whether it is marked."""

    label: str
    parts: tuple[tuple[Named, bool], ...]
    words: str


def _read(name: str, kind: str) -> dict[str, Named]:
    with (REFERENCE / name).open("rb") as file:
        rows = tomllib.load(file)[kind]
    return {
        row["code"]: Named(
            row["code"], row["label"], row["label_en"], row.get("side", ""), row.get("path", "")
        )
        for row in rows
    }


@cache
def regions() -> dict[str, Named]:
    """Return the regions of the body by code, from head to foot."""
    return _read("regions.toml", "region")


@cache
def injuries() -> dict[str, Named]:
    """Return the kinds of injury by code."""
    return _read("injuries.toml", "injury")


def in_words(marks: Marks) -> list[tuple[str, str]]:
    """Return each marked region with its injuries in words; a code that left the lists stays a code."""
    return [
        (_label(regions(), code), ", ".join(_label(injuries(), kind) for kind in kinds))
        for code, kinds in marks
    ]


def figures(marks: Marks = ()) -> list[Figure]:
    """Return both sides of the body with what is marked, and the same in words."""
    marked = {code: tuple(kinds) for code, kinds in marks}
    labels = {"front": _("Phía trước"), "back": _("Phía sau")}
    made = []
    for side in SIDES:
        parts = tuple((one, one.code in marked) for one in regions().values() if one.side == side)
        told = in_words((one.code, marked[one.code]) for one, is_marked in parts if is_marked)
        words = "; ".join(f"{region}: {kinds}" for region, kinds in told)
        made.append(Figure(labels[side], parts, words or _("không đánh dấu")))
    return made


def _label(known: dict[str, Named], code: str) -> str:
    return known[code].label if code in known else code
