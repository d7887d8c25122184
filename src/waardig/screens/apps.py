"""Django configuration of the room."""

from django.apps import AppConfig


class ScreensConfig(AppConfig):
    """Partials that portal and desk share."""

    name = "waardig.screens"
    label = "screens"
