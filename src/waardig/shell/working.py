"""The command `waardig worker`: what must happen after a commit, with the handlers of every room."""

from __future__ import annotations

from waardig.outbox.cli import worker_command
from waardig.outbox.terms import Handlers


def _handlers() -> Handlers:
    from waardig.shell import wiring

    return wiring.handlers()


worker = worker_command(_handlers)
