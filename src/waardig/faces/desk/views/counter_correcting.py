"""At the counter: the resident says that a value is wrong, and the employee records it for them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from waardig.cases import actions
from waardig.cases.terms.objections import Channel
from waardig.faces.desk.views.common import show
from waardig.faces.desk.views.counter import with_resident
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.screens import file_forms as forms
from waardig.screens.addresses import COUNTER
from waardig.screens.desk_pages import counter
from waardig.screens.desk_pages import counter_correct as pages
from waardig.screens.desk_pages.counter import Visit
from waardig.screens.pages.files import CounterAskPage


@require_http_methods(["GET", "POST"])
@with_resident
@uses("correctie", "loket.meekijken", "loket.melding")
def correct(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """Klopt dit niet? Recorded for who stands here; the same report while one is open leads to its receipt."""
    person = visit.subject.person
    if there := pages.open_report_of(person, identity):
        return HttpResponseRedirect(pages.receipt_address(there))
    fact, rows = pages.doubted_fact(visit.subject, identity)
    typed = request.POST.dict() if request.method == "POST" else {}
    wrong = pages.report_errors(typed) if request.method == "POST" else {}
    if request.method == "POST" and not wrong:
        found = actions.report_wrong(
            person,
            fact.attribute,
            fact.fact_id,
            should_be=typed["correct_value"].strip(),
            explanation=typed.get("explanation", "").strip(),
            actor=visit.subject.actor,
            on=business_today(),
            channel=Channel.COUNTER,
        )
        return HttpResponseRedirect(pages.receipt_address(found))
    form = pages.report_form(COUNTER.correct(identity), typed, wrong)
    page = CounterAskPage(
        desk=counter.counter_frame(request),
        back_href=COUNTER.data,
        person=visit.subject.name,
        heading=pages.HEADING,
        lead=pages.LEAD,
        deadline=None,
        notice=pages.FROZEN,
        facts=rows,
        form=form,
        errors=forms.errors_of(form),
    )
    return show(request, page, 400 if wrong else 200)
