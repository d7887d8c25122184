"""Pages to read: overview, messages, one message, why, my data, who used my data."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from waardig.cases import queries as cases
from waardig.cases.terms import CaseUnknown
from waardig.faces.portal.views.common import for_residents, frame_for, page_number, show
from waardig.identity.terms import audience
from waardig.inbox import actions as opening
from waardig.inbox import queries as inbox
from waardig.inbox.terms import Reader
from waardig.kernel.clock import business_today
from waardig.kernel.declared import reads, service_role, uses
from waardig.screens.addresses import PORTAL
from waardig.screens.company_page import company_page
from waardig.screens.frames import language_of, of_service, portal_frame, who_of
from waardig.screens.home_page import home_page
from waardig.screens.message_list import messages_page
from waardig.screens.message_pages import message_page, own_message, services_of
from waardig.screens.own_copy import copy_file, copy_on_paper
from waardig.screens.own_data_page import own_data_page, own_facts
from waardig.screens.pages.own_data import RevealPage
from waardig.screens.subject import Subject
from waardig.screens.usage_page import own_evidence, usage_page
from waardig.screens.why_page import why_page


@require_GET
@for_residents()
@uses(reads("machtiging.beheren", "brp.naam"))
def home(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Overzicht."""
    return show(request, home_page(subject, frame_for(request, subject, "home"), PORTAL))


@require_GET
@for_residents()
@uses()
def messages(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Berichten."""
    services = services_of(subject)
    found = inbox.messages_for(
        subject.person, reader=subject.reader, page=page_number(request), size=20, services=services
    )
    return show(request, messages_page(subject, found, frame_for(request, subject, "messages"), PORTAL))


@require_GET
@for_residents()
@uses("bericht.lezen", "machtiging.meekijken")
def message(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """One message; that it was opened is kept (Awb 2:10)."""
    found = own_message(subject, identity)
    frame, picked = frame_for(request, subject, "messages"), request.GET.get("tekst", "")
    page = message_page(subject, found, frame, PORTAL, shown_in=picked)
    if subject.authority is None:  # that a helper read along is in the log; the person may still find it unread
        opening.record_opening(found.id, on=business_today(), by_representative=subject.reader is Reader.ADMINISTRATOR)
    return show(request, page)


@require_GET
@for_residents()
@uses(service_role("application_activity"))
def why(request: HttpRequest, subject: Subject, identity: UUID) -> HttpResponse:
    """Waarom."""
    found = own_message(subject, identity)
    if found.case is None:
        raise CaseUnknown
    case = cases.case(found.case)
    frame = of_service(frame_for(request, subject, "messages"), "portal.why", case.service)
    return show(request, why_page(subject, case, frame, PORTAL, back_href=PORTAL.message(found.id)))


@require_GET
@audience("organisation", loa="substantial")
@uses("inzage.bedrijf")
def company(request: HttpRequest) -> HttpResponse:
    """The company that somebody signed in for."""
    who = who_of(request)
    if who.organisation is None:
        raise Http404
    return show(request, company_page(who, who.organisation.kvk, portal_frame(request)))


@require_GET
@for_residents(theme="gegevens", nobody="portal:company")
@uses("inzage.gegevens", "machtiging.gegevens")
def data(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Mijn gegevens."""
    return show(request, own_data_page(subject, frame_for(request, subject, "data"), PORTAL))


@require_GET
@for_residents()
@uses("inzage.kopie")
def data_on_paper(request: HttpRequest, subject: Subject) -> HttpResponse:
    """A copy of everything held, to read and print."""
    return copy_on_paper(subject, language_of(request))


@require_GET
@for_residents()
@uses("inzage.kopie")
def data_file(_request: HttpRequest, subject: Subject) -> HttpResponse:
    """The same copy for a program."""
    return copy_file(subject)


@require_GET
@for_residents(own_only=True)
@uses("inzage.gegevens")
def reveal(request: HttpRequest, subject: Subject) -> HttpResponse:
    """A secret address, on a page of its own and only after a tap."""
    facts = own_facts(subject)
    found = next((fact for fact in facts if fact.attribute == "brp.adres"), None)
    if found is None:
        raise CaseUnknown
    from waardig.kernel.content import content_roots
    from waardig.registers import queries as registers

    shown = registers.shown(registers.declarations(content_roots()).attribute("brp.adres"), found.value, "nl")
    frame = frame_for(request, subject, "data")
    return show(request, RevealPage(frame=frame, back_href=reverse("portal:data"), what="address", value=shown))


@require_GET
@for_residents(own_only=True)
@uses("inzage.gebruik", reads("machtiging.beheren", "brp.naam"))
def usage(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Wie gebruikte mijn gegevens."""
    frame = frame_for(request, subject, "usage")
    return show(request, usage_page(subject, frame, PORTAL, page=page_number(request)))


@require_GET
@for_residents(own_only=True)
@uses("inzage.gebruik")
def usage_proofs(_request: HttpRequest, subject: Subject) -> HttpResponse:
    """One's own lines with what proves that they stand in the log, to check without us."""
    response = JsonResponse(own_evidence(subject), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="mijn-logregels.json"'
    return response
