"""Child of the kill test: a worker; with `finish` it drains what dead workers left, as if their leases had run out."""

from __future__ import annotations

import sys


def main(how: str = "") -> None:
    from waardig.shell import system

    system.prepare()

    from waardig.inbox.jobs import handlers
    from waardig.inbox.queries import sender
    from waardig.kernel.clock import wall_now
    from waardig.outbox.actions import drain
    from waardig.outbox.cli import stop_on_signals
    from waardig.outbox.core import LEASE
    from waardig.outbox.jobs import run_worker

    if how == "finish":
        drain(handlers(sender), until_empty=True, clock=lambda: wall_now() + LEASE * 20)
    else:
        run_worker(handlers(sender), stop_on_signals(), batch=20, poll=0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
