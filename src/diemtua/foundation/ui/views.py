"""Pages for when something cannot be done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that the form is too old to be sent and how to send it again without losing the text."""
    return render(request, "403_csrf.html", status=403)
