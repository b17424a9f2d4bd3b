"""Addresses of the ground floor's own pages."""

from django.urls import path

from diemtua.foundation.ui import views

app_name = "ui"
urlpatterns = [path("bo-giao-dien/", views.gallery, name="gallery")]
