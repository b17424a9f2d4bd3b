import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from diemtua.foundation.audit import jobs, services, verify
from diemtua.foundation.audit.models import Checkpoint
from diemtua.foundation.audit.tests import factories
from diemtua.foundation.database.asker import asking, job_asker

pytestmark = pytest.mark.django_db


def test_the_job_makes_one():
    factories.many(3)
    jobs.bind_lanes()
    with asking(factories.WATCHER):
        made = Checkpoint.objects.get()
    assert made.entries == 3
    report = factories.verified()
    assert (report.is_whole, report.checkpoints) == (True, 1)


@pytest.mark.parametrize("role", ["AUDITOR", "DATA_PROTECTION_OFFICER"])
def test_so_does_a_watcher(role):
    with asking(factories.member(role)):
        assert services.checkpoint().entries == 0
    assert factories.verified().is_whole


@pytest.mark.parametrize("role", ["CASE_WORKER", "ADMINISTRATOR", ""])
def test_nobody_else_does(role):
    with pytest.raises(ProgrammingError), asking(factories.member(role)), transaction.atomic():
        services.checkpoint()


def test_nor_another_job_nor_nobody():
    with (
        pytest.raises(ProgrammingError),
        asking(job_asker("live.prune")),
        transaction.atomic(),
    ):
        services.checkpoint()
    with pytest.raises(ProgrammingError), transaction.atomic():
        services.checkpoint()


def test_each_binds_the_one_before_it():
    for _turn in range(3):
        factories.many(2)
        factories.bind()
    with asking(factories.WATCHER):
        first, second, third = Checkpoint.objects.order_by("id")
    assert bytes(second.prev_hash) == bytes(first.hash)
    assert bytes(third.prev_hash) == bytes(second.hash)
    assert factories.verified().checkpoints == 3


def test_its_printed_form_is_read_back_however_it_is_typed():
    factories.many(2)
    printed = factories.bind().printed
    for typed in (printed, printed.upper(), printed.replace(" ", ""), f" {printed} "):
        assert factories.verified(printed=typed).is_whole


@pytest.mark.parametrize("typed", ["x", "12", "1-abc", "1-" + "g" * 64, "-" + "a" * 64])
def test_what_is_no_printed_form_is_refused(typed):
    with pytest.raises(verify.NotACheckpoint):
        factories.verified(printed=typed)
