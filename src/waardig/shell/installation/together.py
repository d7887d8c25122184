"""`waardig serve` and `waardig worker` for a whole installation: a process for each municipality, kept running."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
from collections.abc import Callable
from functools import partial
from typing import IO

import click

from waardig.shell.installation.choosing import hold
from waardig.shell.installation.databases import cluster_of, needs_cluster, refuse_shared
from waardig.shell.installation.environment import environment_of, of_the_machine, place_of
from waardig.shell.installation.keys import own_folder
from waardig.shell.installation.supervisor import Supervisor, Task
from waardig.shell.installation.terms import Installation, Member, PlaceUnusable


def serve_together(installation: Installation) -> click.Command:
    """The command `serve` for all municipalities of an installation."""

    @click.command("serve")
    @click.option("--host", default="127.0.0.1", show_default=True, help="address to listen on")
    @click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="port to listen on")
    @click.option(
        "--threads", default=8, show_default=True, type=click.IntRange(1, 64), help="requests at the same time"
    )
    def serve(host: str, port: int, threads: int) -> None:
        """Serve every municipality in a process of its own, and pass requests on by the host they name."""
        outer = dict(os.environ)
        lock = _only_one(installation)
        _refuse_taken(host, port)
        _prepare(installation, outer)
        tasks = [
            _task(installation, one, outer, "server", ("serve", "--threads", str(threads)))
            for one in installation.members
        ]
        routes = {host_name: place_of(installation, one) for one in installation.members for host_name in one.hosts}
        arguments = ("front", host, str(port), outer.get("WAARDIG_PROXY", ""), json.dumps(routes))
        tasks.append(Task("front", arguments, partial(of_the_machine, outer), installation.state))
        for one in installation.members:
            click.echo(f"{one.id}: {one.base_url} (its own server listens on {place_of(installation, one)})")
        click.echo(f"Waardig listens on http://{host}:{port} for {', '.join(routes)}. Stop with Ctrl+C.")
        _run(tasks)
        lock.close()

    return serve


def worker_together(installation: Installation) -> click.Command:
    """The command `worker` for all municipalities of an installation."""

    @click.command("worker")
    @click.option("--until-empty", is_flag=True, help="Stop when nothing is due any more.")
    @click.option("--batch", type=click.IntRange(1, 500), default=50, show_default=True, help="Jobs in one claim.")
    def worker(until_empty: bool, batch: int) -> None:
        """Do the work that follows from commits, for every municipality in a process of its own."""
        outer = dict(os.environ)
        _prepare(installation, outer)
        arguments = ("worker", "--batch", str(batch), *(("--until-empty",) if until_empty else ()))
        tasks = [_task(installation, one, outer, "worker", arguments, once=until_empty) for one in installation.members]
        code = _run(tasks)
        raise click.exceptions.Exit(code)

    return worker


TOGETHER: dict[str, Callable[[Installation], click.Command]] = {"serve": serve_together, "worker": worker_together}


def _prepare(installation: Installation, outer: dict[str, str]) -> None:
    """The embedded server where it is used; then nothing may be shared."""
    if needs_cluster(installation.members):
        hold(cluster_of(installation))
    refuse_shared({one.id: environment_of(installation, one, outer) for one in installation.members})


def _task(
    installation: Installation,
    one: Member,
    outer: dict[str, str],
    kind: str,
    arguments: tuple[str, ...],
    *,
    once: bool = False,
) -> Task:
    folder = own_folder(installation, one)
    ask = partial(environment_of, installation, one, outer)
    return Task(f"{one.id} {kind}", arguments, ask, folder, folder / f"{kind}.log", once)


def _run(tasks: list[Task]) -> int:
    supervisor = Supervisor(tasks, lambda text: click.echo(text, err=True))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: supervisor.stop())
    return supervisor.run()


def _only_one(installation: Installation) -> IO[str]:
    """Two servers of one installation would take each other's sockets away."""
    installation.state.mkdir(parents=True, exist_ok=True)
    lock = (installation.state / "serve.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise PlaceUnusable(str(installation.state), "this installation is being served already") from None
    return lock


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise PlaceUnusable(f"{host}:{port}", str(problem.strerror)) from None
