"""At the counter: whom a court appointed to act for this resident, and the ruling that ends it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waardig.faces.desk.views.common import show
from waardig.faces.desk.views.counter import with_resident
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.mandates import actions
from waardig.mandates import queries as mandates
from waardig.mandates.terms import MandateRefused
from waardig.screens import court_forms as forms
from waardig.screens.desk_pages import counter
from waardig.screens.desk_pages.counter import Visit
from waardig.screens.file_forms import errors_of
from waardig.screens.frames import who_of
from waardig.screens.pages.files import AskForm, CounterAskPage
from waardig.screens.pages.forms import FieldError
from waardig.screens.pages.words import Words

REFUSED = {
    "order_days": ("starts_on", FieldError.DAYS_TOGETHER),
    "order_self": ("bsn", FieldError.NOT_ONESELF),
    "order_incomplete": ("reference", FieldError.RULING_EMPTY),
}


def _ask(request: HttpRequest, visit: Visit, heading: Words, lead: Words, form: AskForm) -> HttpResponse:
    wrong = errors_of(form)
    page = CounterAskPage(
        desk=counter.counter_frame(request),
        back_href=reverse("desk:counter_mandates"),
        person=visit.subject.name,
        heading=heading,
        lead=lead,
        deadline=None,
        notice=None,
        facts=(),
        form=form,
        errors=wrong,
    )
    return show(request, page, 400 if wrong else 200)


@require_http_methods(["GET", "POST"])
@with_resident
@uses("aanmelden", "machtiging.beheren")
def register(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Register a ruling; the number travels in the body of a post only, and is not shown again."""
    typed = request.POST.dict() if request.method == "POST" else {}
    wrong = _register(request, visit, typed) if request.method == "POST" else {}
    if request.method == "POST" and not wrong:
        return HttpResponseRedirect(reverse("desk:counter_mandates"))
    shown = {name: value for name, value in typed.items() if name != "bsn"}
    form = forms.register_form(reverse("desk:counter_court"), shown, wrong)
    return _ask(request, visit, forms.HEADING, forms.LEAD, form)


def _register(request: HttpRequest, visit: Visit, typed: dict[str, str]) -> dict[str, FieldError]:
    order, wrong = forms.read_order(typed)
    if order is None:
        return wrong
    helper = counter.find(who_of(request), typed.get("bsn", ""))
    if helper is None:
        return {"bsn": FieldError.PERSON_NOT_FOUND}
    try:
        actions.appoint(
            visit.subject.person,
            helper,
            order,
            actor=visit.subject.actor,
            on=business_today(),
            works_here=typed.get("works_here", "")[:40],
        )
    except MandateRefused as refused:
        name, error = REFUSED[refused.reason]
        return {name: error}
    return {}


@require_http_methods(["GET", "POST"])
@with_resident
@uses("machtiging.beheren")
def end(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """Record the ruling that ends an appointment of this resident."""
    mine = {one.id for one in mandates.given_by(visit.subject.person) if one.order}
    if identity not in mine:
        raise Http404
    typed = request.POST.dict() if request.method == "POST" else {}
    found, wrong = forms.read_end(typed) if request.method == "POST" else (None, {})
    if found is not None:
        try:
            reference, ruled_on = found
            actions.end_by_court(
                identity, reference=reference, ruled_on=ruled_on, actor=visit.subject.actor, on=business_today()
            )
            return HttpResponseRedirect(reverse("desk:counter_mandates"))
        except MandateRefused:
            wrong = {"ruled_on": FieldError.DAYS_TOGETHER}
    form = forms.end_form(reverse("desk:counter_court_end", args=[identity]), typed, wrong)
    return _ask(request, visit, forms.END_HEADING, forms.END_LEAD, form)
