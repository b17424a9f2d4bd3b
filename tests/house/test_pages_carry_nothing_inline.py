import re

from tests.house import floors

INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.IGNORECASE),
    "htmx handler": re.compile(r"hx-on|js:", re.IGNORECASE),
    "inline style": re.compile(r"<style\b", re.IGNORECASE),
    "inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE
    ),
    "other host": re.compile(r"""(?:src|href|action)\s*=\s*["']https?://""", re.IGNORECASE),
}


def templates():
    return [
        p
        for p in floors.SOURCE.rglob("*.html")
        if not {"vendor", "tests"} & set(p.relative_to(floors.SOURCE).parts)
    ]


def test_no_template_carries_inline_style_script_or_handler():
    found = [
        f"{path.relative_to(floors.SOURCE)}: {what}"
        for path in templates()
        for what, pattern in INLINE.items()
        if pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_element_that_moves_carries_the_nonce():
    moving = re.compile(
        r"<(?!c-)[a-z-]+(?:[^<>]|\{%[^%]*%\})*\bhx-(?:get|post|trigger)\b(?:[^<>]|\{%[^%]*%\})*>",
        re.IGNORECASE,
    )
    found = [
        f"{path.relative_to(floors.SOURCE)}: {match.group(0)[:60]}"
        for path in templates()
        for match in moving.finditer(path.read_text(encoding="utf-8"))
        if "{% hx %}" not in match.group(0)
    ]
    assert found == []
