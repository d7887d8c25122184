"""The web server: a WSGI application for any server, and `waardig serve` with Waitress."""

from __future__ import annotations

import os

import click
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waardig.shell.settings")
application = get_wsgi_application()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=8, show_default=True)
def serve(host: str, port: int, threads: int) -> None:
    """Serve portal, desk and public pages until stopped."""
    from waitress import serve as run

    from waardig.shell import wiring

    wiring.refuse_unbound_ports()
    click.echo(f"Waardig listens on http://{host}:{port}")
    run(application, host=host, port=port, threads=threads, ident=None)
