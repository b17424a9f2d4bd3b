"""Addresses of the work with people who used violence."""

from django.urls import path

from diemtua.casework.perpetrators import views

app_name = "perpetrators"
urlpatterns = [
    path("nguoi-gay-bao-luc/", views.listing, name="list"),
    path("nguoi-gay-bao-luc/mo/", views.open_file, name="open"),
    path("nguoi-gay-bao-luc/<uuid:file_id>/", views.file, name="file"),
    path("nguoi-gay-bao-luc/<uuid:file_id>/danh-tinh/", views.who, name="who"),
    path("nguoi-gay-bao-luc/<uuid:file_id>/nhan/", views.take, name="take"),
    path("nguoi-gay-bao-luc/<uuid:file_id>/<slug:what>/", views.record, name="record"),
    path("cam-ket/<uuid:commitment_id>/", views.judge_commitment, name="commitment"),
    path("truong-hop/<uuid:case_id>/nguoi-gay-bao-luc/", views.of_case, name="of-case"),
    path("truong-hop/<uuid:case_id>/nguoi-gay-bao-luc/chuyen/", views.hand_on, name="hand-on"),
]
