"""The work list of officials: what waits, which cases, one case, a batch of grants."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from waardig.cases import actions
from waardig.cases.terms import (
    BeyondMandate,
    CaseUnknown,
    CorrectionOpen,
    FactsTooOld,
    NotViewed,
    Official,
    OwnReasonsMissing,
    StepNotPossible,
)
from waardig.faces.desk.views.common import ADMINISTRATORS, EVERYBODY, OFFICIALS, for_employees, page_number, show
from waardig.identity.terms import Role
from waardig.inbox import actions as inbox
from waardig.inbox.terms import StepNotAllowed
from waardig.kernel.clock import business_today
from waardig.kernel.declared import service_role, uses
from waardig.kernel.errors import Refusal
from waardig.screens.desk_pages import batch_page as batches
from waardig.screens.desk_pages import case_page as case_pages
from waardig.screens.desk_pages.decision_form import Typed, decision_form, read_decision
from waardig.screens.desk_pages.held_page import held_page
from waardig.screens.desk_pages.official import frame_of, official_of, remember_household
from waardig.screens.desk_pages.queue_page import decide_list_page, queue_page
from waardig.screens.frames import who_of
from waardig.screens.pages.forms import FieldError

RECEIPT = "confirmed"
REFUSED: dict[type[Refusal], tuple[str, FieldError]] = {
    StepNotPossible: ("outcome", FieldError.ALREADY_DECIDED),
    OwnReasonsMissing: ("reason", FieldError.REASON_TOO_SHORT),
    BeyondMandate: ("amount", FieldError.OVER_MANDATE),
    CorrectionOpen: ("outcome", FieldError.CORRECTION_OPEN),
    FactsTooOld: ("outcome", FieldError.FACTS_TOO_OLD),
    NotViewed: ("case", FieldError.NOT_SEEN),
    CaseUnknown: ("case", FieldError.ALREADY_DECIDED),
}


_FIRST = (
    ("queue", frozenset(OFFICIALS)),
    ("payments", frozenset({Role.PAYER.value})),
    ("system", frozenset(ADMINISTRATORS)),
    ("questions", frozenset({Role.CONTENT.value})),
    ("destruction", frozenset({Role.RECORDS.value})),
)


@require_GET
@for_employees(EVERYBODY)
@uses()
def home(request: HttpRequest) -> HttpResponse:
    """Where an employee starts: at the first page of their role, or else the counter."""
    roles = who_of(request).roles
    first = next((page for page, some in _FIRST if some & roles), "find")
    return HttpResponseRedirect(reverse(f"desk:{first}"))


@require_GET
@for_employees(OFFICIALS)
@uses()
def queue(request: HttpRequest) -> HttpResponse:
    """Werkvoorraad."""
    return show(request, queue_page(frame_of(request, "queue")))


@require_GET
@for_employees(OFFICIALS)
@uses()
def decide_list(request: HttpRequest) -> HttpResponse:
    """Zelf beslissen."""
    frame = frame_of(request, "decide_list")
    return show(request, decide_list_page(frame, who_of(request), request.session, page=page_number(request)))


@require_http_methods(["GET", "POST"])
@for_employees(OFFICIALS)
@uses("registers.bijhouden", service_role("decision_activity"))
def case(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One case: opening it is recorded; a post decides it."""
    official = official_of(who_of(request), case_pages.service_of_case(identity), business_today())
    opened = case_pages.open_case(identity, official)
    remember_household(request.session, identity, opened.called)
    form = None
    if request.method == "POST" and case_pages.may_decide(opened, official):
        asked, posted = case_pages.asked_of(opened, official), request.POST.dict()
        typed = read_decision(asked, posted)
        refused = _decide(opened, official, typed) if typed else {}
        if typed and not refused:
            target = reverse("desk:case", args=[identity]) if typed.outcome else reverse("desk:decide_list")
            return HttpResponseRedirect(target)
        form = decision_form(asked, posted=posted, refused=refused)
    elif opened.is_waiting:
        actions.view_case(identity, official, on=business_today())
        actions.freshen_soon(opened.case)
    page = case_pages.case_page(opened, official, frame_of(request, ""), form=form)
    return show(request, page, 400 if form else 200)


