"""Addresses outside /verantwoording/: those under which versions of activities are published and logged for ever."""

from __future__ import annotations

from django.urls import path

from waardig.faces.public.views import registers

app_name = "register"
urlpatterns = [
    path("algoritmes/", registers.algorithms_address, name="algorithms_address"),
    path("algoritmes", registers.algorithms_address),
    path("verwerkingen/", registers.processing, name="processing"),
    path("verwerkingen", registers.processing),
    path("verwerkingen/register.json", registers.processing_json, name="processing_json"),
    path("verwerkingen/register.csv", registers.processing_csv, name="processing_csv"),
    path("verwerkingen/<str:activity>/", registers.activity, name="activity"),
    path("verwerkingen/<str:activity>/<str:fingerprint>.json", registers.version_json, name="version_json"),
    path("verwerkingen/<str:activity>/<str:fingerprint>", registers.version, name="version"),
]
