"""The employee as an official who decides: mandate from the municipality's decree, frame of the desk, names once read.

Names of people stand in a list only for cases that this employee opened in this session: a list is no reason to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from waardig.access.terms import Actor
from waardig.accountability.queries import questions
from waardig.cases.queries import desk as cases
from waardig.cases.terms import CaseState, Official
from waardig.catalogue import queries as catalogue
from waardig.contact import queries as contact
from waardig.feedback.queries import reads, waiting_count
from waardig.feedback.terms import Reader
from waardig.identity.terms import Role, Who
from waardig.kernel.clock import business_today
from waardig.screens.frames import address, desk_frame, who_of
from waardig.screens.pages.frame import DeskFrame, DeskLink
from waardig.screens.pages.words import Words

NAMES = "opened"
MOST_NAMES = 300
FUNCTIONS = {
    Role.DECIDER.value: "medewerker die mag beslissen",
    Role.CASEWORKER.value: "inkomensconsulent",
    Role.COUNTER.value: "medewerker van het loket",
    Role.SYSTEM.value: "systeembeheerder",
    Role.RECORDS.value: "medewerker archief",
}


PLACES = {"system": Words("Systeem", "System"), "laws": Words("Wetten", "Laws")}


def actor_of(who: Who) -> Actor:
    """The employee as the gate knows them, in the role in which they see this page."""
    return Actor("employee", who.id, who.role)


def reader_of(who: Who) -> Reader:
    """The employee as an author: the team that the municipality gives, and whether the role is that of policy."""
    known = catalogue.municipality().officials.get(who.id)
    return Reader(who.id, known.team if known else "", Role.CONTENT.value in who.roles)


def official_of(who: Who, service: str, on: date) -> Official:
    """The employee with the mandate of the decree for this service; 0 when the decree gives none."""
    here = catalogue.municipality()
    found = here.mandate_for(who.id, service, "grant", amount_eurocent=0, on=on)
    return Official(
        id=who.id,
        name=here.officials[who.id].name if who.id in here.officials else who.name,
        role=who.role,
        mandate_eurocent=found.up_to_eurocent if found else 0,
        function=FUNCTIONS.get(who.role, "medewerker"),
    )


def may_refuse(official: Official, service: str, on: date) -> bool:
    """Whether the decree lets this official refuse."""
    here = catalogue.municipality()
    return here.mandate_for(official.id, service, "refusal", amount_eurocent=0, on=on) is not None


def frame_of(request: HttpRequest, current: str) -> DeskFrame:
    """The frame of a page of the work list; `current` is the name of its address."""
    who = who_of(request)
    place = PLACES.get(current, Words("Toekennen", "Decisions"))
    return replace(desk_frame(request, place), links=_links(who, current))


def _links(who: Who, current: str) -> tuple[DeskLink, ...]:
    found = _work_links(current) if {Role.DECIDER.value, Role.CASEWORKER.value} & who.roles else []
    if {Role.PAYER.value, Role.DECIDER.value} & who.roles:
        found.append(_link("payments", Words("Betalen", "Payments"), current))
    if {Role.DECIDER.value, Role.CASEWORKER.value, Role.COUNTER.value} & who.roles:
        found.append(_link("contact", Words("Bellen en vragen", "Calls"), current, _asked()))
    if Role.CONTENT.value in who.roles:
        waiting = questions.waiting(business_today()).count
        found.append(_link("questions", Words("Vragen van iedereen", "Public questions"), current, waiting))
    reader = reader_of(who)
    if reads(reader):
        found.append(_link("feedback", Words("Reacties", "Reactions"), current, waiting_count(reader)))
    if Role.RECORDS.value in who.roles:
        found.append(_link("destruction", Words("Vernietigen", "Destruction"), current))
    if Role.COUNTER.value in who.roles:
        found.append(_link("find", Words("Loket", "Counter"), current))
    if Role.SYSTEM.value in who.roles:
        found.append(_link("system", Words("Systeem", "System"), current))
    found.append(_link("laws", Words("Wetten", "Laws"), current))
    return tuple(found) if len(found) > 1 else ()


def _asked() -> int:
    return contact.waiting_requests(business_today()).count


def _work_links(current: str) -> list[DeskLink]:
    today = business_today()
    waiting = cases.waiting_counts(today)
    return [
        _link("queue", Words("Werkvoorraad", "Work"), current),
        _link("decide_list", Words("Zelf beslissen", "Decide"), current, waiting[CaseState.BY_HAND].count),
        _link("batch", Words("Bevestigen", "Confirm"), current, waiting[CaseState.PREPARED].count),
        _link("corrections", Words("Meldingen", "Reports"), current, cases.open_corrections_count(today).count),
    ]


def _link(name: str, words: Words, current: str, count: int | None = None) -> DeskLink:
    return DeskLink(words, address(f"desk:{name}"), name == current, count)


def remember_household(session: SessionBase, case: UUID, names: str) -> None:
    """Keep how a household is called after its case was opened, in the encrypted session of this employee."""
    kept = dict(session.get(NAMES, {}))
    kept.pop(str(case), None)
    kept[str(case)] = names
    session[NAMES] = dict(list(kept.items())[-MOST_NAMES:])


def households(session: SessionBase, cases_: Iterable[UUID]) -> dict[UUID, str]:
    """The names of those of these cases that this employee opened in this session."""
    kept = session.get(NAMES, {})
    return {case: kept[str(case)] for case in cases_ if str(case) in kept}
