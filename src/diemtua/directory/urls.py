"""Addresses of this room."""

from django.urls import path

from diemtua.directory import views

app_name = "directory"
urlpatterns = [
    path("danh-ba/", views.listing, name="list"),
    path("danh-ba/<uuid:pk>/", views.facility, name="facility"),
    path("danh-ba/<uuid:pk>/dia-chi/", views.address, name="address"),
    path("san-sang/", views.readiness, name="readiness"),
    path("san-sang/tra-loi/", views.answer, name="answer"),
]
