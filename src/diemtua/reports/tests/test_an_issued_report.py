from io import BytesIO
from uuid import uuid4

import docx
import pypdf
import pytest
from django.db import ProgrammingError, connection, transaction

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as people
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou, NotFound
from diemtua.indicators import queries as indicators
from diemtua.reports import material, queries
from diemtua.reports.errors import PeriodNotReported
from diemtua.reports.models import Report
from diemtua.reports.policies import READS
from diemtua.reports.tests.factories import AT, QUARTER, a_quarter, issue

pytestmark = pytest.mark.django_db


def secretary(organisation=None):
    return people.asker(role=Role.COMMITTEE_SECRETARY, organisation=organisation)


def text_of(report):
    word = docx.Document(BytesIO(bytes(report.docx)))
    told = [paragraph.text for paragraph in word.paragraphs]
    for table in word.tables:
        for row in table.rows:
            told += [cell.text for cell in row.cells]
    return "\n".join(told)


def text_of_pdf(report):
    pages = pypdf.PdfReader(BytesIO(bytes(report.pdf))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def rows_of(report, header):
    word = docx.Document(BytesIO(bytes(report.docx)))
    for table in word.tables:
        rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
        if rows and rows[0][0] == header:
            return {row[0]: row[1:] for row in rows[1:]}
    raise AssertionError(f"no table headed {header}")


class TestItsNumbers:
    def test_are_those_of_the_dashboard_and_of_a_plain_count(self):
        a_quarter()
        who = secretary()
        report = issue(who)
        with asking(who):
            shown = indicators.figure(asker=who, period=QUARTER)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), count(*) FILTER (WHERE (attributes ->> 'reached')::boolean)"
                " FROM facts_fact WHERE bucket >= '2026-09-15' AND bucket < '2026-12-15'"
            )
            detected, reached = cursor.fetchone()
        assert (detected, reached) == (shown.denominator, shown.numerator) == (124, 99)
        expected = (str(detected), str(reached), "79,8%")
        assert rows_of(report, "Quý")["Quý IV/2026"] == expected
        assert rows_of(report, "Xã, phường")["Toàn thành phố"] == expected
        sentence = "phát hiện 124 người bị bạo lực gia đình, bạo lực trên cơ sở giới; 99 người"
        assert sentence in text_of(report)
        assert sentence in text_of_pdf(report)
        assert "124 99 79,8%" in text_of_pdf(report)

    def test_small_communes_are_hidden_with_the_threshold_of_documents_that_leave(self):
        a_quarter()
        report = issue(secretary())
        rows = rows_of(report, "Xã, phường")
        hidden = ("giữ kín", "giữ kín", "giữ kín")
        assert rows["Phường Tân An"] == rows["Phường Ninh Kiều"] == hidden
        assert rows["Phường Cái Khế"] == ("80", "66", "82,5%")
        kept = report.data["figures"]["3.2a"]
        assert kept["minimum"] == 10
        small = [row for row in kept["communes"] if row["is_suppressed"]]
        assert len(small) == 2
        assert all(row["numerator"] is row["denominator"] is row["value"] is None for row in small)

    def test_stay_when_the_figures_change_later(self):
        a_quarter()
        who = secretary()
        before = issue(who)
        a_quarter()
        with asking(who):
            again = queries.report(asker=who, id=before.pk)
        assert again.data["figures"]["3.2a"]["trend"][-1]["denominator"] == 124

    def test_a_quarter_with_nobody_says_so_and_shows_no_annex(self):
        report = issue(secretary())
        assert "chưa ghi nhận" in text_of(report)
        assert "Phụ lục" not in text_of(report)

    def test_a_quarter_still_running_says_so(self):
        a_quarter()
        report = issue(secretary(), at=AT.replace(month=11))
        assert "đến ngày 16/11/2026 (số liệu chưa trọn kỳ)" in text_of(report)

    def test_are_kept_with_their_definitions_under_a_hash_that_anyone_can_work_out_again(self):
        a_quarter()
        report = issue(secretary())
        assert report.sha256 == material.digest(report.data)
        kept = report.data["figures"]["3.2a"]
        assert kept["definition"]["version"] == indicators.definition("3.2a").version
        assert kept["target"]["value"] == "90"
        with as_owner():
            assert Report.objects.get(pk=report.pk).sha256 == material.digest(
                Report.objects.get(pk=report.pk).data
            )


