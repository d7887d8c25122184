"""Zelf nagaan: without signing in, or signed in with what the municipality may show. Every page answers a form;
nothing is kept.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from waardig.catalogue.terms import Check
from waardig.checks import queries as checks
from waardig.faces.portal.views.common import show
from waardig.identity.terms import audience
from waardig.kernel.clock import business_today
from waardig.screens.checking import pages, steps
from waardig.screens.checking.place import Place, portal_place
from waardig.screens.frames import address


def _place(request: HttpRequest) -> Place:
    return portal_place(request, lambda name, *arguments: address(f"portal:{name}", *arguments))


def offered_check(check: str) -> Check:
    """A check that can be done today.

    Raises:
        Http404: there is none of this name, or it is too late to apply.
    """
    found = next((one for one in checks.offered(business_today()) if one.id == check), None)
    if found is None:
        raise Http404
    return found


@audience("public")
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Which schemes can be checked."""
    return show(request, pages.list_page(_place(request)))


@audience("public")
@require_http_methods(["GET", "HEAD", "POST"])
def check_one(request: HttpRequest, check: str) -> HttpResponse:
    """The first page, and with what was posted: the next question or the outcome."""
    known, place = offered_check(check), _place(request)
    if request.method != "POST":
        return show(request, pages.start_page(place, known))
    page, status = steps.page_after(place, known, request.POST)
    return show(request, page, status=status)
