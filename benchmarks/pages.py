"""Pages and verbs over many cases: list, search, one case, referral, a record on the dashboard."""

from time import perf_counter
from uuid import uuid4

from django.db import connections, transaction
from django.template import Context, Engine
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

BARE = Engine().from_string(
    "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)
LIST = (
    "SELECT c.id, c.alias, c.code, c.risk, c.contact_due_at, c.status, u.name, w.full_name"
    " FROM casework_case c JOIN places_unit u ON u.key = c.unit_id"
    " LEFT JOIN accounts_user w ON w.id = c.worker_id"
    " WHERE {where} AND c.status <> 'CLOSED' ORDER BY c.urgency, c.contact_due_at LIMIT 26"
)
CASE = (
    "SELECT * FROM casework_case WHERE id = %(id)s",
    "SELECT * FROM casework_consent WHERE case_id = %(id)s",
    "SELECT * FROM casework_servicegiven WHERE case_id = %(id)s",
    "SELECT * FROM casework_referral WHERE case_id = %(id)s",
    "SELECT * FROM casework_duty WHERE case_id = %(id)s",
)


def measure(in_turn):
    from benchmarks.__main__ import Figure

    people = _people()
    found = []
    for role, where in (
        ("CASE_WORKER", "c.worker_id = %(user)s"),
        ("SUPERVISOR", "c.organisation_id = %(body)s"),
    ):
        client, member = people[role]
        values = {"user": member.user_id, "body": member.organisation_id}
        ours, bare = in_turn(
            _page(client, "casework:list"), _bare([LIST.format(where=where)], values)
        )
        who = role.lower().replace("_", " ")
        found.append(_ratio(Figure, f"Case list, {who}", ours, bare, 2))
        ours, bare = in_turn(
            _guarded(member, LIST.format(where=where), values),
            _bare_sql(LIST.format(where=where), values),
        )
        found.append(
            _ratio(
                Figure,
                f"Case list, {who}: its SQL with row-level security over without",
                ours,
                bare,
                2,
            )
        )
        ours, bare = in_turn(_page(client, "casework:list"), _page(client, "casework:look-for"))
        found.append(
            Figure(
                f"Case list, {who}: beside a page of the same frame without a row",
                f"{ours:.1f} ms beside {bare:.1f} ms: {ours / bare:.1f}×",
                "–",
                is_kept=True,
            )
        )
    client, member = people["SUPERVISOR"]
    case_id = _ask("SELECT id FROM casework_case WHERE status = 'IN_PROGRESS' ORDER BY id LIMIT 1")
    page = _page(client, "casework:case", case_id)
    ours, bare = in_turn(page, _bare(CASE, {"id": case_id}))
    found.append(_ratio(Figure, "Open a case", ours, bare, 2))
    with CaptureQueriesContext(connections["default"]) as queries:
        page()
    found.append(Figure("Open a case, queries", str(len(queries)), "≤ 25", len(queries) <= 25))
    found += _records(Figure, people)
    return found


def _ratio(figure, work, ours, bare, most):
    said = f"{ours:.1f} ms, bare {bare:.1f} ms: {ours / bare:.1f}×"
    return figure(work, said, f"≤ {most}× bare", ours <= most * bare)


def _people():
    from diemtua.accounts.models import Membership
    from diemtua.accounts.tests.cookies import teach_the_test_client

    teach_the_test_client()
    found = {}
    for member in Membership.objects.select_related("user", "organisation").order_by(
        "valid_from", "pk"
    ):
        if member.role not in found:
            client = Client(SERVER_NAME="localhost")
            client.force_login(member.user)
            found[member.role] = client, member
    return found


def _page(client, name, *args):
    path = reverse(name, args=args)

    def work():
        answer = client.get(path)
        assert answer.status_code == 200, (name, answer.status_code)

    return work


def _bare(statements, values):
    def work():
        rows = []
        with connections["owner"].cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, values)
                rows += cursor.fetchall()
        BARE.render(Context({"rows": rows}))

    return work


def _guarded(member, statement, values):
    from diemtua.accounts.queries import asker_of
    from diemtua.foundation.database.asker import asking

    asker = asker_of(member)

    def work():
        with asking(asker), connections["default"].cursor() as cursor:
            cursor.execute(statement, values)
            cursor.fetchall()

    return work


def _bare_sql(statement, values):
    def work():
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(statement, values)
            cursor.fetchall()

    return work


def _ask(statement):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def _records(figure, people):
    """Return what a referral costs, and how soon a recorded service stands on the dashboard."""
    from diemtua.accounts.queries import asker_of
    from diemtua.casework.cases import services as cases
    from diemtua.casework.models import Case, Section
    from diemtua.casework.referrals import services as referrals
    from diemtua.directory.models import Facility
    from diemtua.foundation import clock
    from diemtua.foundation.database.asker import asking

    asker = asker_of(people["SUPERVISOR"][1])
    shelter = _ask("SELECT id FROM directory_facility WHERE kind = 'SHELTER' LIMIT 1")
    open_ids = "SELECT array_agg(id) FROM (SELECT id FROM casework_case WHERE status = 'IN_PROGRESS' LIMIT 12) x"
    sent, shown = [], []
    dashboard = _page(people["COMMITTEE_SECRETARY"][0], "indicators:dashboard")
    dashboard()
    for case_id in _ask(open_ids):
        with asking(asker):
            case = Case.objects.get(pk=case_id)
            cases.give_consent(
                asker=asker, id=uuid4(), case=case, purpose="SHARE", how="SPOKEN_BY_PHONE", at=clock.now(),
                sections=[Section.NEEDS], organisation_id=Facility.objects.get(pk=shelter).organisation_id,
            )  # fmt: skip
        start = perf_counter()
        with asking(asker):
            referrals.send(
                asker=asker, id=uuid4(), case=case, facility_id=shelter, sections=[Section.NEEDS],
                adults=1, children=0, at=clock.now(), is_urgent=False, note="",
            )  # fmt: skip
        sent.append((perf_counter() - start) * 1000)
        start = perf_counter()
        with asking(asker):
            cases.record_service(
                asker=asker, id=uuid4(), case=case, sector="HEALTH", outcome="GIVEN",
                given_on=clock.today(), at=clock.now(), decline_reason="", note="",
            )  # fmt: skip
        dashboard()
        shown.append((perf_counter() - start) * 1000)
    return [
        figure(
            "Send a referral",
            f"{max(sent):.0f} ms (slowest of {len(sent)})",
            "≤ 150 ms",
            max(sent) <= 150,
        ),
        figure(
            "One record → dashboard (record, commit, page anew)",
            f"{max(shown):.0f} ms (slowest of {len(shown)})",
            "≤ 1 s",
            max(shown) <= 1000,
        ),
    ]
