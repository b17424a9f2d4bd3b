"""Emergency access and cover: open at once, end by themselves, are told, reviewed and never forged."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.accounts.tests.signing_in import signed_in
from diemtua.casework.cases import policies, queries, services
from diemtua.casework.cases.errors import (
    CoverTooLong,
    LookedTooOften,
    NotOfThisTeam,
    OpenedTooOften,
    ReasonTooShort,
    SeesAlready,
)
from diemtua.casework.cases.models import AccessKind, Case, CaseAccess, Status, Verdict
from diemtua.casework.team import queries as team
from diemtua.casework.team import services as handing
from diemtua.casework.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou, NotFound
from diemtua.foundation.vault import services as vault

pytestmark = pytest.mark.django_db
REASON = "Chị gọi lúc nửa đêm, cần nơi ở ngay, người phụ trách không bắt máy"


class World:
    def __init__(self):
        self.centre, self.counsellor, self.worker, self.supervisor = factories.team()
        self.colleague = accounts.asker(role=Role.CASE_WORKER, organisation=self.centre)
        self.case = factories.case(self.counsellor)
        with asking(self.worker):
            services.take_over(asker=self.worker, case_id=self.case.pk, at=factories.NIGHT)
        self.now = clock.now()

    def break_glass(self, asker=None, *, reason=REASON, key=None, at=None):
        asker = asker or self.colleague
        with asking(asker):
            return services.break_glass(
                asker=asker,
                id=key or uuid4(),
                case_id=self.case.pk,
                reason=reason,
                at=at or self.now,
            )

    def cover(self, *, days=3, to=None, by=None):
        by = by or self.supervisor
        with asking(by):
            return services.give_cover(
                asker=by,
                id=uuid4(),
                case=Case.objects.get(pk=self.case.pk),
                user_id=(to or self.colleague).user_id,
                until=self.now + timedelta(days=days),
                at=self.now,
            )

    def seen_by(self, asker):
        """Return whether policy, list filter and raw SQL show the case; they must agree."""
        with asking(asker):
            answers = {
                policies.SEES.allows(asker, self.case),
                Case.objects.filter(policies.SEES.filter(asker), pk=self.case.pk).exists(),
            }
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM casework_case WHERE id = %s", [self.case.pk])
                answers.add(bool(cursor.fetchone()[0]))
        with as_owner():
            answers.add(Case.objects.filter(policies.SEES.filter(asker), pk=self.case.pk).exists())
        assert len(answers) == 1
        return answers.pop()


@pytest.fixture
def world():
    return World()


def make_older(access, hours):
    with as_owner():
        CaseAccess.objects.filter(pk=access.pk).update(
            begins_at=access.begins_at - timedelta(hours=hours),
            ends_at=access.ends_at - timedelta(hours=hours),
        )


def test_an_emergency_opens_the_case_and_what_hangs_on_it_at_once(world):
    assert not world.seen_by(world.colleague)
    world.break_glass()
    assert world.seen_by(world.colleague)
    with asking(world.colleague):
        case = queries.one(asker=world.colleague, case_id=world.case.pk)
        who = services.read_identity(asker=world.colleague, case=case)
        assert who.full_name == factories.NAME
        assert queries.consents_of(asker=world.colleague, case_id=case.pk, at=world.now)
    assert factories.audited("casework.access.glass-broken") == 1


def test_it_ends_by_itself(world):
    access = world.break_glass()
    make_older(access, hours=queries.access_rules().emergency_hours)
    assert not world.seen_by(world.colleague)


def test_who_sees_a_case_for_a_while_cannot_make_it_her_own(world):
    world.break_glass()
    for asker in (world.colleague, world.worker, world.counsellor):
        with asking(asker), pytest.raises(DatabaseError, match="supervisor's to say"):
            give_by_sql(world.case, world.colleague)


def give_by_sql(case, worker):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_case SET worker_id = %s WHERE id = %s", [worker.user_id, case.pk]
        )


def test_it_opens_to_nobody_else(world):
    world.break_glass()
    assert not world.seen_by(accounts.asker(role=Role.CASE_WORKER, organisation=world.centre))
    assert not world.seen_by(accounts.asker(role=Role.COUNSELLOR, organisation=world.centre))


@pytest.mark.parametrize("reason", ["", "gấp", "   gấp   lắm   "])
def test_without_a_written_reason_nothing_opens(world, reason):
    with pytest.raises(ReasonTooShort):
        world.break_glass(reason=reason)
    assert not world.seen_by(world.colleague)


def test_the_reason_is_ciphertext_and_read_by_the_reviewer_alone(world):
    access = world.break_glass()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM casework_caseaccess a")
        assert "nửa đêm" not in cursor.fetchone()[0]
    with asking(world.supervisor):
        found = queries.access(asker=world.supervisor, access_id=access.pk)
        assert services.read_reason(asker=world.supervisor, access=found) == REASON
    with asking(world.colleague), pytest.raises(NotForYou):
        services.read_reason(asker=world.colleague, access=access)


def test_two_taps_are_one_emergency(world):
    key = uuid4()
    first, second = world.break_glass(key=key), world.break_glass(key=key)
    assert first.pk == second.pk
    assert factories.audited("casework.access.glass-broken") == 1


def test_who_sees_the_case_needs_no_emergency(world):
    with pytest.raises(SeesAlready):
        world.break_glass(world.worker)


def test_emergencies_are_few_a_day(world):
    for _time in range(queries.access_rules().emergencies_a_day):
        with asking(world.colleague):
            services.end_access(asker=world.colleague, access=world.break_glass(), at=world.now)
    with pytest.raises(OpenedTooOften):
        world.break_glass()


@pytest.mark.parametrize(
    "role", sorted(set(Role.values) - {Role.COUNSELLOR, Role.CASE_WORKER, Role.SUPERVISOR})
)
def test_no_other_role_opens_anything(world, role):
    somebody = accounts.asker(role=role)
    with pytest.raises(NotForYou):
        world.break_glass(somebody)
    with asking(somebody), pytest.raises(NotForYou):
        services.look_for(asker=somebody, text=factories.PHONE)


def test_nobody_opens_a_case_of_another_organisation(world):
    stranger = accounts.asker(role=Role.CASE_WORKER)
    with pytest.raises(DatabaseError, match="row-level security"):
        world.break_glass(stranger)


@pytest.mark.parametrize(
    "forged",
    [
        {"kind": "COVER"},
        {"ends_at": timedelta(hours=13)},
        {"begins_at": timedelta(hours=-3)},
        {"verdict": "JUSTIFIED"},
    ],
)
def test_the_database_refuses_a_forged_access(world, forged):
    me = world.colleague
    values = {"kind": "BREAK_GLASS", "ends_at": timedelta(hours=1), "begins_at": timedelta(0)}
    values |= forged
    with asking(me):
        made = CaseAccess(
            case_id=world.case.pk,
            organisation_id=me.organisation_id,
            user_id=me.user_id,
            given_by_id=me.user_id,
            kind=values["kind"],
            begins_at=world.now + values["begins_at"],
            ends_at=world.now + values["ends_at"],
            verdict=values.get("verdict", ""),
            reviewed_at=world.now if "verdict" in values else None,
            reviewed_by_id=me.user_id if "verdict" in values else None,
        )
        vault.seal(made, reason=REASON)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            made.save(force_insert=True)


def test_who_broke_the_glass_can_neither_prolong_nor_judge_it(world):
    access = world.break_glass()
    for column, value in (("ends_at", "now() + interval '1 year'"), ("case_id", "case_id")):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            asking(world.colleague),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE casework_caseaccess SET {column} = {value}")
    with pytest.raises(DatabaseError), asking(world.colleague), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_caseaccess SET verdict = 'JUSTIFIED', reviewed_at = now(),"
            " reviewed_by_id = user_id, ended_at = now() WHERE id = %s",
            [access.pk],
        )


def test_the_supervisor_reviews_once_and_an_unfavourable_verdict_ends_it(world):
    access = world.break_glass()
    with asking(world.supervisor):
        assert [row.id for row in queries.to_review(asker=world.supervisor, at=world.now)] == [
            access.pk
        ]
        for verdict in (Verdict.NOT_JUSTIFIED, Verdict.JUSTIFIED):
            services.review(
                asker=world.supervisor, access=access, verdict=verdict, note="x", at=world.now
            )
        assert queries.to_review(asker=world.supervisor, at=world.now) == []
    with as_owner():
        assert CaseAccess.objects.get().verdict == Verdict.NOT_JUSTIFIED
    assert not world.seen_by(world.colleague)
    assert factories.audited("casework.access.reviewed") == 1


def test_another_centre_s_supervisor_reviews_nothing(world):
    access = world.break_glass()
    other = accounts.asker(role=Role.SUPERVISOR)
    with asking(other):
        assert queries.to_review(asker=other, at=world.now) == []
        with pytest.raises(NotFound):
            queries.access(asker=other, access_id=access.pk)


def test_cover_opens_the_case_until_its_day(world):
    access = world.cover()
    assert world.seen_by(world.colleague)
    make_older(access, hours=24 * 3)
    assert not world.seen_by(world.colleague)


def test_cover_ends_when_either_of_them_ends_it(world):
    for who in (world.colleague, world.supervisor):
        access = world.cover()
        with asking(who):
            services.end_access(asker=who, access=access, at=world.now)
        assert not world.seen_by(world.colleague)


def test_cover_is_for_the_team_and_for_an_absence(world):
    with pytest.raises(NotOfThisTeam):
        world.cover(to=accounts.asker(role=Role.CASE_WORKER))
    for days in (-1, 61):
        with pytest.raises(CoverTooLong):
            world.cover(days=days)
    with pytest.raises(NotForYou):
        world.cover(by=world.worker)


@pytest.mark.parametrize("text", [factories.PHONE, factories.NAME, "tran thi bich thuy"])
def test_a_colleague_s_case_is_known_without_being_told(world, text):
    with asking(world.colleague):
        (known,) = services.look_for(asker=world.colleague, text=text)
    assert (known.id, known.is_mine) == (world.case.pk, False)
    with asking(world.worker):
        (known,) = services.look_for(asker=world.worker, text=world.case.code)
    assert known.is_mine


@pytest.mark.parametrize("text", ["0999 888 777", "Phạm Thị Khác", "CT-26-999999", "%", "'"])
def test_what_is_unknown_finds_nothing(world, text):
    with asking(world.colleague):
        assert services.look_for(asker=world.colleague, text=text) == []


def test_another_organisation_learns_nothing(world):
    stranger = accounts.asker(role=Role.SUPERVISOR)
    with asking(stranger):
        assert services.look_for(asker=stranger, text=factories.PHONE) == []


def test_numbers_cannot_be_tried_one_by_one(world):
    for number in range(30):
        with asking(world.colleague):
            services.look_for(asker=world.colleague, text=f"0912 345 {number:03}")
    with asking(world.colleague), pytest.raises(LookedTooOften):
        services.look_for(asker=world.colleague, text=factories.PHONE)
    assert factories.audited("casework.case.looked-for") == 30


def test_the_supervisor_sees_who_looked_and_nobody_else_does(world):
    world.break_glass()
    with asking(world.colleague):
        services.read_identity(asker=world.colleague, case=world.case)
    with asking(world.supervisor):
        said = {look.says for look in queries.who_looked(asker=world.supervisor, case=world.case)}
    assert {"Mở khẩn cấp", "Xem danh tính", "Nhận hồ sơ", "Mở hồ sơ mới"} <= said
    for somebody in (world.worker, world.colleague, accounts.asker(role=Role.SUPERVISOR)):
        with asking(somebody):
            with pytest.raises((NotForYou, NotFound)):
                queries.who_looked(asker=somebody, case=world.case)
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM diemtua.who_looked(%s)", [world.case.pk])
                assert cursor.fetchone()[0] == 0


def test_who_leaves_hands_everything_over_and_nothing_is_left(world):
    second = factories.case(world.counsellor)
    with asking(world.worker):
        services.take_over(asker=world.worker, case_id=second.pk, at=world.now)
    leaving, staying, chief = world.worker, world.colleague, world.supervisor
    with asking(chief):
        moved = handing.hand_over(
            asker=chief, giver=leaving.user_id, taker=staying.user_id, at=world.now
        )
        assert moved == 2
        assert not any(h.count for h in team.held_by(asker=chief, user_id=leaving.user_id))
        again = handing.hand_over(
            asker=chief, giver=leaving.user_id, taker=staying.user_id, at=world.now
        )
        assert again == 0
        held = Case.objects.filter(worker_id=staying.user_id, status=Status.IN_PROGRESS)
        assert held.count() == 2
    assert not world.seen_by(leaving)


def test_handing_over_ends_what_was_open_for_a_while(world):
    world.cover()
    with asking(world.supervisor):
        handing.hand_over(
            asker=world.supervisor,
            giver=world.colleague.user_id,
            taker=world.worker.user_id,
            at=world.now,
        )
    assert not world.seen_by(world.colleague)


def test_the_pages_lead_from_a_number_to_the_review(client, world):
    colleague = signed_in(client, role=Role.CASE_WORKER, organisation=world.centre)
    page = client.post(reverse("casework:look-for"), {"text": factories.PHONE})
    assert world.case.code in page.content.decode()
    glass = reverse("casework:break-glass", args=[world.case.pk])
    short = client.post(glass, {"reason": "gấp", "key": uuid4()})
    assert short.status_code == 422
    assert "gấp</textarea>" in short.content.decode()
    opened = client.post(glass, {"reason": REASON, "key": uuid4()}, follow=True)
    assert "Mở khẩn cấp" in opened.content.decode()
    assert opened.redirect_chain[-1][0] == reverse("casework:case", args=[world.case.pk])
    with as_owner():
        access = CaseAccess.objects.get(kind=AccessKind.BREAK_GLASS, user_id=colleague.user_id)
    assert client.get(reverse("casework:review", args=[access.pk])).status_code == 403
    client = Client()
    signed_in(client, role=Role.SUPERVISOR, organisation=world.centre)
    assert "Mở khẩn cấp chờ xem lại" in client.get(reverse("casework:team")).content.decode()
    review = reverse("casework:review", args=[access.pk])
    assert REASON in client.get(review).content.decode()
    assert client.post(review, {}).status_code == 422
    done = client.post(review, {"verdict": "JUSTIFIED", "note": ""})
    assert done.status_code == 302
    looked = client.get(reverse("casework:who-looked", args=[world.case.pk])).content.decode()
    assert "Mở khẩn cấp" in looked


def test_the_supervisor_s_pages_cover_and_hand_over(client, world):
    signed_in(client, role=Role.SUPERVISOR, organisation=world.centre)
    cover = reverse("casework:cover", args=[world.case.pk])
    assert client.get(cover).status_code == 200
    late = {"user": world.colleague.user_id, "until": "01/01/2031", "key": uuid4()}
    assert client.post(cover, late).status_code == 422
    day = (world.now + timedelta(days=2)).strftime("%d/%m/%Y")
    assert client.post(cover, late | {"until": day}).status_code == 302
    assert world.seen_by(world.colleague)
    leave = reverse("casework:hand-over", args=[world.worker.user_id])
    assert client.post(leave, {"to": world.colleague.user_id}).status_code == 302
    assert "Không còn gì để bàn giao" in client.get(leave).content.decode()
    assert client.get(reverse("casework:hand-over", args=[uuid4()])).status_code == 404
