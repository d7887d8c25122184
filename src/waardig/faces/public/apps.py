"""Django configuration of the face."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """See the package's docstring."""

    name = "waardig.faces.public"
    label = "faces_public"
