"""Klopt dit niet? One value, one report: form, check, receipt; the holder of the source answers."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from waardig.cases import actions
from waardig.cases import queries as cases
from waardig.cases.terms import CaseState, CaseUnknown, Correction
from waardig.faces.portal.views.common import for_residents, frame_for, show
from waardig.inbox import queries as inbox
from waardig.kernel.clock import business_today
from waardig.kernel.content import content_roots
from waardig.kernel.declared import service_role, uses
from waardig.mandates.terms import Action
from waardig.registers import queries as registers
from waardig.registers.terms import RegisterFact
from waardig.screens.addresses import PORTAL
from waardig.screens.message_pages import own_message
from waardig.screens.own_data_page import own_facts, shown_value
from waardig.screens.own_history import own_ticket
from waardig.screens.pages import correction as pages
from waardig.screens.pages.forms import Field, FieldError
from waardig.screens.pages.words import Words
from waardig.screens.subject import Subject
from waardig.screens.why_page import explained_facts

LONGEST = 2000
DRAFT = "correction"


def doubted_of(fact: RegisterFact) -> pages.Doubted:
    """A value as the correction pages name it."""
    return _doubted(fact.attribute, fact)


def _doubted(name: str, fact: RegisterFact | None) -> pages.Doubted:
    known = registers.declarations(content_roots())
    attribute = known.attribute(name)
    register = known.register_of(name)
    return pages.Doubted(
        label=Words(attribute.label.nl, attribute.label.en),
        value=shown_value(attribute, fact) if fact else None,
        source=Words(register.name.nl, register.name.en),
        holder=Words(attribute.holder.name.nl, attribute.holder.name.en),
        since=fact.valid_from if fact else None,
    )


def _own(subject: Subject, identity: UUID) -> RegisterFact:
    found = next((fact for fact in own_facts(subject) if fact.fact_id == identity), None)
    if found is None:
        raise CaseUnknown
    return found


@require_GET
@for_residents(Action.ANSWER, "gegevens")
@uses("inzage.gegevens", "machtiging.gegevens", service_role("application_activity"))
def wrong(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Which value behind this message is wrong?"""
    message = own_message(subject, identity)
    if message.case is None:
        raise Http404
    facts = explained_facts(subject, cases.case(message.case))
    newest = {fact.attribute: fact for fact in sorted(facts, key=lambda f: str(f.valid_from))}
    held = {fact.fact_id for fact in own_facts(subject)}
    values = tuple((doubted_of(fact), PORTAL.correct(fact.fact_id)) for fact in newest.values() if fact.fact_id in held)
    page = pages.CorrectionChoicePage(
        frame=frame_for(request, subject, "messages"),
        back_href=PORTAL.message(message.id),
        values=values,
        data_href=PORTAL.data,
    )
    return show(request, page)


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER, "gegevens")
@uses("inzage.gegevens", "machtiging.gegevens")
def correct(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """The form; what is typed is kept until it is sent."""
    fact = _own(subject, identity)
    draft = _draft(request, identity)
    should_be = request.POST.get("correct_value", draft.get("correct_value", "")).strip()
    because = request.POST.get("explanation", draft.get("explanation", "")).strip()
    error = None
    if request.method == "POST":
        error = FieldError.CORRECTION_EMPTY if not should_be else None
        error = FieldError.TOO_LONG if len(should_be) + len(because) > LONGEST else error
        if error is None:
            request.session[DRAFT] = {"fact": str(identity), "correct_value": should_be, "explanation": because}
            return HttpResponseRedirect(reverse("portal:correct_check", args=[identity]))
    field = Field("correct_value", should_be, error)
    page = pages.CorrectionFormPage(
        frame=frame_for(request, subject, "data"),
        back_href=PORTAL.data,
        action=PORTAL.correct(identity),
        doubted=doubted_of(fact),
        with_yes=False,
        correct_value=field,
        explanation=Field("explanation", because),
        errors=(field,) if error else (),
    )
    return show(request, page, status=400 if error else 200)


def _draft(request: HttpRequest, identity: UUID) -> dict[str, str]:
    kept = request.session.get(DRAFT)
    return kept if isinstance(kept, dict) and kept.get("fact") == str(identity) else {}


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER, "gegevens")
@uses("correctie", "inzage.gegevens", "machtiging.gegevens")
def correct_check(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Check and send; sending twice gives one report."""
    draft = _draft(request, identity)
    open_already = [one for one in cases.corrections_of(subject.person, only_open=True) if one.fact == identity]
    if open_already:
        return HttpResponseRedirect(reverse("portal:correct_receipt", args=[open_already[0].case.id]))
    if not draft:
        return HttpResponseRedirect(PORTAL.correct(identity))
    fact = _own(subject, identity)
    if request.method == "POST":
        found = actions.report_wrong(
            subject.person,
            fact.attribute,
            fact.fact_id,
            should_be=draft["correct_value"],
            explanation=draft["explanation"],
            actor=subject.actor,
            on=business_today(),
        )
        return HttpResponseRedirect(reverse("portal:correct_receipt", args=[found.case.id]))
    page = pages.CorrectionCheckPage(
        frame=frame_for(request, subject, "data"),
        back_href=PORTAL.correct(identity),
        action=reverse("portal:correct_check", args=[identity]),
        doubted=doubted_of(fact),
        correct_value=draft["correct_value"],
        explanation=draft["explanation"],
        change_href=PORTAL.correct(identity),
    )
    return show(request, page)


@require_GET
@for_residents(theme="gegevens")
@uses("inzage.gegevens", "machtiging.gegevens")
def correct_receipt(request: HttpRequest, subject: Subject, case: UUID) -> HttpResponse:
    """The receipt of a report: number, last day of the answer; once answered the answer itself, where one objects."""
    found = cases.correction(case)
    if found.person != subject.person:
        raise CaseUnknown
    if found.case.state is CaseState.ANSWERED and (answer := _answer_to(subject, found)):
        return HttpResponseRedirect(PORTAL.message(answer))
    return show(request, _receipt(request, subject, found))


def _answer_to(subject: Subject, found: Correction) -> UUID | None:
    """The message with the answer, when this reader has it."""
    sent = inbox.messages_of_case(found.case.id).messages
    mine = (one.id for one in sent if one.recipient == subject.person and one.reader == subject.reader)
    return next(mine, None) if subject.opens(found.case.service) else None


def _reported(subject: Subject, identity: UUID) -> RegisterFact | None:
    """The fact of a report, also when another took its place since; who helps sees what holds now only."""
    ticket = own_ticket(subject)
    facts = list(registers.take(ticket))
    if subject.authority is None:
        facts += [recorded.fact for recorded in registers.take_history(ticket)]
    return next((fact for fact in facts if fact.fact_id == identity), None)


def _receipt(request: HttpRequest, subject: Subject, found: Correction) -> pages.CorrectionReceiptPage:
    draft = _draft(request, found.fact) if found.fact else {}
    fact = _reported(subject, found.fact) if found.fact else None
    return pages.CorrectionReceiptPage(
        frame=frame_for(request, subject, "data"),
        case_number=found.case.number,
        doubted=_doubted(found.attribute, fact),
        correct_value=draft.get("correct_value", ""),
        answer_by=found.answer_by,
        frozen=True,
        print_href="",
        home_href=PORTAL.home,
    )
