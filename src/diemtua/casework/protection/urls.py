"""Addresses of protection."""

from django.urls import path

from diemtua.casework.protection import views

app_name = "protection"
urlpatterns = [
    path("truong-hop/<uuid:case_id>/bao-ve/", views.index, name="index"),
    path("bao-ve/<uuid:measure_id>/", views.measure, name="measure"),
    path("bao-ve/buoc/<uuid:step_id>/<slug:kind>/", views.paper, name="paper"),
]
