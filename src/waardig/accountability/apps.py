"""Django configuration of the room."""

from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    """What is published and asked in public."""

    name = "waardig.accountability"
    label = "accountability"
