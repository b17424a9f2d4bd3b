"""The processes of an installation: web server, worker, and how they stop together."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.error import URLError
from urllib.request import urlopen

from diemtua.site.cli_language import gettext as _
from diemtua.site.stops import Stop

GRACE_SECONDS = 8
STOP_SECONDS = 3  # for what is still being answered; a page's open line would never end by itself
PR_SET_PDEATHSIG = 1
PARENT = "DIEMTUA_PARENT"


def require_free_port(host: str, port: int) -> None:
    """Refuse with one sentence when another program listens on the port.

    Raises:
        Stop: the port is taken or may not be used.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Stop(
                _(
                    "Cổng %d đang có chương trình khác dùng. Chọn cổng khác: DIEMTUA_PORT=%d hoặc --port %d."
                )
                % (port, port + 1, port + 1)
            ) from error


def serve(*, host: str, port: int, workers: int) -> None:
    """Run the web server until it is told to stop."""
    from granian import Granian  # noqa: PLC0415 - only the process that serves loads it
    from granian.constants import Interfaces  # noqa: PLC0415

    server = Granian(
        "diemtua.site.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=workers,
        websockets=False,
        log_access=False,
        log_level="warning",
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.serve()


def work() -> None:
    """Run the background worker until it is told to stop."""
    from diemtua.foundation.jobs import app  # noqa: PLC0415 - after Django is set up

    app.run_worker()


def end_with_parent() -> None:
    """Have the system tell us to stop when the process that started us is gone, however it went.

    Where the system cannot (it is Linux that can), only an orderly end of the parent reaches us.
    """
    if not sys.platform.startswith("linux") or PARENT not in os.environ:
        return
    import ctypes  # noqa: PLC0415 - only children of the demo need it

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(os.environ[PARENT]):  # it went before we asked
        sys.exit(1)


def listen() -> threading.Event:
    """Return an event that is set when the user, or the system, says to stop."""
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_args: told.set())
    return told


def keep_until_told() -> None:
    """Do nothing until a signal says to stop; tell systemd, where it asks, that we are ready."""
    told = listen()
    if address := os.environ.get("NOTIFY_SOCKET"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.sendto(b"READY=1", address.replace("@", "\0", 1))
    told.wait()


class Children:
    """Child processes that end with their parent, in every case in which it can still act."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start ``python -m diemtua …`` in a session of its own, so that Ctrl-C reaches us first."""
        child = subprocess.Popen(  # noqa: S603 - our own command, no shell
            [sys.executable, "-m", "diemtua", *arguments],
            env={**os.environ, **environment, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._running.append(child)
        return child

    def stop(self) -> None:
        """Ask every child to end, and its group to die when it does not within the grace time."""
        for child in self._running:
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        until = time.monotonic() + GRACE_SECONDS
        for child in self._running:
            try:
                child.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    def first_ended(self) -> subprocess.Popen[bytes] | None:
        """Return a child that has ended by itself, or None."""
        return next((child for child in self._running if child.poll() is not None), None)


def wait_until_answers(
    url: str, *, children: Children, told: threading.Event, seconds: float = 30
) -> None:
    """Wait until the address answers, or until we are told to stop.

    Raises:
        Stop: a child ended, or nothing answered in time.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if told.is_set():
            return
        if (ended := children.first_ended()) is not None:
            raise Stop(
                _("Một tiến trình dừng sớm (mã %d). Xem thông báo phía trên.") % ended.returncode
            )
        try:
            with urlopen(url, timeout=2):  # noqa: S310 - our own address on loopback
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise Stop(_("Máy chủ không trả lời sau %d giây.") % seconds)


def wait_for_signal(children: Children, told: threading.Event) -> None:
    """Wait until the user stops us or a child ends by itself."""
    while not told.wait(0.2) and children.first_ended() is None:
        pass
