"""Machtigen: give somebody a mandate, say yes to a helper, use a code, end it. Never for another: only for oneself."""

from __future__ import annotations

from datetime import date
from typing import Literal, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waardig.faces.portal.views.common import for_residents, frame_for, show
from waardig.identity.actions import check_guessing, record_wrong_guess
from waardig.identity.terms import TooManyFailures
from waardig.kernel.clock import business_today
from waardig.kernel.declared import reads, uses
from waardig.mandates import actions
from waardig.mandates.terms import MandateRefused
from waardig.screens.mandates_page import mandate_form, mandates_page, refused_to_give
from waardig.screens.pages import mandates as pages
from waardig.screens.pages.forms import Field, FieldError
from waardig.screens.pages.words import Words
from waardig.screens.subject import Subject

CODE = "mandate_code"
DONE = ("confirmed", "ended", "accepted")


@require_GET
@for_residents(own_only=True)
@uses(reads("machtiging.beheren", "brp.naam"))
def overview(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Who helps you, and whom you help."""
    said = request.GET.get("gedaan", "")
    done = cast("Literal['', 'confirmed', 'ended', 'accepted']", said if said in DONE else "")
    return show(request, mandates_page(subject, frame_for(request, subject), done=done))


@require_http_methods(["GET", "POST"])
@for_residents(own_only=True)
@uses("machtiging.beheren")
def give(request: HttpRequest, subject: Subject) -> HttpResponse:
    """What may somebody help you with, and for how long?"""
    posted = request.POST.dict() if request.method == "POST" else None
    typed = mandate_form(posted, request.POST.getlist("themes"))
    refused = refused_to_give(subject.person)
    if posted is not None and not typed.errors and refused is None:
        made = actions.invite(
            subject.person,
            themes=typed.themes,
            action=typed.action,
            months=typed.months,
            actor=subject.actor,
            on=business_today(),
        )
        request.session[CODE] = {"code": made.code, "until": made.mandate.code_until.isoformat()}
        return HttpResponseRedirect(reverse("portal:mandate_code"))
    page = pages.GiveMandatePage(
        frame=frame_for(request, subject),
        back_href=reverse("portal:mandates"),
        action=reverse("portal:mandate_give"),
        form=typed.form,
        errors=typed.errors if refused is None else (),
        refused=refused,
    )
    return show(request, page, 400 if page.errors or (posted is not None and refused) else 200)


@require_GET
@for_residents(own_only=True)
@uses()
def code(request: HttpRequest, subject: Subject) -> HttpResponse:
    """The code that was just made; it is shown once."""
    made = request.session.pop(CODE, None)
    if not isinstance(made, dict):
        return HttpResponseRedirect(reverse("portal:mandates"))
    frame = frame_for(request, subject)
    until = date.fromisoformat(str(made["until"]))
    return show(request, pages.MandateCodePage(frame, str(made["code"]), until, reverse("portal:mandates")))


@require_http_methods(["GET", "POST"])
@for_residents(own_only=True)
@uses("machtiging.beheren")
def use(request: HttpRequest, subject: Subject) -> HttpResponse:
    """The helper enters the code; who guesses too often waits."""
    typed, works_here = request.POST.get("code", "").strip(), request.POST.get("works_here", "").strip()
    refused: Words | None = None
    error: FieldError | None = None
    if request.method == "POST":
        place = salted_hmac("waardig.mandate_code", str(subject.person)).hexdigest()
        try:
            check_guessing(place)
            actions.accept(typed, subject.person, level=subject.who.level, works_here=works_here, on=business_today())
            return HttpResponseRedirect(reverse("portal:mandates") + "?gedaan=accepted")
        except TooManyFailures as wait:
            refused = Words(wait.text_nl, wait.text_en)
        except MandateRefused as refusal:
            error = FieldError.MANDATE_CODE_UNKNOWN if refusal.reason == "code_unknown" else None
            refused = None if error else Words(refusal.text_nl, refusal.text_en)
            if error:
                record_wrong_guess(place)
    field = Field("code", typed[:20], error)
    page = pages.UseCodePage(
        frame=frame_for(request, subject),
        back_href=reverse("portal:mandates"),
        action=reverse("portal:mandate_use"),
        code=field,
        works_here=Field("works_here", works_here[:40]),
        errors=(field,) if error else (),
        refused=refused,
    )
    return show(request, page, 400 if error or refused else 200)


@require_POST
@for_residents(own_only=True)
@uses("machtiging.beheren")
def confirm(_request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Yes, this person may help me."""
    try:
        actions.confirm(identity, subject.person, on=business_today())
    except MandateRefused:
        return HttpResponseRedirect(reverse("portal:mandates"))
    return HttpResponseRedirect(reverse("portal:mandates") + "?gedaan=confirmed")


@require_POST
@for_residents(own_only=True)
@uses("machtiging.beheren")
def end(_request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Stop: at once, by either of the two."""
    try:
        actions.end(identity, actor=subject.actor, by=subject.person, on=business_today())
    except MandateRefused:
        return HttpResponseRedirect(reverse("portal:mandates"))
    return HttpResponseRedirect(reverse("portal:mandates") + "?gedaan=ended")
