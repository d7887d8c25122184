"""Residents, messages and values for tests of the message box; rows come through the gates."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from waardig.access.actions import ask
from waardig.access.terms import Actor, Request, Ticket
from waardig.inbox.actions import send_messages
from waardig.inbox.queries import filled
from waardig.inbox.terms import DataRow, NewMessage, Reader, SentMessage, Span
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.terms import NewFact

TODAY = date(2025, 4, 28)
SERVICE = "individuele_inkomenstoeslag"
ADDRESS = {"straat": "Molenkade", "huisnummer": "12", "postcode": "9999 AB", "woonplaats": "Rietwaarden"}
NAME = {"voorletters": "G.", "geslachtsnaam": "Vos", "geslacht": "M"}


def a_resident(
    *,
    name: dict[str, str] | None = None,
    address: dict[str, str] | None = None,
    no_address: bool = False,
    facts: dict[str, Any] | None = None,
    doubted: bool = False,
) -> UUID:
    """A person in the registers, with an address unless `no_address`."""
    person = uuid.uuid4()
    enrol_persons([(person, None)])
    known = {"brp.naam": name or NAME, **(facts or {})}
    new = [NewFact(person, attribute, value, valid_from=date(2020, 1, 1)) for attribute, value in known.items()]
    if not no_address:
        spot = address or ADDRESS
        new.append(NewFact(person, "brp.adres", spot, valid_from=date(2020, 1, 1), under_investigation=doubted))
    store_facts(new)
    return person


def values(**changes: Any) -> dict[str, Any]:
    """Values for every template of the service."""
    rows = (
        DataRow("Leeftijd", (Span("58 jaar"),), (Span("BRP, 28 april 2025"),)),
        DataRow("Spaargeld", (Span("€ 1.240"),), (Span("Gemeente, 3 februari 2024"),)),
    )
    given: dict[str, Any] = {
        "amount": 52197, "couple": False, "income_average": False, "benefit_whole_period": True,
        "granted_before": True, "wait_months": 12, "reference_in_years": True, "reference_years": 3,
        "reference_months": 36, "income_limit": 140600, "decide_weeks": 8, "case_number": "RW 2025 0481",
        "phone": "088 000 01 20", "desk": "het loket, Markt 1", "team": "Team Inkomen", "employee": "Fatma Yıldız",
        "municipality": "Rietwaarden", "weighed_on": date(2025, 3, 18), "body": "Het college",
        "site": "mijn.rietwaarden.example", "data_used": rows, "presumed": True, "free_post": True,
        "person": "meneer Vos", "person_start": "Meneer Vos", "answered_on": date(2025, 5, 12),
        "decide_by": date(2025, 7, 7), "declared": ["U woont alleen.", "Uw spaargeld is € 1.240."],
        "something_wrong": False, "pay_by": date(2025, 7, 10), "account": "die eindigt op 4300",
        "next_from": date(2026, 5, 12), "decided_on": date(2025, 5, 28), "official": "Willem de Graaf",
        "function": "beslisser", "mandate": "het Mandaatbesluit Rietwaarden 2025, artikel 4",
        "articles": ["Participatiewet, artikel 36: hier staat wie de toeslag krijgt."],
        "objection_until": date(2025, 7, 10), "objection_weeks": 6, "objection_to": "het college",
        "objection_address": "Postbus 100, 9999 ZZ Rietwaarden", "objection_online": True,
        "reasons": ["Uw inkomen was in maart 2024 hoger dan de grens."], "may_ask_again": True, "is_near": True,
        "nearest": ["Hoogste maand: hoogstens € 1.406"],
        "outcome": "U krijgt een deel van de toeslag", "pay": True, "attribute": "uw inkomen in maart 2024",
        "reported_on": date(2025, 5, 6), "answer_by": date(2025, 5, 13), "holder": "Team Inkomen", "freezes": True,
        "changed": True, "explanation": ["In onze administratie stond een verkeerd bedrag."],
        "starts_on": date(2025, 4, 28), "opt_out_until": date(2025, 4, 27),
    }  # fmt: skip
    return {**given, **changes}


def a_message(person: UUID, key: str | None = None, *, template: str = "proposal", **changes: Any) -> NewMessage:
    """A proposal to a person; `changes` replace fields of the message."""
    text = filled(SERVICE, template, values(), language=changes.get("language", "nl"))
    given: dict[str, Any] = {
        "recipient": person, "about": person, "message_type": text.message_type, "service": SERVICE,
        "activity": "iit.aanvraag", "subject": text.subject, "blocks": text.blocks, "key": key or f"test:{person}",
        "template": text.template,
    }  # fmt: skip
    return NewMessage(**{**given, **changes})


def for_administrator(person: UUID) -> NewMessage:
    """A proposal to the administrator of a person."""
    return a_message(person, template="proposal_administrator", reader=Reader.ADMINISTRATOR)


def send(*messages: NewMessage, on: date = TODAY) -> list[SentMessage]:
    """Send in a transaction of its own."""
    with transaction.atomic():
        return send_messages(messages, on=on)


def a_reading_ticket(person: UUID) -> Ticket:
    """The ticket with which a person reads their own messages."""
    actor = Actor("resident", str(person))
    return ask(Request("bericht.lezen", frozenset({"inbox.bericht"}), (person,), actor, TODAY))
