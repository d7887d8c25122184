"""The body of `waardig worker`; the shell mounts it and gives the handlers."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from dataclasses import asdict
from threading import Event

import click

from waardig.outbox.jobs import run_worker
from waardig.outbox.queries import depth
from waardig.outbox.terms import Handlers


def worker_command(prepare: Callable[[], Handlers], schedule: Callable[[], object] = lambda: None) -> click.Command:
    """The command `worker`.

    Args:
        prepare: makes the database reachable and returns the handlers of all topics.
        schedule: enqueues the work that returns; it must absorb repeats.
    """

    @click.command("worker", help="Do what must happen after a commit: publish messages, print letters.")
    @click.option("--until-empty", is_flag=True, help="Stop when nothing is due any more.")
    @click.option("--batch", type=click.IntRange(1, 500), default=50, show_default=True, help="Jobs in one claim.")
    @click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
    def worker(until_empty: bool, batch: int, as_json: bool) -> None:
        handlers = prepare()
        done = run_worker(handlers, stop_on_signals(), schedule=schedule, batch=batch, until_empty=until_empty)
        left = depth()
        counts = {**asdict(done), "waiting": left.waiting + left.leased, "given_up": left.dead}
        click.echo(json.dumps(counts) if as_json else _words(counts))
        if left.dead:
            raise click.exceptions.Exit(1)

    return worker


def stop_on_signals() -> Event:
    """An event that SIGTERM and SIGINT set: the batch in hand is finished, then the worker ends."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _words(counts: dict[str, int]) -> str:
    text = f"{counts['done']} jobs done, {counts['failed']} to be tried again, {counts['waiting']} waiting."
    if counts["given_up"]:
        text += f" {counts['given_up']} jobs were given up: see the dead jobs at the desk, and replay them there."
    return text
