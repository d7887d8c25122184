"""Registers the catalogue with Django; its rows stand in the policy tables of the gate."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The catalogue room."""

    name = "waardig.catalogue"
    label = "catalogue"
