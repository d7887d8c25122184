"""Objections, second looks and penalties at the desk: the lists, one file, and each step of an official."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from waardig.cases import queries as cases
from waardig.cases.actions import forwarding, hearing, penalty, reviewing, second_look
from waardig.cases.queries import objections as reads
from waardig.cases.terms import BeyondMandate, CorrectionOpen, Official, OwnReasonsMissing, StepNotPossible
from waardig.cases.terms.objections import (
    AmountTooLow,
    BodyMissing,
    ChanceNotGiven,
    HearingMissing,
    HearingReasonMissing,
    HearingTooSoon,
    PostponementNotPossible,
    SameOfficial,
)
from waardig.cases.terms.ruling import CostsNotPossible, CostsUnanswered, ValueMoved
from waardig.faces.desk.views.common import OFFICIALS, for_employees, page_number, show
from waardig.kernel.clock import business_today
from waardig.kernel.declared import declaring, service_role, uses
from waardig.kernel.errors import Refusal
from waardig.registers.terms import WrongValue
from waardig.screens.desk_pages import file_desk as lists
from waardig.screens.desk_pages import file_page as files
from waardig.screens.desk_pages import file_steps as steps
from waardig.screens.desk_pages import typed_value
from waardig.screens.desk_pages.forward_form import read_forwarding
from waardig.screens.desk_pages.official import frame_of, official_of
from waardig.screens.file_forms import read_cents, read_day
from waardig.screens.frames import who_of
from waardig.screens.pages.forms import FieldError

Posted = dict[str, str]
Wrong = dict[str, FieldError]
Step = Callable[[UUID, Official, Posted], Wrong]
REFUSED: dict[type[Refusal], tuple[str, FieldError]] = {
    SameOfficial: ("outcome", FieldError.NOT_YOURS),
    StepNotPossible: ("outcome", FieldError.ALREADY_DECIDED),
    BeyondMandate: ("new_amount", FieldError.OVER_MANDATE),
    CorrectionOpen: ("outcome", FieldError.CORRECTION_OPEN),
    ChanceNotGiven: ("outcome", FieldError.CHANCE_NOT_GIVEN),
    HearingMissing: ("heard", FieldError.HEARING_MISSING),
    HearingReasonMissing: ("heard_why", FieldError.HEARING_WHY),
    OwnReasonsMissing: ("reasons", FieldError.REASON_TOO_SHORT),
    AmountTooLow: ("new_amount", FieldError.AMOUNT_TOO_LOW),
    HearingTooSoon: ("on", FieldError.HEARING_TOO_SOON),
    PostponementNotPossible: ("until", FieldError.POSTPONED_TOO_FAR),
}
FIRST = {
    "decide": "outcome",
    "invite": "on",
    "report": "held_on",
    "postpone": "until",
    "answer": "answer",
    "forward": "body",
    "settle": "amount",
}


DECIDING_AGAIN = declaring(service_role("decision_activity"), service_role("objection_activity"))
"""To read a household again, and to write another decision in the place of the first."""


@require_GET
@for_employees(OFFICIALS)
@uses()
def objections(request: HttpRequest) -> HttpResponse:
    """Bezwaren."""
    return show(request, lists.objections_page(frame_of(request, "objections"), page=page_number(request)))


@require_GET
@for_employees(OFFICIALS)
@uses()
def looks(request: HttpRequest) -> HttpResponse:
    """Kijk nog eens."""
    return show(request, lists.looks_page(frame_of(request, "looks"), page=page_number(request)))


@require_GET
@for_employees(OFFICIALS)
@uses()
def late(request: HttpRequest) -> HttpResponse:
    """Te laat en bijna te laat."""
    return show(request, lists.late_list_page(frame_of(request, "late"), page=page_number(request)))


@require_http_methods(["GET", "POST"])
@for_employees(OFFICIALS)
@uses(
    "bezwaar", "correctie", "registers.bijhouden", service_role("decision_activity"), service_role("objection_activity")
)
@uses(DECIDING_AGAIN, "bezwaar", "correctie", "registers.bijhouden")
def objection(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One objection; a post takes one step."""
    found = reads.objection(identity)
    official = official_of(who_of(request), found.service, business_today())
    posted, wrong = _post(request, identity, official, OBJECTION_STEPS)
    if posted is not None and not wrong:
        return HttpResponseRedirect(reverse("desk:objection", args=[identity]))
    page = files.objection_desk_page(
        reads.objection(identity), official, frame_of(request, ""), posted=posted, wrong=wrong
    )
    return show(request, page, 400 if wrong else 200)


def _post(
    request: HttpRequest, identity: UUID, official: Official, known: dict[str, Step]
) -> tuple[Posted | None, Wrong]:
    """What was posted and what was wrong with it; nothing was posted when the step is unknown."""
    posted = request.POST.dict() if request.method == "POST" else {}
    step = known.get(posted.get("step", ""))
    if step is None:
        return None, {}
    try:
        return posted, step(identity, official, posted)
    except tuple(REFUSED) as refusal:
        name, error = REFUSED[type(refusal)]
        own = FIRST.get(posted["step"], name)
        return posted, {name if name in posted else own: error}


def _take(case: UUID, official: Official, _posted: Posted) -> Wrong:
    hearing.take_objection(case, official, on=business_today())
    return {}


