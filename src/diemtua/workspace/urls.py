"""Addresses of the workspace."""

from django.urls import path

from diemtua.workspace import views

app_name = "workspace"
urlpatterns = [
    path("", views.home, name="home"),
    path("tim/", views.search, name="search"),
]
