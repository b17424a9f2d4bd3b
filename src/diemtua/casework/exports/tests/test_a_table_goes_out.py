from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from diemtua.accounts.models import Membership, Role
from diemtua.accounts.queries import asker_of
from diemtua.accounts.tests import factories as accounts
from diemtua.accounts.tests.signing_in import signed_in
from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import How, Purpose
from diemtua.casework.exports import services
from diemtua.casework.exports.queries import Sheet
from diemtua.casework.exports.writer import xlsx
from diemtua.casework.tests import factories
from diemtua.casework.tests.factories import NIGHT
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking
from diemtua.foundation.refusals import NotForYou


def read(made):
    book = CalamineWorkbook.from_filelike(BytesIO(made))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def exported(asker, **wanted):
    with asking(asker):
        return services.export(asker=asker, at=clock.now(), **wanted)


@pytest.mark.django_db
def test_the_table_has_the_teams_cases_and_nobody_elses():
    _centre, counsellor, _worker, supervisor = factories.team()
    mine = factories.case(counsellor)
    factories.case()
    head, *rows = read(exported(supervisor))["Trường hợp"]
    assert [row[0] for row in rows] == [mine.code]
    assert dict(zip(head, rows[0], strict=True))["Ngày mở"] == NIGHT.date()


@pytest.mark.django_db
def test_nothing_that_was_told_is_in_the_file():
    _centre, counsellor, _worker, supervisor = factories.team()
    case = factories.case(counsellor)
    with ZipFile(BytesIO(exported(supervisor))) as parts:
        text = "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    for secret in (factories.NAME, "0912", factories.ADDRESS, factories.STORY, case.alias):
        assert secret not in text


@pytest.mark.django_db
def test_it_may_be_narrowed_by_state_and_by_days_both_included():
    _centre, counsellor, _worker, supervisor = factories.team()
    factories.case(counsellor)
    day = NIGHT.date()

    def found(**wanted):
        return len(read(exported(supervisor, **wanted))["Trường hợp"]) - 1

    assert found(since=day, until=day) == 1
    assert found(until=day - timedelta(days=1)) == 0
    assert found(since=day + timedelta(days=1)) == 0
    assert found(status="CLOSED") == 0


@pytest.mark.django_db
def test_a_consent_to_statistics_that_has_run_out_is_none():
    _centre, counsellor, _worker, supervisor = factories.team()
    case = factories.case(counsellor, consent=factories.consent(statistics=False))
    day = timedelta(days=1)
    with asking(counsellor):
        cases.give_consent(
            asker=counsellor, id=uuid4(), case=case, purpose=Purpose.STATISTICS, how=How.WRITTEN,
            at=NIGHT, valid_until=NIGHT + day,
        )  # fmt: skip

    def said(at):
        with asking(supervisor):
            made = services.export(asker=supervisor, at=at)
        return read(made)["Trường hợp"][1][-1]

    assert (said(NIGHT + day / 2), said(NIGHT + 2 * day)) == ("Có", "Không")


@pytest.mark.django_db
def test_the_trail_keeps_that_it_was_taken():
    exported(accounts.asker(role=Role.SUPERVISOR))
    assert factories.audited("casework.export.made") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.COUNSELLOR, Role.COMMITTEE_SECRETARY])
def test_nobody_else_takes_a_table_out(role, client, settings):
    settings.DIEMTUA_MFA_REQUIRED = False
    asker = accounts.asker(role=role)
    with pytest.raises(NotForYou):
        exported(asker)
    client.force_login(Membership.objects.get(pk=asker.membership_id).user)
    assert client.post(reverse("casework:export")).status_code == 403


@pytest.mark.django_db
def test_the_page_gives_it_to_who_just_signed_in(client):
    asker = asker_of(signed_in(client, role=Role.SUPERVISOR))
    case = factories.case(asker)
    assert client.get(reverse("casework:export")).status_code == 200
    answer = client.post(reverse("casework:export"), {"status": "", "since": "", "until": ""})
    assert read(answer.content)["Trường hợp"][1][0] == case.code
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [{"since": "31/02/2026"}, {"since": "02/01/2026", "until": "01/01/2026"}, {"status": "GONE"}],
)
def test_what_cannot_be_is_refused_and_stays_typed(client, wrong):
    signed_in(client, role=Role.SUPERVISOR)
    answer = client.post(reverse("casework:export"), wrong)
    assert answer.status_code == 422
    if "since" in wrong:
        assert wrong["since"] in answer.content.decode()


def sheet(rows):
    return Sheet("Bảng", ("Cột",), rows)


TEXT = st.text(
    st.characters(codec="utf-8", min_codepoint=32, exclude_characters="\r\x7f"), min_size=1
)


@given(
    words=st.lists(st.sampled_from("=+-@\t").flatmap(lambda c: TEXT.map(lambda t: c + t)) | TEXT)
)
def test_what_begins_like_a_formula_stays_text(words):
    made, written = xlsx([sheet([(word,) for word in words])])
    assert written == len(words)
    with ZipFile(BytesIO(made)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_what_one_sheet_does_not_hold_goes_on_in_the_next():
    made, written = xlsx([sheet((n,) for n in range(25))], rows_of_a_sheet=11)
    pages = read(made)
    assert list(pages) == ["Bảng", "Bảng 2", "Bảng 3"]
    assert written == 25
    assert sorted(row[0] for rows in pages.values() for row in rows[1:]) == list(range(25))


def test_days_and_numbers_come_back_as_they_went():
    made, _written = xlsx([sheet([(date(2026, 11, 23),), (7,), ("1.234,5",), (None,)])])
    assert [row[0] for row in read(made)["Bảng"][1:4]] == [date(2026, 11, 23), 7, "1.234,5"]
