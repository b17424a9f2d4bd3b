"""Address of the stream."""

from django.urls import path

from diemtua.foundation.live import views

app_name = "live"
urlpatterns = [path("song/", views.stream, name="stream")]
