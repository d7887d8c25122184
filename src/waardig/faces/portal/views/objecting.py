"""Disagreeing: an objection with its file, a second look, and urging us on when we are late."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from waardig.cases.actions import hearing, penalty, second_look
from waardig.cases.actions import objecting as acts
from waardig.cases.queries import objections as reads
from waardig.cases.terms import CaseUnknown, StepNotPossible
from waardig.cases.terms.objections import NotLateYet
from waardig.faces.portal.views.common import for_residents, frame_for, show
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.mandates.terms import Action
from waardig.screens import file_forms as forms
from waardig.screens import file_pages as files
from waardig.screens.addresses import PORTAL
from waardig.screens.late_page import late_page
from waardig.screens.pages.files import AskForm, AskPage
from waardig.screens.pages.words import Deadline, Words
from waardig.screens.subject import Subject


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER)
@uses("bezwaar")
def object_to(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Maak bezwaar; whoever objected already comes to their objection."""
    decision, case = files.own_decision(subject, identity)
    if there := reads.objection_against(identity, subject.person):
        return HttpResponseRedirect(PORTAL.objection(there.case))
    deadline, notice = files.objecting_term(decision.objection_until)
    typed = request.POST.dict() if request.method == "POST" else {}
    wrong = forms.objection_errors(typed)
    if request.method == "POST" and not wrong:
        found = acts.object_to(
            identity, subject.person, forms.objection_text(typed), actor=subject.actor, on=business_today()
        )
        return HttpResponseRedirect(PORTAL.objection(found.case))
    form = forms.objection_form(PORTAL.object_to(identity), typed, wrong, is_late=deadline is None)
    page = _ask(request, subject, files.OBJECT_HEADING, files.OBJECT_LEAD, form, deadline=deadline, notice=notice)
    return show(request, replace(page, facts=files.decision_facts(decision, case)), 400 if wrong else 200)


def _ask(
    request: HttpRequest,
    subject: Subject,
    heading: Words,
    lead: Words,
    form: AskForm,
    *,
    deadline: Deadline | None = None,
    notice: Words | None = None,
) -> AskPage:
    return AskPage(
        frame=frame_for(request, subject, "messages"),
        back_href=PORTAL.messages,
        heading=heading,
        lead=lead,
        deadline=deadline,
        notice=notice,
        facts=(),
        form=form,
        errors=forms.errors_of(form),
    )


