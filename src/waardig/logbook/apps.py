"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class LogbookConfig(AppConfig):
    """Puts the log of data processing in the database."""

    name = "waardig.logbook"
    label = "logbook"
