"""Figures for monitoring: of this process (requests) and of the installation (queue, log, deliveries), as OpenMetrics.

Labels come from fixed lists of our own (names of views, topics, services, channels, states): never an address, a number
or anything that belongs to somebody, so a label can neither tell about a person nor grow without end.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.openmetrics import exposition as openmetrics
from prometheus_client.registry import Collector

from waardig.shell.operating.figures import Figure, figures

FRESH_SECONDS = 15.0
TEXT = "text/plain; version=0.0.4; charset=utf-8"
REGISTRY = CollectorRegistry()
_REQUESTS = Counter("waardig_requests", "Requests by view and status.", ("view", "status"), registry=REGISTRY)
_SECONDS = Histogram(
    "waardig_request_seconds",
    "How long requests took, by view.",
    ("view",),
    buckets=(0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
    registry=REGISTRY,
)


class CountRequests:
    """Counts every request under the name of its view; the address itself is never a label."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Measure from here to the answer."""
        started = time.perf_counter()
        response = self.get_response(request)
        view = _view_name(request)
        _SECONDS.labels(view).observe(time.perf_counter() - started)
        _REQUESTS.labels(view, str(response.status_code)).inc()
        return response


def _view_name(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is not None and match.view_name:
        return match.view_name
    return "static" if request.path.startswith(f"/{settings.STATIC_URL.lstrip('/')}") else "none"


class _Installation(Collector):
    """Figures from the database, asked at most every fifteen seconds however often somebody scrapes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[float, tuple[Figure, ...]] = (float("-inf"), ())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One family a figure."""
        for figure in self._fresh():
            family = GaugeMetricFamily(f"waardig_{figure.name}", figure.help, labels=figure.labels)
            for labels, value in figure.values:
                family.add_metric(labels, value)
            yield family

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: the database is not asked when this is registered."""
        return []

    def forget(self) -> None:
        """Ask the database anew at the next scrape."""
        self._kept = (float("-inf"), ())

    def _fresh(self) -> tuple[Figure, ...]:
        with self._lock:
            asked, kept = self._kept
            if time.monotonic() - asked > FRESH_SECONDS:
                kept = figures()
                self._kept = (time.monotonic(), kept)
            return kept


INSTALLATION = _Installation()
REGISTRY.register(INSTALLATION)


def exposition(accept: str) -> tuple[bytes, str]:
    """All figures with their content type: OpenMetrics for who asks it, otherwise the text of Prometheus."""
    if "application/openmetrics-text" in accept:
        text: bytes = openmetrics.generate_latest(REGISTRY)  # type: ignore[no-untyped-call]
        return text, openmetrics.CONTENT_TYPE_LATEST
    return generate_latest(REGISTRY), TEXT
