"""Django configuration of the room."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    """Contact: requests to a human, and notices about help."""

    name = "waardig.contact"
    label = "contact"
