"""Django configuration of the room."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The archive."""

    name = "waardig.archive"
    label = "archive"
