"""Addresses of this room."""

from django.urls import path

from diemtua.indicators import views

app_name = "indicators"
urlpatterns = [
    path("toan-canh/", views.dashboard, name="dashboard"),
    path("toan-canh/mot-trang/", views.brief, name="brief"),
    path("chi-tieu/<str:code>/", views.definition, name="definition"),
]
