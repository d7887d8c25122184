"""The counter: who stands here, the resident's own pages beside the staff margin, recording an answer for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waardig.cases import actions
from waardig.cases import queries as cases
from waardig.cases.terms import Case, CaseKind, CaseState, CaseUnknown, StepNotPossible
from waardig.faces.desk.views.common import COUNTER_STAFF, View, for_employees, page_number, show
from waardig.inbox import queries as inbox
from waardig.inbox.terms import Message
from waardig.kernel.clock import business_today
from waardig.kernel.declared import reads, service_role, uses, uses_of
from waardig.screens.addresses import COUNTER
from waardig.screens.desk_pages import counter, counter_answer, words
from waardig.screens.desk_pages.counter import Visit
from waardig.screens.frames import language_of, who_of
from waardig.screens.home_page import home_page
from waardig.screens.message_list import messages_page
from waardig.screens.message_pages import can_give_up, message_page, own_message
from waardig.screens.own_copy import copy_on_paper
from waardig.screens.own_data_page import own_data_page
from waardig.screens.pages.counter import CounterReceiptPage
from waardig.screens.usage_page import usage_page
from waardig.screens.why_page import why_page


def with_resident(view: Callable[..., HttpResponse]) -> View:
    """A view of somebody who stands at this counter; without anybody it leads to the page that asks who.

    The view declares what it uses itself (`@uses`); what stands above every page at the counter comes with it.
    """

    @wraps(view)
    def run(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            visit = counter.visit_of(request)
        except counter.NobodyHere:
            return HttpResponseRedirect(reverse("desk:find"))
        return view(request, visit, *arguments, **named)

    declared = uses(counter.ABOVE_THE_PAGE)(run) if uses_of(view) is not None else run
    return for_employees(COUNTER_STAFF)(declared)


@require_http_methods(["GET", "POST"])
@for_employees(COUNTER_STAFF)
@uses("aanmelden", reads("loket.meekijken", "brp.naam"))
def find(request: HttpRequest) -> HttpResponse:
    """Wie staat bij u? The number travels in the body of a post only."""
    frame = counter.counter_frame(request)
    if request.method != "POST":
        return show(request, counter.find_page(frame))
    counter.close_visit(request.session)
    posted = request.POST.dict()
    page = counter.find_page(frame, posted)
    if page.errors:
        return show(request, page, 400)
    person = counter.find(who_of(request), posted.get("bsn", ""))
    if person is None:
        return show(request, counter.find_page(frame, posted, unknown=True), 400)
    counter.open_visit(request.session, who_of(request), person, posted["identified_by"])
    return HttpResponseRedirect(COUNTER.home)


@require_POST
@for_employees(COUNTER_STAFF)
@uses()
def close(request: HttpRequest) -> HttpResponse:
    """Sluit af."""
    counter.close_visit(request.session)
    return HttpResponseRedirect(reverse("desk:find"))


@require_GET
@with_resident
@uses("loket.meekijken")
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Their overview."""
    page = home_page(visit.subject, counter.resident_frame(request, visit, "home"), COUNTER)
    return show(request, counter.counter_page(request, visit, page))


