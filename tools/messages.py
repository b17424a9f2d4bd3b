"""Translations without GNU gettext: gather what is to be translated, merge, compile, check.

    python tools/messages.py             gather into the .po files, then compile
    python tools/messages.py --check     fail when a text lacks its English, or the .po is stale
    python tools/messages.py --compile   write the .mo files that are older than their .po

Texts are written in Vietnamese in Python (``_("…")``) and templates (``{% translate %}``); English
stands in ``locale/en``. ``locale/vi`` only rewords what Django itself says in Vietnamese.
"""

import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "diemtua"
LOCALE = SOURCE / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
HEADER = "# English texts of Điểm Tựa. The keys are the Vietnamese texts of the source."

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\([a-zA-Z_]\w*\)[sdf]|%[sd]|\{\w*\}|%%")
LITERAL = re.compile(r"u?(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')")
CALL = re.compile(
    r"\b(_|n?p?gettext)\(((?:\s*u?(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')\s*,?)+)\s*(?:count\s*)?\)"
)
Call = tuple[str, tuple[object, ...]]
Text = tuple[str | tuple[str, ...], str | None]


def sources() -> Iterator[Path]:
    """Yield every file of the product that may hold texts; tests hold none."""
    for path in sorted(SOURCE.rglob("*")):
        within = path.relative_to(SOURCE).parts
        if path.suffix in {".py", ".html", ".txt"} and not {"tests", "migrations", "vendor"} & set(
            within
        ):
            yield path


def texts_of(path: Path) -> Iterator[Text]:
    """Yield the texts of a file: singular or (singular, plural), and their context."""
    code = path.read_text("utf-8")
    calls = calls_in_python(code) if path.suffix == ".py" else calls_in_template(code, path)
    for function, given in calls:
        yield from _read_call(function, given)


def calls_in_python(code: str) -> Iterator[Call]:
    """Yield each call that marks a text in Python."""
    found = extract_python(io.BytesIO(code.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    for _line, function, marked, _comments in found:
        given: Any = marked  # one text, or all of the call's arguments
        yield str(function), tuple(given) if isinstance(given, list | tuple) else (given,)


def calls_in_template(code: str, path: Path) -> Iterator[Call]:
    """Yield each call that Django makes of a template's translate tags."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 - needs settings

    for call in CALL.finditer(templatize(code, origin=str(path))):
        yield call[1], tuple(ast.literal_eval(text) for text in LITERAL.findall(call[2]))


def _read_call(function: str, given: tuple[object, ...]) -> Iterator[Text]:
    context, texts = None, []
    for place in KEYWORDS[function] or (1,):
        number, is_context = (place[0], True) if isinstance(place, tuple) else (place, False)
        text = given[number - 1] if len(given) >= number else None
        if not isinstance(text, str) or not text:
            return  # a variable, not a text
        if is_context:
            context = text
        else:
            texts.append(text)
    yield (tuple(texts) if len(texts) > 1 else texts[0]), context


def gathered() -> Catalog:
    """Return a catalogue of every text in the source, without translations."""
    _configure()
    catalog = Catalog(fuzzy=False)
    for path in sources():
        place = path.relative_to(ROOT).as_posix()
        for text, context in texts_of(path):
            catalog.add(text, locations=[(place, 0)], context=context)
    return catalog


def _configure() -> None:
    from django.conf import settings  # noqa: PLC0415 - nothing of the site is needed to read texts

    if not settings.configured:
        settings.configure(USE_I18N=True)


def english() -> Catalog:
    """Return the English catalogue as it stands in the .po file."""
    if not ENGLISH.exists():
        return Catalog(locale="en", fuzzy=False)
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def merged() -> Catalog:
    """Return the English catalogue brought in step with the source."""
    catalog = english()
    catalog.update(gathered(), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    catalog.header_comment = HEADER
    catalog.project, catalog.version, catalog.fuzzy = "Điểm Tựa", "", False
    return catalog


def written(catalog: Catalog) -> bytes:
    """Return the .po text of a catalogue: by text, files named without lines, no dates."""
    buffer = io.BytesIO()
    write_po(
        buffer, catalog, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True
    )
    dated = re.compile(
        rb'"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By|Project-Id-Version)[^\n]*\n'
    )
    return dated.sub(b"", buffer.getvalue())


def faults(catalog: Catalog) -> list[str]:
    """Return what is wrong with the translations: missing ones, differing placeholders."""
    return [
        f"{fault}: {_all(message.id)[0]!r}"
        for message in catalog
        if message.id
        for fault in _faults_of(message)
    ]


def _faults_of(message: Message) -> Iterator[str]:
    ids, strings = _all(message.id), _all(message.string)
    if not all(strings):
        yield "no English"
        return
    allowed = {frozenset(PLACEHOLDER.findall(text)) for text in ids}
    if any(frozenset(PLACEHOLDER.findall(text)) not in allowed for text in strings):
        yield "placeholders differ"


def _all(texts: object) -> tuple[str, ...]:
    return tuple(map(str, texts)) if isinstance(texts, list | tuple) else (str(texts or ""),)


def compile_all() -> None:
    """Write each .mo file that is older than its .po file."""
    for po in sorted(LOCALE.rglob("*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        with po.open("rb") as file:
            catalog = read_po(file, locale=po.parts[-3])
        building = mo.with_suffix(f".{os.getpid()}")
        with building.open("wb") as target:
            write_mo(target, catalog)
        building.replace(mo)


def check() -> list[str]:
    """Return every reason why the translations are not complete and in step."""
    catalog = merged()
    found = faults(catalog)
    if not ENGLISH.exists() or ENGLISH.read_bytes() != written(catalog):
        found.insert(0, f"{ENGLISH.relative_to(ROOT)} is not in step: run tools/messages.py")
    return found


def main(arguments: list[str]) -> int:
    """Do what the arguments ask."""
    if "--check" in arguments:
        found = check()
        print("\n".join(found[:50]) + (f"\n… {len(found)} in all" if len(found) > 50 else ""))  # noqa: PLR2004
        return bool(found)
    if "--compile" not in arguments:
        ENGLISH.parent.mkdir(parents=True, exist_ok=True)
        catalog = merged()
        ENGLISH.write_bytes(written(catalog))
        missing = len(faults(catalog))
        print(
            f"{len(catalog)} texts, {missing} without English"
            if missing
            else f"{len(catalog)} texts"
        )
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
