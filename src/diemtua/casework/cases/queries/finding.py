"""Finding a case: by its code, its alias, or, through blind indexes, by a name or a phone."""

import re

from django.db.models import Exists, OuterRef, Q

from diemtua.casework.cases.models import CaseToken
from diemtua.casework.cases.queries import catalogue, naming
from diemtua.foundation.text import fold
from diemtua.foundation.vault import blind

A_PHONE = re.compile(r"[\d\s.+()-]{8,}")


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
