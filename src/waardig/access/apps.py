"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Puts policy tables and the gate in the database."""

    name = "waardig.access"
    label = "access"
