"""Addresses of persons' requests over their data."""

from django.urls import path

from diemtua.casework.retention import views

app_name = "retention"
urlpatterns = [
    path("truong-hop/<uuid:case_id>/quyen-du-lieu/", views.of_case, name="of-case"),
    path("quyen-du-lieu/<uuid:request_id>/<slug:what>/", views.step, name="step"),
    path("xoa-ho-so/", views.erasures, name="erasures"),
    path("xoa-ho-so/<uuid:request_id>/", views.erasure, name="erasure"),
]
