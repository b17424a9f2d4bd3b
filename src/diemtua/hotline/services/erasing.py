"""What goes with a case when it is erased."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from diemtua.foundation.audit import services as audit
from diemtua.foundation.database.asker import Asker


def erase_with_case(*, asker: Asker, case_id: UUID, at: datetime) -> None:  # noqa: ARG001 - a step
    """Destroy the keys of the contacts that led to an erased case.

    PostgreSQL lets only the officer do it who has just carried out that erasure.
    """
    audit.write(asker=asker, action="hotline.contact.erased", subject=("casework.Case", case_id))
    with connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.erase_contacts_of_case(%s)", [case_id])
