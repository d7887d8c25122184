"""Django configuration of the room."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Proactive rounds."""

    name = "waardig.proposals"
    label = "proposals"
