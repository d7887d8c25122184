"""Mijn gegevens: every attribute held about a person, with its source, since when, and a way to object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from waardig.archive import queries as archive
from waardig.cases import queries as cases
from waardig.cases.terms import Correction
from waardig.catalogue.queries import municipality
from waardig.kernel.clock import business_today
from waardig.kernel.days import day_of
from waardig.registers import queries as registers
from waardig.registers.terms import Attribute, Declarations, RecordedFact, Register, RegisterFact
from waardig.screens.addresses import Addresses
from waardig.screens.frames import address
from waardig.screens.own_history import ADDRESS, earlier, is_secret, own_ticket
from waardig.screens.own_terms import kept_for
from waardig.screens.pages import own_data as pages
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.why import OpenCorrection
from waardig.screens.pages.words import Amount, Shown, Words
from waardig.screens.subject import Subject

Heading = Literal["self", "living", "money", "reach", "other"]
GROUPS: dict[str, Heading] = {
    "uzelf": "self",
    "wonen": "living",
    "inkomen_en_spaargeld": "money",
    "zo_bereiken_wij_u": "reach",
}
ORDER: tuple[Heading, ...] = ("self", "living", "money", "reach", "other")
MUNICIPALITY_CODE = "brp.gemeente"
YEAR = timedelta(days=365)
NEUTER = ("register", "logboek", "archief", "bestand")
"""Dutch words that take "het", also at the end of a longer word."""
MOST_EARLIER = 12
"""Earlier values of one attribute on the page; the copy has them all."""


def own_facts(subject: Subject) -> tuple[RegisterFact, ...]:
    """Everything held about the subject, read under their right to see it (one line in the log)."""
    return registers.take(own_ticket(subject))


def own_data_page(
    subject: Subject, frame: Frame, addresses: Addresses, *, show_secret: bool = False
) -> pages.OwnDataPage:
    """The page My data."""
    ticket = own_ticket(subject)
    facts = registers.take(ticket)
    recorded = registers.take_history(ticket) if subject.authority is None else ()  # a helper needs what holds now
    known = registers.declared()
    terms, asked = archive.take_terms(ticket), registers.take_asked(ticket)
    doubts = {one.fact: one for one in cases.corrections_of(subject.person, only_open=True) if one.fact}
    hidden = is_secret(facts, ADDRESS) and not show_secret
    born = next((f.valid_from for f in facts if f.attribute == "brp.geboortedatum"), None)
    grouped: dict[Heading, list[pages.DataFact]] = {heading: [] for heading in ORDER}
    current = newest(known, facts)
    before = earlier(recorded, {attribute.id: fact for attribute, fact in current})
    for attribute, fact in current:
        heading = GROUPS.get(str(attribute.group), "other")
        shown = _fact(known, attribute, fact, doubts, addresses, hidden=hidden)
        past = () if shown.hidden else past_values(attribute, before.get(attribute.id, ()))
        since_birth = bool(born) and fact.valid_from == born
        grouped[heading].append(
            replace(
                shown,
                since_birth=since_birth,
                earlier=past[:MOST_EARLIER],
                more_earlier=len(past) > MOST_EARLIER,
                kept=kept_for(attribute, terms.get(fact.fact_id)),
                asked_on=day_of(at) if (at := asked.get((fact.person, attribute.id))) else None,
            )
        )
    groups = tuple(pages.DataGroup(heading, tuple(grouped[heading])) for heading in ORDER if grouped[heading])
    may_copy = subject.authority is None
    return pages.OwnDataPage(
        frame=frame,
        about=subject.about,
        groups=groups,
        print_href=addresses.data_on_paper if may_copy else "",
        file_href=addresses.data_file if may_copy else "",
    )


def past_values(attribute: Attribute, recorded: Sequence[RecordedFact]) -> tuple[pages.EarlierValue, ...]:
    """Values that stood there before, as a page shows them."""
    return tuple(
        pages.EarlierValue(
            value=shown_value(attribute, one.fact),
            since=one.fact.valid_from,
            until=one.fact.valid_to,
            replaced_on=day_of(one.superseded_at) if one.superseded_at else None,
        )
        for one in recorded
    )


def newest(known: Declarations, facts: Sequence[RegisterFact]) -> list[tuple[Attribute, RegisterFact]]:
    """The current value of each attribute in the order of the page; of spells the last one."""
    by_attribute: dict[str, RegisterFact] = {}
    for fact in facts:
        before = by_attribute.get(fact.attribute)
        if before is None or (fact.valid_from or date.min) >= (before.valid_from or date.min):
            by_attribute[fact.attribute] = fact
    return [(one, by_attribute[one.id]) for one in known.all_attributes() if one.id in by_attribute]


def _fact(
    known: Declarations,
    attribute: Attribute,
    fact: RegisterFact,
    doubts: Mapping[UUID, Correction],
    addresses: Addresses,
    *,
    hidden: bool,
) -> pages.DataFact:
    doubted = doubts.get(fact.fact_id)
    register = known.register_of(attribute.id)
    is_hidden = hidden and attribute.id == ADDRESS
    established = fact.established_on
    return pages.DataFact(
        label=Words(attribute.label.nl, attribute.label.en),
        value=None if is_hidden else shown_value(attribute, fact),
        source=source_of(register),
        since=fact.valid_from,
        established_on=established,
        older_than_year=established is not None and established < business_today() - YEAR,
        hidden=is_hidden,
        reveal_href=address("portal:reveal") if is_hidden and addresses.may_answer else "",
        correct_href="" if doubted else addresses.correct(fact.fact_id),
        correction=OpenCorrection(doubted.case.opened_on, doubted.answer_by) if doubted else None,
        in_doubt=fact.under_investigation and doubted is None,
    )


def source_of(register: Register) -> Words:
    """ "Uit de Basisregistratie personen (BRP)", "Uit het kentekenregister"; what somebody told us has none."""
    nl, en = register.name.nl, register.name.en
    if register.id == "opgave":
        return Words(nl, en)
    lowered = nl if "(" in nl else nl[:1].lower() + nl[1:]
    article = "het" if nl.split(" ")[0].lower().endswith(NEUTER) else "de"
    return Words(f"Uit {article} {lowered}", f"From the {en[:1].lower() + en[1:]}")


def shown_value(attribute: Attribute, fact: RegisterFact) -> Shown:
    """A value as a page shows it: amounts and dates typed, everything else in words of both languages."""
    if fact.value is None:
        absent = attribute.absent_text
        return Words(absent.nl, absent.en) if absent else Words("Geen", "None")
    if attribute.id == MUNICIPALITY_CODE and fact.value == municipality().code:
        return Words(municipality().name, municipality().name)
    if attribute.kind.value == "eurocent" and isinstance(fact.value, int):
        return Amount(fact.value, "month" if attribute.unit and "month" in attribute.unit else "")
    return Words(registers.shown(attribute, fact.value, "nl"), registers.shown(attribute, fact.value, "en"))
