"""Vernietigen: lists of what is past its term, made by one official and approved by another one."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waardig.archive import actions, queries
from waardig.archive.terms import (
    ApprovedByMaker,
    DestructionListChanged,
    DestructionListUnknown,
    HoldDayPast,
    HoldDayUnknown,
    HoldNotPossible,
    NotADraft,
    NotARecordKeeper,
    NothingDue,
    ReasonMissing,
)
from waardig.cases.terms import CaseUnknown
from waardig.faces.desk.views.common import for_employees, page_number, show
from waardig.identity.terms import Role
from waardig.kernel.clock import business_today
from waardig.kernel.days import date_typed
from waardig.kernel.declared import uses
from waardig.screens.desk_pages import destruction_pages as pages
from waardig.screens.desk_pages.official import frame_of
from waardig.screens.frames import who_of
from waardig.screens.pages.desk_destruction import HoldTyped

READERS = (Role.RECORDS.value,)
REFUSED = (
    ApprovedByMaker, CaseUnknown, DestructionListChanged, HoldDayPast, HoldDayUnknown, HoldNotPossible, NotADraft,
    NotARecordKeeper, NothingDue, ReasonMissing,
)  # fmt: skip
HOLD_FIELDS = tuple(one.name for one in fields(HoldTyped))


@require_http_methods(["GET", "POST"])
@for_employees(READERS)
@uses("archief.langer")
def destruction(request: HttpRequest) -> HttpResponse:
    """Vernietigen: the lists; make a new one of everything that is due; keep a case longer, or end that."""
    frame = frame_of(request, "destruction")
    if request.method != "POST":
        return show(request, pages.lists_page(frame, page=page_number(request)))
    try:
        return HttpResponseRedirect(_on_the_lists(request, who_of(request).id))
    except REFUSED as refused:
        typed = HoldTyped(**{name: request.POST.get(name, "") for name in HOLD_FIELDS})
        return show(request, pages.lists_page(frame, typed=typed, refused=refused), 400)


def _on_the_lists(request: HttpRequest, official: str) -> str:
    """One step of the page with the lists; gives where to go on."""
    step, today, said = request.POST.get("step", ""), business_today(), request.POST.get
    here = reverse("desk:destruction")
    if step == "hold":
        until = _day(said("until", ""))
        actions.place_hold(said("number", "").strip(), official, said("reason", ""), on=today, until=until)
    elif step == "lift":
        actions.lift_hold(said("lift_number", "").strip(), official, said("lift_reason", ""), on=today)
    elif step == "make":
        actions.appraise()
        return reverse("desk:destruction_list", args=[actions.make_list(official, on=today).id])
    return here


def _day(text: str) -> date:
    """The day to look again, as it was typed.

    Raises:
        HoldDayUnknown.
    """
    try:
        return date_typed(text)
    except ValueError as wrong:
        raise HoldDayUnknown(text) from wrong


@require_http_methods(["GET", "POST"])
@for_employees(READERS)
@uses()
def destruction_list(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One list: approve it, take a line off, refuse it, or get its declaration."""
    who, frame = who_of(request), frame_of(request, "destruction")
    try:
        if request.method != "POST":
            return show(request, pages.list_page(frame, who, identity, page=page_number(request)))
        try:
            return _step(request, identity, who.id)
        except REFUSED as refused:
            typed = {name: request.POST.get(name, "") for name in ("count", "place", "reason")}
            return show(request, pages.list_page(frame, who, identity, typed=typed, refused=refused), 400)
    except DestructionListUnknown as unknown:
        raise Http404 from unknown


def _step(request: HttpRequest, identity: UUID, official: str) -> HttpResponse:
    step, today = request.POST.get("step", ""), business_today()
    if step == "declaration":
        return _declaration(identity)
    if step == "approve":
        _approve(request, identity, official)
    elif step == "withdraw":
        actions.withdraw(identity, official, request.POST.get("reason", ""), on=today)
    elif step == "remove":
        place = request.POST.get("place", "").strip()
        number = int(place) if place.isascii() and place.isdigit() and len(place) < 6 else 0
        actions.remove_line(identity, number, official, request.POST.get("reason", ""), on=today)
    return HttpResponseRedirect(reverse("desk:destruction_list", args=[identity]))


def _approve(request: HttpRequest, identity: UUID, official: str) -> None:
    """The official copies how many lines there are; the fingerprint of the page that was seen comes with it."""
    known = queries.list_of(identity)
    if request.POST.get("count", "").strip() != str(known.lines) and known.made_by != official:
        raise DestructionListChanged(known.number)
    actions.approve(identity, official, on=business_today(), shown=request.POST.get("shown", ""))


def _declaration(identity: UUID) -> HttpResponse:
    """The declaration of destruction with its lines, as one file that is the same each time."""
    files = actions.declaration(identity)
    name = next(one for one in files if one.endswith(".zip"))
    answer = HttpResponse(files[name], content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
