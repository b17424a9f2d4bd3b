from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import F

from diemtua.accounts.models import Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import services as cases
from diemtua.casework.cases.models import Consent, Purpose
from diemtua.casework.letters import queries, services
from diemtua.casework.letters.errors import AnswerNotYours, LinkNotOpen, NothingToSend
from diemtua.casework.letters.models import ReferralLink
from diemtua.casework.letters.services.answering import proof_of
from diemtua.casework.letters.services.opening import holding
from diemtua.casework.referrals.errors import AlreadyAnswered
from diemtua.casework.referrals.models import Packet, Referral, State
from diemtua.casework.referrals.services import revoke
from diemtua.casework.tests import factories
from diemtua.foundation import clock
from diemtua.foundation.database.asker import asking, job_asker
from diemtua.foundation.database.testing import as_owner
from diemtua.foundation.refusals import NotForYou, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor():
    return accounts.asker(role=Role.SUPERVISOR)


@pytest.fixture
def sent(supervisor):
    at = clock.now()
    case = factories.case(supervisor, at=at)
    return factories.referral(supervisor, case, at=at)


def made(asker, referral):
    with asking(asker):
        return services.make_link(asker=asker, id=uuid4(), referral=referral, at=clock.now())


def opened(link, pin=None, *, at=None):
    return services.open_letter(
        token=queries.token_of(link.pk),
        pin=queries.pin_of(link.pk) if pin is None else pin,
        at=at or clock.now(),
    )


def answered(link, state, reason="", *, proof=None):
    return services.answer_by_link(
        token=queries.token_of(link.pk),
        proof=proof_of(link) if proof is None else proof,
        state=state,
        reason=reason,
        at=clock.now(),
    )


def state_of(referral):
    with as_owner():
        return Referral.objects.get(pk=referral.pk).state


def wrong(pin):
    return f"{(int(pin) + 1) % 1_000_000:06d}"


def test_who_has_the_link_and_the_number_reads_what_was_shared(supervisor, sent):
    seen = opened(made(supervisor, sent))
    assert seen.shared.full_name == factories.NAME
    assert seen.shared.story == ""  # not among the chosen sections
    assert seen.place and seen.sender
    assert factories.audited("letters.link.opened") == 1


def test_it_is_read_once_and_answered_later(supervisor, sent):
    link = made(supervisor, sent)
    assert opened(link).shared is not None
    again = opened(link)
    assert again.shared is None
    answered(link, State.ACCEPTED)
    answered(link, State.ACCEPTED)  # a double tap
    assert state_of(sent) == State.ACCEPTED
    answered(link, State.COMPLETED)
    assert state_of(sent) == State.COMPLETED
    with as_owner():
        assert Referral.objects.get(pk=sent.pk).answered_by is None


def test_postgresql_itself_shows_the_packet_once(supervisor, sent):
    link = made(supervisor, sent)
    with holding(queries.token_of(link.pk)):
        assert Packet.objects.count() == 1
    opened(link)
    with holding(queries.token_of(link.pk)):
        assert Packet.objects.count() == 0
        assert Referral.objects.count() == 1


def test_a_wrong_number_opens_nothing_and_five_shut_it_for_good(supervisor, sent):
    link = made(supervisor, sent)
    for _try in range(queries.rules().wrong_pins):
        assert opened(link, wrong(queries.pin_of(link.pk))) is None
    with pytest.raises(LinkNotOpen):
        opened(link)
    with holding(queries.token_of(link.pk)):
        assert Packet.objects.count() == 0


def test_wrong_numbers_are_not_forgotten_also_not_by_sql(supervisor, sent):
    link = made(supervisor, sent)
    opened(link, wrong(queries.pin_of(link.pk)))
    with (
        pytest.raises(ProgrammingError, match="only wears out"),
        holding(queries.token_of(link.pk)),
        transaction.atomic(),
    ):
        ReferralLink.objects.update(wrong_pins=F("wrong_pins") - 1)


def test_nobody_answers_before_opening_it(supervisor, sent):
    link = made(supervisor, sent)
    with pytest.raises(AnswerNotYours):
        answered(link, State.ACCEPTED, proof="")
    with holding(queries.token_of(link.pk)):
        assert Referral.objects.update(state=State.ACCEPTED) == 0
    assert state_of(sent) == State.SENT


def test_a_proof_of_another_link_answers_nothing(supervisor, sent):
    link = made(supervisor, sent)
    opened(link)
    other = made(supervisor, factories.referral(supervisor, sent.case, at=clock.now()))
    with pytest.raises(AnswerNotYours):
        answered(link, State.ACCEPTED, proof=proof_of(other))


