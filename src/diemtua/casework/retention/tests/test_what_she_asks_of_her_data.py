"""Her rights over her data: clocks of the law, two people for an erasure, and nothing left after it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.accounts.tests.signing_in import signed_in
from diemtua.casework.cases import queries as cases
from diemtua.casework.cases import services as case_services
from diemtua.casework.cases.models import Case, CaseToken
from diemtua.casework.retention import policies, services
from diemtua.casework.retention.errors import (
    AskedAlready,
    OutOfOrder,
    ReasonMissing,
    UnknownRight,
)
from diemtua.casework.retention.models import DataRequest, State
from diemtua.casework.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou, NotFound
from diemtua.foundation.vault.errors import Erased
from diemtua.foundation.vault.models import DataKey

pytestmark = pytest.mark.django_db
WORDS = "Tôi không muốn ai giữ chuyện của tôi nữa"


class World:
    def __init__(self):
        self.centre, self.counsellor, self.worker, self.supervisor = factories.team()
        self.officer = accounts.asker(role=Role.DATA_PROTECTION_OFFICER)
        self.case = factories.case(self.counsellor)
        self.now = clock.now()

    def ask(self, right="ERASE", *, by=None, key=None):
        by = by or self.counsellor
        with asking(by):
            return services.receive(
                asker=by, id=key or uuid4(), case=self.case, right=right, note=WORDS, at=self.now
            )

    def do(self, verb, request, *, by=None, **more):
        by = by or self.supervisor
        with asking(by):
            verb(asker=by, request=self.fresh(request), at=self.now, **more)

    def fresh(self, request):
        return DataRequest.objects.filter(pk=request.pk).first() or request

    def erased(self):
        request = self.ask()
        self.do(services.grant, request)
        self.do(services.erase, request, by=self.officer)
        return request


@pytest.fixture
def world():
    return World()


def dump():
    """Return everything the database holds, as its owner, as text."""
    found = []
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT coalesce(string_agg(row_to_json(t)::text, ''), '') FROM {table} t"
            )
            found.append(cursor.fetchone()[0])
    return "".join(found)


def test_the_clocks_of_the_law_start_with_the_request(world):
    for right, days in {"COPY": 10, "CORRECT": 10, "RESTRICT": 15, "ERASE": 20}.items():
        request = world.ask(right)
        assert request.due_at == world.now + timedelta(days=days)
        assert world.now < request.reply_due_at <= world.now + timedelta(days=15)


def test_the_same_is_asked_once_at_a_time_and_a_second_tap_is_one(world):
    key = uuid4()
    assert world.ask(key=key).pk == world.ask(key=key).pk
    with pytest.raises(AskedAlready):
        world.ask()
    with pytest.raises(UnknownRight):
        world.ask("FORGET_ME")
    with as_owner():
        assert DataRequest.objects.count() == 1


def test_one_extension_and_no_second(world):
    request = world.ask()
    world.do(services.extend, request)
    with asking(world.supervisor):
        assert world.fresh(request).due_at == request.due_at + timedelta(days=20)
    with pytest.raises(OutOfOrder):
        world.do(services.extend, request)


def test_after_an_erasure_nothing_of_her_is_left(world):
    before = dump()
    assert "wrapped" in before
    with as_owner():
        key = Case.objects.get(pk=world.case.pk).data_key_id
        assert DataKey.objects.get(pk=key).wrapped is not None
        assert CaseToken.objects.filter(case=world.case).exists()
    world.erased()
    with as_owner():
        assert DataKey.objects.get(pk=key).wrapped is None
        assert not CaseToken.objects.filter(case=world.case).exists()
        case = Case.objects.get(pk=world.case.pk)
        assert (case.identity, case.story, case.safe_contact, case.fact_link) == (None,) * 4
        for request in DataRequest.objects.all():
            with asking(world.supervisor), pytest.raises(Erased):
                services.read_note(asker=world.supervisor, request=request)
    with asking(world.supervisor):
        assert not cases.listing(asker=world.supervisor, at=world.now, text=factories.PHONE).rows
    left = dump()
    assert not any(text in left for text in (factories.NAME, "912345678", WORDS, factories.STORY))


def test_what_was_shared_out_of_it_goes_too(world):
    with asking(world.worker):
        case_services.take_over(asker=world.worker, case_id=world.case.pk, at=world.now)
    referral = factories.referral(world.worker, world.case)
    world.erased()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.wrapped FROM casework_packet p JOIN vault_data_key k ON k.id = p.data_key_id"
            " WHERE p.referral_id = %s",
            [referral.pk],
        )
        assert cursor.fetchall() == [(None,)]


def test_last_year_s_figure_does_not_change(world):
    before = factories.facts()
    assert before
    world.erased()
    assert factories.facts() == before


def test_another_person_s_file_stays_whole(world):
    other = factories.case(world.counsellor)
    world.erased()
    with asking(world.counsellor):
        case = cases.one(asker=world.counsellor, case_id=other.pk)
        assert (
            case_services.read_identity(asker=world.counsellor, case=case).full_name
            == factories.NAME
        )


def test_nobody_erases_alone_nor_before_it_is_granted(world):
    request = world.ask()
    with pytest.raises(NotFound):
        world.do(services.erase, request, by=world.officer)
    with asking(world.officer), connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.erase_case(%s)", [request.pk])
        assert cursor.fetchone() == (0,)
    world.do(services.grant, request)
    with pytest.raises(NotForYou):
        world.do(services.erase, request)
    with pytest.raises(OutOfOrder):
        world.do(services.finish, request)
    with (
        pytest.raises(DatabaseError, match="Only the data protection officer"),
        asking(world.supervisor),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT diemtua.erase_case(%s)", [request.pk])


def test_the_supervisor_cannot_mark_an_erasure_done(world):
    request = world.ask()
    world.do(services.grant, request)
    with asking(world.supervisor), pytest.raises(DatabaseError), transaction.atomic():
        DataRequest.objects.filter(pk=request.pk).update(
            state=State.DONE, done_by_id=world.officer.user_id, done_at=world.now
        )


def test_an_erasure_again_destroys_nothing_more(world):
    request = world.erased()
    world.do(services.erase, request, by=world.officer)
    assert factories.audited("casework.case.erased") == 1


def test_a_refusal_names_its_ground(world):
    request = world.ask()
    with pytest.raises(ReasonMissing):
        world.do(services.refuse, request, refusal="")
    world.do(services.refuse, request, refusal="LAW_OBLIGES")
    with pytest.raises(OutOfOrder):
        world.do(services.grant, request)
    again = world.ask()
    world.do(services.grant, again)
    world.do(services.refuse, again, by=world.officer, refusal="STATE_DUTY")
    with asking(world.supervisor):
        assert world.fresh(again).state == State.REFUSED


@pytest.mark.parametrize("role", sorted(Role.values))
def test_policy_list_and_raw_sql_agree_on_who_sees_a_request(world, role):
    waiting, granted = world.ask("COPY"), world.ask("ERASE")
    world.do(services.grant, granted)
    for asker in (
        accounts.asker(role=role, organisation=world.centre),
        accounts.asker(role=role),
        world.counsellor,
        world.supervisor,
    ):
        for request in (waiting, granted):
            with asking(asker):
                answers = {
                    policies.SEES.allows(asker, request),
                    policies.SEES.of(asker, DataRequest.objects.filter(pk=request.pk)).exists(),
                    DataRequest.objects.filter(pk=request.pk).exists(),
                }
            with as_owner():
                answers.add(
                    policies.SEES.of(asker, DataRequest.objects.filter(pk=request.pk)).exists()
                )
            assert len(answers) == 1, (asker.role, request.right)


def test_the_pages_from_her_words_to_the_proof(client, world):
    supervisor = signed_in(client, role=Role.SUPERVISOR, organisation=world.centre)
    assert supervisor
    page = reverse("retention:of-case", args=[world.case.pk])
    assert client.get(page).status_code == 200
    empty = client.post(page, {"note": WORDS})
    assert empty.status_code == 422
    assert WORDS in empty.content.decode()
    assert client.post(page, {"right": "ERASE", "note": WORDS, "key": uuid4()}).status_code == 302
    with as_owner():
        request = DataRequest.objects.get()
    for what in ("da-tra-loi", "gia-han", "chap-thuan"):
        step = reverse("retention:step", args=[request.pk, what])
        assert client.get(step).status_code == 405
        assert client.post(step).status_code == 302
    assert "cần hai người" in client.get(page).content.decode()
    assert client.get(reverse("retention:erasures")).status_code == 403


def test_the_officer_types_the_code_and_gets_the_proof(client, world):
    request = world.ask()
    world.do(services.grant, request)
    signed_in(client, role=Role.DATA_PROTECTION_OFFICER)
    assert world.case.code in client.get(reverse("retention:erasures")).content.decode()
    page = reverse("retention:erasure", args=[request.pk])
    shown = client.get(page).content.decode()
    assert world.case.alias not in shown
    wrong = client.post(page, {"code": "CT-2026-XXXXXX"})
    assert wrong.status_code == 422
    assert client.post(page, {"code": world.case.code.lower()}).status_code == 302
    proof = client.get(page).content.decode()
    assert "Không ai đọc lại được nữa" in proof
    assert client.get(reverse("retention:of-case", args=[world.case.pk])).status_code == 403


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.DATA_PROTECTION_OFFICER}))
def test_nobody_else_opens_the_erasures(client, role):
    signed_in(client, role=role)
    assert client.get(reverse("retention:erasures")).status_code == 403
    assert client.get(reverse("retention:erasure", args=[uuid4()])).status_code == 403


def test_nobody_grants_or_finishes_in_anothers_name(world):
    request = world.ask("COPY")
    other = accounts.asker(role=Role.SUPERVISOR, organisation=world.centre)
    forged = (
        ("state = 'GRANTED', decided_by_id = %s", [other.user_id]),
        ("state = 'GRANTED'", []),
        ("state = 'DONE', done_by_id = %s", [other.user_id]),
    )
    for change, values in forged:
        statement = f"UPDATE retention_request SET {change} WHERE id = %s"
        with asking(world.supervisor), pytest.raises(DatabaseError, match="in another's name"):
            raw(statement, [*values, request.pk])


def raw(statement, values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
