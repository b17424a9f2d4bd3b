"""Every address of the site, room by room."""

from django.urls import URLPattern, URLResolver, include, path

from diemtua.site.views import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("allauth.urls")),
    path("suc-khoe/", health, name="health"),
]