@require_GET
@for_residents(Action.ANSWER)
@uses("bezwaar")
def objection(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """The file of an objection: where it stands, every paper (Awb 7:4)."""
    found = files.own_objection(subject, identity)
    return show(request, files.objection_page(subject, found, frame_for(request, subject, "messages"), PORTAL))


@require_http_methods(["POST", "GET"])
@for_residents(Action.ANSWER)
@uses("bezwaar")
def complete(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Add to an objection."""
    found = files.own_objection(subject, identity)
    if request.method != "POST":
        return HttpResponseRedirect(PORTAL.objection(identity))
    typed = request.POST.dict()
    wrong = forms.objection_errors(typed)
    if wrong:
        late = not found.is_timely and not found.has_late_reason
        form = forms.complete_form(PORTAL.complete(identity), typed, wrong, is_late=late)
        frame = frame_for(request, subject, "messages")
        return show(request, files.objection_page(subject, found, frame, PORTAL, form=form), 400)
    with suppress(StepNotPossible):  # decided or withdrawn meanwhile: the page says so
        acts.complete_objection(identity, forms.objection_text(typed), actor=subject.actor, on=business_today())
    return HttpResponseRedirect(PORTAL.objection(identity))


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER)
@uses("bezwaar")
def talk(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Ask for a talk, or give it up, until we decide (Awb 7:3 c)."""
    found = files.own_objection(subject, identity)
    typed = request.POST.dict() if request.method == "POST" else {}
    wants, wrong = forms.read_talk(typed) if request.method == "POST" else (None, {})
    if wants is not None:
        with suppress(StepNotPossible):  # decided or withdrawn meanwhile: the page says so
            hearing.record_hearing_wish(identity, wants=wants, actor=subject.actor, on=business_today())
        return HttpResponseRedirect(PORTAL.objection(identity))
    form = forms.talk_form(PORTAL.talk(identity), found, typed, wrong)
    page = _ask(request, subject, forms.TALK, forms.TALK_LEAD, form)
    return show(request, replace(page, back_href=PORTAL.objection(identity)), 400 if wrong else 200)


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER)
@uses("bezwaar")
def withdraw(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Withdraw an objection, after one question."""
    found = files.own_objection(subject, identity)
    if request.method == "POST":
        with suppress(StepNotPossible):  # decided or withdrawn meanwhile: the page says so
            acts.withdraw_objection(identity, actor=subject.actor, on=business_today())
        return HttpResponseRedirect(PORTAL.objection(identity))
    heading = Words("Uw bezwaar intrekken?", "Withdraw your objection?")
    lead = Words(
        f"Het gaat om bezwaar {found.number}. Het besluit blijft dan zoals het is.",
        f"It is about objection {found.number}. The decision then stays as it is.",
    )
    page = _ask(request, subject, heading, lead, forms.withdraw_form(PORTAL.withdraw(identity)))
    return show(request, replace(page, back_href=PORTAL.objection(identity)))


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER)
@uses("kijk_nog_eens")
def look_again(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Kijk nog eens: one button and a remark."""
    about = files.own_case(subject, identity)
    typed = request.POST.dict() if request.method == "POST" else {}
    wrong = forms.too_long(("remark",), typed)
    if request.method == "POST" and not wrong:
        found = second_look.ask_second_look(
            identity, subject.person, typed.get("remark", ""), actor=subject.actor, on=business_today()
        )
        return HttpResponseRedirect(PORTAL.look(found.case))
    form = forms.look_form(PORTAL.look_again(identity), typed, wrong)
    page = _ask(request, subject, files.LOOK_HEADING, files.LOOK_LEAD, form, notice=files.look_notice(about))
    return show(request, page, 400 if wrong else 200)


@require_GET
@for_residents(Action.ANSWER)
@uses("kijk_nog_eens")
def look(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """The file of a second look."""
    found = files.own_look(subject, identity)
    return show(request, files.look_page(subject, found, frame_for(request, subject, "messages"), PORTAL))


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER)
@uses("bezwaar")
def turn(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Make an objection of a second look; the day of the question counts."""
    found = files.own_look(subject, identity)
    if found.objection is not None or found.decision is None:
        return HttpResponseRedirect(PORTAL.look(identity))
    typed = request.POST.dict() if request.method == "POST" else {}
    wrong = forms.objection_errors(typed)
    if request.method == "POST" and not wrong:
        made = second_look.turn_into_objection(
            identity, forms.objection_text(typed), actor=subject.actor, on=business_today()
        )
        return HttpResponseRedirect(PORTAL.objection(made.case))
    is_late = found.objection_until is not None and found.asked_on > found.objection_until
    form = forms.objection_form(PORTAL.turn(identity), typed, wrong, is_late=is_late)
    notice = Words(
        "De dag waarop u ons vroeg nog eens te kijken, telt als de dag van uw bezwaar.",
        "The day on which you asked us to look again counts as the day of your objection.",
    )
    page = _ask(request, subject, files.OBJECT_HEADING, files.OBJECT_LEAD, form, notice=notice)
    return show(request, page, 400 if wrong else 200)


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER)
@uses("aanmanen")
def late(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Our term; when it is over one button urges us on (Awb 4:17)."""
    about = files.own_case(subject, identity)
    if about.decide_by is None:
        raise CaseUnknown
    if request.method == "POST":
        with suppress(NotLateYet, StepNotPossible):  # on time, or decided meanwhile: the page says so
            penalty.urge(identity, subject.person, actor=subject.actor, on=business_today())
        return HttpResponseRedirect(PORTAL.late(identity))
    return show(request, late_page(subject, about, frame_for(request, subject, "messages"), PORTAL))
