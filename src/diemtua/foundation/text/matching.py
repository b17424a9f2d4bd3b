"""Whether a text is what someone typed: without marks all marks fit, with marks the exact ones come first."""

from collections.abc import Callable, Iterable

from diemtua.foundation.text.folding import fold, marked_words, words


def rank(query: str, text: str) -> int | None:
    """Return how well a text fits what was typed, 0 best, None when it does not fit.

    Each word typed must begin a word of the text. A word typed with marks (``dương``) prefers the
    same marks but does not drop ``đường``: it only counts against it. A fit at the start of the
    text comes before one further on.
    """
    typed, typed_marked = words(query), marked_words(query)
    found, found_marked = words(text), marked_words(text)
    if not typed or not all(any(own.startswith(word) for own in found) for word in typed):
        return None
    other_marks = sum(
        word != fold(word) and not any(own.startswith(word) for own in found_marked)
        for word in typed_marked
    )
    is_elsewhere = not " ".join(found).startswith(" ".join(typed))
    is_longer = found != typed
    return 4 * other_marks + 2 * is_elsewhere + is_longer


def matching[T](query: str, things: Iterable[T], *, text: Callable[[T], str]) -> list[T]:
    """Return the things whose text fits what was typed, the best first, else in their own order."""
    ranked = [(rank(query, text(thing)), thing) for thing in things]
    fitting = [(number, thing) for number, thing in ranked if number is not None]
    return [thing for _number, thing in sorted(fitting, key=lambda pair: pair[0])]
