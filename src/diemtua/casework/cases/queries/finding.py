"""Finding a case: by its code, its alias, or, through blind indexes, by a name or a phone."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from diemtua.casework.cases import policies
from diemtua.casework.cases.models import Case, CaseToken
from diemtua.casework.cases.queries import catalogue, naming
from diemtua.foundation.database.asker import Asker
from diemtua.foundation.text import fold
from diemtua.foundation.vault import blind

A_PHONE = re.compile(r"[\d\s.+()-]{8,}")


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A case that is known already: its alias and where it stands."""

    id: UUID
    alias: str
    code: str
    status: str


def with_phone(*, asker: Asker, token: bytes, at_most: int = 5) -> list[KnownRow]:
    """Return the cases the asker sees with a telephone number, given by its blind token alone."""
    known = CaseToken.objects.filter(case=OuterRef("pk"), kind="phone", token=token)
    seen = Case.objects.filter(policies.SEES.filter(asker)).filter(Exists(known))
    return [
        KnownRow(case.pk, case.alias, case.code, case.get_status_display())
        for case in seen.order_by("-opened_at")[:at_most]
    ]


def found_by(text: str) -> Q:
    """Return the condition for what somebody typed into the search box.

    One kind of search at a time, so that PostgreSQL needs one index: a whole code, digits as a
    phone, an invented name (with or without its number, accents or not), else a person's name, of
    which every typed word must fit.
    """
    text = " ".join(text.split())
    if naming.is_code(text):
        return Q(code=text.upper())
    if A_PHONE.fullmatch(text):
        return _has_all("phone", text)
    if aliases := _aliases(text):
        return Q(alias__in=aliases)
    return _has_all("name", text)


def kind_of(text: str) -> tuple[str, str]:
    """Return what was typed: a whole code (else empty), and ``phone`` or ``name`` for the rest."""
    text = " ".join(text.split())
    code = text.upper() if naming.is_code(text) else ""
    return code, "phone" if A_PHONE.fullmatch(text) else "name"


def _aliases(text: str) -> list[str]:
    folded = fold(text)
    name, _, number = folded.rpartition(" ")
    if number.isdecimal():
        return [f"{known} {number}" for known in catalogue.invented_names() if fold(known) == name]
    return [
        f"{known} {n}"
        for known in catalogue.invented_names()
        if fold(known).startswith(folded)
        for n in naming.NUMBERS
    ]


def _has_all(kind: str, text: str) -> Q:
    tokens = blind.tokens(kind, text)
    if not tokens:
        return Q(pk__in=[])
    condition = Q()
    for token in tokens:
        known = CaseToken.objects.filter(case=OuterRef("pk"), kind=kind, token=token)
        condition &= Q(Exists(known))
    return condition
