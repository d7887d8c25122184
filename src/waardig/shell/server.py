"""The web server: a WSGI application for any server, and `waardig serve` with Waitress.

It runs as the application role only: the process never holds the owner's address. In a demonstration it brings its own
sign-in and does the outbox's work beside it; a real installation runs `waardig worker` as a process of its own.
"""

from __future__ import annotations

import os
import signal
from threading import Event, Thread
from typing import Any

import click
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from waardig.kernel.declared import uses

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waardig.shell.settings")
application = get_wsgi_application()


@click.command()
@click.option("--host", help="address to listen on  [default: that of WAARDIG_LISTEN, else 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="port  [default: that of WAARDIG_LISTEN, else 8000]")
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64), help="requests at the same time")
@click.option(
    "--grace", default=25, show_default=True, type=click.IntRange(0, 600), help="seconds for requests in hand at a stop"
)
@uses()
def serve(host: str | None, port: int | None, threads: int, grace: int) -> None:
    """Serve portal, desk and public pages until stopped."""
    from waitress import create_server

    from waardig.shell import roles, wiring
    from waardig.shell.operating.schema import refuse_other_schema
    from waardig.shell.operating.serving import refuse_passing_key, run_until

    refuse_passing_key()
    refuse_other_schema()
    where, address = _place(host, port)
    be_found_at(address)
    demonstration = settings.DEMONSTRATION and "WAARDIG_SIGN_IN" not in os.environ
    serving = _with_trial(os.environ.get("WAARDIG_BASE_URL") or address) if demonstration else application
    wiring.refuse_unbound_ports()
    roles.check_role()
    try:
        server = create_server(
            serving, threads=threads, ident=None, **where, **_behind(os.environ.get("WAARDIG_PROXY"))
        )
    except OSError as problem:
        raise click.ClickException(
            f"{address} cannot be used ({problem.strerror}). Choose another port: --port {(port or 8000) + 1}"
        ) from problem
    click.echo(f"Waardig listens on {address}")
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if demonstration:
        _introduce()
        Thread(target=_work, args=(stop,), daemon=True).start()
    try:
        run_until(stop, server, grace)
    finally:
        stop.set()


def be_found_at(address: str) -> None:
    """Where nothing says how others reach us, addresses that we publish name the port that we listen on."""
    if "WAARDIG_BASE_URL" not in os.environ and address.startswith("http"):
        settings.BASE_URL = address


def _place(host: str | None, port: int | None) -> tuple[dict[str, Any], str]:
    """Where to listen, as Waitress wants it and as people read it; what the command says goes before the setting."""
    named = os.environ.get("WAARDIG_LISTEN", "") if host is None and port is None else ""
    if named.startswith("/"):
        return {"unix_socket": named, "unix_socket_perms": "600"}, named
    if named:
        host, _, text = named.rpartition(":")
        port = int(text)
    host, port = host or "127.0.0.1", port or 8000
    return {"host": host, "port": port}, f"http://{host}:{port}"


def _behind(proxy: str | None) -> dict[str, Any]:
    """Believe only this proxy about who the browser is and whether it used https."""
    from waardig.shell.installation.front import trusting

    return {"clear_untrusted_proxy_headers": True, **trusting(proxy or "")}


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


_LOOKS_EVERY = 0.1
"""Seconds: who tries the demonstration reads right away what follows from a press, as a receipt or a letter."""


def _work(stop: Event) -> None:
    from waardig.outbox.jobs import run_worker
    from waardig.shell import wiring

    run_worker(wiring.handlers(), stop, schedule=wiring.schedule_daily, poll=_LOOKS_EVERY)
