"""Addresses of this room."""

from django.urls import path

from diemtua.places import views

app_name = "places"
urlpatterns = [
    path("dia-ban/tim/", views.search, name="search"),
    path("dia-ban/<str:key>/", views.unit, name="unit"),
]
