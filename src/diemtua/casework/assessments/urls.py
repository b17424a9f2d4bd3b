"""Addresses of the assessments of a case."""

from django.urls import path

from diemtua.casework.assessments import views

app_name = "assessments"
urlpatterns = [
    path("truong-hop/<uuid:case_id>/danh-gia/", views.index, name="index"),
    path("truong-hop/<uuid:case_id>/danh-gia/<slug:instrument>/", views.fill, name="fill"),
    path(
        "truong-hop/<uuid:case_id>/danh-gia/<slug:instrument>/luu/",
        views.autosave,
        name="autosave",
    ),
    path("danh-gia/<uuid:assessment_id>/", views.result, name="result"),
    path("danh-gia/<uuid:assessment_id>/muc-khac/", views.judge, name="judge"),
    path("danh-gia/<uuid:assessment_id>/da-xem-xet/", views.review, name="review"),
]
