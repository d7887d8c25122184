"""Every lane with every ending it can have: ending, how long it is kept, lines of the log, public figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.cases.builders import AMOUNT, LEFT_OUT, REASONS, a_declaration, a_resident, resident
from tests.cases.builders import SERVICE as SUPPLEMENT
from tests.cases.builders import decide as decided
from tests.cases.builders import work as assess
from tests.proposals import builders as scheme
from waardig.access.actions import set_business_date
from waardig.accountability.queries.figures import counts_of
from waardig.archive import actions as archive
from waardig.archive import queries as archived
from waardig.cases import actions, jobs
from waardig.cases import queries as cases
from waardig.cases.core.ending import Ending
from waardig.cases.terms import Case, DecisionOutcome
from waardig.kernel.content import content_roots
from waardig.outbox.actions import drain
from waardig.proposals import queries
from waardig.proposals.actions import run_round
from waardig.values.actions import decide as decide_weighing

ROUND = date(2025, 4, 28)
DAY = date(2025, 5, 12)
PROTECTED = {"brp__overlijdensdatum": None, "brp__in_onderzoek": False, "brp__curatele": False}
TERMS = {"8.1": "P10Y", "8.2": "P5Y", "8.3": "P10Y", "8.4.1": "P42D"}
DUE = {"8.2": date(2030, 5, 13), "8.3": date(2035, 5, 13), "8.4.1": date(2025, 6, 24)}
"""The first day on which it may go, after a term that began on DAY; a grant waits for the end of the provision."""


@dataclass(frozen=True)
class Told:
    """One case that a round opened: its lane, its service, and who it is about."""

    lane: str
    case: Case
    person: UUID


def yes_is_enough() -> Told:
    return _supplement("yes_is_enough")


def short_form() -> Told:
    return _supplement("short_form", uitkeringen__norm=LEFT_OUT, uitkeringen__inkomen=LEFT_OUT)


def _supplement(lane: str, **changes: Any) -> Told:
    decide_weighing(content_roots()[-1] / "services" / SUPPLEMENT / "decision.yaml", on=ROUND)
    person = a_resident(**{**PROTECTED, **changes}).person
    assert run_round(SUPPLEMENT).lanes == {lane: 1}
    [case] = cases.cases_of(person)
    return Told(lane, case, person)


def without_application() -> Told:
    scheme.weighed()
    person = scheme.a_client()
    [case] = scheme.announced(person)
    return Told("without_application", case, person)


def said_yes(told: Told) -> Told:
    """A yes with what the lane asks, judged."""
    declared = a_declaration(told={"hoogste_maandinkomen": 110_000} if told.case.asked else {})
    set_business_date(ROUND)
    actions.apply(told.case.id, declared, actor=resident(told.person), on=ROUND)
    assess()
    return told


def granted(told: Told) -> None:
    if told.lane == "without_application":
        scheme.judge_sample(scheme.listed())  # a list of one is its own sample
        drain({**jobs.handlers()}, until_empty=True)
        return
    set_business_date(DAY)
    decided(cases.case(said_yes(told).case.id), DecisionOutcome.GRANT, amount_eurocent=AMOUNT, on=DAY)


def refused(told: Told) -> None:
    said_yes(told)
    set_business_date(DAY)
    decided(cases.case(told.case.id), DecisionOutcome.REFUSE, reasons=REASONS, on=DAY)


def said_no(told: Told) -> None:
    set_business_date(DAY)
    actions.decline(told.case.id, actor=resident(told.person), on=DAY, never_again=False)


def withdrawn(told: Told) -> None:
    said_yes(told)
    set_business_date(DAY)
    actions.withdraw(told.case.id, actor=resident(told.person), on=DAY)


def waived(told: Told) -> None:
    granted(told)
    set_business_date(DAY)
    actions.waive(told.case.id, actor=resident(told.person), on=DAY)


def lapsed(told: Told) -> None:
    later = told.case.opened_on.replace(year=2026) + timedelta(days=1)
    set_business_date(later)
    assert actions.lapse_proposals(told.case.service, on=later) == 1


TABLE: list[tuple[Callable[[], Told], Callable[[Told], None], Ending, str, str]] = [
    (without_application, granted, Ending.GRANTED, "8.1", "granted"),
    (without_application, said_no, Ending.OPTED_OUT, "8.4.1", "said_no"),
    (without_application, waived, Ending.WAIVED, "8.3", "granted"),
    (yes_is_enough, granted, Ending.GRANTED, "8.1", "granted"),
    (yes_is_enough, refused, Ending.REFUSED, "8.2", "refused"),
    (yes_is_enough, said_no, Ending.DECLINED, "8.4.1", "said_no"),
    (yes_is_enough, withdrawn, Ending.WITHDRAWN, "8.4.1", "said_no"),
    (yes_is_enough, waived, Ending.WAIVED, "8.3", "granted"),
    (yes_is_enough, lapsed, Ending.LAPSED, "8.4.1", "silent"),
    (short_form, granted, Ending.GRANTED, "8.1", "granted"),
    (short_form, refused, Ending.REFUSED, "8.2", "refused"),
    (short_form, said_no, Ending.DECLINED, "8.4.1", "said_no"),
    (short_form, withdrawn, Ending.WITHDRAWN, "8.4.1", "said_no"),
    (short_form, waived, Ending.WAIVED, "8.3", "granted"),
    (short_form, lapsed, Ending.LAPSED, "8.4.1", "silent"),
]


@pytest.mark.parametrize(
    ("begin", "end", "ending", "result", "figure"), TABLE, ids=[f"{b.__name__}-{e.value}" for b, _, e, _, _ in TABLE]
)
def test_every_lane_ends_as_it_should(
    db: None,
    owner: psycopg.Connection,
    begin: Callable[[], Told],
    end: Callable[[Told], None],
    ending: Ending,
    result: str,
    figure: str,
) -> None:
    told = begin()
    run = queries.latest_run(told.case.service)

    end(told)
    archive.appraise()

    kept = archived.record_of(told.case.id)
    assert kept is not None
    assert (kept.ending, kept.result, kept.term) == (ending.value, result, TERMS[result])
    if ending is not Ending.LAPSED:
        assert kept.action_on == DUE.get(result)
    in_run = owner.execute(
        "SELECT count(*), count(DISTINCT subject) FROM log.detail WHERE run = %s", (run.id,)
    ).fetchone()
    assert in_run == (1, 1)
    figures = {name: count for name, count in counts_of(run, DAY).main.items() if count}
    assert figures == {figure: 1}
