"""Django configuration of the face."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """See the package's docstring."""

    name = "waardig.faces.api"
    label = "faces_api"
