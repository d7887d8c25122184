"""The web process in production: a gentle stop, a proxy that is trusted only when named, a key that lasts."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Event, Thread
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from waitress import create_server

from waardig.shell.operating.serving import LastingKeyMissing, refuse_passing_key, run_until
from waardig.shell.security import SecurityHeaders
from waardig.shell.server import _behind, be_found_at

Application = Callable[[dict[str, Any], Callable[..., Any]], list[bytes]]
FORWARDED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}


@dataclass
class Running:
    """A server in a thread of this test."""

    port: int
    stop: Event = field(default_factory=Event)
    ended: Event = field(default_factory=Event)

    def ask(self, headers: dict[str, str] | None = None) -> HTTPConnection:
        """Send a request and do not wait for its answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/", headers=headers or {})
        return connection


@contextmanager
def running(application: Application, grace: float = 30.0, **settings: Any) -> Iterator[Running]:
    server = create_server(application, host="127.0.0.1", port=0, threads=2, ident=None, **settings)
    found = Running(server.effective_port)

    def serve() -> None:
        run_until(found.stop, server, grace)
        found.ended.set()

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.stop.set()
        thread.join(40)


def _seen(environment: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    start("200 OK", [("Content-Type", "application/json")])
    known = {name: environment.get(name) for name in ("REMOTE_ADDR", "wsgi.url_scheme", "HTTP_HOST")}
    return [json.dumps({**known, "for": environment.get("HTTP_X_FORWARDED_FOR")}).encode()]


def test_a_request_in_hand_is_finished_and_no_new_one_is_taken() -> None:
    began, go_on = Event(), Event()

    def slow(_environment: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        began.set()
        assert go_on.wait(30)
        start("200 OK", [("Content-Length", "200000")])
        return [b"x" * 200_000]

    with running(slow) as server:
        waiting = server.ask()
        assert began.wait(30)
        server.stop.set()
        refused = _refused(server.port)
        go_on.set()
        answer = waiting.getresponse()

        assert (answer.status, len(answer.read())) == (200, 200_000)
        assert refused
        assert server.ended.wait(30)


def _refused(port: int) -> bool:
    """Whether the port stops taking connections, within the time of the test."""
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                Event().wait(0.05)
        except ConnectionRefusedError:
            return True
    return False


def test_a_request_that_never_ends_does_not_keep_the_server() -> None:
    began, never = Event(), Event()

    def stuck(_environment: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        began.set()
        never.wait(60)
        start("200 OK", [])
        return []

    with running(stuck, grace=0.2) as server:
        server.ask()
        assert began.wait(30)
        server.stop.set()
        ended = server.ended.wait(30)
        never.set()

    assert ended


@pytest.mark.parametrize(
    ("proxy", "seen"),
    [
        (None, ("127.0.0.1", "http", None)),
        ("127.0.0.1", ("203.0.113.9", "https", "mijn.example")),
        ("192.0.2.7", ("127.0.0.1", "http", None)),
    ],
    ids=["none is named", "the named one", "another machine than the named one"],
)
def test_only_the_named_proxy_says_who_asks_and_never_which_host(
    proxy: str | None, seen: tuple[str, str, str | None]
) -> None:
    with running(_seen, **_behind(proxy)) as server:
        found = json.loads(server.ask({**FORWARDED, "Host": "mijn.example"}).getresponse().read())

    assert (found["REMOTE_ADDR"], found["wsgi.url_scheme"], found["HTTP_HOST"]) == (*seen[:2], "mijn.example")
    assert proxy == "127.0.0.1" or found["for"] is None


@pytest.mark.parametrize("key", ["", "short", "x" * 31])
def test_a_key_that_does_not_last_refuses_to_serve(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAARDIG_SECRET_KEY", key)

    with pytest.raises(LastingKeyMissing, match="WAARDIG_SECRET_KEY"):
        refuse_passing_key()


def test_a_long_key_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAARDIG_SECRET_KEY", "x" * 32)

    refuse_passing_key()


@pytest.mark.parametrize("secure", [True, False])
def test_browsers_are_told_to_stay_on_tls_only_where_there_is_tls(secure: bool, settings: Any) -> None:
    settings.SECURE_COOKIES = secure

    def page(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok")

    response = SecurityHeaders(page)(RequestFactory().get("/"))

    assert response.headers.get("Strict-Transport-Security") == (
        "max-age=31536000; includeSubDomains" if secure else None
    )
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("known", "found"), [(None, "http://127.0.0.1:8471"), ("https://proef.example", "https://proef.example")]
)
def test_addresses_that_we_publish_have_the_port_we_listen_on_unless_a_setting_says_where_we_are(
    known: str | None, found: str, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    settings.BASE_URL = known or "http://127.0.0.1:8000"
    monkeypatch.delenv("WAARDIG_BASE_URL", raising=False)
    if known:
        monkeypatch.setenv("WAARDIG_BASE_URL", known)

    be_found_at("http://127.0.0.1:8471")

    told = Client().get("/.well-known/authzen-configuration", headers={"Host": "127.0.0.1"}).json()
    assert told["access_evaluation_endpoint"] == f"{found}/access/v1/evaluation"
