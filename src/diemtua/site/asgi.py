"""The ASGI application that the server runs."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemtua.site.settings")
_django = get_asgi_application()

from diemtua.site.body_limit import BodyLimit  # noqa: E402 - the settings are there only now

application = BodyLimit(_django)
