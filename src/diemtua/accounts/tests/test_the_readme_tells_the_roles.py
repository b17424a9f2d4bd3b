from pathlib import Path

from django.utils import translation

from diemtua.accounts.models import INCOMPATIBLE, NEEDS_SECOND_FACTOR, SEES_PERSONS, Role

README = Path(__file__).parent.parent / "README.md"


def rows():
    with translation.override("vi"):
        for role in Role:
            others = {other for pair in INCOMPATIBLE if role in pair for other in pair - {role}}
            apart = ", ".join(str(label) for value, label in Role.choices if value in others) or "–"
            sees = "yes" if role in SEES_PERSONS else "no"
            factor = "required" if role in NEEDS_SECOND_FACTOR else "offered"
            yield f"| {role.label} (`{role.value}`) | {sees} | {factor} | {apart} |"


def test_the_readme_tells_the_roles_as_the_code_does():
    missing = [row for row in rows() if row not in README.read_text(encoding="utf-8")]
    assert missing == []
