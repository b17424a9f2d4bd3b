"""An adversary reads the published table, knows the rules, and tries to get a hidden row back."""

from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from diemtua.indicators.suppression import Cell, Protected, protect, total_of

SMALL = st.builds(lambda part, rest: Cell(part, part + rest), st.integers(0, 7), st.integers(0, 7))
TINY = st.builds(lambda part, rest: Cell(part, part + rest), st.integers(0, 4), st.integers(0, 4))
ANY = st.builds(lambda part, rest: Cell(part, part + rest), st.integers(0, 60), st.integers(0, 60))


def table(cells):
    return dict(enumerate(cells))


def published(rows, kept):
    return {key: cell for key, cell in rows.items() if key not in kept.hidden}


@given(cells=st.lists(ANY | SMALL, max_size=12), minimum=st.sampled_from([3, 5, 10]))
@settings(max_examples=300)
def test_no_small_number_is_shown(cells, minimum):
    rows = table(cells)
    kept = protect(rows, minimum=minimum)
    assert not any(cell.is_small(minimum) for cell in published(rows, kept).values())
    assert kept.total_is_hidden or not total_of(cells).is_small(minimum)


@given(cells=st.lists(ANY | SMALL, max_size=12), minimum=st.sampled_from([3, 5, 10]))
@settings(max_examples=300)
def test_what_is_left_over_after_subtraction_is_never_one_row_nor_small(cells, minimum):
    rows = table(cells)
    kept = protect(rows, minimum=minimum)
    if kept.total_is_hidden or not kept.hidden:
        return
    left_over = total_of(rows[key] for key in kept.hidden)
    assert len(kept.hidden) >= 2
    assert not left_over.is_small(minimum)
    assert left_over.whole >= 2 * minimum


@given(cells=st.lists(TINY, min_size=1, max_size=4))
@example(cells=[Cell(0, 3), Cell(2, 2), Cell(2, 2), Cell(2, 2)])
@settings(max_examples=200)
def test_every_hidden_row_could_have_been_several_others(cells):
    """Brute force: all tables that would be published in exactly the same way."""
    minimum, rows = 3, table(cells)
    kept = protect(rows, minimum=minimum)
    if kept.total_is_hidden or not kept.hidden:
        return
    hidden = sorted(kept.hidden)
    seen = [set() for _ in hidden]
    for way in ways(total_of(rows[key] for key in hidden), len(hidden)):
        if protect(rows | dict(zip(hidden, way, strict=True)), minimum=minimum) == kept:
            for place, cell in enumerate(way):
                seen[place].add(cell.whole)
            if all(len(found) > 1 for found in seen):
                return
    raise AssertionError(f"a hidden row has one possible size only: {rows}")


def ways(left_over, count):
    """Return every way to share out what is left over among ``count`` rows of at least one."""
    if count == 1:
        yield (left_over,)
        return
    for part, rest in product(range(left_over.part + 1), range(left_over.rest + 1)):
        first = Cell(part, part + rest)
        others = Cell(left_over.part - part, left_over.whole - first.whole)
        if first.whole and others.whole >= count - 1:
            for tail in ways(others, count - 1):
                yield (first, *tail)


@given(cells=st.lists(ANY, max_size=8), data=st.data())
def test_the_order_of_the_rows_does_not_matter(cells, data):
    rows = table(cells)
    shuffled = dict(data.draw(st.permutations(list(rows.items()))))
    assert protect(rows, minimum=5) == protect(shuffled, minimum=5)


def test_nothing_is_hidden_of_a_table_without_small_numbers():
    rows = {"a": Cell(20, 30), "b": Cell(0, 40), "c": Cell(12, 12), "d": Cell(0, 0)}
    assert protect(rows, minimum=5) == Protected(frozenset(), total_is_hidden=False)


def test_one_small_commune_takes_the_next_smallest_with_it():
    rows = {"small": Cell(2, 3), "next": Cell(6, 12), "large": Cell(50, 70)}
    kept = protect(rows, minimum=5)
    assert kept.hidden == {"small", "next"}
    assert not kept.total_is_hidden


def test_those_who_did_not_reach_help_count_as_a_small_number_too():
    rows = {"a": Cell(28, 30), "b": Cell(10, 30), "c": Cell(40, 80)}
    assert protect(rows, minimum=5).hidden == {"a", "b"}


def test_a_city_of_scattered_single_persons_shows_not_even_its_total():
    rows = {number: Cell(1, 1) for number in range(6)}
    kept = protect(rows, minimum=5)
    assert len(kept.hidden) == 6
    assert kept.total_is_hidden
