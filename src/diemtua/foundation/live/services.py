"""Telling that something changed."""

import re

from django.db import connection

TOPIC = re.compile(r"^[a-z]+(:[A-Za-z0-9.\-]+)?$")
EVENT = re.compile(r"^[a-z][a-z.\-]*$")


def tell(*topics: str, event: str) -> None:
    """Tell the listeners of these topics that something happened, once the transaction commits.

    Topics are opaque: ``org:<id>``, ``user:<id>``, ``unit:<key>``, ``figures``. The event is a code
    that pages know, e.g. ``figures``; nothing else is told.

    Raises:
        ValueError: a topic or the event is not a code of this form.
    """
    if not EVENT.match(event) or not all(TOPIC.match(topic) for topic in topics):
        raise ValueError("Live topics and events are codes; nothing else may travel with them.")
    if not topics:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO live_event (topic, event) VALUES (%s, %s)",
            [(topic, event) for topic in dict.fromkeys(topics)],
        )
