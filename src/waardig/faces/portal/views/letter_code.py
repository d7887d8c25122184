"""Answering with the code of a letter: without signing in, and without one personal fact on the screen."""

from __future__ import annotations

from typing import Literal, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_http_methods

from waardig.access.terms import Actor
from waardig.cases import actions
from waardig.cases import queries as cases
from waardig.cases.terms import Case, CaseKind, StepNotPossible
from waardig.catalogue import queries as catalogue
from waardig.faces.portal.views.common import show
from waardig.identity.actions import check_guessing, record_wrong_guess
from waardig.identity.terms import TooManyFailures, audience
from waardig.inbox import queries as inbox
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.screens.frames import NAME_ABOVE_THE_PAGE, portal_frame
from waardig.screens.message_pages import is_answerable
from waardig.screens.pages.entrance import LetterAnswerPage, LetterCodePage
from waardig.screens.pages.forms import Field, FieldError

Given = Literal["", "yes", "no", "never", "yes_but"]
ANSWERS = ("yes", "no", "never", "yes_but")


@require_http_methods(["GET", "POST"])
@audience("public")
@uses(NAME_ABOVE_THE_PAGE, "afmelden")
def letter_code(request: HttpRequest, code: str = "") -> HttpResponse:
    """Type the code of a letter, or arrive with it from its QR code."""
    typed = request.POST.get("code", code).strip()
    if request.method == "POST" and request.POST.get("answer") in ANSWERS:
        return _answer(request, typed, cast("Given", request.POST["answer"]))
    if not typed:
        return show(request, _ask(request, "", None))
    case = _case(request, typed)
    if case is None:
        return show(request, _ask(request, typed, FieldError.CODE_UNKNOWN), status=400)
    return show(request, _page(request, typed, case, ""))


def _answer(request: HttpRequest, code: str, given: Given) -> HttpResponse:
    case = _case(request, code)
    if case is None:
        return show(request, _ask(request, code, FieldError.CODE_UNKNOWN), status=400)
    actor = Actor("resident", str(case.applicant), role="brief")
    try:
        if given in ("yes", "yes_but"):
            actions.say_yes(case.id, actor=actor, on=business_today())
        else:
            actions.decline(case.id, actor=actor, on=business_today(), never_again=given == "never")
    except StepNotPossible:
        return HttpResponseRedirect(reverse("portal:letter_code"))
    return show(request, _page(request, code, case, given))


def _case(request: HttpRequest, code: str) -> Case | None:
    """The case of a code, or None; who guesses too often is refused for a while, with the same page."""
    place = salted_hmac("waardig.letter_code", request.META.get("REMOTE_ADDR", "")).hexdigest()
    try:
        check_guessing(place)
    except TooManyFailures:
        return None
    message = inbox.message_by_code(code)
    if message is None or message.case is None:
        record_wrong_guess(place)
        return None
    return cases.case(message.case)


def _ask(request: HttpRequest, typed: str, error: FieldError | None) -> LetterCodePage:
    field = Field("code", typed[:20], error)
    return LetterCodePage(
        frame=portal_frame(request),
        action=reverse("portal:letter_code"),
        code=field,
        errors=(field,) if error else (),
    )


def _page(request: HttpRequest, code: str, case: Case, given: Given) -> LetterAnswerPage:
    return LetterAnswerPage(
        frame=portal_frame(request),
        action=reverse("portal:letter_code"),
        code=code,
        open=is_answerable(case),
        unasked=case.kind is CaseKind.OWN_INITIATIVE,
        given=given,
        sign_in_href=reverse("portal:sign_in"),
        phone=catalogue.municipality().phone,
    )
