"""What the layout needs to know of the session."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def session(request: HttpRequest) -> dict[str, Any]:
    """Return after how long an idle screen is cleared, for pages of someone signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"idle_minutes": settings.DIEMTUA_IDLE_MINUTES, "idle_url": reverse("accounts:here")}
