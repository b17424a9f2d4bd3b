import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from diemtua.casework.assessments import adding, queries, services
from diemtua.casework.assessments.errors import NoRiskHere, SavedElsewhere
from diemtua.casework.assessments.models import Assessment
from diemtua.casework.assessments.tests import factories
from diemtua.casework.assessments.tests.factories import gravest, harmless, instrument
from diemtua.casework.cases import services as case_services
from diemtua.casework.cases.models import Case, Risk
from diemtua.casework.tests import factories as cases
from diemtua.casework.tests.factories import NIGHT
from diemtua.foundation.database.asker import asking
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.registry import Urgency, steps
from diemtua.foundation.vault.errors import Erased
from diemtua.foundation.vault.tests.factories import destroy_key

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


@pytest.fixture
def team():
    return cases.team()


@pytest.fixture
def case(team):
    return cases.case(team[2], danger_now=False)


def now(case):
    with as_owner():
        return Case.objects.get(pk=case.pk)


def judge(asker, assessment, level, **fields):
    values = {
        "id": uuid4(),
        "reason": "Chị đang ở nhà mẹ đẻ, có anh trai",
        "at": NIGHT + A_DAY,
    } | fields
    with asking(asker):
        found = Assessment.objects.get(pk=assessment.pk)
        return services.judge(asker=asker, assessment=found, level=level, **values)


def told(asker, topic_event="case"):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM live_event WHERE event = %s AND topic = %s",
            [topic_event, f"org:{asker.organisation_id}"],
        )
        return cursor.fetchone()[0]


def test_high_danger_pulls_the_next_contact_closer_and_tells_the_team(team, case):
    worker = team[2]
    factories.done(worker, case, harmless(instrument()))
    assert now(case).risk == Risk.LOW
    with asking(worker):
        case_services.note_contact(asker=worker, case=now(case), at=NIGHT)
    before = told(worker)
    factories.done(worker, case, gravest(instrument()), at=NIGHT + A_DAY)
    assert now(case).risk == Risk.HIGH
    assert now(case).contact_due_at == NIGHT + 2 * A_DAY
    assert told(worker) > before


def test_what_the_alcoves_declared_for_the_risk_happens_in_the_same_transaction(team, case):
    heard = []
    steps.declare(
        "casework.risk.judged", lambda **said: heard.append((said["case"].pk, said["risk"]))
    )
    factories.done(team[2], case, gravest(instrument()))
    assert heard == [(case.pk, "HIGH")]
    steps._following["casework.risk.judged"].pop()


def test_a_short_check_does_not_undo_what_a_thorough_one_found(team, case):
    worker, thorough = team[2], instrument("partner-danger")
    factories.done(worker, case, gravest(thorough), code="partner-danger")
    factories.done(worker, case, harmless(instrument()), at=NIGHT + A_DAY)
    assert now(case).risk == Risk.HIGH
    factories.done(worker, case, harmless(thorough), code="partner-danger", at=NIGHT + 2 * A_DAY)
    assert now(case).risk == Risk.LOW


def test_an_unfinished_picture_raises_and_never_lowers(team, case):
    worker = team[2]
    factories.done(worker, case, {"he-is-near": "YES"})  # at least medium, as far as it is known
    assert now(case).risk == Risk.UNASSESSED
    factories.done(worker, case, {"throat": "YES"}, at=NIGHT + A_DAY)
    assert now(case).risk == Risk.HIGH
    factories.done(worker, case, {"he-is-near": "YES"}, at=NIGHT + 2 * A_DAY)
    assert now(case).risk == Risk.HIGH


def test_well_being_and_needs_say_nothing_of_danger(team, case):
    for code in ("wellbeing", "needs"):
        found = factories.done(team[2], case, gravest(instrument(code)), code=code)
        with pytest.raises(NoRiskHere):
            judge(team[2], found, "HIGH")
    assert now(case).risk == Risk.UNASSESSED


