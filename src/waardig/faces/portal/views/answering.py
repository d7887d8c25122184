"""Answering a proposal: yes with a declaration, one question a page; no, now or never again.

The day of the yes is kept at the first press; what is filled in is kept behind the gate at every step.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from waardig.cases import actions
from waardig.cases import queries as cases
from waardig.cases.terms import Case, CaseState, EventKind, StepNotPossible
from waardig.faces.portal.views.common import for_residents, frame_for, show
from waardig.inbox.terms import Message
from waardig.kernel.clock import business_today
from waardig.kernel.declared import service_role, uses
from waardig.mandates.terms import Action
from waardig.screens import declaring
from waardig.screens.addresses import PORTAL
from waardig.screens.message_pages import can_give_up, own_message
from waardig.screens.pages import choices
from waardig.screens.pages.giving_up import GiveUpPage
from waardig.screens.subject import Subject


def _case_of(subject: Subject, identity: UUID) -> tuple[Message, Case]:
    message = own_message(subject, identity)
    if message.case is None:
        raise Http404
    return message, cases.case(message.case)


@require_POST
@for_residents(Action.ANSWER)
@uses()
def answer(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Yes or no, as posted by the two equal buttons."""
    message, case = _case_of(subject, identity)
    if request.POST.get("answer") == "yes":
        return _yes(subject, message, case, with_note=False)
    return HttpResponseRedirect(reverse("portal:decline", args=[message.id]))


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER)
@uses()
def yes_but(_request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Yes, but something is wrong: the same application, with a question more."""
    message, case = _case_of(subject, identity)
    return _yes(subject, message, case, with_note=True)


def _yes(subject: Subject, message: Message, case: Case, *, with_note: bool) -> HttpResponse:
    try:
        actions.say_yes(case.id, actor=subject.actor, on=business_today())
    except StepNotPossible:
        return HttpResponseRedirect(PORTAL.message(message.id))
    first = declaring.questions(case, with_note=with_note)[0]
    return HttpResponseRedirect(_step_address(message, first, with_note=with_note))


def _step_address(message: Message, question: str, *, with_note: bool) -> str:
    address = reverse("portal:declare", args=[message.id, question])
    return f"{address}?maar=1" if with_note else address


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER)
@uses("inzage.gegevens", "machtiging.gegevens", "registers.bijhouden")
def declare(request: HttpRequest, subject: Subject, identity: UUID, question: str) -> HttpResponse:
    """One question of the declaration."""
    message, case = _case_of(subject, identity)
    with_note = request.GET.get("maar") == "1"
    if not declaring.may_ask(case, question) or not declaring.is_open(case):
        return HttpResponseRedirect(PORTAL.message(message.id))
    form = declaring.Declaring(subject, case, message.id, with_note=with_note)
    if request.method == "POST":
        typed = form.read(question, request.POST)
        if not typed.errors:
            actions.declare(case, typed.values, on=business_today())
            return HttpResponseRedirect(form.after(question, back_to_check=request.GET.get("controle") == "1"))
        return show(request, form.page(question, frame_for(request, subject, "messages"), typed), status=400)
    return show(request, form.page(question, frame_for(request, subject, "messages"), None))


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER)
@uses("inzage.gegevens", "machtiging.gegevens", "registers.bijhouden", service_role("application_activity"))
def declare_check(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Check the answers and send: the application, once, however often the button is pressed."""
    message, case = _case_of(subject, identity)
    with_note = request.GET.get("maar") == "1"
    form = declaring.Declaring(subject, case, message.id, with_note=with_note)
    if not declaring.is_open(case):
        return HttpResponseRedirect(reverse("portal:declare_receipt", args=[message.id]))
    missing = form.first_missing()
    if missing:
        return HttpResponseRedirect(_step_address(message, missing, with_note=with_note))
    if request.method == "POST":
        try:
            actions.apply(case.id, form.declaration(), actor=subject.actor, on=business_today())
        except StepNotPossible:
            return HttpResponseRedirect(PORTAL.message(message.id))
        return HttpResponseRedirect(reverse("portal:declare_receipt", args=[message.id]))
    return show(request, form.check_page(frame_for(request, subject, "messages")))


@require_http_methods(["GET"])
@for_residents()
@uses("inzage.gegevens", "machtiging.gegevens")
def declare_receipt(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """The receipt: number, what we got, our last day."""
    message, case = _case_of(subject, identity)
    if declaring.is_open(case) or case.applied_on is None:
        return HttpResponseRedirect(PORTAL.message(message.id))
    form = declaring.Declaring(subject, case, message.id, with_note=False)
    return show(request, form.receipt_page(frame_for(request, subject, "messages")))


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER)
@uses("afmelden", service_role("application_activity"))
def decline(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """No: not now, or never again; nothing is recorded before one of the two is chosen."""
    message, case = _case_of(subject, identity)
    frame = frame_for(request, subject, "messages")
    service = declaring.service_words(case)
    scope = request.POST.get("scope")
    if request.method != "POST" or scope not in ("now", "never"):
        page = choices.DeclinePage(
            frame=frame,
            back_href=PORTAL.message(message.id),
            action=reverse("portal:decline", args=[message.id]),
            service=service,
            about=subject.about,
        )
        return show(request, page)
    try:
        actions.decline(case.id, actor=subject.actor, on=business_today(), never_again=scope == "never")
    except StepNotPossible:
        return HttpResponseRedirect(PORTAL.message(message.id))
    done = choices.DeclinedPage(
        frame=frame,
        case_number=case.number,
        on=business_today(),
        scope="never" if scope == "never" else "now",
        service=service,
        message_href=PORTAL.message(message.id),
        opt_in_href=PORTAL.opt_out,
        home_href=PORTAL.home,
    )
    return show(request, done)


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER)
@uses("registers.bijhouden", service_role("application_activity"))
def give_up(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Take an application back before the decision, or give up granted money before it is paid."""
    message, case = _case_of(subject, identity)
    ended = case.state in (CaseState.WITHDRAWN, CaseState.WAIVED)
    if not ended and not can_give_up(case):
        return HttpResponseRedirect(PORTAL.message(message.id))
    waived = case.state in (CaseState.DECIDED, CaseState.WAIVED)
    if request.method == "POST" and request.POST.get("give_up") == "1" and not ended:
        step = actions.waive if waived else actions.withdraw
        try:
            step(case.id, actor=subject.actor, on=business_today())
        except StepNotPossible:
            return HttpResponseRedirect(PORTAL.message(message.id))
        return HttpResponseRedirect(PORTAL.give_up(message.id))
    kinds = (EventKind.WITHDRAWN, EventKind.WAIVED)
    done = [event.on for event in cases.events_of(case.id) if event.kind in kinds] if ended else []
    page = GiveUpPage(
        frame=frame_for(request, subject, "messages"),
        back_href=PORTAL.message(message.id),
        action=PORTAL.give_up(message.id),
        service=declaring.service_words(case),
        case_number=case.number,
        waived=waived,
        done_on=done[-1] if done else None,
        home_href=PORTAL.home,
        about=subject.about,
    )
    return show(request, page)
