"""The demonstration of granting without an application: announced in April, some granted, the rest waits on a list.

Played by the same doors as a real municipality, on earlier business dates; every step can be repeated.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from waardig.access.actions import set_business_date
from waardig.access.terms import Actor
from waardig.cases import queries as cases
from waardig.cases.actions import decide, decline, view_case
from waardig.cases.terms import CaseState, DecisionOutcome, Official
from waardig.catalogue import queries as catalogue
from waardig.proposals import queries as proposals
from waardig.proposals.actions import confirm_list, list_grants, run_round
from waardig.proposals.queries import control_total
from waardig.proposals.terms import ListSummary, RunSummary

SERVICE = "meedoenregeling"
ANNOUNCED_ON = date(2025, 4, 3)
SAID_NO_ON = date(2025, 4, 14)
FIRST_LIST_ON = date(2025, 4, 25)
FIRST_LIST_SIZE = 15
DECIDER = ("w.degraaf", "beslisser", "medewerker die mag beslissen")
OWN_REASONS = "Ik keek zelf het inkomen, de kinderen en de maanden bijstand na. Alles past bij de verordening."


@dataclass(frozen=True)
class Announced:
    """What was played: the round, how many said no, what was granted and what waits for confirmation."""

    round: RunSummary
    said_no: int
    granted: int
    granted_eurocent: int
    waiting: ListSummary

    def as_json(self) -> dict[str, Any]:
        """Counts for `demo --json`."""
        told = {"round": asdict(self.round), "waiting": asdict(self.waiting)}
        plain = {name: {key: _plain(value) for key, value in part.items()} for name, part in told.items()}
        return {**plain, "said_no": self.said_no, "granted": self.granted, "granted_eurocent": self.granted_eurocent}


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | bool | dict | None) else str(value)


def is_offered() -> bool:
    """Whether this municipality has the scheme."""
    return any(one.id == SERVICE for one in catalogue.services())


def announce_and_grant(on: date, played: Collection[UUID], work: Callable[[], object]) -> Announced:
    """Announce, let some people say no, grant a first list, and leave the rest on the list of `on`.

    Args:
        on: business date of the demonstration; it stands there again afterwards.
        played: persons whom a visitor plays; they say nothing.
        work: does what waits in the outbox, on the business date of that moment.
    """
    set_business_date(ANNOUNCED_ON)
    summary = run_round(SERVICE)
    work()
    said_no = _some_say_no(played)
    set_business_date(FIRST_LIST_ON)
    granted = _first_list(work)
    set_business_date(on)
    waiting = list_grants(SERVICE)
    work()
    return Announced(summary, said_no, *granted, waiting)


def _some_say_no(played: Collection[UUID]) -> int:
    """One in twenty of those who were announced something says no; the same people each time."""
    set_business_date(SAID_NO_ON)
    counted = 0
    found, _ = cases.waiting([CaseState.ANNOUNCED], size=100_000)
    for case in found:
        if case.applicant not in played and random.Random(f"no {case.number}").random() < 0.05:
            decline(case.id, actor=Actor("resident", str(case.applicant)), on=SAID_NO_ON, never_again=False)
            counted += 1
    return counted


def _first_list(work: Callable[[], object]) -> tuple[int, int]:
    """An official judges the sample of a first, short list and confirms the rest."""
    found = list_grants(SERVICE, most=FIRST_LIST_SIZE)
    if found.list is None:
        return 0, 0
    official = _official()
    _judge_sample(found.list, official)
    lines = proposals.lines_of(found.list, official, on=FIRST_LIST_ON)
    kept = confirm_list(found.list, official, typed_eurocent=control_total(lines), on=FIRST_LIST_ON)
    work()
    return kept.count, kept.total_eurocent


def _official() -> Official:
    here = catalogue.municipality()
    identity, role, function = DECIDER
    mandate = here.mandate_for(identity, SERVICE, "grant", amount_eurocent=0, on=FIRST_LIST_ON)
    return Official(identity, here.officials[identity].name, role, mandate.up_to_eurocent if mandate else 0, function)


def _judge_sample(identity: UUID, official: Official) -> None:
    for line in proposals.lines_of(identity, official, on=FIRST_LIST_ON):
        if line.sampled:
            view_case(line.case, official, on=FIRST_LIST_ON)
            decide(
                line.case, official, DecisionOutcome.GRANT, actor_kind="employee", reasons=OWN_REASONS,
                amount_eurocent=line.amount_eurocent, on=FIRST_LIST_ON,
            )  # fmt: skip
