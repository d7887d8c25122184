"""The two public registers: algorithms and processing activities, as pages and as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from waardig.accountability.queries import algorithms as algorithm_register
from waardig.accountability.queries import processing as processing_register
from waardig.accountability.terms import EntryRefused, Form
from waardig.faces.public.views.common import for_everybody, show
from waardig.faces.public.views.files import csv_file, json_file
from waardig.screens.frames import portal_frame
from waardig.screens.public_pages import algorithms as algorithm_pages
from waardig.screens.public_pages import processing as processing_pages

FORMS = {"publicatiestandaard": Form.PUBLICATION, "aanlevering": Form.DELIVERY}


@for_everybody
@require_safe
def algorithms(request: HttpRequest) -> HttpResponse:
    """Algoritmeregister."""
    return show(request, algorithm_pages.algorithms_page(portal_frame(request)))


@for_everybody
@require_safe
def algorithm(request: HttpRequest, service: str) -> HttpResponse:
    """One entry; an entry that does not fit its form is not shown, and says so."""
    frame = portal_frame(request)
    try:
        return show(request, algorithm_pages.algorithm_page(service, frame))
    except EntryRefused:
        return show(request, algorithm_pages.refused_page(service, frame), 503)


@for_everybody
@require_safe
def algorithm_file(request: HttpRequest, service: str, form: str) -> HttpResponse:
    """One entry as a file in one of the two forms."""
    if form not in FORMS:
        raise Http404
    try:
        return json_file(request, algorithm_register.checked_entry(service, FORMS[form]))
    except EntryRefused:
        return HttpResponse(status=503)


@for_everybody
@require_safe
def algorithms_address(_request: HttpRequest) -> HttpResponse:
    """The short address that decisions name."""
    return HttpResponseRedirect(reverse("public:algorithms"))


@for_everybody
@require_safe
def processing(request: HttpRequest) -> HttpResponse:
    """Verwerkingsregister."""
    return show(request, processing_pages.processing_page(portal_frame(request)))


@for_everybody
@require_safe
def activity(request: HttpRequest, activity: str) -> HttpResponse:
    """The version of an activity that holds now, with every version there was."""
    return show(request, processing_pages.activity_page(activity, None, portal_frame(request)))


@for_everybody
@require_safe
def version(request: HttpRequest, activity: str, fingerprint: str) -> HttpResponse:
    """One version under its own address; also an old one."""
    return show(request, processing_pages.activity_page(activity, fingerprint, portal_frame(request)))


@for_everybody
@require_safe
def version_json(request: HttpRequest, activity: str, fingerprint: str) -> HttpResponse:
    """One version for programs."""
    found = processing_register.version(activity, fingerprint)
    return json_file(request, processing_register.as_data(found), found.published_at)


@for_everybody
@require_safe
def processing_json(request: HttpRequest) -> HttpResponse:
    """Every version that holds now, for programs."""
    found = processing_register.register()
    newest = max((one.published_at for one in found), default=None)
    return json_file(request, [processing_register.as_data(one) for one in found], newest)


@for_everybody
@require_safe
def processing_csv(request: HttpRequest) -> HttpResponse:
    """Every version that holds now, as a table."""
    found = processing_register.register()
    newest = max((one.published_at for one in found), default=None)
    return csv_file(request, processing_register.as_csv(found), "verwerkingsregister.csv", newest)
