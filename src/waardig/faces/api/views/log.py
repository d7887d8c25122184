"""The log of data processing for oversight: Logboek dataverwerkingen, extension lezen.

A data subject stands in it as a pseudonym, and never in an address: who asks by subject uses POST.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse

from waardig.access.actions import read_log
from waardig.access.terms import AccessRefused, Caller, LoggedLine, LogQueryInvalid
from waardig.faces.api.views.common import Problem, address, invalid, json_body
from waardig.kernel.declared import OF_CALLERS, uses

_SUBJECTS = {"dpl.core.data_subject_id", "dpl.core.dataSubjectId", "dataSubjectId"}
_ACTIVITY = {"dpl.core.processingActivityId": "dpl.core.processing_activity_id"}
_PLAIN = {"traceId", "startTime", "endTime", "cursor", "limit"}


@address("GET", "POST", right="log_read")
@uses(OF_CALLERS)
def processing_activities(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Lines of the log by trace, activity or data subject, a page at a time."""
    asked = _sent(request) if request.method == "POST" else _in_address(request)
    try:
        page = read_log(caller, asked, traceparent=request.headers.get("traceparent", ""))
    except LogQueryInvalid as wrong:
        raise invalid(wrong, where="body" if request.method == "POST" else "query") from None
    except AccessRefused as refused:
        raise invalid(refused, 403) from None
    body: dict[str, Any] = {"processingActivities": [_told(line) for line in page.lines]}
    if page.next:
        body["next"] = page.next
    response = JsonResponse(body)
    if page.next and request.method != "POST":
        query = urlencode({**request.GET.dict(), "cursor": page.next})
        response["Link"] = f'<{request.build_absolute_uri(request.path)}?{query}>; rel="next"'
    return response


def _sent(request: HttpRequest) -> Mapping[str, Any]:
    body = json_body(request)
    if not isinstance(body, Mapping):
        raise Problem(400, "log_query_invalid", "The body is not a JSON object.", "Send one JSON object.", where="body")
    return body


def _in_address(request: HttpRequest) -> Mapping[str, Any]:
    """The question of an address.

    Raises:
        Problem: 400 for a data subject in the address, or a parameter that is not known or stands there twice.
    """
    given = request.GET.dict()
    if _SUBJECTS & set(given):
        what = "A data subject does not belong in an address."
        raise Problem(400, "subject_in_address", what, "Send it with POST, in attributes.", where="query")
    if any(len(request.GET.getlist(name)) > 1 for name in given):
        what = "A parameter stands more than once in the address."
        raise Problem(400, "parameter_repeated", what, "Give each once.", where="query")
    if set(given) - _PLAIN - set(_ACTIVITY):
        what = "There is a parameter that this address does not know."
        raise Problem(400, "parameter_unknown", what, "See the description: openapi.json.", where="query")
    attributes = {name: given[key] for key, name in _ACTIVITY.items() if key in given}
    plain: dict[str, Any] = {key: value for key, value in given.items() if key in _PLAIN}
    if re.fullmatch(r"[0-9]{1,3}", given.get("limit", "")):
        plain["limit"] = int(given["limit"])
    return {**plain, "attributes": attributes}


def _told(line: LoggedLine) -> dict[str, object]:
    parent = {"parentSpanId": line.parent_span_id} if line.parent_span_id else {}
    return {
        "traceId": line.trace_id,
        "spanId": line.span_id,
        **parent,
        "status": line.status,
        "name": line.name,
        "startTime": line.start_time,
        "endTime": line.end_time,
        "resource": {"attributes": line.resource_attributes},
        "attributes": line.attributes,
    }
