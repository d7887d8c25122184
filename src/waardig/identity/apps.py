"""Django's view of the room."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Identity (wie is hier)."""

    name = "waardig.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"
