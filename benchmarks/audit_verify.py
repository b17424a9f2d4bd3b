"""The audit trail: a million entries, made and verified on a server of its own.

    python -m benchmarks.audit_verify [--entries N]

``measure()`` needs a free folder only: it starts an embedded server and throws it away.
"""

import argparse
import json
import os
import tempfile
from pathlib import Path
from time import perf_counter

ENTRIES = 1_000_000
BATCH = (
    1_000  # a lane's head is rewritten for each entry: long transactions pile up its old versions
)
CHECKPOINTS = 200
BUDGET_SECONDS = 60

MAKE = """
    INSERT INTO audit_entry (lane, seq, at, kind, role, job, action, subject_label, subject_id, why,
                             screen, request_id, details, prev_hash, hash)
    SELECT 0, 0, now(), '', '', '', 'casework.case.opened-on-screen', 'casework.Case',
           gen_random_uuid()::text, '', 'case', substr(md5(n::text), 1, 16),
           jsonb_build_object('fields', 2, 'code', 'CT-26-' || n), '', ''
      FROM generate_series(1, %s) AS n
"""


def measure(*, entries=ENTRIES):
    """Return the rows for docs/benchmarks.md."""
    with tempfile.TemporaryDirectory(prefix="dtv-") as folder:
        _settings(Path(folder))
        from diemtua.foundation.database import embedded

        server = embedded.start(Path(folder) / "pg", disposable=True)
        try:
            _prepare(server)
            made = _made(entries)
            report, taken = _verified()
        finally:
            from django.db import connections

            connections.close_all()
            server.stop()
    assert report.is_whole, report.fault
    assert (report.entries, report.checkpoints) == (entries, CHECKPOINTS)
    return [
        {
            "work": f"Verify {entries:,} audit entries and {CHECKPOINTS} checkpoints",
            "figure": f"{taken:.1f} s",
            "budget": f"≤ {BUDGET_SECONDS} s",
            "ok": taken <= BUDGET_SECONDS,
        },
        {
            "work": "Write one audit entry (trigger, chain and hash, in bulk)",
            "figure": f"{made / entries * 1e6:.0f} µs",
            "budget": "–",
            "ok": True,
        },
    ]


def _settings(folder):
    import django

    os.environ.setdefault("DIEMTUA_DATA", str(folder))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemtua.site.settings")
    django.setup()


def _prepare(server):
    from django.core.management import call_command
    from django.db import connections

    from diemtua.foundation.database import roles, secrets

    roles.prepare(server.dsn(dbname="postgres", user="postgres"), database="diemtua")
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict.update(
            NAME="diemtua", HOST=server.socket_dir, PORT="", PASSWORD="", USER=roles.OWNER
        )
        connections[alias].settings_dict["OPTIONS"] = {}
    with connections["owner"].cursor() as cursor:
        roles.grant(cursor, database="diemtua")
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    with connections["owner"].cursor() as cursor:
        roles.tell_asker_key(cursor, secrets.asker_key())


def _made(entries):
    """Make the entries through the trigger, in transactions of their own, and bind them; seconds."""
    from django.db import connections

    from diemtua.foundation.audit import services
    from diemtua.foundation.database.asker import asking, job_asker

    taken, batches = 0.0, max(CHECKPOINTS, entries // BATCH)
    for batch in range(batches):
        connections["owner"].close()  # the next connection begins at another lane
        start = perf_counter()
        with connections["owner"].cursor() as cursor:
            cursor.execute(MAKE, [entries // batches])
        taken += perf_counter() - start
        if (batch + 1) % (batches // CHECKPOINTS) == 0:
            with asking(job_asker("audit.verify")):
                services.checkpoint()
        print(f"\r{(batch + 1) * (entries // batches):,}", end="", flush=True)
    print()
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE audit_entry")
    return taken


def _verified():
    from diemtua.foundation.audit import verify

    start = perf_counter()
    report = verify.verify(using="owner")
    return report, perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--json", action="store_true", help="the rows as one line of JSON")
    options = parser.parse_args()
    rows = measure(entries=options.entries)
    if options.json:
        print(json.dumps(rows))
        return
    for row in rows:
        print(f"{'✓' if row['ok'] else '✗'} {row['work']}: {row['figure']} ({row['budget']})")


if __name__ == "__main__":
    main()
