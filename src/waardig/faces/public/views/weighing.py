"""The weighing of a service in public: the start, the weighing itself, and everything underneath it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from waardig.accountability.queries import figures as published
from waardig.faces.public.views.common import for_everybody, show
from waardig.faces.public.views.files import csv_file, json_file
from waardig.screens.frames import portal_frame
from waardig.screens.public_pages import dossier, standstill
from waardig.screens.public_pages import figures as pages
from waardig.screens.public_pages.home import home_page
from waardig.screens.public_pages.open_data import catalogue_data, open_data_page
from waardig.screens.weighing_page import NothingPublic, view_of, weighing_page


@for_everybody
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Every service that looks for people of its own accord, on one screen."""
    return show(request, home_page(portal_frame(request)))


@for_everybody
@require_safe
def service(request: HttpRequest, service: str) -> HttpResponse:
    """Zelf zoeken wie geld misloopt: mag dat?"""
    return show(request, weighing_page(view_of(service), portal_frame(request)))


@for_everybody
@require_safe
def opinions(request: HttpRequest, service: str) -> HttpResponse:
    """What people thought, and the advice about privacy."""
    return show(request, dossier.opinions_page(service, portal_frame(request)))


@for_everybody
@require_safe
def measurements(request: HttpRequest, service: str) -> HttpResponse:
    """How the conditions went."""
    return show(request, dossier.measurements_page(service, portal_frame(request)))


@for_everybody
@require_safe
def measurements_csv(request: HttpRequest, service: str) -> HttpResponse:
    """Every measurement as a table."""
    view_of(service)
    return csv_file(request, dossier.measurements_csv(service), f"{service}-metingen.csv")


@for_everybody
@require_safe
def decisions(request: HttpRequest, service: str) -> HttpResponse:
    """Every decision on a service."""
    return show(request, dossier.decisions_page(service, portal_frame(request)))


@for_everybody
@require_safe
def standstills(request: HttpRequest, service: str) -> HttpResponse:
    """When a service stood still and why."""
    return show(request, standstill.standstill_page(service, portal_frame(request)))


@for_everybody
@require_safe
def rounds(request: HttpRequest, service: str) -> HttpResponse:
    """Every round of a service."""
    view_of(service)
    return show(request, pages.rounds_page(service, portal_frame(request)))


@for_everybody
@require_safe
def rounds_csv(request: HttpRequest, service: str) -> HttpResponse:
    """Every round as a table."""
    view_of(service)
    newest = max((one.published_at for one in published.rounds(service)), default=None)
    return csv_file(request, pages.rounds_csv(service), f"{service}-rondes.csv", newest)


@for_everybody
@require_safe
def round_(request: HttpRequest, service: str, day: str) -> HttpResponse:
    """One round."""
    return show(request, pages.round_page(service, _day(day), portal_frame(request)))


@for_everybody
@require_safe
def round_csv(request: HttpRequest, service: str, day: str) -> HttpResponse:
    """One round as a table."""
    found = published.latest(service, _day(day))
    return csv_file(request, pages.round_csv(found), f"{service}-{day}.csv", found.published_at)


@for_everybody
@require_safe
def round_json(request: HttpRequest, service: str, day: str) -> HttpResponse:
    """One round for programs: groups of at least ten people."""
    found = published.latest(service, _day(day))
    about = {"service": service, "round_on": found.round_on.isoformat(), "as_of": found.as_of.isoformat()}
    data = {**about, "publication": found.number, **published.content_of(found.figures)}
    return json_file(request, data, found.published_at)


@for_everybody
@require_safe
def figures(request: HttpRequest, service: str) -> HttpResponse:
    """The newest round as a table, under an address that stays the same."""
    found = published.latest(service)
    return csv_file(request, pages.round_csv(found), f"{service}.csv", found.published_at)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise NothingPublic from wrong


@for_everybody
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Every public file."""
    return show(request, open_data_page(portal_frame(request)))


@for_everybody
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue of data sets for programs."""
    data, newest = catalogue_data()
    return json_file(request, data, newest, "application/ld+json")
