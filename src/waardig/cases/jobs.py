"""What happens after a yes or a report is committed: the law runs again on that day; the holder hears of a report.
Every day what undecided cases rest on is asked at its source again, when that is older than its register declares.

Invariant: only a full grant without any doubt is prepared; every no, every unknown and every doubt goes to a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from waardig.access.terms import Actor
from waardig.cases import models
from waardig.cases.actions.answering import ASSESS
from waardig.cases.actions.correcting import FORWARD
from waardig.cases.actions.freshening import (
    FRESHEN,
    FRESHEN_RUNNING,
    UNDECIDED,
    ask_for_running,
    freshen,
    freshen_if_possible,
)
from waardig.cases.actions.opening import record
from waardig.cases.actions.reading import Household, Reader, judge_household, linked_partner, read_household
from waardig.cases.core.judge import Judgement, Verdict, lane
from waardig.cases.queries import lists
from waardig.cases.queries import rules as content
from waardig.cases.queries.guards import sample_of
from waardig.cases.terms import Case, CaseState, EventKind, Lane
from waardig.kernel.clock import business_today, wall_now
from waardig.kernel.declared import declaring, service_role
from waardig.outbox.actions import each
from waardig.outbox.terms import Failures, Handler, Job

SYSTEM = Actor("system", "cases")


READING_AGAIN = declaring("registers.bijhouden", service_role("application_activity"))
"""To ask again, also at the source, and to keep what it says."""


def handlers() -> dict[str, Handler]:
    """What this room does with jobs, by topic; a job that fails (the gate refuses, say) is tried again by itself."""
    return {
        ASSESS: each(_assess, inside=False, uses=READING_AGAIN),
        FORWARD: each(_forward, uses=declaring()),
        FRESHEN: each(_freshen, inside=False, uses=READING_AGAIN),
        FRESHEN_RUNNING: each(_freshen_running, inside=False, uses=declaring()),
    }


def assess(jobs: Sequence[Job]) -> Failures:
    """Let the law run for applications that wait for it; a repeat finds the assessment and does nothing."""
    return handlers()[ASSESS].run(jobs)


def forward(jobs: Sequence[Job]) -> Failures:
    """Put reports on the work list of their holder's team; a repeat finds that they stand there."""
    return handlers()[FORWARD].run(jobs)


def _assess(job: Job) -> None:
    case = lists.case(UUID(job.payload["case"]))
    if case.state is CaseState.RECEIVED:
        assess_application(case)


def _freshen(job: Job) -> None:
    """Ask the source for a case that waits for somebody; one that gives no answer is asked again by the outbox."""
    case = lists.case(UUID(job.payload["case"]))
    if case.state in UNDECIDED:
        freshen(case)


def _freshen_running(job: Job) -> None:
    ask_for_running(job.key)


def assess_application(case: Case) -> Lane:
    """Judge one application on its own day and put it where it belongs: prepared, or with a person.

    Raises:
        AccessRefused: the gate says no; the refusal is in the log and nothing changed.
        SourceUnavailable: nothing is decided with old facts of a register, and its source is silent.
    """
    if case.applied_on is None:
        raise ValueError(f"case {case.number} is not an application")
    freshen_if_possible(case)
    activity = content.service_of(case.service).application_activity
    household = read_household(case.service, case, as_of=case.applied_on, reader=Reader(activity, SYSTEM, case.id))
    judged = judge_household(case.service, household, on=case.applied_on)
    sample = sample_of(case.service)
    sampled = sample is not None and sample.draws(case.number, settings.SECRET_KEY.encode())
    return _keep(case, judged, _doubts(case, household), sampled=sampled)


def _doubts(case: Case, household: Household) -> tuple[str, ...]:
    """What the resident said, and what the register says now, that only a person can weigh."""
    said = household.declared(case.number)
    on = case.applied_on or case.opened_on
    partner = linked_partner(case.service, household.applicant, household.facts, on)
    marks = {
        "something_wrong": bool(said.get("opmerking")),
        "household_changed": said.get("huishouden_klopt") is not True or partner != household.partner,
        "short_form": bool(case.asked),
    }
    return tuple(name for name, holds in marks.items() if holds)


def _keep(case: Case, judged: Judgement, doubts: tuple[str, ...], *, sampled: bool) -> Lane:
    on = case.applied_on or case.opened_on
    rule_set = content.rule_set_of(case.service, on)
    with transaction.atomic():
        row = models.Case.objects.select_for_update().get(id=case.id)
        if lists.is_correction_open(case.persons):  # under the lock: a report takes the same lock before it is stored
            doubts = tuple(dict.fromkeys(("something_wrong", *doubts)))
        chosen = lane(
            judged,
            something_wrong="something_wrong" in doubts,
            household_changed="household_changed" in doubts or "short_form" in doubts,
            sampled=sampled,
        )
        if row.state != CaseState.RECEIVED:
            return chosen
        models.Assessment.objects.update_or_create(
            case_id=case.id,
            defaults={
                "lane": chosen.value,
                "reasons": [*judged.reasons, *doubts, *(("sampled",) if sampled else ())],
                "amount_eurocent": judged.amount_eurocent if judged.verdict is Verdict.QUALIFIES else None,
                "household_type": judged.household_type,
                "rule_set": rule_set.hash,
                "as_of": on,
                "made_at": wall_now(),
                "sampled": sampled,
            },
        )
        row.state = (CaseState.PREPARED if chosen is Lane.PREPARED else CaseState.BY_HAND).value
        row.rule_set = rule_set.hash
        row.household_type = judged.household_type
        row.amount_eurocent = judged.amount_eurocent
        row.save(update_fields=["state", "rule_set", "household_type", "amount_eurocent"])
        record(case.id, EventKind.ASSESSED, business_today(), "system", "cases", code=chosen.value)
    return chosen


def _forward(job: Job) -> None:
    found = lists.correction(UUID(job.payload["case"]))
    done = models.CaseEvent.objects.filter(case_id=found.case.id, kind=EventKind.FORWARDED.value).exists()
    if not done:
        record(found.case.id, EventKind.FORWARDED, business_today(), "system", "cases", code=found.holder)
