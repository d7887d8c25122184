"""Whom a round left to a person: the list, one opened, and what an official does with it."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from waardig.cases.terms import Official, StepNotPossible
from waardig.faces.desk.views.common import OFFICIALS, for_employees, page_number, show
from waardig.kernel.clock import business_today
from waardig.kernel.declared import service_role, uses
from waardig.proposals import actions
from waardig.proposals import queries as proposals
from waardig.proposals.actions import LookedAt
from waardig.proposals.terms import LeftDone, LeftNotPossible, LeftUnknown, NeedsAnother
from waardig.screens.desk_pages import left_page as pages
from waardig.screens.desk_pages.official import actor_of, frame_of, official_of
from waardig.screens.frames import who_of
from waardig.screens.pages.frame import DeskFrame


@require_GET
@for_employees(OFFICIALS)
@uses()
def left_list(request: HttpRequest) -> HttpResponse:
    """Hier mocht de computer niet oordelen."""
    service, reason = request.GET.get("dienst", ""), request.GET.get("reden", "")
    frame = frame_of(request, "left_list")
    return show(request, pages.list_page(frame, service=service, reason=reason, page=page_number(request)))


@require_http_methods(["GET", "POST"])
@for_employees(OFFICIALS)
@uses(service_role("look_activity"), service_role("round_activity"))
def left(request: HttpRequest, item: int) -> HttpResponse:
    """One of them; a post asks the resident, records an application, proposes to close it, or answers that proposal."""
    who, today = who_of(request), business_today()
    frame = frame_of(request, "left_list")
    try:
        known = proposals.left_of(item)
        if request.method == "POST" and request.POST.get("step") in ("agree", "disagree"):
            return _answer(request, item)
        seen = actions.look_at(item, actor_of(who), on=today)
    except LeftUnknown as unknown:
        raise Http404 from unknown
    except LeftDone:
        return show(request, pages.done_page(frame, known))
    if request.method != "POST":
        return show(request, pages.left_page(frame, seen, who.id))
    try:
        return _act(request, frame, seen, official_of(who, seen.left.service, today))
    except (LeftDone, StepNotPossible, LeftNotPossible):
        return HttpResponseRedirect(reverse("desk:left", args=[item]))


def _act(request: HttpRequest, frame: DeskFrame, seen: LookedAt, official: Official) -> HttpResponse:
    today, posted = business_today(), request.POST.dict()
    step = posted.get("step")
    if step == "ask":
        actions.ask_resident(seen, official, on=today)
    elif step == "begin":
        day, typed = pages.read_begin(posted, seen.left, today)
        if day is None:
            return show(request, pages.left_page(frame, seen, official.id, typed=typed), 400)
        actions.begin_by_hand(seen, official, day, typed.how, on=today)
    elif step == "close":
        because, typed = pages.read_because(posted)
        if because is None:
            return show(request, pages.left_page(frame, seen, official.id, typed=typed), 400)
        actions.propose_closing(seen, official, because, on=today)
    return HttpResponseRedirect(reverse("desk:left", args=[seen.left.item]))


def _answer(request: HttpRequest, item: int) -> HttpResponse:
    """What a colleague proposed to close: agree, or let it wait again."""
    who, today = who_of(request), business_today()
    official = official_of(who, proposals.left_of(item).service, today)
    with suppress(LeftDone, NeedsAnother):  # the page says who was first, or that a colleague must confirm
        actions.confirm_closing(item, official, agrees=request.POST.get("step") == "agree", on=today)
    return HttpResponseRedirect(reverse("desk:left", args=[item]))
