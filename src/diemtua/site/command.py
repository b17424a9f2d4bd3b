"""The `diemtua` command."""

import os
import sys


def main() -> None:
    """Run a command of the house."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemtua.site.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)
