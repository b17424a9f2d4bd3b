"""His file and her case: two keys, two teams; one tie that only her side reads."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.accounts.tests.signing_in import signed_in
from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import Case
from diemtua.casework.perpetrators import policies, queries, services
from diemtua.casework.perpetrators.errors import (
    FileClosed,
    InFuture,
    NotYetTaken,
    SafetyNotTalkedOver,
    TakenBefore,
    UnknownCode,
    WrongPlace,
)
from diemtua.casework.perpetrators.models import File, Meeting, Relapse, State, Tie
from diemtua.casework.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou, NotFound
from diemtua.foundation.registry import holdings

pytestmark = pytest.mark.django_db
HIS_NAME, HIS_PHONE = "Lê Văn Thử Mẫu", "0987 654 321"
WORDS = "Tôi sẽ rời khỏi nhà khi thấy mình nổi nóng"


def told(**fields):
    values = {
        "unit_key": factories.NINH_KIEU,
        "source": "POLICE",
        "is_below_criminal": True,
        "sex": "MALE",
        "age_group": "FROM_26",
        "identity": {"full_name": HIS_NAME, "phones": [HIS_PHONE]},
        "told": "Làm nghề lái xe",
    }
    return services.Told(**(values | fields))


class World:
    def __init__(self):
        self.centre, self.counsellor, self.worker, self.supervisor = factories.team()
        self.mentor = self.somebody(Role.PERPETRATOR_WORKER)
        self.now, self.today = clock.now(), clock.today()
        self.case = factories.case(self.counsellor, danger_now=False)
        with asking(self.worker):
            cases.take_over(asker=self.worker, case_id=self.case.pk, at=self.now)

    def somebody(self, role, organisation=None):
        return accounts.asker(role=role, organisation=organisation or self.centre)

    def open(self, asker=None, *, key=None, **fields):
        asker = asker or self.mentor
        with asking(asker):
            return services.open_file(
                asker=asker, id=key or uuid4(), told=told(**fields), at=self.now
            )

    def hand_on(self, *, key=None, is_safe=True, by=None):
        by, key = by or self.worker, key or uuid4()
        with asking(by):
            services.open_from_case(
                asker=by, id=key, case=self.case, told=told(source="CASE"), is_safe=is_safe, at=self.now
            )  # fmt: skip
        return key

    def taken(self):
        key = self.hand_on()
        with asking(self.mentor):
            file = queries.one(asker=self.mentor, file_id=key)
            services.take(asker=self.mentor, file=file, at=self.now)
            return queries.one(asker=self.mentor, file_id=key)

    def meets(self, file, *, attendance="CAME", key=None, on=None):
        with asking(self.mentor):
            services.record_meeting(
                asker=self.mentor, id=key or uuid4(), file=file, on=on or self.today, topic="ANGER",
                attendance=attendance, note="", at=self.now,
            )  # fmt: skip

    def relapses(self, file, *, is_imminent=True):
        with asking(self.mentor):
            services.report_relapse(
                asker=self.mentor, id=uuid4(), file=file, on=self.today, is_imminent=is_imminent,
                note="Hàng xóm gọi", at=self.now,
            )  # fmt: skip

    def progress(self, asker=None):
        with asking(asker or self.worker):
            return queries.progress_of(self.case.pk)


@pytest.fixture
def world():
    return World()


def count(asker, table):
    with asking(asker), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


ROLES = sorted(Role.values)


@pytest.mark.parametrize("role", ROLES)
def test_policy_list_and_raw_sql_agree_on_who_sees_a_file(world, role):
    file = world.taken()
    waiting = world.open(world.supervisor)
    here = world.somebody(role)
    away = accounts.asker(role=role)
    for asker in (here, away, world.mentor, world.supervisor):
        for record in (file, waiting):
            with asking(asker):
                answers = {
                    policies.SEES.allows(asker, record),
                    policies.SEES.of(asker, File.objects.filter(pk=record.pk)).exists(),
                }
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1 FROM perpetrators_file WHERE id = %s", [record.pk])
                    answers.add(cursor.fetchone() is not None)
            with as_owner():
                answers.add(policies.SEES.of(asker, File.objects.filter(pk=record.pk)).exists())
            assert len(answers) == 1, (asker.role, record.state)
    expected = {
        Role.SUPERVISOR: 2,
        Role.PERPETRATOR_WORKER: 1,  # the one that waits
    }.get(Role(role), 0)
    assert (count(here, "perpetrators_file"), count(away, "perpetrators_file")) == (expected, 0)


def test_who_works_with_him_sees_nothing_of_her(world):
    file = world.taken()
    world.relapses(file)
    for table in ("casework_case", "casework_consent", "perpetrators_tie", "casework_casetoken"):
        assert count(world.mentor, table) == 0
    assert world.progress(world.mentor) == []
    with asking(world.mentor), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM diemtua.progress_behind(%s)", [world.case.pk])
        assert cursor.fetchall() == []


def test_her_team_sees_how_it_goes_and_no_more(world):
    file = world.taken()
    world.meets(file)
    world.meets(file, attendance="ABSENT")
    (one,) = world.progress()
    assert (one.came, one.missed, one.relapses) == (1, 1, 0)
    assert count(world.worker, "perpetrators_file") == 0
    assert count(world.worker, "perpetrators_meeting") == 0
    assert count(world.worker, "perpetrators_tie") == 1
    assert HIS_NAME not in repr(one)


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.COUNSELLOR, Role.PROVIDER])
def test_nobody_else_learns_that_there_is_a_file(world, role):
    world.taken()
    colleague = world.somebody(role)
    assert world.progress(colleague) == []
    assert count(colleague, "perpetrators_tie") == 0


def test_a_relapse_is_told_to_her_team_at_once_and_asks_for_her_safety_plan(world):
    file = world.taken()
    world.relapses(file)
    (one,) = world.progress()
    assert (one.relapses, one.is_imminent, one.threat) == (1, True, "HIGH")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT topic FROM live_event WHERE event = 'case'")
        told_to = {row[0] for row in cursor.fetchall()}
    assert f"user:{world.worker.user_id}" in told_to
    client = Client()
    signed_in(client, role=Role.SUPERVISOR, organisation=world.centre)
    page = client.get(reverse("casework:case", args=[world.case.pk])).content.decode()
    assert "Liên hệ và xem lại kế hoạch an toàn" in page
    assert "Hàng xóm gọi" not in page


def test_nothing_is_handed_on_before_it_was_talked_over_with_her(world):
    with pytest.raises(SafetyNotTalkedOver):
        world.hand_on(is_safe=False)
    with as_owner():
        assert not File.objects.exists()


def test_two_taps_hand_him_on_once(world):
    key = uuid4()
    world.hand_on(key=key)
    world.hand_on(key=key)
    with as_owner():
        assert (File.objects.count(), Tie.objects.count()) == (1, 1)


def test_a_stranger_to_the_case_ties_nothing_to_it(world):
    with pytest.raises(NotFound):
        world.hand_on(by=world.somebody(Role.CASE_WORKER))
    file = world.open()
    with asking(world.worker), pytest.raises(DatabaseError), transaction.atomic():
        Tie.objects.bulk_create(
            [Tie(id=uuid4(), file=file, case=world.case, made_by_id=world.worker.user_id, made_at=world.now)]
        )  # fmt: skip


def test_the_first_meeting_he_came_to_counts_for_the_figure_and_the_link_is_sealed(world):
    file = world.taken()
    world.meets(file, attendance="ABSENT")
    assert [fact["reached"] for fact in _facts()] == [False]
    world.meets(file)
    world.meets(file)
    assert [fact["reached"] for fact in _facts()] == [True]


def test_who_is_prosecuted_is_not_counted(world):
    file = world.open(is_below_criminal=False)
    world.meets(file)
    assert _facts() == []


def _facts():
    return [fact for fact in factories.facts() if "gbv_type" not in fact]


def test_nothing_that_tells_who_he_is_lies_open(world):
    file = world.taken()
    with asking(world.mentor):
        services.commit(
            asker=world.mentor, id=uuid4(), file=file, on=world.today, until=None, words=WORDS, at=world.now
        )  # fmt: skip
    with as_owner(), connection.cursor() as cursor:
        for table in ("perpetrators_file", "perpetrators_commitment", "perpetrators_file_token"):
            cursor.execute(
                f"SELECT coalesce(string_agg(row_to_json(t)::text, ''), '') FROM {table} t"
            )
            dump = cursor.fetchone()[0]
            assert not any(text in dump for text in (HIS_NAME, "987654321", "nổi nóng", "lái xe"))
    with asking(world.mentor):
        who = services.read_who(asker=world.mentor, file=file)
    assert (who.full_name, who.phones) == (HIS_NAME, (HIS_PHONE,))
    assert factories.audited("perpetrators.file.identity-read") == 1


def test_a_file_is_taken_once(world):
    file = world.taken()
    other = world.somebody(Role.PERPETRATOR_WORKER)
    with asking(other), pytest.raises(NotFound):
        services.take(asker=other, file=file, at=world.now)
    with asking(world.supervisor), pytest.raises(NotForYou):
        services.take(asker=world.supervisor, file=file, at=world.now)
    with asking(world.mentor):
        services.take(asker=world.mentor, file=file, at=world.now)
    assert factories.audited("perpetrators.file.taken") == 1
    assert issubclass(TakenBefore, Exception)


def test_entries_are_refused_before_it_is_taken_and_after_it_is_closed(world):
    waiting = world.open(world.supervisor)
    with pytest.raises(NotYetTaken):
        world.meets(waiting)
    file = world.taken()
    with asking(world.mentor):
        services.close(asker=world.mentor, file=file, outcome="COMPLETED", at=world.now)
        file = queries.one(asker=world.mentor, file_id=file.pk)
    with pytest.raises(FileClosed):
        world.meets(file)
    with asking(world.mentor):
        services.reopen(asker=world.mentor, file=file, at=world.now)
        file = queries.one(asker=world.mentor, file_id=file.pk)
        assert (file.state, file.outcome) == (State.ACTIVE, "")
    world.meets(file)


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ({"on": timedelta(days=1)}, InFuture),
        ({"topic": "FOOTBALL"}, UnknownCode),
    ],
)
def test_what_cannot_be_is_refused(world, what, error):
    file = world.taken()
    values = {"on": world.today, "topic": "ANGER"}
    values |= {k: world.today + v if isinstance(v, timedelta) else v for k, v in what.items()}
    with asking(world.mentor), pytest.raises(error):
        services.record_meeting(
            asker=world.mentor, id=uuid4(), file=file, attendance="CAME", note="", at=world.now, **values
        )  # fmt: skip
    with pytest.raises(WrongPlace):
        world.open(unit_key="p92")
    with pytest.raises(UnknownCode):
        world.open(source="MARS")


def test_an_entry_is_written_once_and_a_commitment_judged_once(world):
    file, key = world.taken(), uuid4()
    world.meets(file, key=key)
    world.meets(file, key=key)
    with as_owner():
        assert Meeting.objects.count() == 1
    with asking(world.mentor):
        services.commit(
            asker=world.mentor, id=uuid4(), file=file, on=world.today, until=None, words=WORDS, at=world.now
        )  # fmt: skip
        (open_one,) = queries.standing(asker=world.mentor, file=file).open_commitments
        found = queries.commitment(asker=world.mentor, commitment_id=open_one.id)
        for is_kept in (True, False):
            services.judge_commitment(
                asker=world.mentor, commitment=found, is_kept=is_kept, at=world.now
            )
        found.refresh_from_db()
        assert found.is_kept is True


def test_who_leaves_puts_his_files_back(world):
    file = world.taken()
    (kind,) = (one for one in holdings.all() if one.code == "perpetrators.files")
    with asking(world.supervisor):
        assert kind.count(world.supervisor, world.mentor.user_id) == 1
        moved = kind.hand_over(
            asker=world.supervisor,
            giver=world.mentor.user_id,
            taker=world.worker.user_id,
            at=world.now,
        )
        assert (moved, kind.count(world.supervisor, world.mentor.user_id)) == (1, 0)
    with as_owner():
        assert File.objects.get(pk=file.pk).state == State.WAITING


def test_her_team_hands_him_on_by_its_page(client, world):
    signed_in(client, role=Role.SUPERVISOR, organisation=world.centre)
    hand_on = reverse("perpetrators:hand-on", args=[world.case.pk])
    assert client.get(hand_on).status_code == 200
    typed = {
        "unit": factories.NINH_KIEU,
        "is_below_criminal": "yes",
        "full_name": HIS_NAME,
        "phone": HIS_PHONE,
        "sex": "MALE",
        "age_group": "FROM_26",
        "key": str(uuid4()),
    }
    refused = client.post(hand_on, typed)
    assert refused.status_code == 422
    assert HIS_NAME in refused.content.decode()
    assert client.post(hand_on, typed | {"is_safe": "on"}).status_code == 302
    assert (
        "Chờ người nhận"
        in client.get(reverse("perpetrators:of-case", args=[world.case.pk])).content.decode()
    )


def test_the_pages_walk_from_taking_him_on_to_the_outcome(client, world):
    with as_owner():
        before = Case.objects.count()
    world.hand_on()
    with as_owner():
        file = File.objects.get()
    worker = client
    signed_in(worker, role=Role.PERPETRATOR_WORKER, organisation=world.centre)
    page = reverse("perpetrators:file", args=[file.pk])
    assert worker.post(reverse("perpetrators:take", args=[file.pk])).status_code == 302
    for what, entry in {
        "danh-gia": {"stage": "CONSIDERS", "threat": "HIGH", "factors": ["ALCOHOL"]},
        "buoi-gap": {"topic": "LAW", "attendance": "CAME"},
        "cam-ket": {"words": WORDS},
        "ho-tro": {"kind": "ALCOHOL", "is_accepted": "yes"},
        "tai-dien": {"is_imminent": "no"},
    }.items():
        record = reverse("perpetrators:record", args=[file.pk, what])
        assert worker.get(record).status_code == 200
        assert worker.post(record, {"on": "ngày mai"}).status_code == 422
        saved = worker.post(
            record, {"on": world.today.strftime("%d/%m/%Y"), "key": uuid4()} | entry
        )
        assert saved.status_code == 302, what
    shown = worker.get(page).content.decode()
    assert HIS_NAME not in shown
    assert WORDS not in shown
    who = worker.post(reverse("perpetrators:who", args=[file.pk])).content.decode()
    assert HIS_NAME in who
    close = reverse("perpetrators:record", args=[file.pk, "ket-thuc"])
    assert worker.post(close, {}).status_code == 422
    assert worker.post(close, {"outcome": "COMPLETED"}).status_code == 302
    assert "Hoàn thành chương trình" in worker.get(page).content.decode()
    assert worker.get(reverse("perpetrators:list")).status_code == 200
    assert worker.get(reverse("perpetrators:record", args=[file.pk, "khac"])).status_code == 404
    assert worker.get(reverse("perpetrators:of-case", args=[world.case.pk])).status_code == 403
    with as_owner():
        assert Case.objects.count() == before
        assert Relapse.objects.count() == 1


@pytest.mark.parametrize("role", sorted(set(ROLES) - {Role.PERPETRATOR_WORKER, Role.SUPERVISOR}))
def test_no_other_role_opens_his_pages(client, world, role):
    file = world.taken()
    signed_in(client, role=role)
    for page in (
        reverse("perpetrators:list"),
        reverse("perpetrators:open"),
        reverse("perpetrators:file", args=[file.pk]),
        reverse("perpetrators:record", args=[file.pk, "buoi-gap"]),
    ):
        assert client.get(page).status_code == 403, page
    assert client.post(reverse("perpetrators:who", args=[file.pk])).status_code == 403
