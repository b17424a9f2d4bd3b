from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diemtua.accounts.models import Membership, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.assessments.models import Assessment, Judgement, State
from diemtua.casework.assessments.tests import factories
from diemtua.casework.cases.models import Case, Risk, Status
from diemtua.casework.tests import factories as cases
from diemtua.foundation import clock
from diemtua.foundation.database.testing import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.DIEMTUA_MFA_REQUIRED = False


def browser(asker):
    client = Client()
    client.force_login(Membership.objects.get(pk=asker.membership_id).user)
    return client


@pytest.fixture
def now():
    return clock.now() - timedelta(minutes=5)


@pytest.fixture
def team():
    cases.commune()  # so that the law's duty has its holder and the risk speaks next
    return cases.team()


@pytest.fixture
def case(team, now):
    return cases.case(team[1], at=now, danger_now=False)


def address(case, code="safety-check"):
    return reverse("assessments:fill", args=[case.pk, code])


def typed(answers, **page):
    return {f"q-{code}": answer for code, answer in answers.items()} | {
        "key": str(uuid4()),
        "tab": str(uuid4()),
        "seen": "0",
        **page,
    }


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:800]
    return answer.content.decode()


def one():
    with as_owner():
        return Assessment.objects.select_related("case").get()


def risk_of(case):
    with as_owner():
        return Case.objects.get(pk=case.pk).risk


def test_the_step_judge_the_risk_leads_to_the_safety_check(team, case):
    client = browser(team[1])
    text = text_of(client.get(reverse("casework:case", args=[case.pk])))
    assert "Đánh giá nguy cơ" in text and address(case) in text
    assert "Mức nguy cơ quyết định" in text


def test_the_tab_offers_every_instrument_and_says_when_the_next_is_due(team, case):
    text = text_of(browser(team[1]).get(reverse("assessments:index", args=[case.pk])))
    for title in (
        "Kiểm tra an toàn ban đầu",
        "Đánh giá nguy hiểm do bạn đời",
        "An toàn của trẻ em",
        "Nhu cầu hỗ trợ",
        "Sức khỏe tinh thần",
    ):
        assert title in text
    assert "Đánh giá lại trước" in text and "Chưa có đánh giá nào" in text


def test_every_question_stands_on_the_page_with_its_own_answers(team, case):
    text = text_of(browser(team[1]).get(address(case)))
    instrument = factories.instrument()
    for question in instrument.questions:
        assert str(question.text) in text
    assert text.count("<fieldset") == sum(q.is_scored for q in instrument.questions)
    assert text.count('value="UNKNOWN"') == sum(q.is_scored for q in instrument.questions)
    assert "checked" not in text


def test_a_finished_check_sets_the_risk_and_says_why(team, case):
    client = browser(team[1])
    answers = factories.harmless(factories.instrument()) | {"throat": "YES"}
    answer = client.post(address(case), typed(answers), follow=True)
    text = text_of(answer)
    assert "Nguy cơ cao" in text and "Được 5 trên 44 điểm" in text
    assert "riêng câu này đã là nguy cơ cao" in text
    assert risk_of(case) == Risk.HIGH


def test_an_unfinished_picture_says_so_and_is_never_called_low(team, case):
    client = browser(team[1])
    text = text_of(client.post(address(case), typed({"may-talk": "YES"}), follow=True))
    assert "Chưa đủ" in text and "Chưa kết luận được" in text
    assert "Nguy cơ thấp" not in text.replace("Nguy cơ thấp</span></label>", "")
    assert risk_of(case) == Risk.UNASSESSED


def test_unknown_is_no_no(team, case):
    answers = factories.harmless(factories.instrument()) | {"throat": "UNKNOWN"}
    text = text_of(browser(team[1]).post(address(case), typed(answers), follow=True))
    assert "Chưa kết luận được" in text
    assert risk_of(case) == Risk.UNASSESSED


def test_drafts_are_saved_as_typed_and_resumed(team, case):
    client, page = browser(team[1]), typed({"may-talk": "NO", "her-words": "Sợ chồng về"})
    save = reverse("assessments:autosave", args=[case.pk, "safety-check"])
    assert client.post(save, page).status_code == 200
    assert client.post(save, page | {"q-throat": "YES"}).status_code == 200
    text = text_of(client.get(address(case)))
    assert "Sợ chồng về" in text and text.count("checked") == 2
    assert one().state == State.DRAFT and one().revision == 2
    assert "Làm tiếp đánh giá" in text_of(client.get(reverse("casework:case", args=[case.pk])))


def test_a_draft_is_put_aside_and_finished_later(team, case):
    client, page = browser(team[1]), typed({"may-talk": "NO"})
    text = text_of(client.post(address(case), page | {"then": "later"}, follow=True))
    assert "Đã lưu để làm tiếp sau" in text and "Làm tiếp" in text


