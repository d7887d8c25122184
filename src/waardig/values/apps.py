"""Registers the values room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class ValuesConfig(AppConfig):
    """The values room."""

    name = "waardig.values"
    label = "values"
