"""An installation in a folder of its own, driven by the command as an operator drives it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from diemtua.foundation.database import embedded

ROOT = Path(__file__).resolve().parents[4]
READY = "SẴN SÀNG "


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class City:
    """One data folder and what is done to it."""

    def __init__(self):
        # A socket's path has room for about a hundred letters: the folder's name is short.
        self.data = Path(tempfile.mkdtemp(prefix="dt-", dir="/tmp"))

    def environment(self, **more):
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DIEMTUA", "DATABASE_", "PYTHONWARNINGS"))
        }
        told = {
            "DIEMTUA_DATA": str(self.data),
            "DIEMTUA_LANG": "vi",
            "DJANGO_SETTINGS_MODULE": "diemtua.site.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }
        return kept | told | more

    def start(self, *arguments, **environment):
        return subprocess.Popen(
            [sys.executable, "-m", "diemtua", *arguments],
            env=self.environment(**environment),
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def try_to(self, *arguments, typed="", **environment):
        """Run a command to its end; return its exit code and what it said."""
        process = self.start(*arguments, **environment)
        said, _nothing = process.communicate(typed, timeout=120)
        return process.returncode, said

    def do(self, *arguments, typed=""):
        code, said = self.try_to(*arguments, typed=typed)
        assert code == 0, said
        return said

    def doctor(self):
        """Return what is not well, by code."""
        _code, said = self.try_to("doctor", "--json")
        return {found["code"]: found for found in json.loads(said) if not found["is_well"]}

    @contextmanager
    def running(self):
        """Keep the database running, so that the commands inside need not start and stop it."""
        server = embedded.start(self.data / "pg")
        try:
            yield
        finally:
            server.stop()

    @contextmanager
    def database(self, *, user="postgres"):
        server = embedded.start(self.data / "pg")
        try:
            with psycopg.connect(
                server.dsn(dbname="diemtua", user=user), autocommit=True
            ) as connection:
                yield connection
        finally:
            server.stop()

    def processes(self):
        """Every process of this city: its folder stands in its environment or command line."""
        found = {}
        for process in psutil.process_iter():
            try:
                told = " ".join([*process.cmdline(), process.environ().get("DIEMTUA_DATA", "")])
            except psutil.Error:
                continue
            if str(self.data) in told and process.pid != os.getpid():
                found[process.pid] = told
        return found

    def clear_away(self):
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.data, ignore_errors=True)


def wait_for(process, words, *, seconds=90):
    """Read what a process says until the words come; return all of it."""
    said, until = "", time.monotonic() + seconds
    for line in process.stdout:
        said += line
        if words in line:
            return said
        if time.monotonic() > until:
            break
    raise AssertionError(f"{words!r} did not come:\n{said[-3000:]}")


def wait_until(is_so, *, seconds):
    """Return how long it took until it was so; more than ``seconds`` fails."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < seconds, "it took too long"
        time.sleep(0.05)
    return time.monotonic() - began
