"""Pages for when something cannot be done, and the gallery of components."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from diemtua.foundation import clock
from diemtua.foundation.database.policy import Policy
from diemtua.foundation.doors import door
from diemtua.foundation.ui import gallery as samples

MAY_SEE_GALLERY = Policy(code="ui.gallery", public=True)


def show_gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states."""
    if not (settings.DEBUG or settings.DIEMTUA_DEMO):
        raise Http404
    return render(request, "ui/gallery.html", samples.shown(clock.now()))


gallery = door(MAY_SEE_GALLERY)(show_gallery)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that the form is too old to be sent and how to send it again without losing the text."""
    return render(request, "403_csrf.html", status=403)
