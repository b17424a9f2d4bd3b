"""`make bench`: seed invented cases, measure against the budgets, write docs/benchmarks.md.

    python -m benchmarks [--cases N] [--data FOLDER]

Times are wall clock on this machine; where a budget is a ratio, both sides run in this process,
turn by turn, so that the machine's mood cancels out.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 40
REASON = (
    "Whole pages do not keep the budget of twice the bare SQL and template, and the lines between say why. The SQL does:",
    "guarded by row-level security it stays below twice the unguarded. The rest is Python: session, membership, door,",
    "menu, translation and templates, some 25 ms for a page of the same frame without a row, and as much again or twice",
    "for the rows and the buttons in them.",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured line of the table."""

    work: str
    measured: str
    budget: str
    is_kept: bool


def p95(times):
    return quantiles(times, n=20)[-1]


def in_turn(ours: Callable, bare: Callable, rounds: int = ROUNDS):
    """Run both turn by turn and return their 95th percentiles in milliseconds."""
    ours(), bare()
    taken = [], []
    for _round in range(rounds):
        for work, times in zip((ours, bare), taken, strict=True):
            start = perf_counter()
            work()
            times.append((perf_counter() - start) * 1000)
    return p95(taken[0]), p95(taken[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--data", default=None)
    parser.add_argument(
        "--only", choices=["trail"], help="measure this alone, keep the other lines"
    )
    options = parser.parse_args()
    if options.only:
        return tell(trail(), anew=False)
    data = options.data or tempfile.mkdtemp(prefix="dtb-")
    os.environ.update(
        DIEMTUA_DATA=data, DIEMTUA_DEMO="1", DJANGO_SETTINGS_MODULE="diemtua.site.settings"
    )
    from diemtua.site import reaching, seeding

    if not (Path(data) / "seeded").exists():
        seeding.run(scale="city", cases=options.cases, number=20260101)
        (Path(data) / "seeded").touch()
    with reaching.running_database():
        found = measure()
    return tell([*found, *trail()], cases=options.cases)


def tell(found, *, cases=0, anew=True):
    """Write the table, all of it or only the lines of these figures, and print them."""
    write(found, cases) if anew else replace(found)
    for figure in found:
        print(
            f"{'✓' if figure.is_kept else '✗'} {figure.work}: {figure.measured} ({figure.budget})"
        )
    return 0


def trail():
    """Measure the audit trail in a process and on a server of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.audit_verify", "--json"],
        env={name: value for name, value in os.environ.items() if name != "DIEMTUA_DATA"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    rows = json.loads(done.stdout.splitlines()[-1])
    return [Figure(row["work"], row["figure"], row["budget"], row["ok"]) for row in rows]


def measure():
    from benchmarks import pages, reports

    seconds = reports.documents()
    return [
        *pages.measure(in_turn),
        *(
            Figure(
                f"Quarterly report, {kind}",
                f"{taken:.2f} s",
                f"≤ {reports.BUDGET[kind]} s",
                taken <= reports.BUDGET[kind],
            )
            for kind, taken in seconds.items()
        ),
    ]


def write(found, cases):
    lines = [
        "# Benchmarks",
        "",
        (
            f"`make bench` wrote this: {cases:,} invented cases, embedded PostgreSQL, Python {platform.python_version()},"
            f" {os.cpu_count()} cores. p95 of {ROUNDS} rounds; *bare* is the same SQL as the owner (no row-level"
            " security) with a bare template of the same rows, run turn by turn in the same process."
        ),
        "",
        *REASON,
        "",
        "| Work | Measured | Budget | Kept |",
        "|---|---|---|---|",
        *map(_line, found),
        "",
    ]
    (ROOT / "docs" / "benchmarks.md").write_text("\n".join(lines), encoding="utf-8")


def replace(found):
    file = ROOT / "docs" / "benchmarks.md"
    fresh = {_line(figure).split(" | ")[0]: _line(figure) for figure in found}
    lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    kept = [line for line in lines if line.split(" | ")[0] not in fresh]
    file.write_text("\n".join([*kept, *fresh.values(), ""]), encoding="utf-8")


def _line(figure):
    return f"| {figure.work} | {figure.measured} | {figure.budget} | {_kept(figure)} |"


def _kept(figure):
    if figure.budget == "–":
        return "–"
    return "yes" if figure.is_kept else "**no**"


if __name__ == "__main__":
    sys.exit(main())
