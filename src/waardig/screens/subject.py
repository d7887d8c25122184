"""Whom a page is about: the resident, or the person an administrator acts for; asked of the register each time."""

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
from waardig.kernel.errors import Refusal
from waardig.mandates import queries as mandates
from waardig.mandates.terms import Action
from waardig.registers.queries import take
from waardig.screens.frames import OWN_DATA, own_name, who_of
from waardig.screens.names import UNNAMED, name_from
from waardig.screens.pages.words import PersonName

CHOSEN = "acting_for"
COUNTER_ACTIVITY = "loket.meekijken"


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
    """

    who: Who
    person: UUID
    actor: Actor
    reader: Reader
    name: PersonName
    about: PersonName | None

    @property
    def is_at_counter(self) -> bool:
        """Whether a counter employee looks along with the resident."""
        return self.actor.kind == "employee"

    def activity(self, own: str) -> str:
        """The activity under which this page reads: the person's own right, or looking along at the counter."""
        return COUNTER_ACTIVITY if self.is_at_counter else own


def subject_of(request: HttpRequest, action: Action = Action.VIEW) -> Subject:
    """The person this request is about.

    Raises:
        NobodyChosen: an administrator has to choose first.
        NoAuthority: the register no longer lets this administrator act.
    """
    who = who_of(request)
    if who.kind is Kind.RESIDENT and who.person is not None:
        actor = Actor("resident", str(who.person))
        return Subject(who, who.person, actor, Reader.SELF, own_name(request, who), None)
    chosen = request.session.get(CHOSEN)
    if who.organisation is None or not chosen:
        raise NobodyChosen
    person = UUID(str(chosen))
    mandates.acting_for(who, person, action)
    actor = Actor("organisation", who.organisation.kvk)
    name = _name_of(request, person, actor)
    return Subject(who, person, actor, Reader.ADMINISTRATOR, name, name)


def choose(request: HttpRequest, person: UUID) -> None:
    """Act for this person from now on in this session; refused when the register says no.

    Raises:
        NoAuthority: not this administrator, or no longer.
    """
    mandates.acting_for(who_of(request), person)
    request.session[CHOSEN] = str(person)


def _name_of(request: HttpRequest, person: UUID, actor: Actor) -> PersonName:
    """The name of the person acted for: read once a session, kept in the encrypted session."""
    kept = request.session.get("name_of")
    if not isinstance(kept, dict) or kept.get("person") != str(person):
        kept = {"person": str(person), "name": dict(_records([person], actor).get(person, {}))}
        request.session["name_of"] = kept
    return name_from(kept["name"]) if kept["name"] else UNNAMED


def names_of(persons: Sequence[UUID], actor: Actor) -> dict[UUID, PersonName]:
    """Names of persons this actor may see, read through the gate."""
    return {person: name_from(record) for person, record in _records(persons, actor).items()}


def _records(persons: Sequence[UUID], actor: Actor) -> dict[UUID, Mapping[str, object]]:
    found: dict[UUID, Mapping[str, object]] = {}
    for person in persons:
        ticket = ask(Request(OWN_DATA, frozenset({"brp.naam"}), (person,), actor, business_today()))
        found |= {fact.person: fact.value for fact in take(ticket) if isinstance(fact.value, dict)}
    return found
