"""Clients of the participation scheme, from the announcement to a confirmed list; every row comes through the gates."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from tests.cases import builders
from tests.cases.builders import REASONS, TODAY
from waardig.access.actions import set_business_date
from waardig.cases import queries as cases
from waardig.cases.actions import decide
from waardig.cases.terms import Case, DecisionOutcome, Official
from waardig.kernel.content import content_roots
from waardig.outbox.actions import drain
from waardig.proposals import jobs, queries
from waardig.proposals.actions import confirm_list, list_grants, run_round
from waardig.proposals.terms import LineStanding
from waardig.registers.actions import enrol_persons, store_facts
from waardig.registers.terms import NewFact
from waardig.values.actions import decide as decide_weighing

SERVICE = "meedoenregeling"
ANNOUNCED, LAST_DAY, LISTED = date(2025, 4, 3), date(2025, 4, 24), date(2025, 4, 25)
WILLEM = Official("w.degraaf", "Willem de Graaf", "beslisser", 100_000, "medewerker die mag beslissen")
PETRA = Official("p.vandam", "Petra van Dam", "beslisser", 500_000, "medewerker die mag beslissen")
FACTS: dict[str, Any] = {
    "brp.naam": {"voorletters": "G.", "geslachtsnaam": "Vos", "geslacht": "M"},
    "brp.geboortedatum": "1966-11-08",
    "brp.overlijdensdatum": None,
    "brp.in_onderzoek": False,
    "brp.curatele": False,
    "brp.geheimhouding": False,
    "brp.kinderen": [],
    "uitkeringen.status": "lopend",
    "uitkeringen.leefvorm": "ALLEENSTAAND",
    "uitkeringen.partner": None,
    "uitkeringen.norm": 127_818,
    "uitkeringen.inkomen": 0,
    "uitkeringen.iban": "NL91ABNA0417164300",
    "uitkeringen.woont_in_gemeente": True,
    "uitkeringen.rechtmatig_verblijf": True,
}


def weighed() -> None:
    """The college decided, and it is the day of the round."""
    set_business_date(ANNOUNCED)
    decide_weighing(content_roots()[-1] / "services" / SERVICE / "decision.yaml", on=ANNOUNCED)


def a_client(**changes: Any) -> UUID:
    person = uuid4()
    enrol_persons([(person, None)])
    values = {**FACTS, **{name.replace("__", ".", 1): value for name, value in changes.items()}}
    store_facts([NewFact(person, name, value, date(2018, 1, 1)) for name, value in values.items()])
    return person


def letters(case: UUID) -> list[str]:
    """The messages of a case, read at the end of the story."""
    set_business_date(TODAY)
    return builders.letters(case)


def later(person: UUID, **changes: Any) -> None:
    """What the registers say from a day after the announcement."""
    told = {name.replace("__", ".", 1): value for name, value in changes.items()}
    store_facts([NewFact(person, name, value, date(2025, 3, 1)) for name, value in told.items()])


def case_of(person: UUID) -> Case:
    [found] = [one for one in cases.cases_of(person) if one.service == SERVICE]
    return found


def announced(*persons: UUID) -> list[Case]:
    summary = run_round(SERVICE)
    assert summary.lanes == {"without_application": len(persons)}
    return [case_of(person) for person in persons]


def listed() -> UUID:
    set_business_date(LISTED)
    found = list_grants(SERVICE)
    assert found.list is not None
    return found.list


def judge_sample(identity: UUID, official: Official = WILLEM, **changes: Any) -> None:
    for line in queries.lines_of(identity, official, on=LISTED):
        if line.sampled:
            given: dict[str, Any] = {"amount_eurocent": line.amount_eurocent, **changes}
            given |= {"actor_kind": "employee", "reasons": REASONS, "on": LISTED}
            decide(line.case, official, DecisionOutcome.GRANT, **given)


def total(identity: UUID, official: Official = WILLEM) -> int:
    lines = queries.lines_of(identity, official, on=LISTED)
    return sum(line.amount_eurocent for line in lines if line.standing is LineStanding.READY)


def confirmed(identity: UUID, official: Official = WILLEM) -> int:
    kept = confirm_list(identity, official, typed_eurocent=total(identity, official), on=LISTED)
    drain(jobs.handlers(), until_empty=True)
    return kept.count