def _invite(case: UUID, official: Official, posted: Posted) -> Wrong:
    plan, wrong = steps.read_plan(posted)
    if plan is not None:
        hearing.invite(case, official, plan, agreed=posted.get("agreed") == "yes", on=business_today())
    return wrong


def _report(case: UUID, official: Official, posted: Posted) -> Wrong:
    held_on = read_day(posted.get("held_on", ""))
    if held_on is None:
        return {"held_on": FieldError.DAY_WRONG}
    try:
        hearing.report_hearing(case, official, posted.get("report", ""), held_on=held_on, on=business_today())
    except OwnReasonsMissing:
        return {"report": FieldError.REASON_TOO_SHORT}
    except StepNotPossible:
        return {"held_on": FieldError.DAY_IMPOSSIBLE}
    return {}


def _postpone(case: UUID, official: Official, posted: Posted) -> Wrong:
    until = read_day(posted.get("until", ""))
    if until is None:
        return {"until": FieldError.DAY_WRONG}
    try:
        hearing.postpone(
            case,
            official,
            until=until,
            why=posted.get("why", ""),
            consent=posted.get("consent") == "yes",
            on=business_today(),
        )
    except OwnReasonsMissing:
        return {"why": FieldError.ANSWER_TOO_SHORT}
    except StepNotPossible:
        return {"until": FieldError.DAY_IMPOSSIBLE}
    return {}


def _decide(case: UUID, official: Official, posted: Posted) -> Wrong:
    report = files.read_report(cases.case(reads.objection(case).about), official)
    read, wrong = steps.read_ruling(posted, report.attribute if report else None)
    if read is None:
        return wrong
    ruling, repair = read
    try:
        reviewing.decide_objection(case, official, ruling, on=business_today(), repair=repair)
    except ValueMoved:
        return {"repair": FieldError.VALUE_MOVED}
    except WrongValue:
        return {typed_value.NAME: FieldError.VALUE_WRONG}
    except CostsUnanswered:
        return {"costs_answer": FieldError.COSTS_UNANSWERED}
    except CostsNotPossible:
        return {"costs_answer": FieldError.COSTS_NOT_POSSIBLE}
    return {}


def _forward(case: UUID, official: Official, posted: Posted) -> Wrong:
    to, wrong = read_forwarding(posted)
    if wrong:
        return wrong
    try:
        forwarding.forward_objection(case, official, to, on=business_today())
    except BodyMissing:
        return {"body": FieldError.BODY_EMPTY}
    except OwnReasonsMissing:
        return {"forward_why": FieldError.ANSWER_TOO_SHORT}
    return {}


OBJECTION_STEPS: dict[str, Step] = {
    "forward": _forward,
    "take": _take,
    "invite": _invite,
    "report": _report,
    "postpone": _postpone,
    "decide": _decide,
}


@require_http_methods(["GET", "POST"])
@for_employees(OFFICIALS)
@uses(DECIDING_AGAIN, "kijk_nog_eens", "registers.bijhouden")
def look(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One second look; a post answers it."""
    found = reads.second_look(identity)
    official = official_of(who_of(request), found.service, business_today())
    posted, wrong = _post(request, identity, official, {"answer": _answer})
    if posted is not None and not wrong:
        return HttpResponseRedirect(reverse("desk:look", args=[identity]))
    page = files.look_desk_page(
        reads.second_look(identity), official, frame_of(request, ""), posted=posted, wrong=wrong
    )
    return show(request, page, 400 if wrong else 200)


def _answer(case: UUID, official: Official, posted: Posted) -> Wrong:
    said = posted.get("new_amount", "").strip()
    amount = read_cents(said) if said else None
    if said and amount is None:
        return {"new_amount": FieldError.AMOUNT_NOT_A_NUMBER}
    try:
        second_look.answer_second_look(
            case, official, posted.get("answer", ""), new_amount_eurocent=amount, on=business_today()
        )
    except OwnReasonsMissing:
        return {"answer": FieldError.ANSWER_TOO_SHORT}
    return {}


@require_http_methods(["GET", "POST"])
@for_employees(OFFICIALS)
@uses("aanmanen")
def penalty_file(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One notice of default; a post fixes the penalty."""
    found = reads.penalty(identity)
    official = official_of(who_of(request), found.service, business_today())
    posted, wrong = _post(request, identity, official, {"settle": _settle})
    if posted is not None and not wrong:
        return HttpResponseRedirect(reverse("desk:penalty", args=[identity]))
    page = files.penalty_desk_page(reads.penalty(identity), official, frame_of(request, ""), posted=posted, wrong=wrong)
    return show(request, page, 400 if wrong else 200)


def _settle(case: UUID, official: Official, posted: Posted) -> Wrong:
    none_due = posted.get("none_due", "")
    amount = 0 if none_due else read_cents(posted.get("amount", ""))
    if amount is None:
        return {"amount": FieldError.AMOUNT_NOT_A_NUMBER}
    try:
        penalty.settle_penalty(
            case,
            official,
            amount_eurocent=amount,
            reasons=posted.get("reasons", ""),
            none_due=none_due,
            on=business_today(),
        )
    except OwnReasonsMissing:
        return {"reasons": FieldError.ANSWER_TOO_SHORT}
    except BeyondMandate:
        return {"amount": FieldError.OVER_MANDATE}
    return {}
