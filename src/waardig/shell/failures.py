"""Pages for what went wrong: in plain words, with a way on, and without one personal fact."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from waardig.catalogue import queries as catalogue
from waardig.identity.terms import audience
from waardig.kernel.errors import Refusal
from waardig.logbook.terms import LogbookUnavailable

RETRY_AFTER = 3600
"""Seconds: what the page says too."""


def _show(request: HttpRequest, template: str, status: int) -> HttpResponse:
    try:
        here = catalogue.municipality()
        known = {"municipality_name": here.name, "phone": here.phone}
    except Refusal:  # content that cannot be read must not hide the page that says so
        known = {}
    return render(request, template, known, status=status)


@audience("public")
def bad_request(request: HttpRequest, *_details: object, **_named: object) -> HttpResponse:
    """400."""
    return _show(request, "400.html", 400)


@audience("public")
def forbidden(request: HttpRequest, *_details: object, **_named: object) -> HttpResponse:
    """403, also for a form that was sent from elsewhere."""
    return _show(request, "403.html", 403)


@audience("public")
def not_found(request: HttpRequest, *_details: object, **_named: object) -> HttpResponse:
    """404: not there and not yours give the same answer."""
    return _show(request, "404.html", 404)


class PageForEmptyAnswer:
    """405: who opens the address of a button gets a page that says so, and not an empty one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the answer, with a page where it says nothing itself."""
        response = self.get_response(request)
        if response.status_code != 405 or response.streaming or response.content or request.method == "HEAD":
            return response
        shown = _show(request, "405.html", 405)
        shown["Allow"] = response.get("Allow", "")
        return shown


@audience("public")
def failed(request: HttpRequest) -> HttpResponse:
    """500; 503 while the log or the whole database cannot be reached."""
    if isinstance(sys.exc_info()[1], (LogbookUnavailable, OperationalError)):
        response = _show(request, "503.html", 503)
        response["Retry-After"] = str(RETRY_AFTER)
        return response
    return _show(request, "500.html", 500)
