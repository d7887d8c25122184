"""Machtigen: what somebody gave and has, the form of a new mandate, whom a helper acts for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest

from waardig.cases import queries as cases
from waardig.cases.terms import CaseKind, CaseState
from waardig.identity.queries import actor_of
from waardig.identity.terms import Who
from waardig.kernel import days
from waardig.kernel.clock import business_today
from waardig.mandates import queries as mandates
from waardig.mandates.terms import (
    EVERYTHING,
    Action,
    Appointment,
    Authority,
    CourtOrder,
    Mandate,
    MandateRefused,
    MandateState,
    Origin,
)
from waardig.screens.frames import address, portal_frame
from waardig.screens.pages import home
from waardig.screens.pages import mandates as pages
from waardig.screens.pages.entrance import Represented, RepresentedPage
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Paging, PersonName, Words
from waardig.screens.subject import (
    CHOSEN,
    Subject,
    names_in_mandates,
    names_of_children,
    names_of_clients,
    oneself,
)

ACTIONS = {
    Action.VIEW: Words("Alleen meelezen", "Read along only"),
    Action.ANSWER: Words("Meelezen en regelen", "Read along and act"),
}
HINTS = {
    Action.VIEW: Words("Uw helper ziet het, en doet niets.", "Your helper sees it and does nothing."),
    Action.ANSWER: Words("Uw helper mag ook ja of nee zeggen voor u.", "Your helper may also say yes or no for you."),
}
ORIGINS = {
    Origin.COUNTER: Words("De inwoner staat hier en zegt het zelf", "The resident is here and says so"),
    Origin.PAPER: Words("Er is een formulier met handtekening", "There is a form with a signature"),
}


APPOINTED = {
    Appointment.CURATOR: Words("Curator", "Guardian"),
    Appointment.ADMINISTRATOR: Words("Bewindvoerder", "Administrator"),
}


def helpers(subject: Subject) -> home.Helpers:
    """Who may help this person, for the overview; a helper sees nobody of it."""
    if subject.authority is not None:
        return home.Helpers()
    running = [one for one in mandates.given_by(subject.person) if one.in_force(business_today()) and one.helper]
    href = address("portal:mandates") if subject.actor.kind == "resident" else ""
    href = address("desk:counter_mandates") if subject.is_at_counter else href
    if subject.actor.kind == "organisation":
        return home.Helpers()
    names = names_in_mandates([one.helper for one in running if one.helper], subject.actor)
    return home.Helpers(tuple(name.short for name in names.values()), href)


def mandates_page(
    subject: Subject, frame: Frame, *, done: Literal["", "confirmed", "ended", "accepted"] = ""
) -> pages.MandatesPage:
    """What this person gave and has."""
    held = (*mandates.helped_by(subject.person), *mandates.accepted_by(subject.person))
    names = names_in_mandates([one.principal for one in held if one.state is MandateState.ACTIVE], subject.actor)
    return pages.MandatesPage(
        frame=frame,
        back_href=address("portal:home"),
        given=given(subject),
        held=tuple(_held(one, names.get(one.principal)) for one in held),
        give_href=address("portal:mandate_give"),
        code_href=address("portal:mandate_use"),
        persons_href=address("portal:represented") if mandates.helped_by(subject.person) else "",
        done=done,
    )


def given(subject: Subject) -> tuple[pages.GivenMandate, ...]:
    """What this person gave and did not end, with the names of the helpers."""
    found = mandates.given_by(subject.person)
    names = names_in_mandates([one.helper for one in found if one.helper], subject.actor)
    return tuple(_given(one, names.get(one.helper) if one.helper else None, subject) for one in found)


def _given(one: Mandate, name: PersonName | None, subject: Subject) -> pages.GivenMandate:
    state = _state(one)
    end = (
        address("desk:counter_mandate_end", one.id) if subject.is_at_counter else address("portal:mandate_end", one.id)
    )
    confirm = address("portal:mandate_confirm", one.id)
    ended_at = address("desk:counter_court_end", one.id) if one.order and subject.is_at_counter else ""
    return pages.GivenMandate(
        helper=name.short if name else "",
        what=what_of(one),
        action=ACTIONS[one.action],
        state=state,
        since=one.starts_on,
        until=_until(one),
        confirm_action=confirm if state == "accepted" and not subject.is_at_counter else "",
        end_action="" if one.order else end,
        ruling=ruling_words(one.order) if one.order else None,
        ruling_end_href=ended_at,
    )


def _held(one: Mandate, name: PersonName | None) -> pages.HeldMandate:
    state = _state(one)
    return pages.HeldMandate(
        person=name.short if name else "",
        what=what_of(one),
        action=ACTIONS[one.action],
        state="accepted" if state == "asked" else state,
        until=_until(one),
        end_action="" if one.order else address("portal:mandate_end", one.id),
        ruling=ruling_words(one.order) if one.order else None,
    )


def _state(one: Mandate) -> Literal["asked", "accepted", "waiting", "active"]:
    if one.state is MandateState.ACTIVE:
        return "active" if one.in_force(business_today()) else "waiting"
    return "accepted" if one.state is MandateState.ACCEPTED else "asked"


def ruling_words(order: CourtOrder) -> Words:
    """What a court ruled, in one line."""
    said = APPOINTED[order.appointment]
    nl, en = days.date_text(order.ruled_on, "nl"), days.date_text(order.ruled_on, "en")
    return Words(
        f"{said.nl}. {order.court}, {nl}, kenmerk {order.reference}.",
        f"{said.en}. {order.court}, {en}, reference {order.reference}.",
    )


def _until(one: Mandate) -> date | None:
    if one.order is not None:
        return one.order.until
    return one.ends_on - timedelta(days=1) if one.ends_on else one.code_until


def what_of(one: Mandate) -> tuple[Words, ...]:
    """The themes of a mandate in words, in the order of the content."""
    if EVERYTHING in one.themes:
        return (Words("Alles bij de gemeente", "Everything with the municipality"),)
    return tuple(Words(theme.name.nl, theme.name.en) for theme in mandates.rules().themes if theme.id in one.themes)


# -- the form ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class TypedMandate:
    """What was filled in, good or not."""

    form: pages.MandateForm
    errors: tuple[Field, ...]
    themes: tuple[str, ...]
    action: Action
    months: int


def mandate_form(posted: Mapping[str, str] | None, themes: Sequence[str]) -> TypedMandate:
    """The form as it was posted, or as it opens."""
    rules = mandates.rules()
    typed = posted if posted is not None else {"rights": "", "months": str(rules.default_months)}
    known = {theme.id for theme in rules.themes}
    chosen = tuple(one for one in themes if one in known)
    right = next((one for one in Action if one.value == typed.get("rights")), None)
    months = typed.get("months", "")
    is_months = months in {str(one) for one in rules.terms_months}
    wrong = posted is not None
    form = pages.MandateForm(
        themes=Field(
            "themes",
            "",
            FieldError.THEMES_EMPTY if wrong and not chosen else None,
            tuple(
                Option(t.id, Words(t.name.nl, t.name.en), Words(t.explains.nl, t.explains.en), chosen=t.id in chosen)
                for t in rules.themes
            ),
        ),
        rights=Field(
            "rights",
            typed.get("rights", ""),
            FieldError.RIGHTS_EMPTY if wrong and right is None else None,
            tuple(Option(one.value, ACTIONS[one], HINTS[one], chosen=one is right) for one in Action),
        ),
        months=Field(
            "months",
            months,
            FieldError.MONTHS_EMPTY if wrong and not is_months else None,
            tuple(Option(str(one), _term(one), chosen=str(one) == months) for one in rules.terms_months),
        ),
    )
    errors = tuple(field for field in (form.themes, form.rights, form.months) if field.error)
    return TypedMandate(form, errors, chosen, right or Action.VIEW, int(months) if is_months else 0)


def refused_to_give(person: UUID) -> Words | None:
    """Why somebody gives no mandate: who is under curatele cannot (BW 1:381); None for everybody else."""
    if not mandates.is_under_guardianship(person, on=business_today()):
        return None
    return Words(*MandateRefused.TEXTS["under_guardianship"])


def _term(months: int) -> Words:
    years, rest = divmod(months, 12)
    if rest == 0:
        return Words(f"{years} jaar", f"{years} year{'s' if years > 1 else ''}")
    return Words(f"{months} maand{'en' if months > 1 else ''}", f"{months} month{'s' if months > 1 else ''}")


# -- for whom does a helper act ----------------------------------------------------------------------------------------
def represented_by_helper(request: HttpRequest, who: Who) -> RepresentedPage:
    """Whom this resident helps; one at a time."""
    own = oneself(request, who)
    helped = mandates.helped_by(own.person)
    names = names_in_mandates([one.principal for one in helped], own.actor)
    children = mandates.children_of(who)
    of_children = names_of_children([one.represented for one in children], own.person)
    persons = tuple(
        Represented(
            person=names[one.principal],
            basis=_basis(one),
            action=address("portal:represent", one.principal),
            open=_open(one),
        )
        for one in helped
        if one.principal in names
    ) + tuple(_child(one, of_children[one.represented]) for one in children if one.represented in of_children)
    return RepresentedPage(
        frame=portal_frame(request),
        persons=persons,
        own_action=address("portal:represent", own.person) if request.session.get(CHOSEN) else "",
        mandates_href=address("portal:mandates"),
    )


def _child(stated: Authority, name: PersonName) -> Represented:
    last = stated.ended_on - timedelta(days=1) if stated.ended_on else business_today()
    nl, en = days.date_text(last, "nl"), days.date_text(last, "en")
    return Represented(
        person=name,
        basis=Words(f"Uw kind, tot en met {nl}", f"Your child, up to and including {en}"),
        action=address("portal:represent", stated.represented),
        open=0,
    )


CLIENTS_A_PAGE = 20


def represented_by_office(request: HttpRequest, who: Who, *, wanted: str, page: int) -> RepresentedPage:
    """The clients of an administrator: all of them by name, a page at a time, or those whose name holds `wanted`."""
    clients = mandates.clients_of(who)
    names = names_of_clients(clients, actor_of(who))
    found = sorted(
        (person for person in clients if person in names and wanted.casefold() in names[person].full.casefold()),
        key=lambda person: (names[person].surname.casefold(), names[person].short),
    )
    last = max(1, -(-len(found) // CLIENTS_A_PAGE))
    page = min(page, last)
    shown = found[(page - 1) * CLIENTS_A_PAGE : page * CLIENTS_A_PAGE]
    return RepresentedPage(
        frame=portal_frame(request),
        persons=tuple(
            Represented(
                person=names[person],
                basis=Words("onder bewind", "under administration"),
                action=address("portal:represent", person),
                open=sum(
                    case.kind is CaseKind.PROPOSAL and case.state is CaseState.PROPOSED
                    for case in cases.cases_of(person)
                ),
            )
            for person in shown
        ),
        business="" if clients else who.name,
        company_href=address("portal:company"),
        total=len(clients),
        search=Field("zoek", wanted[:40]) if len(clients) > CLIENTS_A_PAGE else None,
        found=len(found),
        paging=Paging(page, last, _page_href(page - 1, wanted), _page_href(page + 1, wanted)),
    )


def _page_href(page: int, wanted: str) -> str:
    return f"?{urlencode({'pagina': page, 'zoek': wanted})}"


def _basis(one: Mandate) -> Words:
    if one.order is not None:
        return APPOINTED[one.order.appointment]
    what = ", ".join(words.nl.lower() for words in what_of(one))
    what_en = ", ".join(words.en.lower() for words in what_of(one))
    action = ACTIONS[one.action]
    return Words(f"{action.nl}: {what}", f"{action.en}: {what_en}")


def _open(one: Mandate) -> int:
    stated = one.authority
    return sum(
        case.kind is CaseKind.PROPOSAL and case.state is CaseState.PROPOSED and mandates.opens(stated, case.service)
        for case in cases.cases_of(one.principal)
    )


def helper_of(person: UUID, subject: Subject) -> str:
    """The names of who helps this person now, for the bar of the counter."""
    found = [one.helper for one in mandates.given_by(person) if one.in_force(business_today()) and one.helper]
    return ", ".join(name.short for name in names_in_mandates(found, subject.actor).values())
