"""A dump of the whole database, as somebody who carries the server off would read it."""

import subprocess

from diemtua.site import backups


def whole_database(city) -> bytes:
    """Return everything the database holds, as the superuser dumps it: every schema, every row."""
    command = [backups.binaries() / "pg_dump", "--format=plain", city.dsn]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
