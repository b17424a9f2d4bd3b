import pytest
from django.db import DatabaseError, connection, transaction

from diemtua.foundation.database.asker import PUBLIC, asking, job_asker
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.vault import services
from diemtua.foundation.vault.errors import Erased, KeyWithheld, TooManyErasures
from diemtua.foundation.vault.models import DataKey
from diemtua.foundation.vault.tests.factories import Letter, Note, asker, letter

OPENERS = {
    "COUNSELLOR",
    "CASE_WORKER",
    "PERPETRATOR_WORKER",
    "SUPERVISOR",
    "PROVIDER",
    "COMMUNE_OFFICER",
}
ERASERS = OPENERS | {"DATA_PROTECTION_OFFICER"}
ROLES = sorted(
    ERASERS | {"COMMITTEE_SECRETARY", "LEADER", "AUDITOR", "ADMINISTRATOR", "", "UNHEARD_OF"}
)


@pytest.fixture
def made(tables):
    with asking(asker()):
        return letter(name="Hoa")


def refused(statement, parameters):
    why = r"permission denied|may not erase|by a step of its own"
    with (
        pytest.raises(DatabaseError, match=why),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, parameters)


@pytest.mark.parametrize("role", ROLES)
def test_only_who_works_with_persons_records_gets_a_key(made, role):
    someone = asker(role)
    with asking(someone):
        again = Letter.objects.get(pk=made.pk)
        if role in OPENERS:
            assert services.unseal(again, "name", asker=someone, why="t.read").name == "Hoa"
        else:
            assert not DataKey.objects.exists()
            with pytest.raises(KeyWithheld):
                services.unseal(again, "name", asker=someone, why="t.read")


def test_without_an_asker_no_key_is_there(made):
    assert not DataKey.objects.exists()


def test_the_public_seals_but_does_not_read_back(tables):
    with asking(PUBLIC):
        sent = Letter()
        services.seal(sent, body="xin giúp")
        sent.save(force_insert=True)
        assert not DataKey.objects.exists()
    with asking(asker()) as worker:
        again = Letter.objects.get(pk=sent.pk)
        assert services.unseal(again, "body", asker=worker, why="t.read").body == "xin giúp"


def test_a_job_opens_what_it_must(made):
    with asking(job_asker("letters.remind")) as job:
        assert services.unseal(made, "name", asker=job, why="t.read").name == "Hoa"


def test_nobody_seals_without_an_asker(tables):
    with pytest.raises(DatabaseError), transaction.atomic():
        services.seal(Letter(), name="Hoa")


@pytest.mark.parametrize("role", ROLES)
def test_who_may_erase(made, role):
    with asking(asker(role)) as someone:
        if role in ERASERS:
            assert services.erase(made, asker=someone, why="letter.erased")
        else:
            refused("SELECT diemtua.vault_erase(%s)", [made.data_key_id])


def test_the_public_and_nobody_may_not_erase(made):
    with asking(PUBLIC):
        refused("SELECT diemtua.vault_erase(%s)", [made.data_key_id])
    refused("SELECT diemtua.vault_erase(%s)", [made.data_key_id])


def test_what_the_officer_erased_is_erased_for_everyone(made):
    with asking(asker("DATA_PROTECTION_OFFICER")) as officer:
        services.erase(made, asker=officer, why="letter.erased")
    with asking(asker()) as worker, pytest.raises(Erased):
        services.unseal(Letter.objects.get(pk=made.pk), "name", asker=worker, why="t.read")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vault_data_key SET wrapped = NULL, erased_at = now() WHERE id = %s",
        "UPDATE vault_data_key SET epoch = 9 WHERE id = %s",
        "DELETE FROM vault_data_key WHERE id = %s",
        "SELECT id FROM vault_data_key WHERE id = %s FOR UPDATE",
    ],
)
def test_the_app_role_changes_no_key(made, statement):
    with asking(asker()):
        refused(statement, [made.data_key_id])


def test_a_key_is_there_or_erased_never_half(made):
    with as_owner(), pytest.raises(DatabaseError), transaction.atomic():
        DataKey.objects.filter(pk=made.data_key_id).update(wrapped=None)


def test_a_record_that_its_room_erases_by_a_step_of_its_own_keeps_its_key(tables):
    kept = Note()
    with asking(asker()) as worker:
        services.seal(kept, body="xin giúp")
        kept.save(force_insert=True)
        refused("SELECT diemtua.vault_erase(%s)", [kept.data_key_id])
        assert services.unseal(kept, "body", asker=worker, why="t.read").body == "xin giúp"
    with asking(job_asker("letters.retention")):
        refused("SELECT diemtua.vault_erase(%s)", [kept.data_key_id])


def test_one_person_cannot_wipe_a_city(tables):
    with asking(asker()) as worker:
        made = [letter(name="Hoa") for _ in range(101)]
        for one in made[:100]:
            services.erase(one, asker=worker, why="letter.erased")
        with pytest.raises(TooManyErasures), transaction.atomic():
            services.erase(made[100], asker=worker, why="letter.erased")
    with asking(job_asker("letters.retention")) as job:
        assert services.erase(made[100], asker=job, why="letter.erased")
