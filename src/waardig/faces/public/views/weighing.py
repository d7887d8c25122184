"""The public site: which services look for people, how each was weighed, and the figures of its rounds."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waardig.identity.terms import audience
from waardig.screens.frames import portal_frame
from waardig.screens.pages.words import context_of
from waardig.screens.weighing_page import NothingPublic, figures_csv, services_page, view_of, weighing_page


@audience("public")
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Every service that looks for people of its own accord."""
    page = services_page(portal_frame(request))
    return render(request, page.template, context_of(page))


@audience("public")
@require_safe
def service(request: HttpRequest, service: str) -> HttpResponse:
    """Zelf zoeken wie geld misloopt: mag dat?"""
    try:
        page = weighing_page(view_of(service), portal_frame(request))
    except NothingPublic as nothing:
        raise Http404 from nothing
    return render(request, page.template, context_of(page))


@audience("public")
@require_safe
def figures(request: HttpRequest, service: str) -> HttpResponse:  # noqa: ARG001
    """The figures of the newest round as a CSV file."""
    try:
        text = figures_csv(view_of(service))
    except NothingPublic as nothing:
        raise Http404 from nothing
    if text is None:
        raise Http404
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{service}.csv"'
    return response
