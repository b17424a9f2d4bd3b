"""Why a paper may be taken out of a case, from the alcove's reference data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, in both languages, and whether it ends in erasure."""

    code: str
    in_vietnamese: str
    in_english: str
    erases: bool

    @property
    def label(self) -> str:
        """The reason in the language of the page."""
        return said(self.in_vietnamese, self.in_english)


def said(vietnamese: str, english: str) -> str:
    """Return the text in the language of the page."""
    return english if (get_language() or "").startswith("en") else vietnamese


@cache
def reasons() -> dict[str, Reason]:
    """Return the reasons for taking a paper out, by code, in the order of the list."""
    with (REFERENCE / "reasons.toml").open("rb") as file:
        rows = tomllib.load(file)["reason"]
    return {
        row["code"]: Reason(row["code"], row["label"], row["label_en"], row["erases"])
        for row in rows
    }


def reason_label(code: str) -> str:
    """Return a reason in words; a reason that left the list keeps its code."""
    known = reasons().get(code)
    return known.label if known else code
