"""Addresses of the public site."""

from __future__ import annotations

from django.urls import path

from waardig.faces.public.views import playing, registers, weighing

app_name = "public"
urlpatterns = [
    path("", weighing.services, name="services"),
    path("algoritmes/", registers.algorithms, name="algorithms"),
    path("algoritmes/<slug:service>/", registers.algorithm, name="algorithm"),
    path("algoritmes/<slug:service>/<slug:form>.json", registers.algorithm_file, name="algorithm_file"),
    path("proberen/", playing.play, name="play"),
    path("proberen/<slug:law>/", playing.play_law, name="play_law"),
    path("<slug:service>/", weighing.service, name="service"),
    path("<slug:service>/cijfers.csv", weighing.figures, name="figures"),
]
