"""Addresses below /gezond/."""

from __future__ import annotations

from django.urls import path

from waardig.shell.operating import views

app_name = "health"
urlpatterns = [
    path("", views.alive, name="alive"),
    path("klaar/", views.ready, name="ready"),
    path("alles/", views.everything, name="everything"),
    path("metrics/", views.metrics, name="metrics"),
]
