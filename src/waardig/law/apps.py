"""Registers the law room with Django; the room has no tables."""

from __future__ import annotations

from django.apps import AppConfig


class LawConfig(AppConfig):
    """The law room."""

    name = "waardig.law"
    label = "law"
