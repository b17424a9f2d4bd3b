"""The alcove's reference data: option lists, and what is computed from them."""

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from diemtua.casework.cases.models import AgeGroup
from diemtua.casework.incidents.queries.ages import Born

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a context holds: a type, and either a listed code or an age under a limit."""

    code: str
    label: str
    types: frozenset[str]
    when: str
    counts: frozenset[str]
    under: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What of an incident its contexts depend on; every part may be unknown."""

    gbv_type: str
    relationships: Collection[str] = ()
    exchanged: str = ""
    abduction: str = ""
    practice: str = ""
    born: Born | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ChildRules:
    """Who is a child, and what that obliges to."""

    under: int
    young: int
    hotline: str
    article: str
    duties: tuple[tuple[str, str], ...]  # what, and where it stands


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((REFERENCE / name).read_text(encoding="utf-8"))


@cache
def options(kind: str) -> dict[str, str]:
    """Return an option list of ``options.toml``: label by code."""
    return {row["code"]: row["label"] for row in _file("options.toml")[kind]["options"]}


def lists() -> list[str]:
    """Return the names of all option lists."""
    return list(_file("options.toml"))


@cache
def rules() -> tuple[Rule, ...]:
    """Return the table of contexts, in its order."""
    return tuple(
        Rule(
            row["code"],
            row["label"],
            frozenset(row["types"]),
            row.get("when", ""),
            frozenset(row.get("counts", ())),
            row.get("under"),
        )
        for row in _file("contexts.toml")["context"]
    )


def contexts(facts: Facts) -> list[str]:
    """Return which contexts an incident has. What is unknown never makes one."""
    return [rule.code for rule in rules() if facts.gbv_type in rule.types and _holds(rule, facts)]


def _holds(rule: Rule, facts: Facts) -> bool:
    if rule.under is not None:
        known = facts.born is not None and facts.on is not None
        return known and facts.born.under(rule.under, facts.on) is True  # type: ignore[union-attr, arg-type]  # known
    if rule.when == "relationship":
        return bool(rule.counts & set(facts.relationships))
    return getattr(facts, rule.when) in rule.counts


def context_labels() -> dict[str, str]:
    """Return the label of each context by its code."""
    return {rule.code: rule.label for rule in rules()}


def elapsed(last_day: date | None, reported_on: date, *, is_exact: bool = True) -> str:
    """Return the class of the time from an incident's last day to its report, or nothing."""
    if last_day is None or not is_exact or last_day > reported_on:
        return ""
    days = (reported_on - last_day).days
    classes = _file("rules.toml")["elapsed"]["class"]
    return next(str(row["code"]) for row in classes if days <= row.get("up_to", days))


@cache
def elapsed_labels() -> dict[str, str]:
    """Return the label of each class of elapsed time by its code."""
    return {row["code"]: row["label"] for row in _file("rules.toml")["elapsed"]["class"]}


def suggested_type(acts: Iterable[str]) -> str:
    """Return the GBVIMS type that the acts suggest: the first in its order, or none."""
    mapping = _file("rules.toml")["mapping"]
    suggested = {mapping["acts"].get(act) for act in acts}
    return next((kind for kind in mapping["order"] if kind in suggested), "")


@cache
def child_rules() -> ChildRules:
    """Return who is a child and which duties follow."""
    row = _file("rules.toml")["child"]
    duties = tuple((duty["label"], duty["source"]) for duty in row["duty"])
    return ChildRules(row["under"], row["young"], row["hotline"], row["article"], duties)


CHILD_GROUPS = frozenset({AgeGroup.UNDER_16, AgeGroup.FROM_16})
