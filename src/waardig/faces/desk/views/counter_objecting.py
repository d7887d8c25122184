"""At the counter: an objection of who stands here or of a letter, a second look, a notice that we are late."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from waardig.cases.actions import hearing, penalty, second_look
from waardig.cases.actions import objecting as acts
from waardig.cases.queries import objections as reads
from waardig.cases.terms import CaseUnknown, StepNotPossible
from waardig.cases.terms.objections import Channel, NotLateYet, Objection
from waardig.faces.desk.views.common import show
from waardig.faces.desk.views.counter import with_resident
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.screens import file_forms as forms
from waardig.screens import file_pages as files
from waardig.screens.addresses import COUNTER
from waardig.screens.desk_pages import counter
from waardig.screens.desk_pages.counter import Visit
from waardig.screens.late_page import late_page
from waardig.screens.pages.files import AskForm, CounterAskPage, FileFact, FilePage
from waardig.screens.pages.forms import FieldError
from waardig.screens.pages.words import Deadline, Words

Lodging = Callable[[dict[str, str]], Objection]
ALOUD = Words(
    "Laat de inwoner meelezen. De inwoner krijgt een ontvangstbewijs.",
    "Let the resident read along. The resident gets a receipt.",
)


def _ask(
    request: HttpRequest,
    visit: Visit,
    heading: Words,
    form: AskForm,
    *,
    back: str,
    lead: Words = ALOUD,
    deadline: Deadline | None = None,
    notice: Words | None = None,
    facts: tuple[FileFact, ...] = (),
) -> HttpResponse:
    wrong = forms.errors_of(form)
    page = CounterAskPage(
        desk=counter.counter_frame(request),
        back_href=back,
        person=visit.subject.name,
        heading=heading,
        lead=lead,
        deadline=deadline,
        notice=notice,
        facts=facts,
        form=form,
        errors=wrong,
    )
    return show(request, page, 400 if wrong else 200)


def _file(request: HttpRequest, visit: Visit, page: FilePage) -> HttpResponse:
    return show(request, counter.counter_page(request, visit, page))


@require_http_methods(["GET", "POST"])
@with_resident
@uses("bezwaar")
def object_to(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """Record an objection, of who stands here or from a letter with its day and postmark (6:9)."""
    decision, case = files.own_decision(visit.subject, identity)
    if there := reads.objection_against(identity, visit.subject.person):
        return HttpResponseRedirect(COUNTER.objection(there.case))
    deadline, notice = files.objecting_term(decision.objection_until)

    def lodge(typed: dict[str, str]) -> Objection:
        return acts.object_to(
            identity,
            visit.subject.person,
            forms.objection_text(typed),
            actor=visit.subject.actor,
            on=business_today(),
            channel=Channel(typed["channel"]),
            received_on=forms.read_day(typed.get("received", "")),
            posted_on=forms.read_day(typed.get("posted", "")),
        )

    typed = request.POST.dict() if request.method == "POST" else {}
    wrong = forms.objection_errors(typed, by_employee=True) if request.method == "POST" else {}
    if request.method == "POST" and not wrong:
        try:
            return HttpResponseRedirect(COUNTER.objection(lodge(typed).case))
        except StepNotPossible:
            wrong = {"received": FieldError.DAY_IMPOSSIBLE}
    form = forms.objection_form(COUNTER.object_to(identity), typed, wrong, is_late=deadline is None, by_employee=True)
    facts = files.decision_facts(decision, case)
    return _ask(request, visit, files.OBJECT_HEADING, form, back=COUNTER.messages, deadline=deadline, notice=notice,
                facts=facts)  # fmt: skip


@require_GET
@with_resident
@uses("loket.meekijken")
def objection(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """The file of their objection, as they see it."""
    found = files.own_objection(visit.subject, identity)
    frame = counter.resident_frame(request, visit, "messages")
    return _file(request, visit, files.objection_page(visit.subject, found, frame, COUNTER))


@require_http_methods(["GET", "POST"])
@with_resident
@uses("bezwaar", "loket.meekijken")
def complete(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """Record an addition to their objection."""
    found = files.own_objection(visit.subject, identity)
    typed = request.POST.dict() if request.method == "POST" else {}
    wrong = forms.objection_errors(typed)
    if request.method == "POST" and not wrong:
        with suppress(StepNotPossible):  # decided or withdrawn meanwhile: the page says so
            acts.complete_objection(
                identity, forms.objection_text(typed), actor=visit.subject.actor, on=business_today()
            )
        return HttpResponseRedirect(COUNTER.objection(identity))
    late = not found.is_timely and not found.has_late_reason
    form = forms.complete_form(COUNTER.complete(identity), typed, wrong, is_late=late)
    return _ask(request, visit, form.title, form, back=COUNTER.objection(identity))


@require_http_methods(["GET", "POST"])
@with_resident
@uses("bezwaar")
def talk(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """Record that they want a talk, or give it up (Awb 7:3 c)."""
    found = files.own_objection(visit.subject, identity)
    typed = request.POST.dict() if request.method == "POST" else {}
    wants, wrong = forms.read_talk(typed) if request.method == "POST" else (None, {})
    if wants is not None:
        with suppress(StepNotPossible):  # decided or withdrawn meanwhile: the page says so
            hearing.record_hearing_wish(identity, wants=wants, actor=visit.subject.actor, on=business_today())
        return HttpResponseRedirect(COUNTER.objection(identity))
    form = forms.talk_form(COUNTER.talk(identity), found, typed, wrong)
    return _ask(request, visit, forms.TALK, form, back=COUNTER.objection(identity), lead=forms.TALK_LEAD)


@require_http_methods(["GET", "POST"])
@with_resident
@uses("bezwaar")
def withdraw(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """Record that they withdraw their objection (6:21)."""
    found = files.own_objection(visit.subject, identity)
    if request.method == "POST":
        with suppress(StepNotPossible):  # decided or withdrawn meanwhile: the page says so
            acts.withdraw_objection(identity, actor=visit.subject.actor, on=business_today())
        return HttpResponseRedirect(COUNTER.objection(identity))
    heading = Words(f"Bezwaar {found.number} intrekken?", f"Withdraw objection {found.number}?")
    form = forms.withdraw_form(COUNTER.withdraw(identity))
    return _ask(request, visit, heading, form, back=COUNTER.objection(identity))


@require_http_methods(["GET", "POST"])
@with_resident
@uses("kijk_nog_eens")
def look_again(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """Record that they ask to look again."""
    about = files.own_case(visit.subject, identity)
    typed = request.POST.dict() if request.method == "POST" else {}
    wrong = forms.too_long(("remark",), typed)
    if request.method == "POST" and not wrong:
        found = second_look.ask_second_look(
            identity, visit.subject.person, typed.get("remark", ""), actor=visit.subject.actor, on=business_today()
        )
        return HttpResponseRedirect(COUNTER.look(found.case))
    form = forms.look_form(COUNTER.look_again(identity), typed, wrong)
    notice = files.look_notice(about)
    return _ask(request, visit, files.LOOK_HEADING, form, back=COUNTER.messages, lead=files.LOOK_LEAD, notice=notice)


@require_GET
@with_resident
@uses("loket.meekijken")
def look(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """The file of their second look."""
    found = files.own_look(visit.subject, identity)
    frame = counter.resident_frame(request, visit, "messages")
    return _file(request, visit, files.look_page(visit.subject, found, frame, COUNTER))


@require_http_methods(["GET", "POST"])
@with_resident
@uses("bezwaar")
def turn(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """Make an objection of their second look."""
    found = files.own_look(visit.subject, identity)
    if found.objection is not None or found.decision is None:
        return HttpResponseRedirect(COUNTER.look(identity))
    typed = request.POST.dict() if request.method == "POST" else {}
    wrong = forms.objection_errors(typed)
    if request.method == "POST" and not wrong:
        made = second_look.turn_into_objection(
            identity, forms.objection_text(typed), actor=visit.subject.actor, on=business_today()
        )
        return HttpResponseRedirect(COUNTER.objection(made.case))
    form = forms.objection_form(COUNTER.turn(identity), typed, wrong, is_late=False)
    return _ask(request, visit, files.OBJECT_HEADING, form, back=COUNTER.look(identity))


@require_http_methods(["GET", "POST"])
@with_resident
@uses("aanmanen")
def late(request: HttpRequest, visit: Visit, identity: UUID) -> HttpResponse:
    """Our term; record a notice of default, spoken here or received by letter."""
    about = files.own_case(visit.subject, identity)
    if about.decide_by is None:
        raise CaseUnknown
    frame = counter.resident_frame(request, visit, "messages")
    if request.method != "POST":
        return _file(request, visit, late_page(visit.subject, about, frame, COUNTER))
    said = request.POST.get("received", "").strip()
    received = forms.read_day(said)
    error = FieldError.DAY_WRONG if said and received is None else None
    if error is None:
        try:
            penalty.urge(
                identity,
                visit.subject.person,
                actor=visit.subject.actor,
                on=business_today(),
                channel=Channel.PAPER if received else Channel.COUNTER,
                received_on=received,
            )
            return HttpResponseRedirect(COUNTER.late(identity))
        except (NotLateYet, StepNotPossible):
            error = FieldError.DAY_IMPOSSIBLE
    form = forms.urge_form(
        COUNTER.late(identity), typed=request.POST.dict(), wrong={"received": error}, by_employee=True
    )
    page = late_page(visit.subject, about, frame, COUNTER, form=form)
    return show(request, counter.counter_page(request, visit, page), 400)
