"""Reading what is sealed: always on purpose, always in the audit trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from diemtua.casework.cases import policies
from diemtua.casework.cases.models import Case
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.vault import services as vault


@dataclass(frozen=True, slots=True)
class Identity:
    """Who she is, and what she told: for the page that was asked for it, and no longer."""

    full_name: str
    phones: tuple[str, ...]
    address: str
    birth_year: int | None
    story: str


@dataclass(frozen=True, slots=True)
class SafeContact:
    """How to reach her without harm."""

    phone: str
    hours: str
    say: str
    note: str

    @classmethod
    def told(cls, words: Mapping[str, Any]) -> "SafeContact":
        """Return what was told, from the unsealed words."""
        return cls(*(str(words.get(key) or "") for key in ("phone", "hours", "say", "note")))

    @property
    def is_known(self) -> bool:
        """Whether anything was told."""
        return bool(self.phone or self.hours or self.say or self.note)


def read_identity(*, asker: Asker, case: Case) -> Identity:
    """Return who she is and what she told; the audit trail says who read it and when."""
    policies.SEES.require(asker, case)
    told = vault.unseal(case, "identity", "story", asker=asker, why="casework.case.identity-read")
    person = told.identity or {}
    return Identity(
        full_name=person.get("full_name") or "",
        phones=tuple(person.get("phones") or ()),
        address=person.get("address") or "",
        birth_year=person.get("birth_year"),
        story=told.story or "",
    )


def read_safe_contact(*, asker: Asker, case: Case) -> SafeContact:
    """Return how to reach her safely; the audit trail says who read it and when."""
    policies.SEES.require(asker, case)
    told = vault.unseal(case, "safe_contact", asker=asker, why="casework.case.opened-on-screen")
    return SafeContact.told(told.safe_contact or {})
