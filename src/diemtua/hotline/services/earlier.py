"""Finding earlier calls from the same number."""

from dataclasses import dataclass

from diemtua.casework.cases import queries as cases
from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker
from diemtua.hotline import policies, queries
from diemtua.hotline.models import Contact


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of a number: calls to the own centre, and the cases the asker may see."""

    calls: list[queries.EarlierRow]
    cases: list[cases.KnownRow]


def find_earlier(*, asker: Asker, contact: Contact) -> Earlier:
    """Return earlier calls from the number of this contact, and cases with it; audited.

    A colleague's call is shown without anything that was told: when, where, who took it.
    """
    policies.SEES.require(asker, contact)
    if contact.phone_token is None:
        return Earlier([], [])
    found = Earlier(
        queries.earlier_calls(asker=asker, contact=contact),
        cases.with_phone(asker=asker, token=bytes(contact.phone_token)),
    )
    audit.write(
        asker=asker,
        action="hotline.number.looked-up",
        subject=contact,
        calls=len(found.calls),
        cases=len(found.cases),
    )
    return found
