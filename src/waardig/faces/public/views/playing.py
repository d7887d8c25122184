"""Probeer de wet: anybody plays with the law and invented facts. No session, no cookie, no write.

Facts travel in the body of a post only: somebody may type what is real after all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from waardig.faces.public.views.pace import WINDOW_SECONDS, Pace
from waardig.identity.terms import audience
from waardig.kernel.declared import uses
from waardig.screens.frames import sandbox_frame
from waardig.screens.pages.words import Words, context_of
from waardig.screens.playing import pages

PACE = Pace()
SLOWER = Words(
    "U probeert heel veel achter elkaar. Wacht een minuut en probeer het dan opnieuw.",
    "You are trying very much in a row. Wait a minute and then try again.",
)
LANGUAGE = "taal"


def in_chosen_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The language as the page asks: a cookie would be the only thing that is kept."""

    @wraps(view)
    def run(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        asked = request.POST.get(LANGUAGE) or request.GET.get(LANGUAGE) or translation.get_language() or "nl"
        with translation.override("en" if asked == "en" else "nl"):
            return view(request, *arguments, **named)

    return run


def _other(request: HttpRequest) -> str:
    return f"{request.path}?{LANGUAGE}={'nl' if translation.get_language() == 'en' else 'en'}"


@audience("public")
@require_safe
@in_chosen_language
@uses()
def play(request: HttpRequest) -> HttpResponse:
    """Which laws there are to play with."""
    page = pages.list_page(sandbox_frame(request), other_href=_other(request))
    return render(request, page.template, context_of(page))


@csrf_exempt  # nothing is changed and nobody is known: there is nothing to forge, and a token would need a session
@audience("public")
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
@uses()
def play_law(request: HttpRequest, law: str) -> HttpResponse:
    """One law: invent facts, run, compare, download, paste back."""
    posted = request.POST.dict() if request.method == "POST" else {"do": "example"}
    is_slow = request.method == "POST" and not PACE.allows(request)
    if is_slow:
        posted = {**posted, "do": "fields"}
    try:
        place = pages.public_place(sandbox_frame(request), law, other_href=_other(request))
        page = pages.law_page(place, law, posted, slower=SLOWER if is_slow else None)
    except pages.UnknownPlay:
        raise Http404 from None
    if posted.get("do") == "download" and page.problem is None:
        response = HttpResponse(page.data, content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="proef.json"'
        return response
    response = render(request, page.template, context_of(page), status=429 if is_slow else 400 if page.problem else 200)
    if is_slow:
        response["Retry-After"] = str(int(WINDOW_SECONDS))
    return response
