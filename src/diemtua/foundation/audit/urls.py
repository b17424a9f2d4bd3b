"""Addresses of the trail."""

from django.urls import path

from diemtua.foundation.audit import views

app_name = "audit"
urlpatterns = [
    path("nhat-ky/", views.trail, name="trail"),
    path("nhat-ky/chuoi/", views.chain, name="chain"),
    path("nhat-ky/chuoi/kiem-tra/", views.verify_now, name="verify"),
    path("nhat-ky/chuoi/diem-kiem/", views.bind, name="bind"),
    path("nhat-ky/chuoi/diem-kiem/<int:number>/", views.checkpoint, name="checkpoint"),
]
