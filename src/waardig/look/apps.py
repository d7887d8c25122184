"""The look: base templates, component tags, filters and the built stylesheet."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Room look."""

    name = "waardig.look"
    label = "look"
