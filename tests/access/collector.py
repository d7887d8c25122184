"""A collector on this machine: it keeps every span it was given, and can fail, or have its sender killed, when told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTracePartialSuccess,
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span

Answer = tuple[int, bytes]
TAKEN: Answer = (200, ExportTraceServiceResponse().SerializeToString())
PARTLY: Answer = (
    200,
    ExportTraceServiceResponse(
        partial_success=ExportTracePartialSuccess(rejected_spans=1, error_message="vol")
    ).SerializeToString(),
)


class Collector:
    """What arrived.

    Attributes:
        requests: every request that arrived, also those that were answered with an error.
        answer: by the number of a request (1 is the first): status and body.
    """

    def __init__(self) -> None:
        self.requests: list[ExportTraceServiceRequest] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.answer: Callable[[int], Answer] = lambda _number: TAKEN
        self.address = ""

    @property
    def spans(self) -> list[Span]:
        """Every span in the order of arrival, doubles too."""
        return [
            span
            for request in self.requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    @property
    def kept(self) -> dict[tuple[str, str], bytes]:
        """What a receiver that absorbs doubles has: by (trace, span)."""
        return {
            (one.trace_id.hex(), one.span_id.hex()): one.SerializeToString(deterministic=True) for one in self.spans
        }


@contextmanager
def a_collector() -> Iterator[Collector]:
    """A collector that listens."""
    found, guard = Collector(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with guard:
                found.requests.append(ExportTraceServiceRequest.FromString(body))
                found.headers.append(dict(self.headers))
                found.paths.append(self.path)
                number = len(found.requests)
            status, answer = found.answer(number)
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
