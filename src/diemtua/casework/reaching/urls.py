"""Addresses of reaching her."""

from django.urls import path

from diemtua.casework.reaching import views

app_name = "reaching"
urlpatterns = [
    path("truong-hop/<uuid:case_id>/lien-lac/", views.index, name="index"),
    path("lien-lac/cach/<uuid:way_id>/", views.reach, name="reach"),
    path("lien-lac/cach/<uuid:way_id>/bo/", views.end, name="end"),
    path("lien-lac/<uuid:attempt_id>/", views.attempt, name="attempt"),
]