def _decide(opened: case_pages.OpenedCase, official: Official, typed: Typed) -> dict[str, FieldError]:
    """Decide, or what was refused by field."""
    try:
        if typed.outcome is None:
            actions.propose_instead(opened.case.id, official, typed.reasons, on=business_today())
            return {}
        actions.decide(
            opened.case.id,
            official,
            typed.outcome,
            actor_kind="employee",
            reasons=typed.reasons,
            amount_eurocent=typed.amount_eurocent,
            on=business_today(),
        )
    except (StepNotPossible, OwnReasonsMissing, BeyondMandate, CorrectionOpen, FactsTooOld) as refusal:
        return dict([REFUSED[type(refusal)]])
    return {}


@require_http_methods(["GET", "POST"])
@for_employees(OFFICIALS)
@uses("registers.bijhouden", service_role("decision_activity"))
def batch(request: HttpRequest) -> HttpResponse:
    """Toekenningen bevestigen: a post shows the total of what is ticked, and confirms when that total was shown."""
    who, frame = who_of(request), frame_of(request, "batch")
    if request.method != "POST":
        return show(request, batches.batch_page(frame, who, request.session))
    chosen = _ids(request.POST.getlist("case"))
    page = batches.batch_page(frame, who, request.session, chosen=chosen)
    error = None if chosen else FieldError.NOTHING_CHOSEN
    if chosen and len(chosen) != page.chosen:
        error = FieldError.NOT_SEEN
    elif chosen and request.POST.get("shown") == page.shown:
        error = _confirm(request, chosen)
        if error is None:
            return HttpResponseRedirect(reverse("desk:batch_done"))
    if error:
        page = batches.batch_page(frame, who, request.session, chosen=chosen, error=error)
    return show(request, page, 400 if error else 200)


def _confirm(request: HttpRequest, chosen: Iterable[UUID]) -> FieldError | None:
    """Confirm all of them or none; keeps the receipt for the next page."""
    today = business_today()
    ordered = sorted(chosen)
    official = official_of(who_of(request), case_pages.service_of_case(ordered[0]), today)
    try:
        decisions = actions.confirm_grants(ordered, official, on=today)
    except (CaseUnknown, NotViewed, StepNotPossible, BeyondMandate, CorrectionOpen, FactsTooOld) as refusal:
        return REFUSED[type(refusal)][1]
    request.session[RECEIPT] = batches.receipt_of(decisions)
    return None


def _ids(texts: Iterable[str]) -> frozenset[UUID]:
    found = set()
    for text in texts:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return frozenset(found)


@require_GET
@for_employees(OFFICIALS)
@uses()
def batch_done(request: HttpRequest) -> HttpResponse:
    """The receipt of the last confirmation in this session."""
    receipt = request.session.get(RECEIPT)
    if not receipt:
        return HttpResponseRedirect(reverse("desk:batch"))
    return show(request, batches.done_page(frame_of(request, "batch"), receipt))


@require_http_methods(["GET", "POST"])
@for_employees(OFFICIALS)
@uses()
def held(request: HttpRequest) -> HttpResponse:
    """Post that could not go out: try again, or stop it."""
    if request.method == "POST":
        _settle_held(request)
        return HttpResponseRedirect(reverse("desk:held"))
    return show(request, held_page(frame_of(request, "held"), page=page_number(request)))


def _settle_held(request: HttpRequest) -> None:
    """One step for one delivery; a step that is no longer possible changes nothing."""
    steps = {"release": inbox.release, "cancel": inbox.cancel}
    step = steps.get(request.POST.get("step", ""))
    for delivery in _ids([request.POST.get("delivery", "")]):
        if step is not None:
            try:
                step(delivery, actor=f"employee:{who_of(request).role}", on=business_today())
            except StepNotAllowed:
                return


@require_GET
@for_employees(EVERYBODY)
@uses()
def large(request: HttpRequest) -> HttpResponse:
    """Large letters on or off for this session, then back to the page it was asked on."""
    request.session["large"] = request.session.get("large") is not True
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return HttpResponseRedirect(back if safe else reverse("desk:home"))