def test_a_link_runs_out(supervisor, sent):
    link = made(supervisor, sent)
    late = clock.now() + queries.rules().open_for
    with pytest.raises(LinkNotOpen):
        opened(link, at=late)
    with as_owner():
        ReferralLink.objects.update(
            made_at=clock.now() - timedelta(days=3), open_until=clock.now() - timedelta(days=1)
        )
    with holding(queries.token_of(link.pk)):
        assert Packet.objects.count() == 0


def test_a_new_link_closes_the_one_before(supervisor, sent):
    first, second = made(supervisor, sent), made(supervisor, sent)
    with pytest.raises(LinkNotOpen):
        opened(first)
    assert opened(second).shared is not None


def test_the_same_tap_twice_makes_one_link(supervisor, sent):
    key = uuid4()
    with asking(supervisor):
        for _tap in range(2):
            services.make_link(asker=supervisor, id=key, referral=sent, at=clock.now())
        assert ReferralLink.objects.count() == 1


def test_a_closed_link_opens_no_more(supervisor, sent):
    link = made(supervisor, sent)
    with asking(supervisor):
        services.close_link(asker=supervisor, link=link, at=clock.now())
        services.close_link(asker=supervisor, link=link, at=clock.now())
    with pytest.raises(LinkNotOpen):
        opened(link)


def test_a_revoked_referral_cannot_be_opened_by_its_link(supervisor, sent):
    link = made(supervisor, sent)
    with asking(supervisor):
        revoke(asker=supervisor, referral=sent, at=clock.now())
    with pytest.raises(LinkNotOpen):
        opened(link)


def test_withdrawn_consent_shuts_the_link_at_once(supervisor, sent):
    link = made(supervisor, sent)
    with asking(supervisor):
        consent = Consent.objects.get(case=sent.case, purpose=Purpose.SHARE)
        cases.withdraw_consent(asker=supervisor, consent=consent, at=clock.now())
    with pytest.raises(LinkNotOpen):
        opened(link)


def test_no_link_is_made_to_what_is_over(supervisor, sent):
    with asking(supervisor):
        revoke(asker=supervisor, referral=sent, at=clock.now())
    with pytest.raises(NothingToSend):
        made(supervisor, sent)


def test_neither_link_nor_number_stands_in_the_database(supervisor, sent):
    link = made(supervisor, sent)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM letters_link l")
        row = cursor.fetchone()[0]
    assert queries.token_of(link.pk) not in row
    assert queries.pin_of(link.pk) not in row.replace(str(link.pk), "")


def test_another_links_token_shows_nothing_of_this_referral(supervisor, sent):
    made(supervisor, sent)
    with holding("not-a-token"):
        assert not ReferralLink.objects.exists()
        assert not Referral.objects.exists()
        assert not Packet.objects.exists()
    with asking(job_asker("letters.open")):
        assert not Referral.objects.exists()


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.COMMUNE_OFFICER, Role.COMMITTEE_SECRETARY])
def test_other_roles_make_no_link_and_see_none(supervisor, sent, role):
    link = made(supervisor, sent)
    stranger = accounts.asker(role=role)
    with pytest.raises((NotForYou, NotFound)):
        made(stranger, sent)
    with asking(stranger):
        assert not ReferralLink.objects.exists()
        with pytest.raises((NotForYou, NotFound)):
            queries.link(asker=stranger, link_id=link.pk)


def test_a_supervisor_of_another_centre_sees_no_link(sent, supervisor):
    made(supervisor, sent)
    with asking(accounts.asker(role=Role.SUPERVISOR)):
        assert not ReferralLink.objects.exists()


def test_an_answer_told_by_telephone_is_written_down_in_her_own_name(supervisor, sent):
    with asking(supervisor):
        services.write_down_answer(
            asker=supervisor, referral=sent, state=State.DECLINED, reason="FULL", at=clock.now()
        )
        found = Referral.objects.get(pk=sent.pk)
        assert (found.state, found.decline_reason) == (State.DECLINED, "FULL")
        assert found.answered_by_id == supervisor.user_id
        with pytest.raises(AlreadyAnswered):
            services.write_down_answer(
                asker=supervisor, referral=found, state=State.ACCEPTED, at=clock.now()
            )
    assert factories.audited("letters.answer.written-down") == 1


def test_nobody_writes_an_answer_down_in_anothers_name(supervisor, sent):
    other = accounts.member(role=Role.SUPERVISOR)
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        asking(supervisor),
        transaction.atomic(),
    ):
        Referral.objects.filter(pk=sent.pk).update(
            state=State.ACCEPTED, answered_at=clock.now(), answered_by=other.user
        )
