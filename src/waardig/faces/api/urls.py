"""Addresses for software: each API has its version in its address and says it in the header API-Version."""

from __future__ import annotations

from django.urls import path

from waardig.faces.api.views import decisions, description, log

app_name = "api"
urlpatterns = [
    path(".well-known/authzen-configuration", decisions.configuration, name="authzen_configuration"),
    path("access/v1/evaluation", decisions.evaluation, name="evaluation"),
    path("access/v1/evaluations", decisions.evaluations, name="evaluations"),
    path("access/v1/openapi.json", description.access, name="access_description"),
    path("logboek/v1/processing-activities", log.processing_activities, name="processing_activities"),
    path("logboek/v1/openapi.json", description.log, name="log_description"),
]
