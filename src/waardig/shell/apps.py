"""The shell as a Django app: it binds ports when Django is ready."""

from __future__ import annotations

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Binds every port once all rooms are loaded, and sets how connections read."""

    name = "waardig.shell"
    label = "shell"

    def ready(self) -> None:
        from waardig.shell import moments, wiring

        moments.read_moments_fast()
        wiring.bind()
