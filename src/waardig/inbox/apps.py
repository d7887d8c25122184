"""The message box as a Django app."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Messages, deliveries, letters."""

    name = "waardig.inbox"
    label = "inbox"
