"""Every step of an objection is killed at statements of the database chosen at random, and done again.

What stands in the end is what an undisturbed story leaves: same cases, numbers, events, papers, letters and jobs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from tests.cases.builders import MAY_12, TODAY, WILLEM, a_declaration, an_assessed, decide, letters, resident
from tests.cases.builders import a_resident as somebody
from tests.cases.objecting import BECAUSE, FULL, MAY_20, OWN, PETRA, upheld
from tests.emptying import Cleaner
from waardig.cases.actions import (
    answer_correction,
    hearing,
    objecting,
    penalty,
    report_wrong,
    reviewing,
    second_look,
)
from waardig.cases.actions.restoring import Repairing
from waardig.cases.queries import case as case_of
from waardig.cases.queries import corrections_of, decisions_of, history
from waardig.cases.queries import objections as reads
from waardig.cases.terms import CaseState, DecisionOutcome
from waardig.cases.terms.objections import HearingPlan, ObjectionText
from waardig.cases.terms.ruling import Repair
from waardig.outbox.models import Job

Step = Callable[[], Any]
Doing = Callable[[Step], Any]
PLAN = HearingPlan(date(2025, 6, 12), "10.00 uur", "Markt 1")
REPORT = "De inwoner vertelt dat het werk maar een week duurde, en laat de loonstrook zien."


class Killed(BaseException):
    """The process died here."""


@contextmanager
def dying_at(statement: int) -> Iterator[None]:
    """Die just before this statement of the connection."""
    left = statement

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield


def undisturbed(step: Step) -> Any:
    """Do it once."""
    return step()


class Killer:
    """Does a step again and again, killed at a random statement each time, until one time it gets through."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.kills = 0

    def __call__(self, step: Step) -> Any:
        reach = 3
        while True:
            try:
                with dying_at(self.random.randrange(reach)):
                    return step()
            except Killed:
                self.kills += 1
                connection.close()
                reach = reach * 3 // 2 + 1


def story(do: Doing) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    """Refused, looked at again, objected to without reasons, completed, heard, put off, upheld; late and paid for."""
    about = an_assessed(somebody().person, declaration=a_declaration(something_wrong="x"))
    decide(about, on=MAY_12)
    first = decisions_of([about.id])[about.id]
    me = resident(about.applicant)
    look = do(lambda: second_look.ask_second_look(about.id, about.applicant, "Klopt dit?", actor=me, on=MAY_12))
    found = do(
        lambda: second_look.turn_into_objection(look.case, ObjectionText(wants_hearing=True), actor=me, on=MAY_20)
    )
    do(lambda: objecting.object_to(first.id, about.applicant, FULL, actor=me, on=MAY_20))
    reasons = ObjectionText(reasons=BECAUSE)
    do(lambda: objecting.complete_objection(found.case, reasons, actor=me, on=MAY_20))
    do(lambda: hearing.take_objection(found.case, PETRA, on=MAY_20))
    do(lambda: hearing.invite(found.case, PETRA, PLAN, on=MAY_20))
    do(lambda: hearing.report_hearing(found.case, PETRA, REPORT, held_on=PLAN.on, on=PLAN.on))
    late = date(2025, 8, 12)
    given = do(lambda: penalty.urge(found.case, about.applicant, actor=me, on=late))
    ruling = upheld(outcome=DecisionOutcome.PARTLY, new_amount_eurocent=40_000, hearing_ground=None)
    do(lambda: reviewing.decide_objection(found.case, PETRA, ruling, on=date(2025, 9, 3)))
    counted = reads.penalty_sum(reads.penalty(given.case), on=late).amount_eurocent
    do(
        lambda: penalty.settle_penalty(given.case, PETRA, amount_eurocent=counted, reasons=OWN, on=date(2025, 9, 4)),
    )
    told = [text for case in (look.case, found.case, given.case) for text in letters(case)]
    jobs = sorted(job.topic for job in Job.objects.all())
    return _without_ids(list(history()), str(about.applicant)), told, jobs


def _without_ids(rows: list[dict[str, Any]], person: str) -> list[dict[str, Any]]:
    for row in rows:
        row["parties"] = [["P" if who == person else "?", role] for who, role in row["parties"]]
    return rows


def answered_story(do: Doing) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    """A report answered, objected to, sent to the holder again, answered again, objected to, put right."""
    known = somebody()
    waiting = an_assessed(known.person)
    me = resident(known.person)
    norm = "uitkeringen.norm"
    first = do(
        lambda: report_wrong(
            known.person, norm, known.facts[norm], should_be="1.200", explanation="", actor=me, on=TODAY
        )
    )
    cases, repairs = [first.case.id], (Repairing(Repair.HOLDER), Repairing(Repair.VALUE, 120_000))
    for repair in repairs:
        about = cases[-1]
        once(do, about, lambda about=about: answer_correction(about, WILLEM, upheld=False, answer=OWN, on=TODAY))
        decision = decisions_of([about])[about]
        found = do(lambda decision=decision: objecting.object_to(decision.id, known.person, FULL, actor=me, on=TODAY))
        do(lambda found=found: hearing.take_objection(found.case, PETRA, on=TODAY))
        ruling = upheld(new_outcome=DecisionOutcome.CORRECTED, new_amount_eurocent=None)
        once(
            do,
            found.case,
            lambda found=found, ruling=ruling, repair=repair: reviewing.decide_objection(
                found.case, PETRA, ruling, on=TODAY, repair=repair
            ),
        )
        cases += [found.case, *(one.case.id for one in corrections_of(known.person, only_open=True))]
    told = [text for one in dict.fromkeys(cases) for text in letters(one)]
    jobs = sorted(job.topic for job in Job.objects.all())
    assert case_of(waiting.id).state is CaseState.RECEIVED
    return _without_ids(list(history()), str(known.person)), told, jobs


def once(do: Doing, case: UUID, step: Step) -> None:
    """A step that is refused when it was done: it got through although the process died after it."""
    do(lambda: None if decisions_of([case]) else step())


@pytest.mark.slow
def test_objecting_to_an_answer_killed_at_random_statements_ends_as_an_undisturbed_one(
    db: None, owner: psycopg.Connection, cleaner: Cleaner
) -> None:
    expected = answered_story(undisturbed)
    rows = owner.execute("SELECT attribute, value, valid_from FROM reg.fact WHERE superseded_at IS NULL").fetchall()
    connection.close()
    cleaner.empty()

    killer = Killer(seed=2)
    found = answered_story(killer)

    assert killer.kills >= 10
    assert found == expected
    again = owner.execute("SELECT attribute, value, valid_from FROM reg.fact WHERE superseded_at IS NULL").fetchall()
    assert sorted(map(str, again)) == sorted(map(str, rows))
    assert ("uitkeringen.norm", 120_000, date(2018, 1, 1)) in again


@pytest.mark.slow
def test_a_story_killed_at_random_statements_ends_as_an_undisturbed_one(db: None, cleaner: Cleaner) -> None:
    expected = story(undisturbed)
    connection.close()
    cleaner.empty()

    killer = Killer(seed=1)
    found = story(killer)

    assert killer.kills >= 20
    assert found == expected
