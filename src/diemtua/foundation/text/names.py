"""Names of people as they are written in Việt Nam: family name first, given name last."""

from dataclasses import dataclass

from diemtua.foundation.text.folding import fold, sort_key

_TITLES = frozenset(
    {"ong", "ba", "co", "chu", "bac", "anh", "chi", "em", "chau", "be", "gs", "pgs", "ts", "ths"}
    | {"bs", "cn", "ks", "ds", "ls", "dd", "mr", "mrs", "ms", "dr"}
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart: ``BS. Nguyễn Thị Minh Châu``."""

    title: str
    family: str
    middle: str
    given: str

    @property
    def full(self) -> str:
        """The name without its title."""
        return " ".join(part for part in (self.family, self.middle, self.given) if part)

    @property
    def sort_key(self) -> str:
        """The key of Vietnamese lists of people: by given name, then family and middle name."""
        return sort_key(f"{self.given} {self.family} {self.middle}")

    @property
    def initials(self) -> str:
        """One or two capitals for a round badge: family and given name."""
        return (self.family[:1] + self.given[:1]).upper()


def person_name(text: str) -> PersonName:
    """Return the parts of a name; a single word is a given name."""
    parts = text.replace(".", ". ").split()
    titles: list[str] = []
    while len(parts) > 1 and _is_title(parts[0], rest=len(parts) - 1):
        titles.append(parts.pop(0))
    if len(parts) < 2:  # noqa: PLR2004 - a family name needs a second word
        return PersonName(" ".join(titles), "", "", " ".join(parts))
    family, *middle, given = parts
    return PersonName(" ".join(titles), family, " ".join(middle), given)


def _is_title(word: str, *, rest: int) -> bool:
    # «Chu Văn An», «Cô Thị Lan»: a title with a capital letter and no dot may be a family name.
    if fold(word).rstrip(".") not in _TITLES:
        return False
    return word.endswith(".") or word[:1].islower() or word in _ADDRESS or rest == 1


_ADDRESS = frozenset({"Ông", "Bà", "Chị", "Anh", "GS", "PGS", "TS", "ThS", "BS", "LS"})


def given_name(text: str) -> str:
    """Return the name by which one is called: the last word."""
    return person_name(text).given
