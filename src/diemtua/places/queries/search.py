"""Find a place as one types: without accents, in any order, by today's name or an old one.

All units that ever were fit in memory (about 14,000), so a process reads them once and answers
from a sorted list of words.
"""

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from diemtua.foundation import clock
from diemtua.foundation.text import short_date
from diemtua.places.models import Unit
from diemtua.places.queries.maps import crosswalk
from diemtua.places.queries.typed import Typed, marked, plain
from diemtua.places.queries.units import city, reform_day


@dataclass(frozen=True, slots=True)
class Match:
    """A place that fits what was typed.

    ``former_name`` is the old name by which it was found, with the district it lay in; empty when
    found by its own name. ``is_part`` says that only a part of the old unit lies here.
    """

    key: str
    name: str
    level: str
    parent_name: str
    path: str
    former_name: str = ""
    is_part: bool = False

    @property
    def says(self) -> str:
        """What the old name was, and since when it is no more; empty when found by its own name."""
        if not self.former_name:
            return ""
        told = {"day": short_date(reform_day()), "name": self.former_name}
        if self.is_part:
            return _("trước %(day)s: một phần %(name)s") % told
        return _("trước %(day)s: %(name)s") % told


@dataclass(slots=True)
class _Entry:
    """A unit as the search sees it."""

    match: Match
    key: str
    name: str  # lower case, with marks and division
    short: str  # lower case, with marks
    folded: str  # with division
    folded_short: str
    context: str  # folded names of the units around it
    valid_from: date | None
    valid_to: date | None
    order: tuple[bool, str, str] = (True, "", "")  # at home first, then Vietnamese order
    today: list[tuple[str, bool]] = field(default_factory=list)  # successor, is only a part
    paths: list[str] = field(default_factory=list)  # where it lies today

    def lies_in(self, on: date | None) -> list[str]:
        return self.paths if on is None else [self.match.path]

    def existed(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or self.valid_to > day
        )


class Gazetteer:
    """Every unit by every word of its name."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self.entries = list(entries)
        self.by_key = {entry.key: entry for entry in self.entries}

    @cached_property
    def _words(self) -> list[tuple[str, int]]:
        return sorted(
            (word, place)
            for place, entry in enumerate(self.entries)
            for word in {*entry.folded_short.split(), entry.folded_short}
        )

    def find(
        self, text: str, *, on: date | None, limit: int, within: str, level: str
    ) -> list[Match]:
        """Return the places that fit; see ``search``."""
        query = Typed.of(text)
        if not query.words:
            return []
        scored = heapq.nsmallest(
            limit * 4,
            self._scored(query, on=on, within=within),
            key=lambda pair: (pair[0], pair[1].order),
        )
        found: dict[str, Match] = {}
        for _score, entry in scored:
            for match in self._matches(entry, on):
                if match.path.startswith(within) and (not level or match.level == level):
                    found.setdefault(match.key, match)
        return list(found.values())[:limit]

    def _scored(
        self, query: Typed, *, on: date | None, within: str
    ) -> Iterator[tuple[int, _Entry]]:
        for place in self._candidates(query):
            entry = self.entries[place]
            if on is not None and not entry.existed(on):
                continue
            if within and not any(path.startswith(within) for path in entry.lies_in(on)):
                continue
            rank = _rank(query, entry)
            if rank is not None:
                yield rank, entry

    def _candidates(self, query: Typed) -> set[int]:
        sets = [self._starting(word) for word in query.words]
        everywhere = set[int].intersection(*sets)
        # «ninh kieu can tho»: the first words name the place, the others what lies around it.
        return everywhere or sets[0]

    def _starting(self, word: str) -> set[int]:
        begin = bisect_left(self._words, (word, -1))
        end = bisect_left(self._words, (word + "\uffff", -1))
        return {place for _word, place in self._words[begin:end]}

    def _matches(self, entry: _Entry, on: date | None) -> Iterator[Match]:
        if on is not None or entry.valid_to is None:
            yield entry.match
            return
        former = ", ".join(filter(None, [entry.match.name, entry.match.parent_name]))
        for key, is_part in entry.today:
            yield replace(self.by_key[key].match, former_name=former, is_part=is_part)


def _rank(query: Typed, entry: _Entry) -> int | None:
    """Return how well an entry fits, 0 best; None when it does not."""
    fit = _fit(query, entry)
    if fit is None:
        return None
    is_other_division = bool(query.division) and not entry.folded.startswith(query.division)
    is_former = entry.valid_to is not None
    return 2 * fit + is_former + 20 * is_other_division


def _fit(query: Typed, entry: _Entry) -> int | None:
    has_marks = query.marked != query.folded
    tests = (
        (0, query.marked in {entry.name, entry.short}),
        (1, query.bare == entry.folded_short),
        (2, has_marks and entry.short.startswith(query.marked)),
        (3, entry.folded_short.startswith(query.bare)),
    )
    fit = next((rank for rank, is_met in tests if is_met), None)
    if fit is not None:
        return fit
    own_words = entry.folded_short.split()
    missing = [word for word in query.words if not any(own.startswith(word) for own in own_words)]
    if not missing:
        return 4
    return 5 if all(word in entry.context for word in missing) else None


_read: list[Gazetteer] = []  # one per process, once the units are loaded


def forget() -> None:
    """Read the units anew at the next search; called after they were loaded again."""
    _read.clear()


def search(
    text: str, *, on: date | None = None, limit: int = 8, within: str = "", level: str = ""
) -> list[Match]:
    """Return the places that fit what was typed, the best first.

    Without ``on`` these are units of today; an old name leads to what the unit became, and
    ``former_name`` says so. With ``on`` they are the units of that day. ``within`` is the key of
    a unit they must lie in. Marks, when typed, put the exact name first.
    """
    if not _read:
        gazetteer = Gazetteer(_entries())
        if not gazetteer.entries:
            return []
        _read.append(gazetteer)
    known = _read[0]
    around = known.by_key.get(within)
    if within and around is None:
        return []
    path = around.match.path if around else ""
    return known.find(text, on=on, limit=limit, within=path, level=level)


def _entries() -> list[_Entry]:
    home = f"{city().key}/"
    units = {unit.key: unit for unit in Unit.objects.order_by("key")}
    entries = {unit.key: _entry(unit, _above(unit, units)) for unit in units.values()}
    shares = crosswalk(clock.today()).order_by("-weight", "unit__sort_key")
    for recorded, key, weight in shares.values_list("recorded_id", "unit_id", "weight"):
        entries[recorded].today.append((key, weight < 1))
        entries[recorded].paths.append(units[key].path)
    for key, entry in entries.items():
        is_elsewhere = not any(path.startswith(home) for path in entry.paths)
        entry.order = (is_elsewhere, units[key].sort_key, key)
    return list(entries.values())


def _above(unit: Unit, units: dict[str, Unit]) -> list[Unit]:
    keys = unit.path.split("/")[:-2]
    return [units[key] for key in reversed(keys) if key in units]


def _entry(unit: Unit, above: list[Unit]) -> _Entry:
    return _Entry(
        match=Match(
            key=unit.key,
            name=unit.name,
            level=unit.level,
            parent_name=", ".join(one.name for one in above),
            path=unit.path,
        ),
        key=unit.key,
        name=marked(unit.name),
        short=marked(unit.short_name),
        folded=plain(unit.name),
        folded_short=plain(unit.short_name),
        context=" ".join(plain(one.short_name) for one in above),
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )
