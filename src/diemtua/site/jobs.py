"""Forgetting what third-party packages would keep for ever."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from diemtua.foundation import clock
from diemtua.foundation.jobs.app import job


@job("site.sessions-forgotten", cron="23 3 * * *")
def forget_sessions() -> None:
    """Forget sessions that are over, and where they were: staff need not be followed for years."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
