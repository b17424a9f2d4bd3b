"""Addresses of closing."""

from django.urls import path

from diemtua.casework.closing import views

app_name = "closing"
urlpatterns = [
    path("truong-hop/<uuid:case_id>/khep-lai/", views.index, name="index"),
    path("truong-hop/<uuid:case_id>/khep-lai/de-nghi/", views.ask, name="ask"),
    path("khep-lai/<uuid:closure_id>/quyet-dinh/", views.decide, name="decide"),
    path("khep-lai/<uuid:closure_id>/mo-lai/", views.reopen, name="reopen"),
]
