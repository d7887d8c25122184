"""Django configuration of the room."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Paying what was granted."""

    name = "waardig.payments"
    label = "payments"
