"""Betalen: lists that two officials check, orders that wait for a person, what the bank said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from waardig.access.terms import AccessRefused
from waardig.faces.desk.views.common import OFFICIALS, for_employees, page_number, show
from waardig.identity.terms import Role
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.kernel.money import cents
from waardig.payments import actions
from waardig.payments.terms import (
    AccountInvalid,
    BeyondPaymentMandate,
    ExportDiffers,
    ListChanged,
    ListUnknown,
    NothingToPay,
    NotReleased,
    OrderNotPossible,
    OrderUnknown,
    PaymentsNotSetUp,
    ReturnFileRefused,
    SameOfficial,
)
from waardig.screens.desk_pages import payment_pages as pages
from waardig.screens.desk_pages.official import frame_of
from waardig.screens.frames import who_of
from waardig.screens.pages.words import Words

READERS = (*OFFICIALS, Role.PAYER.value)
MOST_BYTES = 20_000_000
TOLD = "payments_told"
REFUSED = (
    AccountInvalid, BeyondPaymentMandate, ExportDiffers, ListChanged, NotReleased, NothingToPay, OrderNotPossible,
    PaymentsNotSetUp, ReturnFileRefused, SameOfficial, AccessRefused,
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_employees(READERS)
@uses("betaling.uitvoeren")
def payments(request: HttpRequest) -> HttpResponse:
    """Betalen: make a list, or take in what the bank said."""
    who, frame = who_of(request), frame_of(request, "payments")
    if request.method != "POST":
        told = request.session.pop(TOLD, None)
        words = Words(*told) if told else None
        return show(request, pages.payments_page(frame, who, page=page_number(request), told=words))
    _only_payers(request)
    try:
        if request.POST.get("step") == "take_in":
            _take_in(request)
        else:
            return _make(request)
    except REFUSED as refused:
        return show(request, pages.payments_page(frame, who, refused=refused), 400)
    return HttpResponseRedirect(reverse("desk:payments"))


def _only_payers(request: HttpRequest) -> None:
    if not pages.may_pay(who_of(request)):
        raise Http404


def _make(request: HttpRequest) -> HttpResponse:
    made = actions.make_list(who_of(request).id, on=business_today())
    count = sum(made.to_person.values())
    if count:
        request.session[TOLD] = (
            f"{count} betalingen gaan eerst naar een mens. Zij staan hieronder.",
            f"{count} payments go to a person first. They stand below.",
        )
    if made.list is None:
        return HttpResponseRedirect(reverse("desk:payments"))
    return HttpResponseRedirect(reverse("desk:payment_list", args=[made.list.id]))


def _take_in(request: HttpRequest) -> None:
    file = request.FILES.get("file")
    if file is None or not file.size or file.size > MOST_BYTES:
        raise ReturnFileRefused("no file was chosen, or it is larger than 20 MB")
    done = actions.take_in(file.read(), on=business_today(), actor=who_of(request).id)
    request.session[TOLD] = (
        f"{done.lines} regels gelezen, {done.new} waren nieuw.",
        f"{done.lines} lines read, {done.new} were new.",
    )


@require_http_methods(["GET", "POST"])
@for_employees(READERS)
@uses("betaling.uitvoeren")
def payment_list(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One list: release or withdraw a draft, get the files of a released list."""
    who, frame = who_of(request), frame_of(request, "payments")
    typed = request.POST.get("total", "")
    try:
        if request.method != "POST":
            return show(request, pages.list_page(frame, who, identity))
        _only_payers(request)
        try:
            return _step(request, identity, request.POST.get("step", ""), typed)
        except REFUSED as refused:
            return show(request, pages.list_page(frame, who, identity, total=typed, refused=refused), 400)
    except ListUnknown as unknown:
        raise Http404 from unknown


def _step(request: HttpRequest, identity: UUID, step: str, typed: str) -> HttpResponse:
    official, today = who_of(request).id, business_today()
    if step == "pain":
        return _download(actions.export(identity, "pain", official).files)
    if step == "package":
        return _download(actions.export(identity, "package", official).files)
    if step == "withdraw":
        actions.withdraw(identity, official, on=today)
    elif step == "release":
        actions.release(identity, official, on=today, shown_eurocent=_typed_total(typed))
    return HttpResponseRedirect(reverse("desk:payment_list", args=[identity]))


def _typed_total(typed: str) -> int:
    """What the official typed as control total; what is no amount equals no total."""
    try:
        return cents(typed)
    except ValueError:
        return -1


def _download(files: Mapping[str, bytes]) -> HttpResponse:
    """One file as it is; more of them in a zip without times, so that it too is the same each time."""
    name, content = next(iter(files.items()))
    kind = "application/xml"
    if len(files) > 1:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
            for one, data in files.items():
                packed.writestr(zipfile.ZipInfo(one), data)
        name, content, kind = f"{name.rpartition('.')[0]}.zip", held.getvalue(), "application/zip"
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
@for_employees(READERS)
@uses("betaling.uitvoeren")
def payment_order(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One order: say that the account is right, write down another one, or stop it."""
    who, frame = who_of(request), frame_of(request, "payments")
    iban = request.POST.get("iban", "")
    try:
        if request.method != "POST":
            return show(request, pages.order_page(frame, who, identity))
        _only_payers(request)
        try:
            _settle(identity, who.id, request.POST.get("step", ""), iban)
        except REFUSED as refused:
            return show(request, pages.order_page(frame, who, identity, iban=iban, refused=refused), 400)
    except OrderUnknown as unknown:
        raise Http404 from unknown
    return HttpResponseRedirect(reverse("desk:payment_order", args=[identity]))


def _settle(identity: UUID, official: str, step: str, iban: str) -> None:
    today = business_today()
    if step == "again":
        actions.pay_again(identity, official, on=today)
    elif step == "account":
        actions.give_account(identity, iban, official, on=today)
    elif step == "cancel":
        actions.cancel(identity, official, "official", on=today)


@require_GET
@for_employees(READERS)
@uses()
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Aansluiting."""
    return show(request, pages.reconciliation_page(frame_of(request, "payments")))
