"""Employees at their desks, and residents at the counter; cases come from the builders of cases."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from tests.cases.builders import GERRIT, SINCE, a_proposal
from tests.identity.signing_in import an_employee, signed_in_client
from tests.inbox.builders import a_message, send
from waardig.cases.terms import Case
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.terms import NewFact

BSN = "999990019"
OWN_WORDS = "Uw spaargeld was in april hoger dan de grens. Daarom krijgt u de toeslag nu niet."


def a_decider() -> Client:
    """Willem de Graaf, mandate up to 1,000 euros in the decree of Rietwaarden."""
    return signed_in_client(an_employee("beslisser", number="w.degraaf", name="Willem de Graaf"))


def a_caseworker() -> Client:
    """Fatma Yıldız: caseworker and at the counter, without a mandate."""
    return signed_in_client(an_employee("inkomensconsulent", "loket"))


def at_the_counter() -> Client:
    """An employee of the counter only."""
    return signed_in_client(an_employee("loket"))


def somebody_with_a_number(**changes: Any) -> UUID:
    """Gerrit Vos, enrolled under BSN."""
    person = uuid4()
    enrol_persons([(person, BSN)])
    values = {**GERRIT, **{name.replace("__", ".", 1): value for name, value in changes.items()}}
    store_facts([NewFact(person, name, value, SINCE) for name, value in values.items()])
    return person


def a_sent_proposal(*persons: UUID) -> tuple[Case, UUID]:
    """An open proposal with its message; gives the case and the id of the message."""
    case = a_proposal(*persons)
    (sent,) = send(a_message(persons[0], key=f"proposal:{persons[0]}", case=case.id))
    return case, sent.id


def find(client: Client, bsn: str = BSN, identified_by: str = "paspoort") -> Any:
    """Open somebody at the counter."""
    return client.post("/balie/loket/", {"bsn": bsn, "identified_by": identified_by})


def words_of(response: Any) -> str:
    """The text of a page without marks, one space between words."""
    text = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