def test_a_professional_lowers_it_with_a_reason_and_the_supervisor_is_asked(team, case):
    worker, supervisor = team[2], team[3]
    found = factories.done(worker, case, gravest(instrument()))
    with asking(supervisor):
        services.review(asker=supervisor, id=uuid4(), assessment=Assessment.objects.get(), at=NIGHT)
        assert adding.to_review(supervisor, NIGHT) == []
    judge(worker, found, "MEDIUM")
    assert now(case).risk == Risk.MEDIUM
    with asking(supervisor):
        assert [item.urgency for item in adding.to_review(supervisor, NIGHT)] == [Urgency.DANGER]
        read = queries.judgements(asker=supervisor, assessment=Assessment.objects.get())
        assert "anh trai" in read[0].reason and read[0].by
    assert cases.audited("casework.judgement.read") == 1


def test_the_same_judgement_tapped_twice_is_one(team, case):
    found, key = factories.done(team[2], case, harmless(instrument())), uuid4()
    for _tap in range(2):
        judge(team[2], found, "HIGH", id=key)
    assert cases.audited("casework.assessment.judged") == 1


def test_what_was_answered_is_ciphertext_and_ends_with_the_case_s_key(team, case):
    worker = team[2]
    found = factories.done(worker, case, {"throat": "YES", "her-words": "Sợ đêm nay"})
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT assessments_assessment::text FROM assessments_assessment")
        row = cursor.fetchone()[0]
    for word in ("throat", "Sợ", "Sợ đêm nay".encode().hex(), b"throat".hex(), b"Em trai".hex()):
        assert word not in row
    with asking(worker):
        told = queries.read(asker=worker, assessment=Assessment.objects.get())
        assert told.answers["throat"] == "YES" and told.note == "Em trai chị ở gần"
    assert cases.audited("casework.assessment.read") == 1
    destroy_key(now(case))
    with asking(worker), pytest.raises(Erased):
        queries.read(asker=worker, assessment=Assessment.objects.get(pk=found.pk))


@pytest.mark.parametrize(
    "code", ["safety-check", "partner-danger", "child-safety", "needs", "wellbeing"]
)
def test_the_stored_result_is_what_the_answers_give_again(team, case, code):
    asked = instrument(code)
    found = factories.done(
        team[2], case, gravest(asked) | {asked.questions[0].code: "UNKNOWN"}, code=code
    )
    with asking(team[2]):
        kept = Assessment.objects.get(pk=found.pk)
        again = queries.recomputed(kept, queries.read(asker=team[2], assessment=kept))
    assert again.is_same and not again.result.is_complete
    assert (kept.score, kept.highest, kept.level) == (
        again.result.score,
        again.result.highest,
        again.result.level,
    )


def test_a_definition_that_was_changed_or_lost_is_said(team, case):
    found = factories.done(team[2], case, {"throat": "YES"})
    with asking(team[2]):
        kept = Assessment.objects.get(pk=found.pk)
        told = queries.read(asker=team[2], assessment=kept)
        kept.fingerprint = "another"
        assert not queries.recomputed(kept, told).is_same
        kept.version = 99
        assert queries.recomputed(kept, told) is None


def due_of(asker, at):
    with asking(asker):
        return [(item.title, item.urgency) for item in adding.due(asker, at)]


def test_a_new_case_is_due_within_a_day_and_then_by_its_risk(team, case):
    worker = team[2]
    assert due_of(worker, NIGHT) == []
    assert due_of(worker, NIGHT + A_DAY) == [(case.alias, Urgency.NOW)]
    factories.done(worker, case, {"may-talk": "YES"})  # incomplete and without a level: still due
    assert len(due_of(worker, NIGHT + A_DAY)) == 1
    factories.done(worker, case, gravest(instrument()))
    assert due_of(worker, NIGHT + 5 * A_DAY) == []
    assert len(due_of(worker, NIGHT + 7 * A_DAY)) == 1
    factories.done(worker, case, harmless(instrument()), at=NIGHT + 7 * A_DAY)
    assert due_of(worker, NIGHT + 90 * A_DAY) == []
    assert len(due_of(worker, NIGHT + 97 * A_DAY)) == 1


