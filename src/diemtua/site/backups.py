"""Backups: the database as ciphertext, in one file, without the keys."""

import json
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import psycopg

from diemtua.site import dumping, installation, reaching
from diemtua.site.cli_language import gettext as _
from diemtua.site.stops import Stop

DUMP, MANIFEST, FILES = "database.dump", "manifest.json", "attachments"
LEFT_OUT = (
    "diemtua.asker_key",  # belongs to this installation
    "public.django_session",  # whoever finds a copy must not find a way in
    "public.usersessions_usersession",
    "public.site_cache",
)
"""Tables whose rows stay behind; after a restore everyone signs in again."""


def make(file: Path | None) -> Path:
    """Write a backup and return its path; the file has mode 0600 and stands there whole or not at all.

    The key ring is left out, also its copy sealed for the recovery shares: an old backup that carried
    one would give back, to the holders of the shares, epochs that were destroyed so that it forgets.

    Raises:
        Stop: the dump failed.
        OSError: the file cannot be written.
    """
    from diemtua.foundation import clock  # noqa: PLC0415 - Django is set up inside

    with reaching.running_database(set_up=True):
        from diemtua.foundation.vault import attachments  # noqa: PLC0415 - Django is set up by now

        at = clock.now()
        target = file or reaching.data_folder() / "backups" / f"diemtua-{at:%Y%m%d-%H%M%S}.tar"
        target.parent.mkdir(parents=True, exist_ok=True)
        attachments.sweep(at=at)  # what was erased is not copied
        _note("site.backup.made")
        # Beside the target: there is room for it, and it is moved into place at once.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".diemtua-") as folder:
            archive = _pack(Path(folder), made_at=at.isoformat())
            archive.chmod(0o600)
            archive.replace(target)
    return target


def _pack(folder: Path, *, made_at: str) -> Path:
    dump, manifest, archive = folder / DUMP, folder / MANIFEST, folder / "whole.tar"
    needed = _keys_in_use()
    dumping.dump(dump, without_rows_of=LEFT_OUT)
    manifest.write_text(
        json.dumps({"version": metadata.version("diemtua"), "made_at": made_at, "keys": needed})
    )
    with tarfile.open(archive, "w") as made:
        for part in (manifest, dump):
            made.add(part, arcname=part.name)
        if folder_of_files := _attachments():
            made.add(folder_of_files, arcname=FILES)
    return archive


def restore(file: Path, *, without_keys: bool = False, say: Callable[[str], None] = print) -> None:
    """Restore a backup into an empty database and prepare it for this installation.

    Raises:
        Stop: the file is no backup of ours, the database is not empty, or the key ring that opens its
            records is not here (``without_keys`` restores all the same: figures can be read, persons
            cannot until the ring is recovered).
    """
    with reaching.running_database(), tempfile.TemporaryDirectory() as folder:
        manifest = _unpack(file, Path(folder))
        _require_empty()
        if not without_keys:
            _require_keys(manifest)
        say(_("· Cơ sở dữ liệu và vai trò"))
        installation.make_roles()
        say(_("· Bản sao"))
        dumping.load(Path(folder) / DUMP)
        _put_back(Path(folder) / FILES)
        (reaching.data_folder() / installation.STAMP).unlink(missing_ok=True)
        installation.prepare(say=say)
        _note("site.backup.restored")


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (tarfile.TarError, FileNotFoundError, ValueError) as error:
        raise Stop(_("%s không phải là bản sao lưu của Điểm Tựa.") % file) from error
    if not isinstance(manifest, dict) or not (folder / DUMP).exists():
        raise Stop(_("%s không phải là bản sao lưu của Điểm Tựa.") % file)
    return manifest


def _keys_in_use() -> list[str]:
    try:
        with reaching.owner_connection() as owner:
            rows = owner.execute(
                "SELECT DISTINCT kek_id FROM vault_data_key WHERE wrapped IS NOT NULL ORDER BY 1"
            ).fetchall()
    except psycopg.errors.UndefinedTable as error:
        raise Stop(_("Cơ sở dữ liệu chưa ở phiên bản này. Chạy trước: diemtua setup")) from error
    return [kek_id for (kek_id,) in rows]


def _require_keys(manifest: dict[str, Any]) -> None:
    from diemtua.foundation.vault import keyring  # noqa: PLC0415 - Django is set up by now
    from diemtua.foundation.vault.errors import RingMissing  # noqa: PLC0415 - as above

    try:
        there = {each.kek_id for each in keyring.keeper().load().epochs if not each.destroyed_at}
    except RingMissing:
        there = set()
    if set(manifest.get("keys", ())) - there:
        raise Stop(
            _(
                "Chùm khóa ở máy này không mở được hồ sơ trong bản sao. Đặt thư mục secrets vào thư mục dữ liệu, hoặc chạy diemtua keys recover, rồi khôi phục lại. Vẫn khôi phục khi chưa có khóa: --without-keys."
            )
        )


def _attachments() -> Path | None:
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now

    folder = Path(settings.DIEMTUA_ATTACHMENT_FOLDER or "")
    return folder if settings.DIEMTUA_ATTACHMENT_FOLDER and folder.is_dir() else None


def _put_back(unpacked: Path) -> None:
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now

    if not unpacked.is_dir():
        return
    if not settings.DIEMTUA_ATTACHMENT_FOLDER:
        raise Stop(
            _(
                "Bản sao có tệp đính kèm để trong thư mục: đặt DIEMTUA_ATTACHMENT_FOLDER rồi làm lại."
            )
        )
    shutil.copytree(unpacked, settings.DIEMTUA_ATTACHMENT_FOLDER, dirs_exist_ok=True)


def _note(action: str) -> None:
    from diemtua.foundation.audit import services as audit  # noqa: PLC0415 - Django is set up by now
    from diemtua.foundation.database.asker import asking, job_asker  # noqa: PLC0415

    asker = job_asker("site.backup")
    with asking(asker):
        audit.write(asker=asker, action=action)


def _require_empty() -> None:
    try:
        with psycopg.connect(
            reaching.maintenance_dsn(), dbname=reaching.database_name()
        ) as connection:
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
