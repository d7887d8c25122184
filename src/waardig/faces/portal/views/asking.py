"""Asking a human: call me back, I do not understand this use of my data."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from waardig.contact import actions
from waardig.contact import queries as contact
from waardig.contact.terms import Kind, When
from waardig.faces.portal.views.common import for_residents, frame_for, show
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.screens.contact_page import call_back_page, phone_number, question_page
from waardig.screens.pages.usage import UsageQuestionSentPage
from waardig.screens.subject import Subject


@require_http_methods(["GET", "POST"])
@for_residents(own_only=True)
@uses("contact.verzoek")
def call_back(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Bel mij terug: a request on the work list, with a last day; once at a time."""
    posted = request.POST.dict() if request.method == "POST" else None
    page = call_back_page(subject, frame_for(request, subject), posted)
    phone = phone_number(posted.get("phone", "")) if posted else None
    if posted is not None and phone is not None:
        when = next((one for one in When if one.value == posted.get("when")), When.ANY)
        actions.ask_call_back(subject.person, phone=phone, when=when, actor=subject.actor, on=business_today())
        return HttpResponseRedirect(reverse("portal:call_back"))
    return show(request, page, 400 if page.errors else 200)


@require_http_methods(["GET", "POST"])
@for_residents(own_only=True)
@uses("contact.verzoek", "inzage.gebruik")
def usage_question(request: HttpRequest, subject: Subject, line: str) -> HttpResponse:
    """Dit begrijp ik niet: a named officer answers."""
    posted = request.POST.get("question", "").strip() if request.method == "POST" else None
    page = question_page(subject, frame_for(request, subject, "usage"), line, posted)
    if page is None:
        raise Http404
    if posted and not page.errors:
        actions.ask_question(subject.person, line=line, question=posted, actor=subject.actor, on=business_today())
        return HttpResponseRedirect(reverse("portal:usage_question_sent", args=[line]))
    return show(request, page, 400 if page.errors else 200)


@require_GET
@for_residents(own_only=True)
@uses()
def usage_question_sent(request: HttpRequest, subject: Subject, line: str) -> HttpResponse:
    """The receipt of a question."""
    asked = next((one for one in contact.requests_of(subject.person, kinds=[Kind.QUESTION]) if one.line == line), None)
    if asked is None:
        raise Http404
    page = UsageQuestionSentPage(
        frame=frame_for(request, subject, "usage"),
        case_number=asked.number,
        answer_by=asked.due_on,
        back_href=reverse("portal:usage"),
    )
    return show(request, page)
