"""Addresses of intake, profile and incidents."""

from django.urls import path

from diemtua.casework.incidents import views

app_name = "incidents"
urlpatterns = [
    path("tiep-nhan/", views.begun, name="begun"),
    path("tiep-nhan/<uuid:key>/", views.intake, name="intake"),
    path("tiep-nhan/<uuid:key>/luu/", views.keep_intake, name="keep-intake"),
    path("tiep-nhan/<uuid:key>/bo/", views.drop_intake, name="drop-intake"),
    path("truong-hop/<uuid:case_id>/su-viec/", views.index, name="index"),
    path("truong-hop/<uuid:case_id>/nhan-than/", views.profile, name="profile"),
    path("truong-hop/<uuid:case_id>/nhan-than/luu/", views.keep_profile, name="keep-profile"),
    path("truong-hop/<uuid:case_id>/su-viec/<uuid:key>/", views.incident, name="incident"),
    path(
        "truong-hop/<uuid:case_id>/su-viec/<uuid:key>/luu/",
        views.keep_incident,
        name="keep-incident",
    ),
]
