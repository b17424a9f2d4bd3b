"""Addresses of this room."""

from django.urls import path

from diemtua.reports import views

app_name = "reports"
urlpatterns = [
    path("bao-cao/", views.listing, name="list"),
    path("bao-cao/lap/", views.new, name="new"),
    path("bao-cao/ban-hanh/", views.issue, name="issue"),
    path("bao-cao/<uuid:pk>/", views.report, name="report"),
    path("bao-cao/<uuid:pk>/tai/<str:form>/", views.download, name="download"),
]
