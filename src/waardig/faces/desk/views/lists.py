"""Lists of announced grants: which wait, and confirming one with its control total."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from waardig.cases.terms import BeyondMandate, OwnReasonsMissing
from waardig.faces.desk.views.common import OFFICIALS, for_employees, show
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.kernel.money import cents
from waardig.proposals import queries as proposals
from waardig.proposals.actions import confirm_list, release_list
from waardig.proposals.terms import ControlTotalDiffers, ListHeldBack, ListNotReady, ListUnknown, SampleNotJudged
from waardig.screens.desk_pages.grant_list_page import list_page, lists_page
from waardig.screens.desk_pages.official import frame_of, official_of
from waardig.screens.frames import who_of
from waardig.screens.pages.forms import Field, FieldError


@require_GET
@for_employees(OFFICIALS)
@uses()
def grant_lists(request: HttpRequest) -> HttpResponse:
    """Lijsten om toe te kennen."""
    return show(request, lists_page(frame_of(request, "grant_lists")))


@require_http_methods(["GET", "POST"])
@for_employees(OFFICIALS)
@uses()
def grant_list(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One list; a post confirms it with the typed total, or lets it go on after the sample deviated."""
    try:
        service = proposals.list_of(identity).service
    except ListUnknown as unknown:
        raise Http404 from unknown
    today = business_today()
    official = official_of(who_of(request), service, today)
    frame = frame_of(request, "grant_lists")
    if request.method != "POST":
        return show(request, list_page(frame, identity, official))
    if request.POST.get("step") == "release":
        typed = request.POST.get("reasons", "")
        try:
            release_list(identity, official, typed, on=today)
        except (OwnReasonsMissing, BeyondMandate) as refusal:
            short = isinstance(refusal, OwnReasonsMissing)
            field = Field("reasons", typed, FieldError.REASON_TOO_SHORT if short else FieldError.OVER_MANDATE)
            return show(request, list_page(frame, identity, official, release=field), 400)
        return HttpResponseRedirect(reverse("desk:grant_list", args=[identity]))
    typed = request.POST.get("total", "").strip()
    try:
        confirm_list(identity, official, typed_eurocent=cents(typed), on=today)
    except ValueError:
        wrong = Field("total", typed, FieldError.AMOUNT_NOT_A_NUMBER)
        return show(request, list_page(frame, identity, official, total=wrong), 400)
    except ControlTotalDiffers:
        wrong = Field("total", typed, FieldError.OTHER_TOTAL)
        return show(request, list_page(frame, identity, official, total=wrong), 400)
    except (BeyondMandate, ListHeldBack, ListNotReady, SampleNotJudged):
        return show(request, list_page(frame, identity, official), 400)
    return HttpResponseRedirect(reverse("desk:grant_list", args=[identity]))
