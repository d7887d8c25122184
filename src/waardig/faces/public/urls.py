"""Addresses of the public site."""

from __future__ import annotations

from django.urls import path

from waardig.faces.public.views import log, playing, questions, registers, schemas, weighing

app_name = "public"
urlpatterns = [
    path("", weighing.services, name="services"),
    path("algoritmes/", registers.algorithms, name="algorithms"),
    path("algoritmes/<slug:service>/", registers.algorithm, name="algorithm"),
    path("algoritmes/<slug:service>/<slug:form>.json", registers.algorithm_file, name="algorithm_file"),
    path("open-data/", weighing.open_data, name="open_data"),
    path("open-data/catalogus.jsonld", weighing.catalogue, name="catalogue"),
    path("logboek/", log.log, name="log"),
    path("logboek/getuige/add-checkpoint", log.add_checkpoint, name="add_checkpoint"),
    path("proberen/", playing.play, name="play"),
    path("proberen/<slug:law>/", playing.play_law, name="play_law"),
    path("wetten/schema/<str:name>", schemas.schema, name="schema"),
    path("<slug:service>/", weighing.service, name="service"),
    path("<slug:service>/cijfers.csv", weighing.figures, name="figures"),
    path("<slug:service>/meningen/", weighing.opinions, name="opinions"),
    path("<slug:service>/metingen/", weighing.measurements, name="measurements"),
    path("<slug:service>/metingen.csv", weighing.measurements_csv, name="measurements_csv"),
    path("<slug:service>/besluiten/", weighing.decisions, name="decisions"),
    path("<slug:service>/stilstand/", weighing.standstills, name="standstill"),
    path("<slug:service>/rondes/", weighing.rounds, name="rounds"),
    path("<slug:service>/rondes.csv", weighing.rounds_csv, name="rounds_csv"),
    path("<slug:service>/rondes/<str:day>/", weighing.round_, name="round"),
    path("<slug:service>/rondes/<str:day>/cijfers.csv", weighing.round_csv, name="round_csv"),
    path("<slug:service>/rondes/<str:day>/cijfers.json", weighing.round_json, name="round_json"),
    path("<slug:service>/vragen/", questions.questions, name="questions"),
]
