"""The language of the command line: Vietnamese, or English where the terminal's language is English.

Separate from Django's translations because most commands speak before Django is set up.
"""

import gettext as standard
import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def wanted() -> str:
    """Return ``en`` or ``vi`` from DIEMTUA_LANG, LC_ALL, LC_MESSAGES or LANG; Vietnamese otherwise."""
    for name in ("DIEMTUA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.lower().startswith("en") else "vi"
    return "vi"


_translations = standard.translation("django", LOCALE, languages=[wanted()], fallback=True)


def gettext(sentence: str) -> str:
    """Return the sentence in the terminal's language."""
    return _translations.gettext(sentence)
