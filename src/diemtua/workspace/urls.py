"""Addresses of the workspace."""

from django.urls import path

from diemtua.workspace import views

app_name = "workspace"
urlpatterns = [
    path("", views.home, name="home"),
    path("dang-cho/", views.waiting, name="waiting"),
    path("dang-cho/so/", views.waiting_count, name="waiting-count"),
    path("tim/", views.search, name="search"),
]
