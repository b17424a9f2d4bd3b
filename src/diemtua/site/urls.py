"""Every address of the site, room by room."""

from django.urls import URLPattern, URLResolver, include, path

from diemtua.site.views import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("diemtua.accounts.urls")),
    path("", include("diemtua.accounts.sign_in_urls")),
    path("", include("diemtua.places.urls")),
    path("", include("diemtua.directory.urls")),
    path("", include("diemtua.casework.urls")),
    path("", include("diemtua.casework.incidents.urls")),
    path("", include("diemtua.casework.assessments.urls")),
    path("", include("diemtua.casework.papers.urls")),
    path("", include("diemtua.casework.perpetrators.urls")),
    path("", include("diemtua.casework.retention.urls")),
    path("", include("diemtua.casework.letters.urls")),
    path("", include("diemtua.casework.reaching.urls")),
    path("", include("diemtua.casework.closing.urls")),
    path("", include("diemtua.casework.protection.urls")),
    path("", include("diemtua.indicators.urls")),
    path("", include("diemtua.reports.urls")),
    path("", include("diemtua.foundation.ui.urls")),
    path("", include("diemtua.hotline.urls")),
    path("", include("diemtua.foundation.live.urls")),
    path("", include("diemtua.foundation.audit.urls")),
    path("", include("diemtua.workspace.urls")),
    path("suc-khoe/", health, name="health"),
]

handler400 = "diemtua.foundation.ui.views.bad_request"
handler403 = "diemtua.foundation.ui.views.forbidden"
handler404 = "diemtua.foundation.ui.views.not_found"
handler500 = "diemtua.foundation.ui.views.failed"
