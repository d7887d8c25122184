"""Addresses for load balancers, probes and monitoring: no session, no page, nothing about anybody.

`/gezond/` this process lives; `/gezond/klaar/` it can serve people; `/gezond/alles/` everything is well, for
monitoring; `/gezond/metrics/` figures, closed unless WAARDIG_METRICS_TOKEN is set and given.
"""

from __future__ import annotations

import os
from secrets import compare_digest

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from waardig.identity.terms import audience
from waardig.kernel.declared import uses
from waardig.shell.operating.health import look
from waardig.shell.operating.metrics import exposition

SHORTEST_TOKEN = 16


@audience("public")
@require_safe
@uses()
def alive(_request: HttpRequest) -> HttpResponse:
    """This process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@audience("public")
@require_safe
@uses()
def ready(_request: HttpRequest) -> HttpResponse:
    """Whether this process can serve people: 200, or 503 when something that blocks is wrong."""
    health = look()
    return JsonResponse(health.as_json(), status=200 if health.can_serve else 503)


@audience("public")
@require_safe
@uses()
def everything(_request: HttpRequest) -> HttpResponse:
    """Whether everything is well, worker and log too: 200, or 503 when anything is wrong."""
    health = look()
    return JsonResponse(health.as_json(), status=200 if health.is_well else 503)


@audience("public")
@require_safe
@uses()
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures as OpenMetrics or Prometheus text. Without the token this address does not exist.

    Raises:
        Http404: no token is set, or another one was given.
    """
    token = os.environ.get("WAARDIG_METRICS_TOKEN", "")
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    right = scheme.lower() == "bearer" and compare_digest(given.strip().encode(), token.encode())
    if len(token) < SHORTEST_TOKEN or not right:
        raise Http404
    text, content_type = exposition(request.headers.get("Accept", ""))
    return HttpResponse(text, content_type=content_type)
