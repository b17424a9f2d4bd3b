"""Telling that something changed."""

import re

from django.db import connection

UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TOPIC = re.compile(rf"(?:org|user):{UUID}|unit:[a-z][0-9]+(?:\.[a-z]+)?|[a-z]{{1,20}}")
EVENT = re.compile(r"[a-z][a-z.\-]{0,39}")


def tell(*topics: str, event: str) -> None:
    """Tell the listeners of these topics that something happened, once the transaction commits.

    Topics are opaque: ``org:<id>``, ``user:<id>``, ``unit:<key>``, ``figures``. The event is a code
    that pages know, e.g. ``figures``; nothing else is told.

    Raises:
        ValueError: a topic or the event is not a code of this form.
    """
    if not EVENT.fullmatch(event) or not all(TOPIC.fullmatch(topic) for topic in topics):
        raise ValueError("Live topics and events are codes; nothing else may travel with them.")
    if not topics:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO live_event (topic, event) VALUES (%s, %s)",
            [(topic, event) for topic in dict.fromkeys(topics)],
        )
