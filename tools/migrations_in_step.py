"""Fail when a model has changed without its migration; needs a database for the models' checks."""

import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Start a throw-away server, ask Django whether migrations are in step, stop it."""
    with tempfile.TemporaryDirectory(prefix="dtm-") as data:
        os.environ["DIEMTUA_DATA"] = data
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemtua.site.settings")
        from diemtua.foundation.database import embedded, roles  # noqa: PLC0415 - environment first

        server = embedded.start(Path(data) / "pg", disposable=True)
        try:
            roles.prepare(server.dsn(dbname="postgres", user="postgres"), database="diemtua")
            import django  # noqa: PLC0415 - settings read the environment
            from django.core.management import call_command  # noqa: PLC0415 - as above

            django.setup()
            call_command("makemigrations", check=True, dry_run=True, verbosity=1)
        except SystemExit as stopped:
            return int(stopped.code or 0)
        finally:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
