"""The real product, run as its users run it: `python -m diemtua demo` in a fresh data folder."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
READY_LINE = "SẴN SÀNG "
READY_SECONDS = 120
STOP_SECONDS = 12
NOT_OURS = ("DATABASE_URL", "DATABASE_APP_URL", "PYTHONWARNINGS")


class City:
    """A running demo: its address, its data folder, its database as the owner sees it."""

    def __init__(self) -> None:
        # A socket's path may be no longer than about 100 letters: the folder's name is short.
        self.data = Path(tempfile.mkdtemp(prefix="dt-", dir="/tmp"))
        self.log = self.data.with_name(self.data.name + ".log")
        self.address = f"http://127.0.0.1:{_free_port()}"
        self.started_in = 0.0
        self.stopped_in = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        """What the product sees: nothing of the test run's own settings."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("DIEMTUA") and name not in NOT_OURS
        }
        paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        return kept | {
            "DIEMTUA_DATA": str(self.data),
            "DIEMTUA_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "diemtua.site.settings",
            "PYTHONPATH": paths,
        }

    def start(self) -> None:
        began = time.monotonic()
        command = [sys.executable, "-m", "diemtua", "demo", "--no-browser", "--port", self.port]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(), stdout=log, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        while READY_LINE + self.address not in self.said():
            if self._process.poll() is not None:
                raise AssertionError(f"the demo ended by itself:\n{self.said()[-3000:]}")
            if time.monotonic() - began > READY_SECONDS:
                raise AssertionError(f"not ready in time:\n{self.said()[-3000:]}")
            time.sleep(0.1)
        self.started_in = time.monotonic() - began

    def stop(self) -> list[str]:
        """Press Ctrl-C; return what is still running afterwards (nothing, it should be)."""
        began = time.monotonic()
        self._process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=STOP_SECONDS)
        self.stopped_in = time.monotonic() - began
        left = _processes_of(self.data)
        for pid in left:
            os.kill(pid, signal.SIGKILL)  # what should be gone must not stay on the machine
        return list(left.values())

    def clear_away(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self.log.unlink(missing_ok=True)

    @property
    def port(self) -> str:
        return self.address.rpartition(":")[2]

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def faults(self) -> str:
        """What the product said beside its plain answers: for whoever looks into a failed story."""
        lines = self.said().splitlines()
        return "\n".join(line for line in lines if '"request.answered"' not in line)[-4000:]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the product's environment, e.g. its own command."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    @property
    def dsn(self) -> str:
        return f"host={self.data / 'pg'} dbname={self._database()} user=postgres"

    def _database(self) -> str:
        maintenance = f"host={self.data / 'pg'} dbname=postgres user=postgres"
        with psycopg.connect(maintenance) as connection:
            (name,) = connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'diemtua%'"
            ).fetchone()
        return name

    def ask(self, sql: str, *values) -> list[tuple]:
        """Ask the database in plain SQL, as its owner, past every rule of the application."""
        with psycopg.connect(self.dsn) as connection:
            connection.execute("SET ROLE diemtua_owner")
            return connection.execute(sql, values).fetchall()

    def count(self, table: str) -> int:
        return self.ask(f"SELECT count(*) FROM {table}")[0][0]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _processes_of(data: Path) -> dict[int, str]:
    """Every process of this city: its data folder stands in its environment or command line."""
    mark, found = os.fsencode(data), {}
    for folder in Path("/proc").glob("[0-9]*"):
        if int(folder.name) == os.getpid():
            continue
        try:
            told = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if mark in told and command:
            found[int(folder.name)] = command
    return found
