"""Numbers from the environment, refused by name when they are none."""

import os


class NotANumber(ValueError):
    """An environment variable that must hold a number holds something else."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} must be a whole number of 0 or more.")
        self.name = name


def number(name: str, default: int) -> int:
    """Return the number that an environment variable holds, or the default when it is not set.

    Raises:
        NotANumber: it holds something else.
    """
    text = os.environ.get(name, "").strip() or str(default)
    if not text.isdecimal():
        raise NotANumber(name)
    return int(text)
