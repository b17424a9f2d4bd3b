"""Addresses of the papers of a case."""

from django.urls import path

from diemtua.casework.papers import views

app_name = "papers"
urlpatterns = [
    path("truong-hop/<uuid:case_id>/ho-so/", views.index, name="index"),
    path("truong-hop/<uuid:case_id>/ho-so/ghi-chu/", views.add_note, name="add-note"),
    path(
        "truong-hop/<uuid:case_id>/ho-so/so-do-thuong-tich/",
        views.add_body_map,
        name="add-body-map",
    ),
    path("truong-hop/<uuid:case_id>/ho-so/tep/", views.add_file, name="add-file"),
    path("ho-so/<uuid:paper_id>/", views.paper, name="paper"),
    path("ho-so/<uuid:paper_id>/tep/", views.show, name="show"),
    path("ho-so/<uuid:paper_id>/tai/", views.download, name="download"),
    path("ho-so/<uuid:paper_id>/sua/", views.correct, name="correct"),
    path("ho-so/<uuid:paper_id>/rut/", views.withdraw, name="withdraw"),
    path("rut-giay-to/<uuid:withdrawal_id>/<slug:what>/", views.decide, name="decide"),
]
