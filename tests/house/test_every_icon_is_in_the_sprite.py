import re

from tests.house import floors

USED_IN_TEMPLATES = re.compile(
    r"""\{% icon "([a-z0-9-]+)"|<c-icon\b[^>]*?\bname=["']([a-z0-9-]+)["']|\bicon=["']([a-z0-9-]+)["']"""
)
USED_IN_PYTHON = re.compile(r"""\bicon ?= ?["']([a-z0-9-]+)["']""")


def listed():
    lines = (
        (floors.SOURCE / "foundation" / "ui" / "icons.txt").read_text(encoding="utf-8").splitlines()
    )
    return {line.partition("#")[0].strip() for line in lines} - {""}


def used():
    for path in [
        *floors.SOURCE.rglob("*.html"),
        *floors.SOURCE.rglob("*.py"),
        *floors.SOURCE.rglob("*.toml"),
    ]:
        if {"vendor", "tests"} & set(path.relative_to(floors.SOURCE).parts):
            continue
        pattern = USED_IN_TEMPLATES if path.suffix == ".html" else USED_IN_PYTHON
        for match in pattern.finditer(path.read_text(encoding="utf-8")):
            yield next(filter(None, match.groups())), path.relative_to(floors.SOURCE)


def test_every_icon_that_a_page_names_is_in_the_list():
    known = listed()
    assert sorted({f"{path}: {name}" for name, path in used() if name not in known}) == []
