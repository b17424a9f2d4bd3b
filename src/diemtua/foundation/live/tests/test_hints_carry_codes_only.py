from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from diemtua.foundation.database.asker import Asker, Kind, asking, job_asker
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.live import jobs, services, topics
from diemtua.foundation.live.models import Event

pytestmark = pytest.mark.django_db
ORG = f"org:{UUID(int=7)}"


@pytest.mark.parametrize(
    "topic",
    [
        "org:Nguyễn Thị Lan", "org:NguyenThiLan", "user:0912345678", "unit:Ninh Kiều", "two words",
        "figures\n", ORG + "\n", "org:", "org:None", "", "a" * 61, "Figures",
    ],
)  # fmt: skip
def test_a_topic_that_could_name_a_person_is_refused(topic):
    with pytest.raises(ValueError, match="codes"):
        services.tell(topic, event="case")


@pytest.mark.parametrize("event", ["chị Lan", "0912345678", "Case", "case\n", "", "x" * 41])
def test_so_is_an_event(event):
    with pytest.raises(ValueError, match="codes"):
        services.tell(ORG, event=event)


@pytest.mark.parametrize(
    "topic", [ORG, f"user:{UUID(int=7)}", "unit:c31120", "unit:d916.old", "figures"]
)
def test_codes_are_taken_once_each(topic):
    services.tell(topic, topic, event="readiness")
    assert list(Event.objects.values_list("topic", "event")) == [(topic, "readiness")]


def test_without_a_topic_nobody_is_told():
    services.tell(event="case")
    assert not Event.objects.exists()


def test_a_member_hears_of_themselves_their_house_and_their_unit_and_what_the_role_is_given():
    member = Asker(
        kind=Kind.MEMBER,
        role="TESTER",
        user_id=UUID(int=7),
        organisation_id=UUID(int=7),
        unit="c31120",
    )
    own = {f"user:{member.user_id}", f"org:{member.organisation_id}", "unit:c31120"}
    assert topics.of(member) == own
    topics.give("tests", roles=frozenset({"TESTER"}))
    assert topics.of(member) == own | {"tests"}


def test_hints_older_than_a_day_are_forgotten():
    services.tell("figures", event="old")
    with as_owner():
        Event.objects.update(at=Event.objects.get().at - timedelta(hours=25))
    services.tell("figures", event="new")
    jobs.prune()
    assert [event.event for event in Event.objects.all()] == ["new"]


@pytest.mark.parametrize(
    "asker", [job_asker("audit.verify"), Asker(kind=Kind.MEMBER, role="AUDITOR")]
)
def test_only_the_job_forgets(asker):
    with (
        pytest.raises(ProgrammingError),
        asking(asker),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT diemtua.live_prune()")


@pytest.mark.parametrize("sql", ["DELETE FROM live_event", "UPDATE live_event SET event = 'x'"])
def test_nobody_changes_a_hint(sql):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
