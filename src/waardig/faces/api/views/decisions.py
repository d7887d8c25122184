"""Decisions about access for software of others: OpenID AuthZEN Authorization API 1.0 with the Dutch profile.

A decision is about an act and an activity. No data about a person is in a request that is kept, nor in an answer.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from waardig.access import actions
from waardig.access.terms import Caller, Evaluated, EvaluationInvalid
from waardig.faces.api.views.common import address, invalid, json_body


@address("POST", right="evaluate")
def evaluation(request: HttpRequest, caller: Caller) -> HttpResponse:
    """One decision."""
    return _decided(request, caller, actions.evaluate)


@address("POST", right="evaluate")
def evaluations(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Several decisions in one call."""
    return _decided(request, caller, actions.evaluate_many)


@address("GET")
def configuration(_request: HttpRequest) -> HttpResponse:
    """Where the addresses are (AuthZEN, section 9)."""
    here = settings.BASE_URL.rstrip("/")
    response = JsonResponse(
        {
            "policy_decision_point": here,
            "access_evaluation_endpoint": f"{here}/access/v1/evaluation",
            "access_evaluations_endpoint": f"{here}/access/v1/evaluations",
        }
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _decided(request: HttpRequest, caller: Caller, decide: Callable[..., Evaluated]) -> HttpResponse:
    body = json_body(request, other_type=400)
    try:
        found = decide(caller, body, traceparent=request.headers.get("traceparent", ""))
    except EvaluationInvalid as wrong:
        raise invalid(wrong) from None
    response = JsonResponse(found.body)
    response["traceparent"] = found.traceparent
    return response
