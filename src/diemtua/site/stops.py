"""How a command stops: one clear sentence, no trace."""

from typing import Any

import click


class Stop(click.ClickException):
    """Something is not as it must be: one clear sentence, no trace."""

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - click's signature
        """Print the sentence to stderr."""
        click.secho("✗ " + self.format_message(), fg="red", err=True)
