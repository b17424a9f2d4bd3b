"""Pages for when something cannot be done, and the gallery of components."""

import sys
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from diemtua.foundation import clock
from diemtua.foundation.database.policy import Policy
from diemtua.foundation.doors import door
from diemtua.foundation.ui import gallery as samples
from diemtua.foundation.ui.middleware import log_fault

MAY_SEE_GALLERY = Policy(code="ui.gallery", public=True)
NEVER_KEPT = ("password", "passphrase", "code", "csrf", "credential", "secret")


def show_gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states."""
    if not (settings.DEBUG or settings.DIEMTUA_DEMO):
        raise Http404
    return render(request, "ui/gallery.html", samples.shown(clock.now()))


gallery = door(MAY_SEE_GALLERY)(show_gallery)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that the page was too old, and keep what was typed so that one tap sends it again."""
    kept = kept_fields(request)
    context = {"kept": kept, "is_signed_in": bool(getattr(request.user, "is_authenticated", False))}
    return render(request, "403_csrf.html", context, status=403)


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, to be sent again; nothing when another site sent the form.

    A form from elsewhere must not become ours by one tap, so the browser itself has to say that
    the page was this site's. Secrets are never handed back.
    """
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if request.method != "POST" or not is_ours:
        return []
    typed = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    if any("password" in name or "passphrase" in name for name, _value in typed):
        return []
    return [(name, value) for name, value in typed if not any(word in name for word in NEVER_KEPT)]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that what was sent cannot be read."""
    return _plain(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that this is not for the asker's role."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that there is no such page."""
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours; asks neither database nor session, which may be what failed."""
    log_fault(request, sys.exception())  # a fault of middleware comes only here
    return _plain(request, "500.html", 500)


def _plain(request: HttpRequest, template: str, status: int) -> HttpResponse:
    theme = request.COOKIES.get("theme", "auto")
    context: dict[str, Any] = {"request_number": getattr(request, "number", ""), "theme": theme}
    return HttpResponse(render_to_string(template, context), status=status)
