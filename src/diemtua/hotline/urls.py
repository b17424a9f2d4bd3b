"""Addresses of the hotline."""

from django.urls import path

from diemtua.hotline import views

app_name = "hotline"
urlpatterns = [
    path("truc/", views.desk, name="desk"),
    path("truc/luc-nay/", views.help_now, name="help-now"),
    path("truc/<uuid:contact_id>/", views.contact, name="contact"),
    path("truc/<uuid:contact_id>/luu/", views.autosave, name="autosave"),
    path("truc/<uuid:contact_id>/mo-ho-so/", views.open_case, name="open-case"),
]
