"""Small numbers: hidden, and hidden so that nobody gets them back by subtraction.

A row counts some people (``whole``) and how many of them a thing is true of (``part``); those of
whom it is not true (``rest``) follow from the two. A row is *small* when one of the three is
between 1 and the minimum less one. Zero is no person and is shown.

Where rows add up to a published total, hiding the small rows is not enough: what is left over
after subtracting the shown rows belongs to the hidden ones together. So further rows are hidden,
the smallest first, until those together tell nothing small and nothing exact of any one of them.
A hidden row does not say why it is hidden: knowing that would narrow it down.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """How many people, and of how many of them a thing is true."""

    part: Number
    whole: Number

    @property
    def rest(self) -> Number:
        """Of how many it is not true."""
        return self.whole - self.part

    @property
    def is_empty(self) -> bool:
        """Whether it counts nobody."""
        return not self.whole

    def is_small(self, minimum: int) -> bool:
        """Return whether one of its three numbers could point at a person."""
        return any(0 < number < minimum for number in (self.part, self.rest, self.whole))


@dataclass(frozen=True, slots=True)
class Protected[K: Hashable]:
    """Which rows of a table are hidden, and whether its total is."""

    hidden: frozenset[K]
    total_is_hidden: bool


def protect[K: Hashable](rows: Mapping[K, Cell], *, minimum: int) -> Protected[K]:
    """Return what must be hidden of rows shown with their total.

    When the rows are so few and small that hiding all of them would still tell something exact,
    the total is hidden as well.
    """
    counted = {key: cell for key, cell in rows.items() if not cell.is_empty}
    hidden = {key for key, cell in counted.items() if cell.is_small(minimum)}
    if total_of(rows.values()).is_small(minimum):
        return Protected(frozenset(hidden), total_is_hidden=True)
    shown = sorted(
        (key for key in counted if key not in hidden),
        key=lambda key: (counted[key].whole, counted[key].part, str(key)),
        reverse=True,
    )
    while hidden and not _tells_nothing([counted[key] for key in hidden], minimum):
        if not shown:
            return Protected(frozenset(hidden), total_is_hidden=True)
        hidden |= _smallest(shown, counted)
    return Protected(frozenset(hidden), total_is_hidden=False)


def _smallest[K: Hashable](shown: list[K], counted: Mapping[K, Cell]) -> set[K]:
    """Take the smallest shown row, and all of its size: which of equals was taken would tell."""
    size = counted[shown[-1]].whole
    taken = set()
    while shown and counted[shown[-1]].whole == size:
        taken.add(shown.pop())
    return taken


def total_of(cells: Iterable[Cell]) -> Cell:
    """Return the cells added up."""
    part: Number = 0
    whole: Number = 0
    for cell in cells:
        part, whole = part + cell.part, whole + cell.whole
    return Cell(part, whole)


def _tells_nothing(together: list[Cell], minimum: int) -> bool:
    left_over = total_of(together)
    roomy = left_over.whole >= max(2 * minimum, len(together) + minimum)
    return (
        len(together) > 1
        and roomy
        and not _is_full(together, minimum)
        and not left_over.is_small(minimum)
    )


def _is_full(together: list[Cell], minimum: int) -> bool:
    """Return whether the rows can only be as large as a small row gets, which tells each of them.

    It needs every row to be small, and the thing to be true of everybody in them or of nobody:
    then the size alone made them small, and no room is left for one to be smaller.
    """
    left_over = total_of(together)
    is_plain = not left_over.part or not left_over.rest
    is_small = all(cell.is_small(minimum) for cell in together)
    return is_plain and is_small and left_over.whole >= len(together) * (minimum - 1)
