"""Django configuration of the face."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """See the package's docstring."""

    name = "waardig.faces.portal"
    label = "faces_portal"
