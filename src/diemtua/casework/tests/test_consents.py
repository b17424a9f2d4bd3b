from datetime import timedelta
from uuid import uuid4

import pytest

from diemtua.accounts.models import Organisation, OrganisationKind, Role
from diemtua.accounts.tests import factories as accounts
from diemtua.casework.cases import queries, services
from diemtua.casework.cases.errors import RecipientMissing, StoringEndsByErasure
from diemtua.casework.cases.models import Case, Consent, How, Purpose, Section
from diemtua.casework.tests import factories
from diemtua.casework.tests.factories import NIGHT
from diemtua.foundation.database.asker import asking
from diemtua.foundation.refusals import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor():
    return accounts.asker(role=Role.SUPERVISOR)


@pytest.fixture
def police():
    return accounts.organisation(kind=OrganisationKind.POLICE)


def sections_for(asker, case, organisation, *, at=NIGHT):
    with asking(asker):
        return queries.sharing(case_id=case.pk, organisation=organisation, at=at).sections


def give(asker, case, **fields):
    values = {
        "id": uuid4(),
        "purpose": Purpose.SHARE,
        "how": How.SPOKEN_IN_PERSON,
        "at": NIGHT,
        "sections": [Section.NEEDS],
        "kind": OrganisationKind.POLICE,
    } | fields
    with asking(asker):
        return services.give_consent(asker=asker, case=case, **values)


def test_silence_is_no_consent(supervisor, police):
    case = factories.case(supervisor)
    assert sections_for(supervisor, case, police) == frozenset()


def test_a_consent_to_a_kind_covers_its_organisations_and_no_other(supervisor, police):
    case = factories.case(supervisor)
    give(supervisor, case)
    clinic = accounts.organisation(kind=OrganisationKind.HEALTH)
    assert sections_for(supervisor, case, police) == {Section.NEEDS}
    assert sections_for(supervisor, case, clinic) == frozenset()


def test_a_consent_to_one_organisation_covers_no_other_of_its_kind(supervisor, police):
    case = factories.case(supervisor)
    give(supervisor, case, kind="", organisation_id=police.pk)
    other = accounts.organisation(kind=OrganisationKind.POLICE)
    assert sections_for(supervisor, case, police) == {Section.NEEDS}
    assert sections_for(supervisor, case, other) == frozenset()


def test_a_consent_counts_from_when_it_was_given_until_its_end(supervisor, police):
    case = factories.case(supervisor)
    give(supervisor, case, valid_until=NIGHT + timedelta(hours=2))
    moments = [NIGHT - timedelta(minutes=1), NIGHT, NIGHT + timedelta(hours=2)]
    covered = [bool(sections_for(supervisor, case, police, at=at)) for at in moments]
    assert covered == [False, True, False]


def test_a_withdrawn_consent_covers_nothing_and_withdrawing_twice_is_once(supervisor, police):
    case = factories.case(supervisor)
    consent = give(supervisor, case)
    for _ in range(2):
        with asking(supervisor):
            services.withdraw_consent(
                asker=supervisor, consent=Consent.objects.get(pk=consent.pk), at=NIGHT
            )
    assert sections_for(supervisor, case, police, at=NIGHT + timedelta(seconds=1)) == frozenset()
    assert factories.audited("casework.consent.withdrawn") == 1


def test_the_last_end_of_several_consents_counts(supervisor, police):
    case = factories.case(supervisor)
    for hours in (1, 5):
        give(supervisor, case, valid_until=NIGHT + timedelta(hours=hours))
    with asking(supervisor):
        sharing = queries.sharing(case_id=case.pk, organisation=police, at=NIGHT)
    assert sharing.ends(frozenset({Section.NEEDS})) == NIGHT + timedelta(hours=5)


def test_a_share_without_a_recipient_or_a_section_is_refused(supervisor):
    case = factories.case(supervisor)
    for wrong in ({"kind": ""}, {"sections": []}, {"sections": ["EVERYTHING"]}):
        with pytest.raises(RecipientMissing):
            give(supervisor, case, **wrong)


def test_a_second_tap_gives_one_consent(supervisor):
    case = factories.case(supervisor)
    key = uuid4()
    give(supervisor, case, id=key)
    give(supervisor, case, id=key)
    assert factories.audited("casework.consent.given") == 1


def test_taking_back_the_consent_to_store_is_a_matter_of_erasure(supervisor):
    case = factories.case(supervisor)
    with asking(supervisor), pytest.raises(StoringEndsByErasure):
        stored = Consent.objects.get(case=case, purpose=Purpose.STORE)
        services.withdraw_consent(asker=supervisor, consent=stored, at=NIGHT)


def test_taking_back_statistics_destroys_the_way_to_the_fact_and_leaves_the_fact(supervisor):
    case = factories.case(supervisor)
    with asking(supervisor):
        counted = Consent.objects.get(case=case, purpose=Purpose.STATISTICS)
        services.withdraw_consent(asker=supervisor, consent=counted, at=NIGHT)
        assert Case.objects.get(pk=case.pk).fact_link is None
    assert len(factories.facts()) == 1


def test_agreeing_to_statistics_later_makes_one_fact(supervisor):
    case = factories.case(supervisor, consent=factories.consent(statistics=False))
    give(supervisor, case, purpose=Purpose.STATISTICS, sections=[], kind="")
    assert [fact["reached"] for fact in factories.facts()] == [False]


def test_another_centre_cannot_give_or_withdraw(supervisor):
    case = factories.case(supervisor)
    stranger = accounts.asker(role=Role.SUPERVISOR)
    assert Organisation.objects.filter(pk=stranger.organisation_id).exists()
    with pytest.raises(NotFound):
        give(stranger, case)
