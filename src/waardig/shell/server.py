"""The web server: a WSGI application for any server, and `waardig serve` with Waitress.

It runs as the application role only: the process never holds the owner's address. In a demonstration it brings its own
sign-in and does the outbox's work beside it; a real installation runs `waardig worker` as a process of its own.
"""

from __future__ import annotations

import os
from threading import Event, Thread
from typing import Any

import click
from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waardig.shell.settings")
application = get_wsgi_application()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="address to listen on")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="port to listen on")
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64), help="requests at the same time")
def serve(host: str, port: int, threads: int) -> None:
    """Serve portal, desk and public pages until stopped."""
    from waitress import create_server

    from waardig.shell import wiring

    demonstration = settings.DEMONSTRATION and "WAARDIG_SIGN_IN" not in os.environ
    serving = _with_trial(f"http://{host}:{port}") if demonstration else application
    wiring.refuse_unbound_ports()
    try:
        server = create_server(serving, host=host, port=port, threads=threads, ident=None)
    except OSError as problem:
        raise click.ClickException(
            f"Port {port} on {host} cannot be used ({problem.strerror}). Choose another: --port {port + 1}"
        ) from problem
    click.echo(f"Waardig listens on http://{host}:{port}")
    stop = Event()
    if demonstration:
        _introduce()
        Thread(target=_work, args=(stop,), daemon=True).start()
    try:
        server.run()
    finally:
        stop.set()


def _with_trial(base: str) -> Any:
    """The application with the bundled sign-in provider of a demonstration beside it."""
    from waardig.demo.personas import sign_in_personas
    from waardig.identity.adapters.test_provider import mounted
    from waardig.identity.adapters.trial import open_trial
    from waardig.identity.terms import SETUP

    setup, provider = open_trial(base, sign_in_personas(), place="Rietwaarden", installation="demo")
    SETUP.bind(setup)
    return mounted(application, provider)


def _introduce() -> None:
    from waardig.demo.personas import sign_in_personas

    click.echo("Sign in there as one of these people:")
    for persona in sign_in_personas():
        click.echo(f"  {persona.name:<22}{persona.line}")
    click.echo("Stop with Ctrl+C.")


def _work(stop: Event) -> None:
    from waardig.outbox.jobs import run_worker
    from waardig.shell import wiring

    run_worker(wiring.handlers(), stop, schedule=wiring.schedule_daily)