def test_the_page_and_the_queue_say_the_same_day(team, case):
    worker = team[2]
    factories.done(worker, case, gravest(instrument()))
    with asking(worker):
        row = queries.due(asker=worker, until=NIGHT + 30 * A_DAY)[0]
        assert (
            queries.of_case(asker=worker, case=now(case)).due_at == row.due_at == NIGHT + 7 * A_DAY
        )


def test_the_queues_are_the_worker_s_and_the_supervisor_s_alone(team, case):
    factories.done(team[2], case, gravest(instrument()))
    with asking(team[1]):
        assert adding.due(team[1], NIGHT + 30 * A_DAY) == []
        assert adding.to_review(team[1], NIGHT) == []
    stranger = cases.team()[3]
    with asking(stranger):
        assert adding.to_review(stranger, NIGHT) == []


def test_figures_count_who_was_assessed_in_time_later_and_never(team):
    worker, supervisor = team[2], team[3]
    span = {"since": NIGHT - A_DAY, "until": NIGHT + A_DAY}
    for days in (1, 3, 4, None):
        opened = cases.case(worker)
        if days is not None:
            factories.done(worker, opened, harmless(instrument()), at=NIGHT + days * A_DAY)
    factories.done(worker, cases.case(worker), {"may-talk": "YES"})  # incomplete does not count
    cases.case(cases.team()[2])  # another centre's
    cases.case(worker, at=NIGHT + 2 * A_DAY)  # another span's
    with asking(supervisor):
        said = queries.status_of_cases(asker=supervisor, **span)
    assert (said.opened, said.in_time, said.later, said.never) == (5, 2, 1, 2)
    assert said.share_in_time == pytest.approx(0.4)
    with asking(supervisor):
        none = queries.status_of_cases(
            asker=supervisor, since=NIGHT - 9 * A_DAY, until=NIGHT - 8 * A_DAY
        )
    assert (none.opened, none.share_in_time) == (0, None)


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_make_one_draft():
    _centre, _counsellor, worker, supervisor = cases.team()
    case = cases.case(worker)
    barrier, answers = threading.Barrier(2), []

    def begin(asker):
        barrier.wait()
        try:
            answers.append(factories.begun(asker, case, {"may-talk": "YES"}).pk)
        except SavedElsewhere:
            answers.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=[asker]) for asker in (worker, supervisor)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(None) == 1
    with as_owner():
        assert Assessment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_instruments_finished_at_once_leave_the_graver_level():
    _centre, _counsellor, worker, supervisor = cases.team()
    case = cases.case(worker, danger_now=False)
    barrier = threading.Barrier(2)

    def finish(asker, code, answers):
        barrier.wait()
        try:
            factories.done(asker, case, answers, code=code)
        finally:
            connection.close()

    pairs = [
        (worker, "safety-check", harmless(instrument())),
        (supervisor, "partner-danger", gravest(instrument("partner-danger"))),
    ]
    threads = [threading.Thread(target=finish, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert now(case).risk == Risk.HIGH


@pytest.mark.django_db(transaction=True)
def test_four_taps_at_once_finish_one_assessment():
    _centre, _counsellor, worker, _supervisor = cases.team()
    case, key, tab = cases.case(worker, danger_now=False), uuid4(), uuid4()
    barrier, answers = threading.Barrier(4), []

    def tap():
        barrier.wait()
        try:
            answers.append(factories.done(worker, case, gravest(instrument()), id=key, tab=tab).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=tap) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [key] * 4
    assert cases.audited("casework.assessment.finished") == 1
    assert cases.audited("casework.case.risk-judged") == 1
