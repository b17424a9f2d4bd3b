"""The floors of the house, read from the one place that states them: ``.importlinter``."""

import configparser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "diemtua"


def floors() -> dict[str, int]:
    """Return each room's floor, the ground being 0."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    layers = parser["importlinter:contract:floors"]["layers"].split("\n")
    lines = [line.strip() for line in layers if line.strip()]
    found = {}
    for height, line in enumerate(reversed(lines)):
        for room in line.split("|"):
            found[room.strip().strip("()")] = height
    return found


def room_of(model: type) -> str | None:
    """Return the room a model lives in, or None for third-party models."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "diemtua" else None


def rooms() -> list[Path]:
    """Return the folder of each room that stands."""
    return sorted(p for p in SOURCE.iterdir() if (p / "__init__.py").exists() and p.is_dir())


def alcoves_and_rooms() -> list[Path]:
    """Return every folder that has furniture: rooms, alcoves, parts of the foundation."""
    return sorted(
        {p.parent for p in SOURCE.rglob("apps.py")}
        | {p.parent for p in SOURCE.rglob("services.py")}
    )
