"""The jobs' application: procrastinate on the house's own database."""

from typing import Any


def on_ready(_app: Any) -> None:
    """Called by procrastinate once Django is ready."""
