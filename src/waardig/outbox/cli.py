"""The body of `waardig worker`, which the shell mounts with the handlers, and `waardig queue`."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from threading import Event
from typing import Any

import click

from waardig.kernel.declared import uses
from waardig.outbox.actions import replay, replay_topic
from waardig.outbox.jobs import run_worker
from waardig.outbox.queries import dead_groups, depth, operations, topics, workers, working
from waardig.outbox.terms import Handlers

_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


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
    @uses()
    def worker(until_empty: bool, batch: int, as_json: bool) -> None:
        handlers = prepare()
        done = run_worker(handlers, stop_on_signals(), schedule=schedule, batch=batch, until_empty=until_empty)
        left = depth()
        counts = {**asdict(done), "waiting": left.waiting + left.leased, "given_up": left.dead}
        click.echo(json.dumps(counts) if as_json else _words(counts))
        if left.dead:
            raise click.exceptions.Exit(1)

    return worker


@click.group()
@uses()
def queue() -> None:
    """Jobs that wait, that were given up, and who works on them; nothing about anybody."""


@queue.command()
@_json
def show(as_json: bool) -> None:
    """Depth by topic, given up jobs by class of error, and workers; exit status 1 when jobs were given up."""
    there = {one.id for one in working()}
    found = {
        "topics": [
            {"topic": one.topic, "open": one.open, "oldest_due": _at(one.oldest_due), "given_up": one.dead}
            for one in topics()
        ],
        "given_up": [
            {"topic": one.topic, "error": one.error, "count": one.count, "since": _at(one.since)}
            for one in dead_groups()
        ],
        "workers": [
            {"name": one.name, "seen": _at(one.seen_at), "there": one.id in there, "done": one.done}
            for one in workers()
        ],
        "operations": [
            {"kind": one.kind.value, "at": _at(one.at), "by": one.by, "topic": one.topic, "jobs": len(one.jobs)}
            for one in operations()
        ],
    }
    click.echo(json.dumps(found) if as_json else _table(found))
    if found["given_up"]:
        raise click.exceptions.Exit(1)


@queue.command("replay")
@click.option("--topic", help="All given up jobs of this topic.")
@click.option("--job", "number", type=int, help="One given up job by its number (see the desk).")
@click.option("--by", required=True, help="Id of the official who asks; it is recorded.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_json
def replay_(topic: str | None, number: int | None, by: str, yes: bool, as_json: bool) -> None:
    """Give given up jobs a new life; who did so is recorded. Doing it twice changes nothing more."""
    if (topic is None) == (number is None):
        raise click.UsageError("say which: --topic TOPIC or --job NUMBER")
    if not yes:
        click.confirm(f"Try {f'job {number}' if topic is None else f'all given up jobs of {topic}'} again?", abort=True)
    count = replay_topic(topic, by=by) if topic is not None else replay([number or 0], by=by)
    nothing = (
        f"No job is tried again: {f'job {number} is not' if topic is None else f'of topic {topic} none is'} given up."
    )
    words = f"{count} jobs are tried again." if count else f"{nothing} `waardig queue show` says which are."
    click.echo(json.dumps({"replayed": count}) if as_json else words)


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _table(found: dict[str, list[dict[str, Any]]]) -> str:
    lines = []
    for kind, rows in found.items():
        lines.append(f"{kind.replace('_', ' ')}: {'none' if not rows else ''}".rstrip())
        lines += ["  " + "  ".join(f"{name} {value}" for name, value in row.items()) for row in rows]
    return "\n".join(lines)


def stop_on_signals() -> Event:
    """An event that SIGTERM and SIGINT set: the batch in hand is finished, then the worker ends."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _words(counts: dict[str, int]) -> str:
    text = f"{counts['done']} jobs done, {counts['failed']} to be tried again, {counts['waiting']} waiting."
    if counts["given_up"]:
        text += f" {counts['given_up']} jobs were given up: see `waardig queue show` or the desk, and replay them."
    return text
