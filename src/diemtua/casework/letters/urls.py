"""Addresses of letters and links."""

from django.urls import path

from diemtua.casework.letters import views

app_name = "letters"
urlpatterns = [
    path("chuyen-gui/<uuid:referral_id>/gui-di/", views.of_referral, name="of-referral"),
    path("chuyen-gui/<uuid:referral_id>/gui-di/duong-dan/", views.make, name="make"),
    path("chuyen-gui/<uuid:referral_id>/gui-di/phieu/", views.letter, name="letter"),
    path("duong-dan/<uuid:link_id>/dong/", views.close, name="close"),
    path("phieu/<str:token>/", views.open_link, name="open"),
    path("phieu/<str:token>/tra-loi/", views.answer, name="answer"),
]
