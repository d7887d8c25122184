"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Puts the register tables and their doors in the database."""

    name = "waardig.registers"
    label = "registers"
