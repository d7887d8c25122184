"""One port for all municipalities: the Host header says to whose process a request goes. It holds no secret.

Whoever names no municipality of this installation gets status 421 and hears nothing about which there are. Bodies are
passed on in pieces; headers of the connection itself (RFC 9110 7.6.1) and everything that claims to know the sender
are left out and written anew. Each municipality has its own share of the threads, so that a slow one delays no other.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from threading import BoundedSemaphore
from typing import Any, cast
from urllib.parse import quote

import httpx

SHARE = 8
"""Requests at the same time for one municipality."""
LARGEST = 20_000_000
"""Bytes in a request; the applications themselves accept less."""
_CONNECTION = frozenset(
    {"connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer"}
    | {"trailers", "transfer-encoding", "upgrade", "expect"}
)
_SENDER = ("forwarded", "x-forwarded", "x-real-ip", "via")
_PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{nl}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>{nl}</h1><p>{nl_more}</p><div lang="en"><h2>{en}</h2><p>{en_more}</p></div></main></body></html>
"""
_UNKNOWN = {
    "nl": "Dit adres hoort niet bij een gemeente",
    "nl_more": "Kijk of u het adres goed hebt getypt. Het staat in de brief of op de website van uw gemeente.",
    "en": "This address does not belong to a municipality",
    "en_more": "Check whether you typed the address correctly. It is in the letter or on your municipality's website.",
}
_BUSY = {
    "nl": "Deze website werkt nu even niet",
    "nl_more": "Er gaat niets verloren. Probeer het over een paar minuten opnieuw, of bel uw gemeente.",
    "en": "This website does not work at the moment",
    "en_more": "Nothing is lost. Try again in a few minutes, or call your municipality.",
}
Environ = dict[str, Any]
StartResponse = Callable[..., Any]


class Front:
    """The WSGI application that passes requests on."""

    def __init__(self, routes: Mapping[str, str]) -> None:
        """Take the places by host: `127.0.0.1:port` or the path of a socket."""
        ways = {place: _Way(place) for place in routes.values()}
        self._ways = {host: ways[place] for host, place in routes.items()}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        way = self._ways.get(host_of(environ))
        if way is None:
            return _say(start_response, "421 Misdirected Request", _UNKNOWN)
        if not way.share.acquire(blocking=False):
            return _say(start_response, "503 Service Unavailable", _BUSY)
        try:
            answer = way.transport.handle_request(_request(environ, way.base))
        except httpx.HTTPError:
            way.share.release()
            return _say(start_response, "503 Service Unavailable", _BUSY)
        except BaseException:
            way.share.release()
            raise
        start_response(f"{answer.status_code} {answer.reason_phrase or 'Status'}", _answer_headers(answer.headers))
        return _Body(answer, way.share)


class _Way:
    """How one municipality's process is reached, and how many requests it may have at the same time."""

    def __init__(self, place: str) -> None:
        self.base = "http://localhost/" if place.startswith("/") else f"http://{place}/"
        limits = httpx.Limits(max_connections=SHARE, keepalive_expiry=30.0)  # before the other side closes them
        socket = place if place.startswith("/") else None
        # without a client: nothing is followed, and no cookie is ever kept
        self.transport = httpx.HTTPTransport(verify=False, uds=socket, limits=limits, retries=1)
        self.share = BoundedSemaphore(SHARE)


class _Body:
    """The answer in pieces; whatever happens, the connection and the share are given back."""

    def __init__(self, answer: httpx.Response, share: BoundedSemaphore) -> None:
        self._answer, self._share, self._open = answer, share, True

    def __iter__(self) -> Iterator[bytes]:
        yield from cast("httpx.SyncByteStream", self._answer.stream)

    def close(self) -> None:
        """Called by the server at the end, also when the browser went away."""
        if self._open:
            self._open = False
            try:
                self._answer.close()
            finally:
                self._share.release()


def host_of(environ: Mapping[str, Any]) -> str:
    """The host that the request names, without port; empty when it names none or several."""
    host = str(environ.get("HTTP_HOST", "")).lower()
    name, colon, port = host.rpartition(":")
    if not colon:
        return host
    return name if port.isascii() and port.isdigit() else ""


def _request(environ: Environ, base: str) -> httpx.Request:
    headers = [(name, value) for name, value in _given(environ) if not name.startswith(_SENDER)]
    headers.append(("x-forwarded-for", str(environ["REMOTE_ADDR"])))
    headers.append(("x-forwarded-proto", str(environ["wsgi.url_scheme"])))
    length = str(environ.get("CONTENT_LENGTH") or "")
    content: Iterator[bytes] | None = None
    if length and length != "0":
        content = _pieces(environ["wsgi.input"])
    if length:
        headers.append(("content-length", length))
    path = quote(str(environ["PATH_INFO"]).encode("latin-1"), safe="/!$&'()*+,;=:@~-._")
    query = str(environ.get("QUERY_STRING", ""))
    target = (path + ("?" + query if query else "")).encode("latin-1")
    extensions = {"target": target, "timeout": httpx.Timeout(120.0, connect=5.0, pool=5.0).as_dict()}
    return httpx.Request(str(environ["REQUEST_METHOD"]), base, headers=headers, content=content, extensions=extensions)


def _given(environ: Environ) -> Iterator[tuple[str, str]]:
    """The headers of the browser that travel further than this connection."""
    named = {word.strip().lower() for word in str(environ.get("HTTP_CONNECTION", "")).split(",")}
    for key, value in environ.items():
        if key.startswith("HTTP_") or key == "CONTENT_TYPE":
            name = key.removeprefix("HTTP_").replace("_", "-").lower()
            if name not in _CONNECTION and name not in named and name != "content-length":
                yield name, str(value)


def _pieces(stream: Any) -> Iterator[bytes]:
    while piece := stream.read(65_536):
        yield piece


def _answer_headers(headers: httpx.Headers) -> list[tuple[str, str]]:
    named = {word.strip().lower() for word in headers.get("connection", "").split(",")}
    found = []
    for raw_name, raw_value in headers.raw:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if name.lower() not in _CONNECTION | named and not set(name + value) & {"\r", "\n", "\0"}:
            found.append((name, value))
    return found


def _say(start_response: StartResponse, status: str, words: Mapping[str, str]) -> list[bytes]:
    body = _PAGE.format(**words).encode()
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    headers += [("Cache-Control", "no-store"), ("Content-Security-Policy", "default-src 'none'")]
    headers += [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")]
    start_response(status, headers)
    return [body]


def serve(host: str, port: str, proxy: str, routes: str) -> None:
    """Serve until stopped.

    Args:
        proxy: the address of a web server before us whose X-Forwarded-For and -Proto count; empty: there is none.
        routes: places by host, as JSON.
    """
    from waitress import serve as waitress_serve

    known: dict[str, str] = json.loads(routes)
    threads = min(64, SHARE * len(set(known.values())) + 4)
    try:
        waitress_serve(
            Front(known), host=host, port=int(port), threads=threads, ident=None, max_request_body_size=LARGEST,
            clear_untrusted_proxy_headers=True, _quiet=True, **trusting(proxy),
        )  # fmt: skip
    except OSError as problem:
        sys.exit(f"Port {port} on {host} cannot be used ({problem.strerror}).")


def trusting(proxy: str) -> dict[str, Any]:
    """The settings of Waitress that take the sender's address and the scheme from a proxy, when there is one."""
    return {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}} if proxy else {}
