"""PostgreSQL's own programs: they write a dump of the database and read it back, as the owner role."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from diemtua.foundation.database import embedded, roles
from diemtua.site import reaching
from diemtua.site.cli_language import gettext as _
from diemtua.site.stops import Stop

HEADER_LINES = 60  # within which a dump sets what it needs
UNKNOWN_TO_OLDER = b"SET transaction_timeout"  # newer than PostgreSQL 16; it only switches it off


def dump(target: Path, *, without_rows_of: Iterable[str]) -> None:
    """Write a dump of the whole database.

    Raises:
        Stop: pg_dump failed.
    """
    left_out = [f"--exclude-table-data={table}" for table in without_rows_of]
    command, environment = _call("pg_dump", "--format=custom", f"--file={target}", *left_out)
    done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603 - our own programs, no shell
    _require_success("pg_dump", done.returncode, done.stderr)


def load(source: Path) -> None:
    """Read a dump into the database, whole or not at all; also into an older PostgreSQL.

    Raises:
        Stop: it cannot be read, or the database refuses.
    """
    reader = [
        str(embedded.programs() / "pg_restore"),
        "--no-owner",
        f"--role={roles.OWNER}",
        "-f",
        "-",
    ]
    writer, environment = _call(
        "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null", "--file=-"
    )  # fmt: skip
    with (
        subprocess.Popen(  # noqa: S603 - our own programs, no shell
            [*reader, str(source)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as reading,
        subprocess.Popen(  # noqa: S603 - as above
            writer, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE
        ) as writing,
    ):
        _pass_on(reading.stdout, writing.stdin)
        refused = writing.stderr.read() if writing.stderr else b""
        unread = reading.stderr.read() if reading.stderr else b""
    _require_success("psql", writing.returncode, refused)
    _require_success("pg_restore", reading.returncode, unread)


def _pass_on(script: IO[bytes] | None, psql: IO[bytes] | None) -> None:
    if script is None or psql is None:  # pragma: no cover - both are pipes
        return
    try:
        for _number in range(HEADER_LINES):
            line = script.readline()
            if not line.startswith(UNKNOWN_TO_OLDER):
                psql.write(line)
        shutil.copyfileobj(script, psql)
        psql.close()
    except BrokenPipeError:  # psql refused something; what it says is read next
        script.close()
        with suppress(BrokenPipeError):
            psql.close()


def _call(program: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """Return command and environment; a password travels in the latter, out of the list of processes."""
    parts: dict[str, Any] = conninfo_to_dict(reaching.maintenance_dsn())
    parts["dbname"] = reaching.database_name()
    if reaching.uses_embedded():
        parts["user"] = roles.OWNER
    environment = dict(os.environ) | {"PGOPTIONS": f"-c role={roles.OWNER}"}
    if password := parts.pop("password", None):
        environment["PGPASSWORD"] = str(password)
    command = [str(embedded.programs() / program), *arguments, f"--dbname={make_conninfo(**parts)}"]
    return command, environment


def _require_success(program: str, code: int, said: bytes) -> None:
    if code == 0:
        return
    lines = said.decode(errors="replace").splitlines()
    why = next((line for line in lines if "error" in line.lower()), program)
    raise Stop(_("%s không chạy được: %s") % (program, why[:300]))
