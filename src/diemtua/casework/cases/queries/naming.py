"""Names that say nothing of a person: aliases and case codes."""

import secrets

from diemtua.casework.cases.queries import catalogue

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
"""31 signs (a prime) without I, L, O, U and Z, which are misread: see ``check_sign``."""
RANDOM_SIGNS = 5
REPORT_PREFIX = "TB"  # tin báo
NUMBERS = range(2, 100)


def draw_alias(*, besides: str = "") -> str:
    """Return an invented name such as “Hoa Súng 27”, other than ``besides``."""
    while True:
        alias = f"{secrets.choice(catalogue.invented_names())} {secrets.choice(NUMBERS)}"
        if alias != besides:
            return alias


def is_drawn(alias: str) -> bool:
    """Return whether an alias can only have come from ``draw_alias``."""
    name, _, number = alias.rpartition(" ")
    is_number = number.isascii() and number.isdecimal() and str(int(number)) == number
    return name in catalogue.invented_names() and is_number and int(number) in NUMBERS


def draw_code(*, year: int) -> str:
    """Return a case code such as CT-2026-0K7Q3W: random, so that it tells neither order nor number.

    The last sign checks the others. 28 million codes a year; the table refuses a repeated one.
    """
    return f"{catalogue.code_prefix()}-{year}-{_signs()}"


def draw_report_code(*, year: int) -> str:
    """Return the code of a report without a case, such as TB-2026-0K7Q3W: drawn the same way."""
    return f"{REPORT_PREFIX}-{year}-{_signs()}"


def _signs() -> str:
    signs = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_SIGNS))
    return signs + check_sign(signs)


def check_sign(signs: str) -> str:
    """Return the sign that makes every single wrong sign and every swap of neighbours visible.

    A weighted sum modulo a prime: as the number of signs in the alphabet is prime, no difference
    of two signs times a weight below it vanishes.
    """
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(signs, start=2))
    return ALPHABET[total % len(ALPHABET)]


def is_code(text: str) -> bool:
    """Return whether a text is a well-formed case code, check sign included."""
    prefix, _, rest = text.strip().upper().partition("-")
    year, _, signs = rest.partition("-")
    is_whole = (
        prefix == catalogue.code_prefix() and year.isdecimal() and len(signs) == RANDOM_SIGNS + 1
    )
    return is_whole and all(s in ALPHABET for s in signs) and check_sign(signs[:-1]) == signs[-1]