def test_a_second_tap_makes_one_assessment_and_one_result(team, case):
    client = browser(team[1])
    page = typed(factories.gravest(factories.instrument()))
    first, second = (client.post(address(case), page) for _ in range(2))
    assert first.url == second.url
    assert cases.audited("casework.assessment.finished") == 1
    assert one().level == "HIGH"


def test_the_second_of_two_editors_sees_both_versions_and_nothing_is_overwritten(team, case):
    _centre, counsellor, _worker, supervisor = team
    mine, hers = browser(counsellor), browser(supervisor)
    begun = typed({"may-talk": "YES"})
    save = reverse("assessments:autosave", args=[case.pk, "safety-check"])
    assert mine.post(save, begun).status_code == 200
    other = begun | {"tab": str(uuid4()), "seen": "1", "q-throat": "YES"}
    assert hers.post(save, other).status_code == 200
    assert mine.post(save, begun | {"seen": "1", "q-throat": "NO"}).status_code == 409
    text = text_of(mine.post(address(case), begun | {"seen": "1", "q-throat": "NO"}), status=409)
    assert "Hai bản khác nhau" in text and "Bản của bạn" in text
    assert text.count("bóp cổ, siết cổ") == 2  # in the comparison and as a question
    assert one().state == State.DRAFT and one().revision == 2


def test_two_who_begin_the_same_instrument_go_on_with_one(team, case):
    mine, hers = browser(team[1]), browser(team[3])
    save = reverse("assessments:autosave", args=[case.pk, "safety-check"])
    assert mine.post(save, typed({"may-talk": "YES"})).status_code == 200
    assert hers.post(save, typed({"may-talk": "NO"})).status_code == 409
    text = text_of(hers.post(address(case), typed({"may-talk": "NO"})), status=409)
    again = text.split('name="key" value="')[1].split('"')[0]
    assert again == str(one().pk)


def test_nothing_answered_is_said_and_nothing_is_kept(team, case):
    text = text_of(browser(team[1]).post(address(case), typed({})), status=422)
    assert "Chưa có câu trả lời nào" in text
    with as_owner():
        assert not Assessment.objects.exists()


def test_a_strange_answer_is_named_and_the_rest_is_kept(team, case):
    client = browser(team[1])
    page = typed({"may-talk": "MAYBE", "throat": "YES"})
    save = reverse("assessments:autosave", args=[case.pk, "safety-check"])
    assert client.post(save, page).status_code == 422
    text = text_of(client.post(address(case), page), status=422)
    assert text.count("checked") == 1
    assert one().state == State.DRAFT


def test_judging_otherwise_takes_a_reason_and_the_case_follows(team, case):
    client = browser(team[1])
    client.post(address(case), typed(factories.harmless(factories.instrument())))
    assert risk_of(case) == Risk.LOW
    found = one()
    where = reverse("assessments:judge", args=[found.pk])
    short = client.post(where, {"key": str(uuid4()), "level": "HIGH", "reason": "linh cảm"})
    assert "Lý do cần ít nhất 10 chữ cái" in text_of(short, status=422)
    reason = "Chị run và nhìn cửa suốt buổi"
    text = text_of(
        client.post(where, {"key": str(uuid4()), "level": "HIGH", "reason": reason}, follow=True)
    )
    assert reason in text and "Theo câu trả lời: nguy cơ thấp" in text
    assert risk_of(case) == Risk.HIGH
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT assessments_judgement::text FROM assessments_judgement")
        assert reason.encode().hex() not in cursor.fetchone()[0]


def test_the_supervisor_finds_it_waiting_looks_and_it_is_gone(team, case):
    _centre, counsellor, _worker, supervisor = team
    found = factories.done(counsellor, case, factories.gravest(factories.instrument()))
    client = browser(supervisor)
    where = reverse("assessments:result", args=[found.pk])
    assert where in text_of(client.get(reverse("workspace:waiting")))
    assert "Chờ bạn xem xét" in text_of(client.get(where))
    done = client.post(
        reverse("assessments:review", args=[found.pk]),
        {"note": "Gọi tôi", "key": str(uuid4())},
        follow=True,
    )
    assert "Gọi tôi" in text_of(done)
    assert where not in text_of(client.get(reverse("workspace:waiting")))
    assert "Chờ bạn xem xét" not in text_of(browser(counsellor).get(where))


def test_the_supervisor_s_bell_counts_what_waits_for_her(team, case):
    factories.done(team[1], case, factories.gravest(factories.instrument()))
    bell = text_of(browser(team[3]).get(reverse("workspace:waiting-count")))
    assert ">1<" in bell


