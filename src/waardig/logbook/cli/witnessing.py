"""`waardig logbook witness`: a witness that does nothing else, for a library, an archive or a neighbour."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

import click
from django.db import connections

from waardig.kernel.errors import Refusal
from waardig.logbook.actions.witnesses import add_checkpoint
from waardig.logbook.queries import own_witness, witness_key
from waardig.logbook.terms import MOST_BYTES, Answer, OwnWitness

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="address to listen on")
@click.option("--port", default=8100, show_default=True, type=click.IntRange(1, 65535), help="port")
def witness(host: str, port: int) -> None:
    """Be a witness for the logs of others until stopped: answer POST /add-checkpoint (C2SP tlog-witness), nothing else.

    WAARDIG_WITNESS_NAME, WAARDIG_WITNESS_KEY and WAARDIG_WITNESS_LOGS say as whom and for which logs. A web server in
    front gives it https.
    """
    from waitress import create_server

    own = own_witness()
    if own is None:
        raise click.UsageError("set WAARDIG_WITNESS_NAME, WAARDIG_WITNESS_KEY and WAARDIG_WITNESS_LOGS")
    server = create_server(application(own), host=host, port=port, ident=None, max_request_body_size=MOST_BYTES)
    click.echo(f"{witness_key(own)}\nlistens on http://{host}:{port} for {len(own.logs)} logs")
    server.run()


def application(own: OwnWitness) -> Application:
    """The witness as a WSGI application with one address."""

    def answered(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        found = _answer(own, environ)
        status = f"{found.status} {HTTPStatus(found.status).phrase}"
        body = found.body.encode()
        start(status, [("Content-Type", found.content_type), ("Content-Length", str(len(body)))])
        return [body]

    return answered


def _answer(own: OwnWitness, environ: dict[str, Any]) -> Answer:
    if environ.get("PATH_INFO") != "/add-checkpoint":
        return Answer(404, "here is only /add-checkpoint\n")
    if environ.get("REQUEST_METHOD") != "POST":
        return Answer(405, "POST a checkpoint\n")
    length = str(environ.get("CONTENT_LENGTH") or "")
    if not (length.isascii() and length.isdigit()) or int(length) > MOST_BYTES:
        return Answer(400, "no submission of a checkpoint\n")
    try:
        return add_checkpoint(own, environ["wsgi.input"].read(int(length)))
    except Refusal:
        return Answer(503, "nothing could be kept, so nothing is signed; try again\n")
    finally:
        connections.close_all()
