"""Requests to a human: the list, calling back, answering a question about a use; a note at the counter."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waardig.contact import actions
from waardig.contact import queries as contact
from waardig.contact.terms import AnswerTooShort, Kind, RequestClosed, RequestUnknown
from waardig.faces.desk.views.common import COUNTER_STAFF, OFFICIALS, for_employees, page_number, show
from waardig.faces.desk.views.counter import with_resident
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.screens.addresses import COUNTER
from waardig.screens.desk_pages.contact_page import contact_list, contact_request
from waardig.screens.desk_pages.counter import Visit
from waardig.screens.desk_pages.official import actor_of, frame_of
from waardig.screens.frames import who_of
from waardig.screens.pages.forms import FieldError

STAFF = (*COUNTER_STAFF, *OFFICIALS)
LONGEST = 2000


@require_GET
@for_employees(STAFF)
@uses()
def requests(request: HttpRequest) -> HttpResponse:
    """Bellen en vragen."""
    return show(request, contact_list(frame_of(request, "contact"), page=page_number(request)))


@require_http_methods(["GET", "POST"])
@for_employees(STAFF)
@uses("contact.verzoek")
def one_request(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One request; a post ends it with its outcome."""
    frame, who = frame_of(request, ""), who_of(request)
    try:
        if request.method != "POST":
            return show(request, contact_request(frame, who, identity))
        typed = request.POST.get("answer", "").strip()
        error = _end(request, identity, typed)
        if error is None:
            return HttpResponseRedirect(reverse("desk:contact_request", args=[identity]))
        return show(request, contact_request(frame, who, identity, typed=typed, error=error), 400)
    except RequestUnknown as unknown:
        raise Http404 from unknown


def _end(request: HttpRequest, identity: UUID, typed: str) -> FieldError | None:
    """End a request; what a colleague ended before stays as it was."""
    actor, today = actor_of(who_of(request)), business_today()
    try:
        if contact.request(identity).kind is Kind.CALL_BACK:
            reached = request.POST.get("outcome")
            if reached in ("reached", "not_reached"):
                actions.close_call_back(identity, reached=reached == "reached", actor=actor, on=today)
            return None
        if len(typed) > LONGEST:
            return FieldError.TOO_LONG
        actions.answer_question(identity, answer=typed, actor=actor, on=today)
    except AnswerTooShort:
        return FieldError.ANSWER_TOO_SHORT
    except RequestClosed:
        return None
    return None


@require_POST
@with_resident
@uses("contact.verzoek")
def note(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Wat spraken wij af? Kept in words that the resident reads too."""
    typed = request.POST.get("note", "").strip()[:LONGEST]
    if typed:
        actions.write_note(visit.subject.person, text=typed, actor=visit.subject.actor, on=business_today())
    return HttpResponseRedirect(COUNTER.home)
