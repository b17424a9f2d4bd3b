import base64
import os
import pickle
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from diemtua.foundation import clock

pytestmark = pytest.mark.django_db


class Intruder:
    def __reduce__(self):
        return os.putenv, ("DIEMTUA_INTRUDED", "1")


def test_what_somebody_slips_into_the_table_is_never_run(monkeypatch):
    ran = []
    monkeypatch.setattr(pickle, "loads", lambda *a: ran.append(a))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO site_cache VALUES (%s, %s, %s)",
            [
                cache.make_key("tries"),
                base64.b64encode(pickle.dumps(Intruder())).decode(),
                clock.now() + timedelta(days=1),
            ],
        )
    assert cache.get("tries", "nothing") == "nothing"
    assert ran == []


def test_a_counter_is_kept_until_it_expires():
    cache.set("tries", [1.5, 2.5], 60)
    assert cache.get("tries") == [1.5, 2.5]
    cache.set("tries", [1.5], -1)
    assert cache.get("tries", "none") == "none"


def test_adding_keeps_the_first_and_takes_the_place_of_what_expired():
    assert cache.add("lock", True, timeout=60)
    assert not cache.add("lock", True, timeout=60)
    cache.delete("lock")
    assert cache.add("lock", True, timeout=-1)
    assert cache.add("lock", True, timeout=60)


def test_touching_and_clearing():
    assert not cache.touch("tries", 60)
    cache.set("tries", 1, timeout=None)
    assert cache.touch("tries", 60)
    cache.clear()
    assert cache.get("tries") is None
