import pytest

from diemtua.foundation.database import secrets
from diemtua.foundation.database.asker import asking
from diemtua.foundation.vault.tests import factories


@pytest.fixture
def secrets_folder(settings, tmp_path):
    """An installation of one's own, with no key ring yet."""
    secrets.asker_key()  # the database knows the one of before; it is read once
    settings.DIEMTUA_SECRETS = tmp_path / "secrets"
    return settings.DIEMTUA_SECRETS


@pytest.fixture
def tables(db, secrets_folder):
    factories.make_tables()


@pytest.fixture
def worker(tables):
    """A case worker who is asking, for the whole test."""
    with asking(factories.asker()) as asker:
        yield asker
