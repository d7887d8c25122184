"""The outbox as a Django app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Jobs after commit."""

    name = "waardig.outbox"
    label = "outbox"
