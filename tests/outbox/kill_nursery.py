"""Child of the kill test: loads everything once and forks a worker or a producer for each line of its input.

`worker` drains until SIGTERM. `producer` sends messages for ever and writes a key to the file only after the commit
that stored it. `finish` drains what dead workers left, as if their leases had run out. Each answer is a process id.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from waardig.shell import system

system.prepare()

from django.db import Error, connection, connections  # noqa: E402

from tests.anything import declare_everything  # noqa: E402
from tests.inbox.builders import a_message, send  # noqa: E402
from waardig.inbox.jobs import handlers  # noqa: E402
from waardig.inbox.queries import sender  # noqa: E402
from waardig.inbox.terms import NewMessage  # noqa: E402
from waardig.kernel.clock import wall_now  # noqa: E402
from waardig.kernel.errors import Refusal  # noqa: E402
from waardig.outbox.actions import drain  # noqa: E402
from waardig.outbox.cli import stop_on_signals  # noqa: E402
from waardig.outbox.core import LEASE  # noqa: E402
from waardig.outbox.jobs import run_worker  # noqa: E402


def produce(texts: list[NewMessage], acknowledged: str) -> None:
    me, number = uuid.uuid4().hex, 0
    random.seed(me)
    out = os.open(acknowledged, os.O_WRONLY | os.O_APPEND)
    while True:
        number += 1
        chosen = random.sample(texts, random.choice((1, 1, 5, 20)))
        batch = [replace(text, key=f"{me}:{number}:{index}") for index, text in enumerate(chosen)]
        send_until_answered(batch)
        os.write(out, "".join(f"{one.key}\n" for one in batch).encode())
        time.sleep(0.02)


def send_until_answered(batch: list[NewMessage]) -> None:
    """A commit whose answer was lost is tried again under the same keys."""
    while True:
        try:
            send(*batch)
        except (Error, Refusal):
            connection.close()
            time.sleep(0.05)
        else:
            return


def work() -> None:
    run_worker(handlers(sender), stop_on_signals(), batch=20, poll=0.05)


def finish() -> None:
    drain(handlers(sender), until_empty=True, clock=lambda: wall_now() + LEASE * 20)


def main(people_file: str, acknowledged: str) -> None:
    declare_everything()
    texts = [a_message(UUID(line)) for line in Path(people_file).read_text().split()]
    jobs: dict[str, Callable[[], None]] = {
        "worker": work,
        "producer": lambda: produce(texts, acknowledged),
        "finish": finish,
    }
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    connections.close_all()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            jobs[line.strip()]()
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
