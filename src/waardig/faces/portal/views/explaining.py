"""Pages that explain: how this works, privacy, accessibility; generated from what is published."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import Activity
from waardig.faces.portal.views.common import show
from waardig.identity.terms import audience
from waardig.kernel.content import content_roots
from waardig.kernel.declared import uses
from waardig.registers import queries as registers
from waardig.registers.terms import Declarations, UnknownAttribute
from waardig.screens.frames import NAME_ABOVE_THE_PAGE, address, portal_frame
from waardig.screens.pages import help as pages
from waardig.screens.pages.words import Words

CHECKED_ON = date(2026, 11, 22)
"""The day on which every page was last run through axe-core, at phone and desktop width."""


@require_GET
@audience("public")
@uses(NAME_ABOVE_THE_PAGE)
def how_it_works(request: HttpRequest) -> HttpResponse:
    """Zo werkt deze pagina."""
    return show(request, pages.HowItWorksPage(frame=portal_frame(request), log_delay_days=0))


@require_GET
@audience("public")
@uses(NAME_ABOVE_THE_PAGE)
def privacy(request: HttpRequest) -> HttpResponse:
    """Privacy: every processing activity as it is published (AVG art. 30)."""
    here = catalogue.municipality()
    known = registers.declarations(content_roots())
    page = pages.PrivacyPage(
        frame=portal_frame(request),
        officer_contact=Words(here.data_protection_officer),
        activities=tuple(_activity(one, known) for one in catalogue.activities()),
        register_href=address("register:processing"),
    )
    return show(request, page)


def _activity(activity: Activity, known: Declarations) -> pages.ProcessingActivity:
    basis = "; ".join(f"{one.law}, artikel {one.article}" for one in activity.legal_basis)
    basis_en = "; ".join(f"{one.law}, article {one.article}" for one in activity.legal_basis)
    return pages.ProcessingActivity(
        words=Words(activity.name.nl, activity.name.en),
        purpose=Words(activity.purpose.nl, activity.purpose.en),
        basis=Words(basis, basis_en),
        attributes=tuple(_label(one.id, known) for one in activity.attributes),
        kept=_kept(activity.retention.period, activity.retention.since.nl, activity.retention.since.en),
    )


def _label(name: str, known: Declarations) -> Words:
    try:
        label = known.attribute(name).label
    except UnknownAttribute:
        return Words(name, name)
    return Words(label.nl, label.en)


def _kept(period: str, since_nl: str, since_en: str) -> Words:
    number = period.strip("PYMD")
    nl, en = {"Y": ("jaar", "years"), "M": ("maanden", "months"), "D": ("dagen", "days")}[period[-1]]
    return Words(f"{number} {nl} na {since_nl}", f"{number} {en} after {since_en}")


@require_GET
@audience("public")
@uses(NAME_ABOVE_THE_PAGE)
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: measured by a tool, not yet by an accredited inspector, so status C."""
    here = catalogue.municipality()
    page = pages.AccessibilityPage(
        frame=portal_frame(request),
        status="C",
        checked_on=CHECKED_ON,
        known=(
            Words(
                "De pagina's zijn nagekeken met axe-core. Nog niet door een onafhankelijke inspecteur.",
                "The pages were checked with axe-core. Not yet by an independent inspector.",
            ),
            Words(
                "Schermlezers en mensen hebben de pagina's nog niet getest.",
                "Screen readers and people have not tested the pages yet.",
            ),
        ),
        report_contact=Words(here.email),
        statement=None,
    )
    return show(request, page)
