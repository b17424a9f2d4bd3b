"""Forgetting old hints."""

from django.db import connection

from diemtua.foundation.jobs.app import job


@job("live.prune", cron="17 * * * *")
def prune() -> None:
    """Forget hints older than a day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT diemtua.live_prune()")
