"""Django configuration of the room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases (zaken) and decisions."""

    name = "waardig.cases"
    label = "cases"
