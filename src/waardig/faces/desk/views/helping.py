"""At the counter: who may help this resident; recorded for somebody without a telephone, ended on a call."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from waardig.faces.desk.views.common import show
from waardig.faces.desk.views.counter import with_resident
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.mandates import actions
from waardig.mandates import queries as mandates
from waardig.mandates.terms import Origin
from waardig.screens.addresses import COUNTER
from waardig.screens.desk_pages import counter
from waardig.screens.desk_pages.counter import Visit
from waardig.screens.mandates_page import ORIGINS, TypedMandate, given, mandate_form, refused_to_give
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.mandates import CounterMandatesPage

CODE = "counter_mandate_code"


@require_http_methods(["GET", "POST"])
@with_resident
@uses("machtiging.beheren")
def mandate_list(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What runs, and a new one; the code is shown once, on the page after."""
    posted = request.POST.dict() if request.method == "POST" else None
    typed = mandate_form(posted, request.POST.getlist("themes"))
    origin, reference = _how(posted)
    errors = (*typed.errors, *(field for field in (origin, reference) if field.error))
    refused = refused_to_give(visit.subject.person)
    if posted is not None and not errors and visit.is_identified_by_document and refused is None:
        _record(request, visit, typed, Origin(origin.value), reference.value)
        return HttpResponseRedirect(reverse("desk:counter_mandates"))
    made = request.session.pop(CODE, None) if request.method == "GET" else None
    page = CounterMandatesPage(
        desk=counter.counter_frame(request),
        back_href=COUNTER.home,
        person=visit.subject.name,
        given=given(visit.subject),
        may_give=visit.is_identified_by_document,
        action=reverse("desk:counter_mandates"),
        form=typed.form,
        origin=origin,
        form_reference=reference,
        errors=errors,
        code=str(made["code"]) if made else "",
        code_until=date.fromisoformat(str(made["until"])) if made else None,
        cooling_off_days=mandates.rules().cooling_off_days,
        court_href=reverse("desk:counter_court"),
        refused=refused,
    )
    return show(request, page, 400 if errors else 200)


def _record(request: HttpRequest, visit: Visit, typed: TypedMandate, origin: Origin, reference: str) -> None:
    made = actions.invite(
        visit.subject.person,
        themes=typed.themes,
        action=typed.action,
        months=typed.months,
        actor=visit.subject.actor,
        on=business_today(),
        origin=origin,
        form_reference=reference,
    )
    request.session[CODE] = {"code": made.code, "until": made.mandate.code_until.isoformat()}


def _how(posted: dict[str, str] | None) -> tuple[Field, Field]:
    typed = posted or {}
    origin, reference = typed.get("origin", ""), typed.get("form_reference", "").strip()
    wrong = posted is not None
    options = tuple(Option(one.value, words, chosen=one.value == origin) for one, words in ORIGINS.items())
    known = origin in {one.value for one in ORIGINS}
    missing = wrong and origin == Origin.PAPER and not reference
    return (
        Field("origin", origin, FieldError.ORIGIN_EMPTY if wrong and not known else None, options),
        Field("form_reference", reference[:40], FieldError.FORM_REFERENCE_EMPTY if missing else None),
    )


@require_POST
@with_resident
@uses("machtiging.beheren")
def mandate_end(_request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """Stop one of this resident's mandates, at once; also on the phone."""
    if identity in {one.id for one in mandates.given_by(visit.subject.person) if one.order is None}:
        actions.end(identity, actor=visit.subject.actor, by=None, on=business_today())
    return HttpResponseRedirect(reverse("desk:counter_mandates"))
