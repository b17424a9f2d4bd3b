"""Open pages wait for hints without holding what others need: more of them than database connections."""

import http.client
import time

from tests.stories import people

OPEN_PAGES = 24  # the server's pool has 16 connections
SOON = 3


def _stream(city, cookie):
    connection = http.client.HTTPConnection("127.0.0.1", int(city.port), timeout=10)
    connection.request("GET", "/song/", headers={"Cookie": cookie, "Accept": "text/event-stream"})
    answer = connection.getresponse()
    assert answer.status == 200
    return connection, answer


def test_many_open_pages_leave_room_for_the_next(city, person):
    mai = person(people.SECRETARY)
    kept = {one["name"]: one["value"] for one in mai.context.cookies()}
    opened = [_stream(city, f"s={kept['s']}") for _number in range(OPEN_PAGES)]
    for _connection, answer in opened:
        assert b"retry" in answer.readline()
    began = time.monotonic()
    mai.go("/toan-canh/")
    assert time.monotonic() - began < SOON
    for connection, _answer in opened:
        connection.close()