def test_the_trend_is_drawn_with_its_table_beneath(team, case, now):
    for days, answers in ((0, {"throat": "YES"}), (7, {})):
        every = factories.harmless(factories.instrument()) | answers
        factories.done(team[1], case, every, at=now + timedelta(days=days))
    text = text_of(browser(team[1]).get(reverse("assessments:index", args=[case.pk])))
    assert "<svg" in text and "Xem bảng số liệu" in text and "5/44" in text


def test_the_log_of_the_case_tells_of_it(team, case):
    factories.done(team[1], case, factories.gravest(factories.instrument()))
    text = text_of(browser(team[1]).get(reverse("casework:log", args=[case.pk])))
    assert "Kiểm tra an toàn ban đầu" in text


def test_a_closed_case_takes_no_assessment(team, case):
    with as_owner():
        member = Membership.objects.get(pk=team[2].membership_id)
        Case.objects.filter(pk=case.pk).update(status=Status.CLOSED, worker=member.user)
    client = browser(team[1])
    assert "đã khép lại" in text_of(client.get(address(case)))
    assert client.post(address(case), typed({"throat": "YES"})).status_code == 409


STRANGERS = [
    role for role in Role.values if role not in {Role.COUNSELLOR, Role.CASE_WORKER, Role.SUPERVISOR}
]


@pytest.mark.parametrize("role", STRANGERS)
def test_other_roles_are_refused_at_every_page(role, team, case):
    found = factories.done(team[1], case, {"throat": "YES"})
    client = browser(accounts.asker(role=role))
    for name, args in (
        ("index", [case.pk]),
        ("fill", [case.pk, "safety-check"]),
        ("result", [found.pk]),
    ):
        assert client.get(reverse(f"assessments:{name}", args=args)).status_code == 403
    for name in ("judge", "review"):
        assert client.post(reverse(f"assessments:{name}", args=[found.pk])).status_code == 403


def test_a_colleague_who_does_not_see_the_case_learns_nothing(team, case):
    found = factories.done(team[1], case, {"throat": "YES"})
    client = browser(accounts.asker(role=Role.COUNSELLOR, organisation=team[0]))
    for name, args in (
        ("index", [case.pk]),
        ("fill", [case.pk, "safety-check"]),
        ("result", [found.pk]),
    ):
        assert client.get(reverse(f"assessments:{name}", args=args)).status_code == 404
    assert client.post(address(case), typed({"throat": "YES"})).status_code == 404
    judged = client.post(
        reverse("assessments:judge", args=[found.pk]), {"level": "LOW", "reason": "x" * 20}
    )
    assert judged.status_code == 404


def test_only_the_supervisor_reviews(team, case):
    found = factories.done(team[1], case, {"throat": "YES"})
    answer = browser(team[1]).post(reverse("assessments:review", args=[found.pk]))
    assert answer.status_code == 403
    with as_owner():
        assert not Judgement.objects.exists()


def test_the_questions_are_asked_in_the_reader_s_language(team, case):
    with as_owner():
        user = Membership.objects.get(pk=team[1].membership_id).user
        type(user).objects.filter(pk=user.pk).update(language="en")
    text = text_of(browser(team[1]).get(address(case)))
    assert "Is it safe for you to talk right now?" in text and "Not known" in text
    assert "Lúc này chị nói chuyện" not in text


@pytest.fixture
def folder(settings, tmp_path):
    settings.DIEMTUA_DATA = tmp_path
    (tmp_path / "instruments").mkdir()
    return tmp_path / "instruments"


def test_what_was_begun_goes_on_in_its_own_version(team, case, folder):
    first = folder / "tiny-1.toml"
    first.write_text(factories.file())
    client, page = browser(team[1]), typed({"a": "YES"})
    save = reverse("assessments:autosave", args=[case.pk, "tiny"])
    assert client.post(save, page).status_code == 200
    newer = factories.file().replace("version = 1", "version = 2").replace("A?", "Mới?")
    (folder / "tiny-2.toml").write_text(newer)
    text = text_of(client.get(address(case, "tiny")))
    assert "A?" in text and "Mới?" not in text
    answer = client.post(address(case, "tiny"), page | {"q-b": "NO"})
    assert (one().version, one().score, one().level) == (1, 3, "LOW")
    first.unlink()
    assert "Không còn tệp của bộ câu hỏi này" in text_of(client.get(answer.url))
    assert "Mới?" in text_of(client.get(address(case, "tiny")))


def test_an_instrument_that_is_not_there_is_a_page_of_its_own(team, case):
    text = text_of(browser(team[1]).get(address(case, "no-such")), status=404)
    assert "Không có bộ câu hỏi này" in text


def test_the_tab_costs_few_queries(team, case):
    for days in range(3):
        factories.done(team[1], case, {"throat": "YES"}, at=clock.now() + timedelta(days=days))
    client = browser(team[1])
    client.get(reverse("assessments:index", args=[case.pk]))
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("assessments:index", args=[case.pk]))
    assert len(seen) <= 16, [q["sql"][:100] for q in seen]
