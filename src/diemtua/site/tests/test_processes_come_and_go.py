import signal
import socket
import time
from pathlib import Path

import pytest
from procrastinate.contrib.django import app as jobs

from diemtua.foundation.database import urls
from diemtua.site import environment, own_server, processes, reaching
from diemtua.site.stops import Stop
from diemtua.site.tests.city import READY, City, free_port, wait_for, wait_until

PROMISED = 5  # seconds from the signal to the end


@pytest.fixture(scope="module")
def city():
    """A city whose first run was killed in the middle."""
    made = City()
    cut_short = made.start("demo", "--no-browser", "--port", str(free_port()))
    wait_for(cut_short, "· Bảng và khóa hàng")
    cut_short.kill()
    cut_short.wait()
    yield made
    made.clear_away()


def demo(city):
    port = str(free_port())
    began = time.monotonic()
    running = city.start("demo", "--no-browser", "--port", port)
    wait_for(running, f"{READY}http://127.0.0.1:{port}")
    return running, time.monotonic() - began


def test_a_first_run_that_was_cut_short_heals_and_ctrl_c_leaves_nothing(city):
    running, _took = demo(city)
    running.send_signal(signal.SIGINT)
    said, _nothing = running.communicate(timeout=PROMISED + 3)
    assert running.returncode == 0, said
    assert city.processes() == {}


def test_a_second_start_is_quick_and_a_parent_that_is_killed_leaves_nothing(city):
    running, took = demo(city)
    assert took < 10
    running.kill()
    running.wait()
    wait_until(lambda: not city.processes(), seconds=PROMISED + 3)


def test_server_and_worker_end_soon_after_they_are_told(city):
    with city.running():
        running = [city.start("serve", "--port", str(free_port())), city.start("worker")]
        time.sleep(4)  # both are at work by now
        ended = [each.stdout.read() for each in running if each.poll() is not None]
        assert ended == []
        for each in running:
            each.terminate()
        began = time.monotonic()
        for each in running:
            each.wait(timeout=PROMISED)
        assert time.monotonic() - began < PROMISED
        assert {each.returncode for each in running} <= {0, 128 + signal.SIGTERM}


def test_the_timetable_holds_every_regular_job():
    assert {task.task.name for task in jobs.periodic_registry.periodic_tasks.values()} >= {
        "diemtua:audit.verify",
        "diemtua:live.prune",
        "diemtua:site.sessions-forgotten",
    }


def test_a_taken_port_gets_one_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Stop, match=f"Cổng {port} đang có chương trình khác dùng"):
            processes.require_free_port("127.0.0.1", port)


def test_a_folder_that_cannot_be_written_gets_one_sentence(monkeypatch):
    monkeypatch.setenv("DIEMTUA_DATA", "/proc/nowhere")
    with pytest.raises(Stop, match="Không ghi được vào thư mục dữ liệu /proc/nowhere"):
        reaching.data_folder()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://a:b@h/x", "phải bắt đầu bằng postgresql://"),
        ("postgresql://a:b@h", "thiếu tên cơ sở dữ liệu"),
        ("postgresql://a:p/w@h/x", "Cổng trong DATABASE_URL"),
        (
            "postgresql://a:secret@127.0.0.1:1/x",
            "Không có PostgreSQL nào trả lời ở 127.0.0.1, cổng 1",
        ),
    ],
)
def test_a_wrong_address_gets_one_sentence_without_its_password(monkeypatch, address, said):
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(Stop, match=said) as caught:
        reaching._reach(Path("/nowhere"))
    assert "secret" not in caught.value.message


def test_a_login_that_is_refused_gets_one_sentence(server_dsn, monkeypatch):
    parts = urls.from_url(f"postgresql://nobody:secret@/x?host={_socket(server_dsn)}")
    monkeypatch.setattr(own_server.urls, "from_url", lambda _url: parts)
    with pytest.raises(Stop, match="từ chối tài khoản nobody") as caught:
        own_server.require(f"{server_dsn} user=no_such_login password=secret dbname=x")
    assert "secret" not in caught.value.message


def _socket(dsn):
    return next(part.partition("=")[2] for part in dsn.split() if part.startswith("host="))


def test_a_number_that_is_none_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("DIEMTUA_POOL", "many")
    with pytest.raises(environment.NotANumber, match="DIEMTUA_POOL"):
        environment.number("DIEMTUA_POOL", 16)
    monkeypatch.setenv("DIEMTUA_POOL", "")
    assert environment.number("DIEMTUA_POOL", 16) == 16
