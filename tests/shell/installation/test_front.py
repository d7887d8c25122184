"""The front passes requests on by their host, whole and without inventions, and says nothing about municipalities."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import pytest
from waitress import create_server

from tests.shell.installation.test_supervisor import until
from waardig.shell.installation.front import SHARE, Front, host_of


class Behind:
    """A municipality's process that tells what reached it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.hold = Event()
        self.hold.set()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.hold.wait(120)
        body = environ["wsgi.input"].read()
        told = {
            "name": self.name, "method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"],
            "query": environ["QUERY_STRING"], "size": len(body), "sender": environ["REMOTE_ADDR"],
            "scheme": environ["wsgi.url_scheme"],
            "headers": {key: value for key, value in environ.items() if key.startswith(("HTTP_", "CONTENT_"))},
        }  # fmt: skip
        if environ["PATH_INFO"] == "/empty":
            start_response("304 Not Modified", [("ETag", "x")])
            return []
        headers = [("Content-Type", "application/json"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
        start_response("200 OK", [*headers, ("X-Long", "y" * 5000)])
        return [json.dumps(told).encode(), b" " * 300_000]


def served(app: Any, **where: Any) -> Any:
    """A server in a thread."""
    server = create_server(app, ident=None, threads=2 * SHARE + 4, **where)

    def run() -> None:
        with suppress(OSError):  # its sockets are closed under it at the end
            server.run()

    Thread(target=run, daemon=True).start()
    return server


@pytest.fixture
def towns(tmp_path: Path) -> Iterator[tuple[str, dict[str, Behind]]]:
    """The front's address with two municipalities behind it: one on a socket, one on a port."""
    behind = {"linde": Behind("linde"), "beuk": Behind("beuk")}
    trusted = {"trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}, "clear_untrusted_proxy_headers": True}
    linde = served(behind["linde"], unix_socket=str(tmp_path / "l.sock"), trusted_proxy="localhost", **trusted)
    beuk = served(behind["beuk"], host="127.0.0.1", port=0, trusted_proxy="127.0.0.1", **trusted)
    routes = {
        "linde.example": str(tmp_path / "l.sock"),
        "beuk.example": f"127.0.0.1:{beuk.effective_port}",
        "eik.example": str(tmp_path / "nobody.sock"),
    }
    front = served(Front(routes), host="127.0.0.1", port=0)
    yield f"http://127.0.0.1:{front.effective_port}", behind
    for server in (front, linde, beuk):
        server.close()


def ask(base: str, host: str, path: str = "/", **more: Any) -> httpx.Response:
    headers = {"host": host, **more.pop("headers", {})}
    return httpx.request(more.pop("method", "GET"), base + path, headers=headers, timeout=120, trust_env=False, **more)


def test_the_host_says_to_whom_a_request_goes(towns: tuple[str, dict[str, Behind]]) -> None:
    base, _ = towns

    assert ask(base, "linde.example").json()["name"] == "linde"
    assert ask(base, "BEUK.example:8000").json()["name"] == "beuk"


@pytest.mark.parametrize(
    "host", ["", "nergens.example", "linde.example.", "linde.example:x", "linde.example@beuk.example", "127.0.0.1"]
)
def test_an_unknown_host_hears_in_two_languages_that_it_is_unknown_and_no_name(
    towns: tuple[str, dict[str, Behind]], host: str
) -> None:
    found = ask(towns[0], host)

    assert found.status_code == 421
    assert "Dit adres hoort niet bij een gemeente" in found.text and "does not belong to a municipality" in found.text
    assert found.headers["cache-control"] == "no-store"
    assert not [name for name in ("linde", "beuk", "eik") if name in found.text.lower()]


def test_one_that_does_not_run_touches_no_other(towns: tuple[str, dict[str, Behind]]) -> None:
    found = ask(towns[0], "eik.example")

    assert found.status_code == 503 and "werkt nu even niet" in found.text
    assert ask(towns[0], "linde.example").status_code == 200


def test_a_request_arrives_whole(towns: tuple[str, dict[str, Behind]]) -> None:
    told = ask(
        towns[0], "linde.example", "/zaken/%C3%A9%20x/?a=1&b=%2F%20", method="POST", content=b"z" * 3_000_000,
        headers={"cookie": "waardig=abc", "content-type": "text/plain", "accept-language": "nl"},
    ).json()  # fmt: skip

    assert told["method"] == "POST" and told["size"] == 3_000_000
    assert told["path"].encode("latin-1").decode() == "/zaken/é x/" and told["query"] == "a=1&b=%2F%20"
    assert told["headers"]["HTTP_COOKIE"] == "waardig=abc" and told["headers"]["CONTENT_TYPE"] == "text/plain"
    assert told["headers"]["HTTP_HOST"] == "linde.example" and told["headers"]["CONTENT_LENGTH"] == "3000000"


def test_a_body_in_chunks_arrives_with_its_length(towns: tuple[str, dict[str, Behind]]) -> None:
    told = ask(towns[0], "beuk.example", method="POST", content=iter([b"a" * 10, b"b" * 20])).json()

    assert told["size"] == 30 and "HTTP_TRANSFER_ENCODING" not in told["headers"]


def test_an_answer_arrives_whole_with_every_cookie(towns: tuple[str, dict[str, Behind]]) -> None:
    found = ask(towns[0], "linde.example")

    assert found.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert len(found.headers["x-long"]) == 5000 and len(found.content) > 300_000
    assert ask(towns[0], "linde.example").json()["headers"].get("HTTP_COOKIE") is None, "a cookie was kept"


def test_an_answer_without_body_ends(towns: tuple[str, dict[str, Behind]]) -> None:
    found = ask(towns[0], "linde.example", "/empty")

    assert (found.status_code, found.content, found.headers["etag"]) == (304, b"", "x")
    head = ask(towns[0], "linde.example", method="HEAD")
    assert (head.status_code, head.content, len(head.headers["x-long"])) == (200, b"", 5000)
    assert ask(towns[0], "linde.example").status_code == 200


@pytest.mark.parametrize("host", ["linde.example", "beuk.example"])
def test_nobody_can_pretend_to_be_another_sender(towns: tuple[str, dict[str, Behind]], host: str) -> None:
    told = ask(
        towns[0], host,
        headers={"x-forwarded-for": "10.9.8.7", "forwarded": "for=10.9.8.7", "x-real-ip": "10.9.8.7",
                 "x-forwarded-proto": "https", "x-forwarded-host": "beuk.example", "via": "x"},
    ).json()  # fmt: skip

    assert told["sender"] == "127.0.0.1" and told["scheme"] == "http"
    assert "10.9.8.7" not in json.dumps(told) and "HTTP_X_FORWARDED_HOST" not in told["headers"]


def test_headers_of_the_connection_stay_behind(towns: tuple[str, dict[str, Behind]]) -> None:
    told = ask(
        towns[0], "linde.example",
        headers={"connection": "x-private", "x-private": "1", "te": "trailers", "upgrade": "h2c", "x-kept": "2"},
    ).json()  # fmt: skip

    assert told["headers"]["HTTP_X_KEPT"] == "2"
    assert not {"HTTP_X_PRIVATE", "HTTP_TE", "HTTP_UPGRADE"} & set(told["headers"])


def test_two_hosts_in_one_request_are_no_host(towns: tuple[str, dict[str, Behind]]) -> None:
    address = towns[0].removeprefix("http://").split(":")
    with socket.create_connection((address[0], int(address[1])), timeout=120) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: linde.example\r\nHost: beuk.example\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: raw.recv(65_536), b""))

    assert answer.split(b" ")[1] in (b"400", b"421") and b"linde" not in answer and b"beuk" not in answer


def test_a_slow_municipality_uses_its_own_share_and_delays_no_other(towns: tuple[str, dict[str, Behind]]) -> None:
    base, behind = towns
    behind["beuk"].hold.clear()
    found: list[int] = []
    waiting = [Thread(target=lambda: found.append(ask(base, "beuk.example").status_code)) for _ in range(SHARE + 3)]
    for one in waiting:
        one.start()
    try:
        until(lambda: len(found) >= 3)  # those beyond the share are answered at once
        assert found == [503, 503, 503]
        assert ask(base, "linde.example").status_code == 200
    finally:
        behind["beuk"].hold.set()
    for one in waiting:
        one.join(120)
    assert sorted(found) == [200] * SHARE + [503] * 3
    assert ask(base, "beuk.example").status_code == 200, "the share was not given back"


@pytest.mark.parametrize(
    ("given", "host"),
    [
        ("A.b", "a.b"),
        ("a.b:80", "a.b"),
        ("a.b:8x", ""),
        ("", ""),
        ("[::1]:80", "[::1]"),
        ("a:b:80", "a:b"),
        ("a:²", ""),
    ],
)
def test_the_host_is_the_name_without_its_port(given: str, host: str) -> None:
    assert host_of({"HTTP_HOST": given}) == host