@require_GET
@with_resident
@uses()
def messages(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Their messages."""
    found = inbox.messages_for(visit.subject.person, page=page_number(request), size=20)
    page = messages_page(visit.subject, found, counter.resident_frame(request, visit, "messages"), COUNTER)
    return show(request, counter.counter_page(request, visit, page))


@require_GET
@with_resident
@uses("loket.meekijken")
def message(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """One message; that an employee looked along does not count as opened by the resident."""
    found = own_message(visit.subject, identity)
    frame = counter.resident_frame(request, visit, "messages")
    page = message_page(visit.subject, found, frame, COUNTER, shown_in=request.GET.get("tekst", "nl"))
    return show(request, counter.counter_page(request, visit, page, message=found))


@require_GET
@with_resident
@uses(service_role("application_activity"))
def why(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """Why, for a message of theirs."""
    found = own_message(visit.subject, identity)
    frame = counter.resident_frame(request, visit, "messages")
    page = why_page(visit.subject, _case_of(found), frame, COUNTER, back_href=COUNTER.message(found.id))
    return show(request, counter.counter_page(request, visit, page, message=found))


@require_GET
@with_resident
@uses("loket.meekijken")
def data(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Their data; a secret address stays hidden."""
    page = own_data_page(visit.subject, counter.resident_frame(request, visit, "data"), COUNTER)
    return show(request, counter.counter_page(request, visit, page))


@require_GET
@with_resident
@uses("loket.meekijken")
def data_on_paper(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A copy of everything held, to print for who stands here; a secret address is not on it."""
    return copy_on_paper(visit.subject, language_of(request))


@require_GET
@with_resident
@uses("loket.meekijken", reads("machtiging.beheren", "brp.naam"))
def usage(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who used their data."""
    frame = counter.resident_frame(request, visit, "usage")
    page = usage_page(visit.subject, frame, COUNTER, page=page_number(request))
    return show(request, counter.counter_page(request, visit, page))


def _case_of(message: Message) -> Case:
    if message.case is None:
        raise CaseUnknown
    return cases.case(message.case)


@require_POST
@with_resident
@uses()
def answer(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """Record what the resident says: a no at once, a yes after their declaration."""
    found = own_message(visit.subject, identity)
    said = request.POST.get("answer", "")
    proposal = counter.open_proposal(found)
    unasked = proposal is not None and proposal.kind is CaseKind.OWN_INITIATIVE
    if proposal is None or said not in (("no",) if unasked else ("yes", "no", "yes_but")):
        return HttpResponseRedirect(COUNTER.message(identity))
    if said != "no":
        target = reverse("desk:counter_declare", args=[identity])
        return HttpResponseRedirect(f"{target}?maar=1" if said == "yes_but" else target)
    try:
        actions.decline(proposal.id, actor=visit.subject.actor, on=business_today(), never_again=False)
    except StepNotPossible:
        return HttpResponseRedirect(COUNTER.message(identity))
    return HttpResponseRedirect(reverse("desk:counter_receipt", args=[identity]))


@require_http_methods(["GET", "POST"])
@with_resident
@uses("loket.meekijken", "registers.bijhouden", service_role("application_activity"))
def declare(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """What the resident declares with a yes; sending it is the application."""
    found = own_message(visit.subject, identity)
    proposal = counter.open_proposal(found)
    if proposal is None or proposal.kind is not CaseKind.PROPOSAL:
        return HttpResponseRedirect(COUNTER.message(identity))
    form = counter_answer.answer_form(visit, proposal, identity, with_note=request.GET.get("maar") == "1")
    frame = counter.counter_frame(request)
    if request.method != "POST":
        return show(request, counter_answer.declare_page(form, frame))
    posted = request.POST.dict()
    declaration = counter_answer.read_declaration(form, posted)
    if declaration is None:
        return show(request, counter_answer.declare_page(form, frame, posted), 400)
    try:
        actions.apply(proposal.id, declaration, actor=visit.subject.actor, on=business_today())
    except StepNotPossible:
        return HttpResponseRedirect(COUNTER.message(identity))
    request.session[counter.DECLARED] = {
        "case": str(proposal.id),
        "lines": counter_answer.declared_lines(form, declaration),
    }
    return HttpResponseRedirect(reverse("desk:counter_receipt", args=[identity]))


@require_GET
@with_resident
@uses()
def receipt(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """The proof on paper of what was recorded."""
    case = _case_of(own_message(visit.subject, identity))
    given_up = case.state in (CaseState.WITHDRAWN, CaseState.WAIVED)
    applied = case.kind is CaseKind.APPLICATION and not given_up
    if not applied and not given_up and case.state not in (CaseState.DECLINED, CaseState.OPTED_OUT):
        return HttpResponseRedirect(COUNTER.message(identity))
    kept = request.session.get(counter.DECLARED, {})
    today = business_today()
    page = CounterReceiptPage(
        desk=counter.counter_frame(request),
        back_href=COUNTER.message(identity),
        person=visit.subject.name,
        case_number=case.number,
        service=words.service_words(case.service),
        answer="given_up" if given_up else "yes" if applied else "no",
        on=(case.applied_on or today) if applied else today,
        deadline=words.deadline_of(case.decide_by, today) if applied and case.state is not CaseState.DECIDED else None,
        declared=tuple(kept["lines"]) if kept.get("case") == str(case.id) else (),
        employee=who_of(request).name,
    )
    return show(request, page)


@require_POST
@with_resident
@uses("registers.bijhouden", service_role("application_activity"))
def give_up(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """Record that the resident takes an application back, or gives up granted money; with a proof on paper."""
    case = _case_of(own_message(visit.subject, identity))
    if request.POST.get("give_up") != "1" or not can_give_up(case):
        return HttpResponseRedirect(COUNTER.message(identity))
    step = actions.waive if case.state is CaseState.DECIDED else actions.withdraw
    try:
        step(case.id, actor=visit.subject.actor, on=business_today())
    except StepNotPossible:
        return HttpResponseRedirect(COUNTER.message(identity))
    return HttpResponseRedirect(reverse("desk:counter_receipt", args=[identity]))