class TestItsNumberInTheSeries:
    def test_runs_from_one_each_year_in_the_committees_own_series(self):
        mine, other = secretary(), secretary()
        numbers = [issue(mine).number, issue(mine).number, issue(other).number]
        next_year = issue(mine, at=AT.replace(year=2027))
        assert numbers == [1, 2, 1]
        assert (next_year.year, next_year.number) == (2027, 1)

    def test_is_written_with_a_leading_zero_and_the_symbol(self):
        report = issue(secretary())
        assert str(report) == "01/BC-BVSTB"
        assert "Số: 01/BC-BVSTB" in text_of(report)
        assert report.file_name == "01-BC-BVSTB-2026"

    def test_a_second_tap_finds_the_first_report(self):
        who, key = secretary(), uuid4()
        first, second = issue(who, key=key), issue(who, key=key)
        assert first.pk == second.pk
        assert issue(who).number == 2

    def test_a_report_that_fails_gives_its_number_back(self, monkeypatch):
        who = secretary()
        with monkeypatch.context() as patch:
            patch.setattr("diemtua.reports.services.files", lambda *_args, **_more: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                issue(who)
        assert issue(who).number == 1


class TestWhoMay:
    @pytest.mark.parametrize("role", Role.values)
    def test_only_the_secretary_issues(self, role):
        who = people.asker(role=role)
        if role == Role.COMMITTEE_SECRETARY:
            assert issue(who)
        else:
            with pytest.raises(NotForYou):
                issue(who)
            with pytest.raises(ProgrammingError), asking(who), connection.cursor() as cursor:
                cursor.execute("SELECT diemtua.reports_next_number(2026)")

    @pytest.mark.parametrize("relation", ["own", "other"])
    @pytest.mark.parametrize("role", Role.values)
    def test_policy_list_and_database_say_the_same(self, role, relation):
        committee = people.organisation(kind="COMMITTEE")
        report = issue(secretary(committee))
        who = people.asker(role=role, organisation=committee if relation == "own" else None)
        may = role in {Role.COMMITTEE_SECRETARY, Role.LEADER} and relation == "own"
        with asking(who):
            assert READS.allows(who, report) is may
            assert (report in queries.issued(asker=who)) is may
            assert Report.objects.filter(pk=report.pk).exists() is may
            if may:
                assert queries.report(asker=who, id=report.pk) == report
        if not may:
            with pytest.raises((NotForYou, NotFound)), asking(who):
                queries.report(asker=who, id=report.pk)

    def test_nobody_changes_or_removes_one(self):
        who = secretary()
        report = issue(who)
        for statement in (
            "UPDATE reports_report SET number = 99 WHERE id = %s",
            "DELETE FROM reports_report WHERE id = %s",
            "UPDATE reports_series SET last = 0 WHERE id::text <> %s",
        ):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                asking(who),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement, [str(report.pk)])

    def test_only_quarters_of_the_reporting_calendar_are_reported(self):
        for code in ("2026-Q4", "2026-M11R", "2026-YR"):
            with pytest.raises(PeriodNotReported):
                issue(secretary(), period=indicators.parse(code))

    def test_issuing_is_in_the_audit_trail(self):
        report = issue(secretary())
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT action, details ->> 'period' FROM audit_entry WHERE subject_id = %s",
                [str(report.pk)],
            )
            assert cursor.fetchall() == [("reports.report.issued", "2026-Q4R")]
