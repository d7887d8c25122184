"""Every step of an objection is killed at statements of the database chosen at random, and done again.

What stands in the end is what an undisturbed story leaves: same cases, numbers, events, papers, letters and jobs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.cases.builders import MAY_12, a_declaration, an_assessed, decide, letters, resident
from tests.cases.builders import a_resident as somebody
from tests.cases.objecting import BECAUSE, FULL, MAY_20, OWN, PETRA, upheld
from tests.conftest import _empty
from waardig.cases.actions import hearing, objecting, penalty, reviewing, second_look
from waardig.cases.queries import decisions_of, history
from waardig.cases.queries import objections as reads
from waardig.cases.terms import DecisionOutcome
from waardig.cases.terms.objections import HearingPlan, ObjectionText
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


@pytest.mark.slow
def test_a_story_killed_at_random_statements_ends_as_an_undisturbed_one(db: None, owner: psycopg.Connection) -> None:
    expected = story(undisturbed)
    connection.close()
    _empty(owner)

    killer = Killer(seed=1)
    found = story(killer)

    assert killer.kills >= 20
    assert found == expected
