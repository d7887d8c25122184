"""Django configuration of the face."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """See the package's docstring."""

    name = "waardig.faces.desk"
    label = "faces_desk"
