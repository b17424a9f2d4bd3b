"""Papers for tests, made through the services as the app role."""

from typing import Any
from uuid import uuid4

from diemtua.casework.cases.models import Case
from diemtua.casework.papers import services
from diemtua.casework.papers.models import Kind, Paper, Withdrawal
from diemtua.casework.tests.factories import NIGHT
from diemtua.foundation.database.asker import Asker, asking

WORDS = "Chị kể anh ấy đã khóa cửa từ tối qua"


def note(asker: Asker, case: Case, **fields: Any) -> Paper:
    """Write a note in a case."""
    values = {
        "id": uuid4(),
        "kind": Kind.CALL,
        "happened_on": NIGHT.date(),
        "content": {"text": WORDS},
        "at": NIGHT,
    } | fields
    with asking(asker):
        return services.record(asker=asker, case=Case.objects.get(pk=case.pk), **values)


def corrected(asker: Asker, paper: Paper, **fields: Any) -> Paper:
    """Write a new version of a note."""
    values = {
        "id": uuid4(),
        "happened_on": NIGHT.date(),
        "content": {"text": "Chị kể lại cho đúng"},
        "at": NIGHT,
    } | fields
    with asking(asker):
        return services.correct(
            asker=asker, replaces=Paper.objects.select_related("case").get(pk=paper.pk), **values
        )


def withdrawn(asker: Asker, paper: Paper, *, reason: str = "WRONG_PERSON") -> Withdrawal:
    """Withdraw a paper."""
    with asking(asker):
        return services.withdraw(asker=asker, id=uuid4(), paper=paper, reason=reason, at=NIGHT)
