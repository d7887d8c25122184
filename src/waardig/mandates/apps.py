"""Django's view of the room."""

from django.apps import AppConfig


class MandatesConfig(AppConfig):
    """Mandates (vertegenwoordiging)."""

    name = "waardig.mandates"
    label = "mandates"
