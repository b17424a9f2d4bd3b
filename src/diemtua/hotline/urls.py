"""Addresses of the hotline."""

from django.urls import path

from diemtua.hotline.views import desk, opening

app_name = "hotline"
urlpatterns = [
    path("truc/", desk.desk, name="desk"),
    path("truc/hom-nay/", desk.today, name="today"),
    path("truc/luc-nay/", desk.help_now, name="help-now"),
    path("truc/<uuid:contact_id>/", desk.contact, name="contact"),
    path("truc/<uuid:contact_id>/luu/", desk.autosave, name="autosave"),
    path("truc/<uuid:contact_id>/da-goi-lai/", desk.called_back, name="called-back"),
    path("truc/<uuid:contact_id>/mo-ho-so/", opening.open_case, name="open-case"),
]
