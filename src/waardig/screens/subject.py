"""Whom a page is about: the resident, or the person a helper or administrator acts for; asked anew each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from waardig.access.actions import ask
from waardig.access.terms import Actor, Request
from waardig.identity.terms import Kind, Who
from waardig.inbox.terms import Reader
from waardig.kernel.clock import business_today
from waardig.kernel.declared import declaring, reads
from waardig.kernel.errors import Refusal
from waardig.mandates import queries as mandates
from waardig.mandates.terms import PARENT_ROLE, Action, Authority, NoAuthority, mandate_of, role_of
from waardig.registers.queries import take
from waardig.screens.frames import NAME_ABOVE_THE_PAGE, OWN_DATA, own_name, who_of
from waardig.screens.names import UNNAMED, name_from
from waardig.screens.pages.words import PersonName

CHOSEN = "acting_for"
COUNTER_ACTIVITY = "loket.meekijken"
MANDATES = "machtiging.beheren"
READ_MESSAGES = "machtiging.meekijken"
HELPER_ACTIVITIES = {
    OWN_DATA: "machtiging.gegevens",
    "bericht.lezen": READ_MESSAGES,
    "bezwaar": "bezwaar",
    "kijk_nog_eens": "kijk_nog_eens",
}
"""Under what a helper reads what the person reads under their own right; what is not here, a helper never sees."""


FINDING_THE_SUBJECT = declaring(
    NAME_ABOVE_THE_PAGE, reads(READ_MESSAGES, "brp.naam"), "gezag.vaststellen", "bewind.vaststellen"
)
"""What every page about a resident uses before it begins: names, and whether this parent or administrator may."""


class NobodyChosen(Refusal):
    """An administrator has not said for whom they act now."""

    def __init__(self) -> None:
        super().__init__(
            code="nobody_chosen",
            text_nl="Kies eerst voor wie u iets regelt.",
            text_en="First choose for whom you act.",
            remedy="Choose a person from the list.",
        )


@dataclass(frozen=True)
class Subject:
    """The person of a page, who looks, and how they are named.

    Attributes:
        about: named on the page when somebody else looks, else None.
        reader: whose messages these are: the person's own, or the administrator's.
        authority: under which a resident acts for another; None for oneself and for an administrator's office.
    """

    who: Who
    person: UUID
    actor: Actor
    reader: Reader
    name: PersonName
    about: PersonName | None
    authority: Authority | None = None

    @property
    def is_at_counter(self) -> bool:
        """Whether a counter employee looks along with the resident."""
        return self.actor.kind == "employee"

    def activity(self, own: str) -> str:
        """The activity under which this page reads: the person's own right, looking along at the counter, or helping.

        Raises:
            NoAuthority: this is never for a helper.
        """
        if self.is_at_counter:
            return COUNTER_ACTIVITY
        if self.authority is None:
            return own
        if own not in HELPER_ACTIVITIES:
            raise NoAuthority("outside_scope")
        return HELPER_ACTIVITIES[own]

    def opens(self, service: str) -> bool:
        """Whether messages and cases of this service are for the reader of this page."""
        return self.authority is None or mandates.opens(self.authority, service)

    def may(self, action: Action, theme: str) -> bool:
        """Whether the reader may do this about that; everybody may about themself."""
        return self.authority is None or self.authority.covers(action, theme)


def subject_of(request: HttpRequest, action: Action = Action.VIEW, theme: str = "") -> Subject:
    """The person this request is about.

    Raises:
        NobodyChosen: an administrator has to choose first.
        NoAuthority: the administrator or helper may not, or not any more.
    """
    who = who_of(request)
    chosen = request.session.get(CHOSEN)
    if who.kind is Kind.RESIDENT and who.person is not None:
        if chosen and chosen != str(who.person):
            return _helped(request, who, UUID(str(chosen)), action, theme)
        return oneself(request, who)
    if who.organisation is None or not chosen:
        raise NobodyChosen
    person = UUID(str(chosen))
    mandates.acting_for(who, person, action)
    actor = Actor("organisation", who.organisation.kvk)
    name = _name_of(request, person, actor)
    return Subject(who, person, actor, Reader.ADMINISTRATOR, name, name)


def oneself(request: HttpRequest, who: Who) -> Subject:
    """The resident as the subject of their own page, whomever they act for on other pages.

    Raises:
        NobodyChosen: who is here is no resident.
    """
    if who.person is None:
        raise NobodyChosen
    actor = Actor("resident", str(who.person))
    return Subject(who, who.person, actor, Reader.SELF, own_name(request, who), None)


def _helped(request: HttpRequest, who: Who, person: UUID, action: Action, theme: str) -> Subject:
    judged = mandates.ruling(who, person, action, theme=theme)
    if not judged.is_allowed or judged.authority is None:
        raise NoAuthority(judged.reason)
    mandate = judged.authority.mandate
    actor = Actor("resident", str(who.person), role_of(mandate) if mandate else PARENT_ROLE)
    name = _name_of(request, person, actor)
    return Subject(who, person, actor, Reader.SELF, name, name, judged.authority)


def choose(request: HttpRequest, person: UUID) -> Authority | None:
    """Act for this person from now on in this session, or for oneself again; gives the authority that it rests on.

    Raises:
        NoAuthority: not this administrator or helper, or no longer.
    """
    who = who_of(request)
    forget_choice(request)
    if who.person == person:
        return None
    judged = mandates.ruling(who, person, Action.VIEW)
    if not judged.is_allowed:
        raise NoAuthority(judged.reason)
    request.session[CHOSEN] = str(person)
    return judged.authority


def forget_choice(request: HttpRequest) -> None:
    """Act for nobody else any more; nothing that was typed for the other stays in the session."""
    for key in (CHOSEN, "name_of", "correction"):
        request.session.pop(key, None)


def _name_of(request: HttpRequest, person: UUID, actor: Actor) -> PersonName:
    """The name of the person acted for: read once a session, kept in the encrypted session."""
    kept = request.session.get("name_of")
    if not isinstance(kept, dict) or kept.get("person") != str(person):
        kept = {"person": str(person), "name": dict(_records([person], actor).get(person, {}))}
        request.session["name_of"] = kept
    return name_from(kept["name"]) if kept["name"] else UNNAMED


def names_in_mandates(persons: Sequence[UUID], actor: Actor) -> dict[UUID, PersonName]:
    """Names of the other parties of mandates, for a party of them, the counter or a program; one line for each."""
    if not persons:
        return {}
    ticket = ask(Request(MANDATES, frozenset({"brp.naam"}), tuple(dict.fromkeys(persons)), actor, business_today()))
    return {fact.person: name_from(fact.value) for fact in take(ticket) if isinstance(fact.value, dict)}


def names_of_clients(persons: Sequence[UUID], actor: Actor) -> dict[UUID, PersonName]:
    """Names for the list of an administrator: one question for all of them, one line for each."""
    return _named("bewind.vaststellen", persons, actor)


def names_of_children(persons: Sequence[UUID], parent: UUID) -> dict[UUID, PersonName]:
    """Names for the list of a parent."""
    return _named("gezag.vaststellen", persons, Actor("resident", str(parent), PARENT_ROLE))


def _named(activity: str, persons: Sequence[UUID], actor: Actor) -> dict[UUID, PersonName]:
    found: dict[UUID, PersonName] = {}
    most = 500 if actor.kind == "organisation" else 50
    for start in range(0, len(persons), most):
        asked = tuple(persons[start : start + most])
        ticket = ask(Request(activity, frozenset({"brp.naam"}), asked, actor, business_today()))
        found |= {fact.person: name_from(fact.value) for fact in take(ticket) if isinstance(fact.value, dict)}
    return found


def _records(persons: Sequence[UUID], actor: Actor) -> dict[UUID, Mapping[str, object]]:
    found: dict[UUID, Mapping[str, object]] = {}
    activity = READ_MESSAGES if mandate_of(actor.role) or actor.role == PARENT_ROLE else OWN_DATA
    for person in persons:
        ticket = ask(Request(activity, frozenset({"brp.naam"}), (person,), actor, business_today()))
        found |= {fact.person: fact.value for fact in take(ticket) if isinstance(fact.value, dict)}
    return found
