"""What an action's code says to a reader of the trail; each room brings its own sentences."""

from collections.abc import Mapping

from django.utils.functional import Promise

_sentences: dict[str, str | Promise] = {}


def declare(sentences: Mapping[str, str | Promise]) -> None:
    """Declare what codes of actions say."""
    _sentences.update(sentences)


def says(code: str) -> str:
    """Return the sentence of a code; a code nobody declared says itself."""
    return str(_sentences.get(code, code))


def known() -> list[tuple[str, str]]:
    """Return every code with its sentence, in the order of the sentences."""
    return sorted(
        ((code, str(says)) for code, says in _sentences.items()), key=lambda pair: pair[1]
    )
