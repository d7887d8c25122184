"""Reports that a value is wrong: the list and the answer of an official."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from waardig.cases import actions
from waardig.cases.terms import Official, OwnReasonsMissing, StepNotPossible
from waardig.faces.desk.views.common import OFFICIALS, for_employees, page_number, show
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.registers.terms import WrongValue
from waardig.screens.desk_pages import correction_page as reports
from waardig.screens.desk_pages import typed_value
from waardig.screens.desk_pages.official import frame_of, official_of
from waardig.screens.frames import who_of
from waardig.screens.pages.forms import FieldError


@require_GET
@for_employees(OFFICIALS)
@uses()
def corrections(request: HttpRequest) -> HttpResponse:
    """Meldingen."""
    return show(request, reports.corrections_page(frame_of(request, "corrections"), page=page_number(request)))


@require_http_methods(["GET", "POST"])
@for_employees(OFFICIALS)
@uses("correctie", "registers.bijhouden")
def correction(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One report: the value as it stands, what the resident says, and the answer."""
    today = business_today()
    official = official_of(who_of(request), reports.service_of_report(identity), today)
    opened = reports.open_report(identity, official)
    frame = frame_of(request, "")
    if request.method != "POST" or not opened.is_open:
        return show(request, reports.answer_page(opened, frame))
    posted = request.POST.dict()
    typed = reports.read_answer(opened, posted)
    refused = _answer(identity, official, typed) if typed else {}
    if typed and not refused:
        return HttpResponseRedirect(reverse("desk:correction", args=[identity]))
    return show(request, reports.answer_page(opened, frame, posted=posted, refused=refused), 400)


def _answer(identity: UUID, official: Official, typed: reports.TypedAnswer) -> dict[str, FieldError]:
    """Answer the report, or what was refused by field."""
    try:
        actions.answer_correction(
            identity,
            official,
            upheld=typed.upheld,
            corrected=typed.corrected,
            answer=typed.answer,
            on=business_today(),
        )
    except WrongValue:
        return {typed_value.NAME: FieldError.VALUE_WRONG}
    except OwnReasonsMissing:
        return {"answer": FieldError.ANSWER_TOO_SHORT}
    except StepNotPossible:
        return {"outcome": FieldError.ALREADY_DECIDED}
    return {}
