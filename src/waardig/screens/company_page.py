"""What the register of companies says: a company sees its own registration, the counter looks one up at a time.

A company stands in the register as somebody without a number (decision 0103); a sole trader is a natural person, so
every look is asked at the gate and leaves a line, as for persons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from waardig.access.actions import ask, attributes_of
from waardig.access.terms import AccessRefused, Actor, Request, Ticket
from waardig.archive import queries as archive
from waardig.archive.terms import FactTerm
from waardig.identity.terms import Who
from waardig.kernel.clock import business_today
from waardig.registers import queries as registers
from waardig.registers.terms import RecordedFact, RegisterFact
from waardig.screens.frames import address
from waardig.screens.own_data_page import MOST_EARLIER, newest, past_values, shown_value
from waardig.screens.own_history import earlier
from waardig.screens.own_terms import kept_for
from waardig.screens.pages.company import CompanyPage, FindCompanyPage
from waardig.screens.pages.forms import Field, FieldError
from waardig.screens.pages.frame import DeskFrame, Frame
from waardig.screens.pages.own_data import DataFact
from waardig.screens.pages.words import Words

OWN, COUNTER, ROLE = "inzage.bedrijf", "organisatie.nagaan", "loket"
OUTSIDE = "population_outside"
LOOKED = "bedrijf bekeken aan het loket"
REGISTER = "handelsregister"
SOURCE = Words("Uit het Handelsregister", "From the business register")


def company_page(who: Who, kvk: str, frame: Frame) -> CompanyPage:
    """The registration of the organisation that signed in: what holds now, what stood there, until when it is kept.

    Raises:
        AccessRefused: for another reason than that nothing is known of it.
    """
    ticket = _ticket(OWN, kvk, Actor("organisation", kvk))
    facts: tuple[DataFact, ...] = ()
    if ticket is not None:
        facts = _facts(registers.take(ticket), registers.take_history(ticket), archive.take_terms(ticket))
    return CompanyPage(frame, who.name, facts, correction(), address("portal:represented"))


def find_company_page(who: Who, frame: DeskFrame, typed: str | None) -> FindCompanyPage:
    """A company at the counter: the form, and what is known of the number that was typed.

    Raises:
        AccessRefused: not this official, or not any more today.
    """
    kvk = (typed or "").replace(" ", "")
    error = FieldError.KVK_WRONG if typed is not None and not is_kvk(kvk) else None
    facts: tuple[DataFact, ...] = ()
    if typed is not None and error is None:
        ticket = _ticket(COUNTER, kvk, Actor("employee", who.id, ROLE), name=LOOKED)
        facts = _facts(registers.take(ticket), (), archive.take_terms(ticket)) if ticket else ()
    number = Field("kvk", typed or "", error)
    return FindCompanyPage(
        desk=frame,
        back_href=address("desk:find"),
        action=address("desk:company"),
        kvk=number,
        errors=(number,) if error else (),
        asked=typed is not None and error is None,
        facts=facts,
        correction=correction(),
    )


def is_kvk(text: str) -> bool:
    """Whether this is a number of the business register: eight digits.

    Example:
        >>> is_kvk("69599084"), is_kvk("6959908"), is_kvk("6959908a")
        (True, False, False)
    """
    return len(text) == 8 and text.isascii() and text.isdigit()


def correction() -> Words:
    """Who repairs what is wrong in the register of companies: its holder, not the municipality."""
    said = registers.declared().registers[REGISTER].holder.correction
    return Words(said.nl, said.en) if said else Words("")


def _ticket(activity: str, kvk: str, actor: Actor, *, name: str = "") -> Ticket | None:
    """Leave to read one company; None when the register does not have it."""
    persons = (registers.company_id(kvk),)
    try:
        return ask(Request(activity, attributes_of(activity), persons, actor, business_today(), name=name))
    except AccessRefused as refused:
        if refused.code != OUTSIDE:
            raise
        return None


def _facts(
    held: Sequence[RegisterFact], recorded: Sequence[RecordedFact], terms: Mapping[UUID, FactTerm]
) -> tuple[DataFact, ...]:
    """What holds now; of a company that ended the last that held."""
    known = registers.declared()
    standing = [one.fact for one in recorded if one.superseded_at is None]
    order = list(known.registers[REGISTER].attributes)
    current = sorted(newest(known, held or standing), key=lambda one: order.index(one[0].id))
    before = earlier(recorded, {attribute.id: fact for attribute, fact in current})
    found = []
    for attribute, fact in current:
        past = past_values(attribute, before.get(attribute.id, ()))
        found.append(
            DataFact(
                label=Words(attribute.label.nl, attribute.label.en),
                value=shown_value(attribute, fact),
                source=SOURCE,
                since=fact.valid_from,
                until=fact.valid_to,
                in_doubt=fact.under_investigation,
                earlier=past[:MOST_EARLIER],
                kept=kept_for(attribute, terms.get(fact.fact_id)),
            )
        )
    return tuple(found)
