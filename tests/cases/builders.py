"""Households, proposals and officials for tests of cases; every row comes through the gates."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connections, transaction

from tests.anything import declare_everything
from waardig.access.actions import ask
from waardig.access.terms import Actor, Request
from waardig.cases import actions, jobs
from waardig.cases.queries import case as case_of
from waardig.cases.terms import (
    Case,
    CaseKind,
    CaseState,
    Decision,
    DecisionOutcome,
    Declaration,
    NewCase,
    Official,
    Party,
)
from waardig.inbox import queries as inbox
from waardig.inbox.actions import set_display
from waardig.inbox.core.blocks import words_of
from waardig.kernel.errors import Refusal
from waardig.outbox.actions import drain
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.terms import NewFact
from waardig.values.terms import RandomSample

TODAY = date(2025, 4, 28)
MAY_12 = date(2025, 5, 12)
SERVICE = "individuele_inkomenstoeslag"
SINCE = date(2018, 1, 1)
AMOUNT = 52197
LAST_GRANT = date(2024, 3, 14)
SYSTEM = Actor("system", "cases")

WILLEM = Official("w.degraaf", "Willem de Graaf", "beslisser", 100_000, "medewerker die mag beslissen")
FATMA = Official("f.yildiz", "Fatma Yıldız", "inkomensconsulent", 100_000)
REASONS = "Het inkomen was in maart 2024 hoger dan de grens, want er was loon naast de bijstand."

NOBODY = RandomSample("steekproef", 0, min_n=20, done_within_days=14, blind=True)
EVERYBODY = RandomSample("steekproef", 100, min_n=20, done_within_days=14, blind=True)

GERRIT: dict[str, Any] = {
    "brp.naam": {"voorletters": "G.", "geslachtsnaam": "Vos", "geslacht": "M"},
    "brp.geboortedatum": "1966-11-08",
    "brp.adres": {"straat": "Molenkade", "huisnummer": "12", "postcode": "1234 AB", "woonplaats": "Rietwaarden"},
    "uitkeringen.status": "lopend",
    "uitkeringen.leefvorm": "ALLEENSTAAND",
    "uitkeringen.partner": None,
    "uitkeringen.norm": 127_818,
    "uitkeringen.inkomen": 0,
    "uitkeringen.vermogen": 124_000,
    "uitkeringen.laatste_iit": LAST_GRANT.isoformat(),
    "uitkeringen.iban": "NL91ABNA0417164300",
    "uitkeringen.woont_in_gemeente": True,
    "uitkeringen.rechtmatig_verblijf": True,
    "uitkeringen.uitsluiting": False,
}
"""Somebody who probably qualifies: Gerrit Vos of the design. A value of LEFT_OUT is not known at all."""
LEFT_OUT = object()


@dataclass(frozen=True)
class Known:
    """A person with the ids of their facts, by attribute."""

    person: UUID
    facts: dict[str, UUID]


def a_resident(**changes: Any) -> Known:
    """Gerrit with changes; keyword `uitkeringen__norm` is the attribute `uitkeringen.norm`."""
    person = uuid4()
    enrol_persons([(person, None)])
    values = {**GERRIT, **{name.replace("__", ".", 1): value for name, value in changes.items()}}
    told = {name: value for name, value in values.items() if value is not LEFT_OUT}
    established = {"uitkeringen.vermogen": date(2024, 2, 3)}
    batch = [
        NewFact(person, name, value, _since(name, value), established_on=established.get(name))
        for name, value in told.items()
    ]
    return Known(person, dict(zip(told, store_facts(batch).fact_ids, strict=True)))


def _since(name: str, value: Any) -> date:
    return date.fromisoformat(value) if name == "uitkeringen.laatste_iit" and value else SINCE


def a_couple() -> tuple[UUID, UUID]:
    """Two partners who qualify together; the first had the supplement long ago, the second last year."""
    first, second = uuid4(), uuid4()
    enrol_persons([(first, None), (second, None)])
    part = {**GERRIT, "uitkeringen.leefvorm": "PAAR", "uitkeringen.norm": 90_000}
    dates = {first: "2019-02-01", second: LAST_GRANT.isoformat()}
    for own, other in ((first, second), (second, first)):
        values = {**part, "uitkeringen.partner": {"person": str(other)}, "uitkeringen.laatste_iit": dates[own]}
        store_facts([NewFact(own, name, value, _since(name, value)) for name, value in values.items()])
    return first, second


def a_proposal(*persons: UUID, **changes: Any) -> Case:
    """An open proposal; the first person is the applicant, the second the partner."""
    roles = ("applicant", "partner")
    given: dict[str, Any] = {
        "key": f"proposal:{persons[0]}",
        "kind": CaseKind.PROPOSAL,
        "state": CaseState.PROPOSED,
        "service": SERVICE,
        "parties": tuple(Party(person, role) for person, role in zip(persons, roles, strict=False)),
        "opened_on": TODAY,
        "amount_eurocent": AMOUNT,
        "team": "inkomen",
        "household_type": "ALLEENSTAAND",
    }
    with transaction.atomic():
        return actions.open_cases(
            [NewCase(**{**given, **changes})], prefix="RW", actor_kind="system", actor="proposals"
        )[0]


def a_declaration(**changes: Any) -> Declaration:
    """Nothing changed, little saved."""
    given: dict[str, Any] = {
        "household_unchanged": True,
        "household_note": "",
        "wealth_eurocent": 80_000,
        "iban": "NL13 TEST 0123 4567 89",
    }
    return Declaration(**{**given, **changes})


def resident(person: UUID) -> Actor:
    """The person as an actor."""
    return Actor("resident", str(person))


def an_application(*persons: UUID, on: date = TODAY, declaration: Declaration | None = None) -> Case:
    """A yes on a day, with a declaration; the law did not run yet."""
    case = a_proposal(*persons)
    return actions.apply(case.id, declaration or a_declaration(), actor=resident(persons[0]), on=on)


def work() -> None:
    """Let the jobs of this room be done."""
    drain(jobs.handlers(), until_empty=True)


def an_assessed(*persons: UUID, declaration: Declaration | None = None) -> Case:
    """An application for which the law ran."""
    case = an_application(*persons, declaration=declaration)
    work()
    return case_of(case.id)


def by_hand(**declared: object) -> Case:
    """An application that waits for a person because of what was declared."""
    return an_assessed(a_resident().person, declaration=a_declaration(**({"something_wrong": "x"} | declared)))


def decide(found: Case, outcome: DecisionOutcome = DecisionOutcome.REFUSE, **changes: object) -> Decision:
    given = {"actor_kind": "employee", "reasons": REASONS, "on": MAY_12, **changes}
    official = given.pop("official", WILLEM)
    if outcome is DecisionOutcome.GRANT:
        given.setdefault("amount_eurocent", AMOUNT)
    return actions.decide(found.id, official, outcome, **given)  # type: ignore[arg-type]


def prepared(count: int) -> list[Case]:
    """Prepared grants that an official opened."""
    found = [an_application(a_resident().person) for _ in range(count)]
    work()
    for one in found:
        actions.view_case(one.id, WILLEM, on=TODAY)
    return [case_of(one.id) for one in found]


def choose_english(person: UUID) -> None:
    """Messages made from now on have an English text beside the Dutch one."""
    set_display(person, large=False, shielded=None, where="web", language="en")


def letters(case: UUID, *, english: bool = False) -> list[str]:
    """The messages of a case as plain text (ordinary spaces), oldest first, read through the two calls.

    Args:
        english: the English texts; the subject of a message is always Dutch, and nothing follows it without one.
    """
    texts = []
    for message in reversed(inbox.messages_of_case(case).messages):
        ticket = ask(
            Request("bericht.lezen", frozenset({"inbox.bericht"}), (message.recipient,), resident(message.recipient),
                    TODAY)
        )  # fmt: skip
        text = inbox.text(ticket, message.id)
        said = (words for block in (text.english if english else text.blocks) for words in words_of(block, "screen"))
        texts.append("\n".join([text.subject, *said]).replace("\xa0", " "))
    return texts


def lines(owner: psycopg.Connection, person: UUID, activity: str) -> list[str]:
    """What the log holds of a person under an activity: the decisions, oldest first."""
    found = owner.execute(
        "SELECT d.decision FROM log.detail d JOIN log.line l USING (trace_id, span_id)"
        " JOIN log.pseudonyms(ARRAY[%s]::uuid[]) p USING (subject) WHERE d.activity = %s ORDER BY l.start_time",
        [person, activity],
    ).fetchall()
    return [decision for (decision,) in found]


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction that ends as if its process was killed."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def at_the_same_moment(*acts: Callable[[], object]) -> list[object]:
    """Each act in a thread with its own connection; gives what each gave, or its refusal, in any order."""
    ready, found = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        declare_everything()
        try:
            ready.wait(timeout=120)
            found.append(act())
        except Refusal as refusal:
            found.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=120)
    return found
