"""Write docs/map.md: every verb, question, policy and job with its first sentence, by room.

python tools/map.py            write it
python tools/map.py --check    fail when it is stale
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "diemtua"
TARGET = ROOT / "docs" / "map.md"
KINDS = {"services": "Verbs", "queries": "Questions", "policies": "Policies", "jobs": "Jobs"}
ROOMS = (
    "foundation",
    "places",
    "accounts",
    "directory",
    "casework",
    "hotline",
    "indicators",
    "reports",
    "workspace",
)
HEAD = (
    "# Map\n\nWhere is the thing that does X? Written by `python tools/map.py`; `make lint` fails when it"
    " is stale.\nVerbs change something, questions read, policies say who may.\n"
)


def first_sentence(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """Return the first line of a function's docstring."""
    return (ast.get_docstring(node) or "").split("\n", 1)[0]


def public_functions(path: Path) -> Iterator[tuple[str, str]]:
    """Yield name and first sentence of every public function of a file."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith(
            "_"
        ):
            yield f"{node.name}", first_sentence(node)


def policies(path: Path) -> Iterator[tuple[str, str]]:
    """Yield name and code of every policy of a file."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            name = node.targets[0]
            called = ast.unparse(node.value.func)
            if isinstance(name, ast.Name) and called in {"Policy", "role_policy"}:
                words = [
                    ast.unparse(a)
                    for a in (*node.value.args, *(k.value for k in node.value.keywords))
                ]
                yield name.id, words[0].strip("'\"") if words else ""


def files_of(room: Path, kind: str) -> list[Path]:
    """Return the files of one kind of furniture in a room, its alcoves and packages."""
    found = [
        p for p in room.rglob("*.py") if "tests" not in p.parts and "migrations" not in p.parts
    ]
    return sorted(p for p in found if p.stem == kind or kind in p.relative_to(room).parts[:-1])


def render() -> str:
    """Return the whole map."""
    lines = [HEAD]
    for name in ROOMS:
        room = SOURCE / name
        lines.append(f"\n## {name}\n")
        for kind, title in KINDS.items():
            rows = []
            for path in files_of(room, kind):
                place = path.relative_to(SOURCE).as_posix()
                read = policies if kind == "policies" else public_functions
                rows += [f"| `{what}` | {says} | `{place}` |" for what, says in read(path)]
            if rows:
                lines += [f"\n### {title}\n", "| Name | Says | Where |", "|---|---|---|", *rows]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the map, or check it."""
    text = render()
    if "--check" in sys.argv:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            print("docs/map.md is stale: run python tools/map.py")
            return 1
        return 0
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
