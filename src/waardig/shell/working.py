"""The command `waardig worker`: what must happen after a commit, with the handlers of every room."""

from __future__ import annotations

from waardig.outbox.cli import worker_command
from waardig.outbox.terms import Handlers


def _handlers() -> Handlers:
    from waardig.shell import roles, wiring
    from waardig.shell.operating.schema import refuse_other_schema

    roles.check_role()
    refuse_other_schema()
    return wiring.handlers()


def _schedule() -> int:
    from waardig.shell import wiring

    return wiring.schedule_daily()


worker = worker_command(_handlers, _schedule)
