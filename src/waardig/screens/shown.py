"""Showing a page, the same in every face: its context is its fields; an address past the last page goes to the last."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from waardig.access.terms import AccessRefused
from waardig.catalogue import queries as catalogue
from waardig.screens.pages.words import Page, Paging, context_of

ASKED = "pagina"


def show(request: HttpRequest, page: Page, status: int = 200) -> HttpResponse:
    """Render a page. Of a list that became shorter, or of an address that somebody typed, the last page is shown."""
    context = context_of(page)
    inner = context.get("resident")  # at the counter the page of the resident stands inside that of the desk
    where = (inner if isinstance(inner, dict) else context).get("paging")
    if request.method in ("GET", "HEAD") and isinstance(where, Paging) and where.number > where.total:
        asked = request.GET.copy()
        asked[ASKED] = str(where.total)
        return HttpResponseRedirect(f"{request.path}?{asked.urlencode()}")
    return render(request, page.template, context, status=status)


def too_many_today(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page for who met the ceiling of a day; None when it was refused for another reason.

    Args:
        error: the refusal, or what was raised because of it.
    """
    refused = error if isinstance(error, AccessRefused) else error.__cause__
    if not isinstance(refused, AccessRefused) or not refused.is_for_today:
        return None
    here = catalogue.municipality()
    return render(request, "429.html", {"municipality_name": here.name, "phone": here.phone}, status=429)


def page_number(request: HttpRequest) -> int:
    """The asked page of a list; the first when it is no number."""
    asked = request.GET.get(ASKED, "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
