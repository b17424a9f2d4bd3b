"""A small site for a browser: the gallery and what its moving parts ask for. No database."""

import threading
from socketserver import ThreadingMixIn
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from diemtua.foundation.text import matching
from diemtua.foundation.ui import views

WARDS = ["Phường Ninh Kiều", "Phường Cái Răng", "Xã Phong Điền"]
saved: list[dict[str, str]] = []


def gallery(request):
    request.user = SimpleNamespace(is_authenticated=False)
    return views.show_gallery(request)


def moving(request):
    request.user = SimpleNamespace(is_authenticated=False)
    return render(request, "ui/tests_moving.html")


def fragment(request):
    return render(request, "ui/tests_fragment.html")


def places(request):
    found = matching(request.GET["q"], WARDS, text=str)
    matches = [
        {"key": f"k{WARDS.index(name)}", "name": name, "parent_name": "Cần Thơ", "says": ""}
        for name in found
    ]
    return JsonResponse({"matches": matches})


def save(request):
    saved.append(request.POST.dict())
    return JsonResponse({"saved_at": "14:32"})


urlpatterns = [
    path("", gallery),
    path("moving/", moving),
    path("fragment/", fragment),
    path("places/", places, name="browser-places"),
    path("save/", save),
    path("sent/", lambda _request: HttpResponse("sent")),
]


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args):
        """Say nothing."""


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Site:
    """The site on a free port of this machine."""

    def __enter__(self):
        handler = StaticFilesHandler(WSGIHandler())
        self.server = make_server(
            "127.0.0.1", 0, handler, server_class=_Threads, handler_class=_Quiet
        )
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(self, *_error):
        self.server.shutdown()
        self.server.server_close()
