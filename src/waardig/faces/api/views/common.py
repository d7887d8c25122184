"""What every address for software does: who calls, what was sent, and errors as problem+json (RFC 9457).

An error says what to do and repeats nothing that was sent, so no number of a person stands in it.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from waardig.access import queries as access
from waardig.access.terms import Caller
from waardig.identity.terms import audience
from waardig.kernel.declared import uses
from waardig.kernel.errors import Refusal
from waardig.kernel.letters import is_stored, texts_in
from waardig.logbook.terms import LogbookUnavailable

log = logging.getLogger(__name__)
VERSION = "1.0.0"
MOST_BYTES = 500_000
DEEPEST = 50
View = Callable[..., HttpResponse]


class Problem(Exception):
    """An answer that is an error.

    Attributes:
        status: HTTP status.
        code: stable word for programs.
        what: what is wrong, without repeating what was sent.
        remedy: what the caller can do.
        where: the part of the request that is wrong: body or query.
    """

    def __init__(self, status: int, code: str, what: str, remedy: str, *, where: str = "") -> None:
        super().__init__(code)
        self.status, self.code, self.what, self.remedy, self.where = status, code, what, remedy, where


def address(*methods: str, right: str | None = None) -> Callable[[View], View]:
    """Make a view an address for software; with a right, only for callers that have it (as `caller`).

    Args:
        methods: what it answers to (GET also answers HEAD).
        right: right of the caller that is needed; None = for everybody.
    """

    def made(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
            try:
                _require_method(request, methods)
                known = {} if right is None else {"caller": _caller(request, right)}
                response = view(request, *args, **named, **known)
            except Problem as wrong:
                response = _told(wrong)
            except LogbookUnavailable:
                response = _told(_LOG_CLOSED)
            except Exception as wrong:  # nobody gets a page with details, and no error reads as yes
                log.error("an address for software failed: %s", type(wrong).__name__)
                response = _told(_FAILED)
            response.setdefault("API-Version", VERSION)
            if "X-Request-ID" in request.headers:
                response["X-Request-ID"] = request.headers["X-Request-ID"][:200]
            return response

        return csrf_exempt(audience("public")(uses()(answered)))  # a token of the caller, no cookie: nothing to forge

    return made


def json_body(request: HttpRequest, *, other_type: int = 415) -> Any:
    """The JSON that was sent.

    Args:
        other_type: status when it is not sent as application/json (AuthZEN asks 400).

    Raises:
        Problem: 400 no JSON, 413 too large, `other_type`.
    """
    if request.content_type != "application/json":
        raise Problem(other_type, "no_json", "The content type is not application/json.", "Send JSON and say so.")
    try:
        if int(request.headers.get("Content-Length") or 0) > MOST_BYTES or len(request.body) > MOST_BYTES:
            raise RequestDataTooBig
        found = json.loads(request.body, parse_constant=_no_number, parse_float=_number, object_pairs_hook=_named_once)
        if not all(map(is_stored, texts_in(found, DEEPEST))):
            raise ValueError("a character that cannot be kept")
    except RequestDataTooBig:
        what = f"The body is larger than {MOST_BYTES} bytes."
        raise Problem(413, "too_large", what, "Send fewer evaluations at a time.") from None
    except (ValueError, RecursionError):
        remedy = f"Send one JSON object of at most {DEEPEST} levels, each name once, without control characters."
        raise Problem(400, "no_json", "The body is not valid JSON.", remedy) from None
    return found


def invalid(refusal: Refusal, status: int = 400, *, where: str = "") -> Problem:
    """The problem that a refusal is."""
    return Problem(status, refusal.code, refusal.text_en, refusal.remedy, where=where)


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are each there once: of two alike one reader takes the first, another the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in an object (RFC 8259 section 4)")
    return found


def _number(text: str) -> float:
    found = float(text)
    if not math.isfinite(found):
        raise ValueError("a number is too large")
    return found


def _no_number(_name: str) -> float:
    raise ValueError("NaN and Infinity are no JSON")


def _require_method(request: HttpRequest, methods: tuple[str, ...]) -> None:
    if ("GET" if request.method == "HEAD" else request.method) not in methods:
        what = "This address does not answer to this method."
        raise Problem(405, "method_not_allowed", what, f"Use {' or '.join(methods)}.")


def _caller(request: HttpRequest, right: str) -> Caller:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    found = access.caller_of(token.strip()) if scheme.lower() == "bearer" and token.strip() else None
    if found is None:
        what = "There is no valid token."
        raise Problem(401, "token_invalid", what, "Send Authorization: Bearer with the token you were given.")
    if right not in found.rights:
        raise Problem(403, "right_missing", f"This caller has no right {right}.", "Ask the owner of this installation.")
    return found


def _told(wrong: Problem) -> HttpResponse:
    body = {
        "type": f"urn:waardig:problem:{wrong.code}",
        "title": wrong.what,
        "status": wrong.status,
        "detail": f"{wrong.what} {wrong.remedy}",
        "code": wrong.code,
        **({"errors": {"in": wrong.where, "detail": wrong.what}} if wrong.where else {}),
    }
    response = JsonResponse(body, status=wrong.status, content_type="application/problem+json")
    if wrong.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


_LOG_CLOSED = Problem(503, "log_unavailable", "The log cannot be written, so there is no answer.", "Try again later.")
_FAILED = Problem(
    500, "failed", "Something went wrong here, so there is no answer.", "Treat it as no; try again later."
)
