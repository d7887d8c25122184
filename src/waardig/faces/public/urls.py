"""Addresses of the public site."""

from __future__ import annotations

from django.urls import path

from waardig.faces.public import views

app_name = "public"
urlpatterns = [
    path("", views.services, name="services"),
    path("<slug:service>/", views.service, name="service"),
    path("<slug:service>/cijfers.csv", views.figures, name="figures"),
]
