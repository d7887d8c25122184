"""What must be true for this installation to serve people, and what an administrator must look at.

A check that `blocks` says that this process cannot serve; then a load balancer should pass it by. A worker that is
silent or a log that waits for its sequencer is a fault to mend, not a reason to take the portal away from residents: it
shows in the answer and fails the address for monitoring only. No answer holds anything about anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error as DatabaseError
from django.db import connection

from waardig.kernel.clock import wall_now
from waardig.kernel.errors import Refusal
from waardig.kernel.port import unbound_ports
from waardig.logbook import queries as logbook
from waardig.outbox import queries as outbox
from waardig.shell import roles
from waardig.shell.operating.schema import schema_state

SEQUENCER_LATE = timedelta(minutes=30)
"""The worker places lines every ten minutes; three times that long without a place is a fault."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `detail` says what is wrong in a few words, never about whom."""

    name: str
    ok: bool
    detail: str
    blocks: bool


@dataclass(frozen=True)
class Health:
    """All checks together."""

    checks: tuple[Check, ...]

    @property
    def can_serve(self) -> bool:
        """Nothing that blocks is wrong."""
        return all(check.ok or not check.blocks for check in self.checks)

    @property
    def is_well(self) -> bool:
        """Nothing is wrong at all."""
        return all(check.ok for check in self.checks)

    @property
    def status(self) -> str:
        """One word: ok, degraded (serves, but somebody must look) or failing."""
        return "ok" if self.is_well else "degraded" if self.can_serve else "failing"

    def as_json(self) -> dict[str, object]:
        """The form that the addresses give."""
        checks = [{"name": one.name, "ok": one.ok, "detail": one.detail} for one in self.checks]
        return {"status": self.status, "checks": checks}


def look(*, now: datetime | None = None) -> Health:
    """Look at everything; when the database does not answer, what needs it is not asked."""
    moment = now or wall_now()
    database = _checked("database", _database, blocks=True)
    ports = _checked("ports", _ports, blocks=True)
    if not database.ok:
        return Health((database, ports))
    return Health(
        (
            database,
            _checked("migrations", _migrations, blocks=True),
            ports,
            _checked("worker", lambda: _worker(moment), blocks=False),
            _checked("sequencer", lambda: _sequencer(moment), blocks=False),
            _checked("log", _log, blocks=False),
            _checked("witnesses", lambda: logbook.lacking_witnesses(logbook.policy(), moment), blocks=False),
        )
    )


def _checked(name: str, ask: Callable[[], str], *, blocks: bool) -> Check:
    """A check from a function that gives what is wrong, or nothing."""
    try:
        wrong = ask()
    except DatabaseError:
        connection.close()
        wrong = "the database does not answer"
    except Refusal as refusal:
        wrong = refusal.code
    return Check(name, not wrong, wrong or "ok", blocks)


def _database() -> str:
    roles.check_role()
    return ""


def _migrations() -> str:
    state = schema_state()
    if state.ahead:
        return f"{len(state.ahead)} migrations are newer than this version"
    return f"{len(state.behind)} migrations were not run" if state.behind else ""


def _ports() -> str:
    unbound = tuple(unbound_ports())
    return f"not set up: {', '.join(unbound)}" if unbound else ""


def _worker(now: datetime) -> str:
    return "" if outbox.working(now=now) else "no worker was seen recently"


def _sequencer(now: datetime) -> str:
    waiting_since = logbook.progress().waiting_since
    late = waiting_since is not None and now - waiting_since > SEQUENCER_LATE
    return "lines wait for a place in the tree" if late else ""


def _log() -> str:
    found = logbook.losses(open_only=True)
    return found[-1].words if found else ""
