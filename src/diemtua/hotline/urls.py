"""Addresses of the hotline."""

from django.urls import path

from diemtua.hotline.views import desk, lines, opening, shift

app_name = "hotline"
urlpatterns = [
    path("truc/", desk.desk, name="desk"),
    path("truc/hom-nay/", desk.today, name="today"),
    path("truc/luc-nay/", desk.help_now, name="help-now"),
    path("truc/ban-giao/", shift.hand_over, name="hand-over"),
    path("truc/so-dien-thoai/", lines.lines, name="lines"),
    path("truc/so-dien-thoai/them/", lines.add_line, name="add-line"),
    path("truc/so-dien-thoai/<uuid:line_id>/", lines.line, name="line"),
    path("truc/<uuid:contact_id>/", desk.contact, name="contact"),
    path("truc/<uuid:contact_id>/luu/", desk.autosave, name="autosave"),
    path("truc/<uuid:contact_id>/goi-truoc/", desk.earlier, name="earlier"),
    path("truc/<uuid:contact_id>/da-goi-lai/", desk.called_back, name="called-back"),
    path("truc/<uuid:contact_id>/mo-ho-so/", opening.open_case, name="open-case"),
]
