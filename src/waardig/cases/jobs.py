"""What happens after a yes or a report is committed: the law runs again on that day; the holder hears of a report."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from waardig.access.terms import AccessRefused, Actor
from waardig.cases import models
from waardig.cases.actions.answering import ASSESS
from waardig.cases.actions.correcting import FORWARD
from waardig.cases.actions.opening import record
from waardig.cases.actions.reading import Reader, judge_household, read_household
from waardig.cases.core.judge import Judgement, Verdict, lane
from waardig.cases.core.sample import is_sampled
from waardig.cases.queries import lists
from waardig.cases.queries import rules as content
from waardig.cases.terms import Case, CaseState, EventKind, Lane
from waardig.kernel.clock import wall_now
from waardig.outbox.terms import Failures, Handler, Job

SYSTEM = Actor("system", "cases")


def handlers() -> dict[str, Handler]:
    """What this room does with jobs, by topic."""
    return {ASSESS: Handler(assess, inside=False), FORWARD: Handler(forward, inside=True)}


def assess(jobs: Sequence[Job]) -> Failures:
    """Let the law run for new applications; a repeat finds the assessment and does nothing."""
    failures: dict[int, str] = {}
    for job in jobs:
        case = lists.case(UUID(job.payload["case"]))
        if case.state is not CaseState.RECEIVED:
            continue
        try:
            assess_application(case)
        except AccessRefused as refused:
            failures[job.id] = refused.code
    return failures


def assess_application(case: Case) -> Lane:
    """Judge one application on its own day and put it where it belongs: prepared, or with a person."""
    if case.applied_on is None:
        raise ValueError(f"case {case.number} is not an application")
    activity = content.service_of(case.service).application_activity
    household = read_household(case.service, case, as_of=case.applied_on, reader=Reader(activity, SYSTEM, case.id))
    judged = judge_household(case.service, household, on=case.applied_on)
    declared = {f.attribute: f.value for f in household.facts if f.person == case.applicant}
    wrong = bool(declared.get("opgave.opmerking")) or lists.is_correction_open(case.persons)
    changed = declared.get("opgave.huishouden_klopt") is False
    sampled = is_sampled(settings.SECRET_KEY.encode(), case.number, content.service_of(case.service).sample_percent)
    chosen = lane(judged, something_wrong=wrong, household_changed=changed, sampled=sampled)
    _keep(case, judged, chosen, _reasons(judged, wrong=wrong, changed=changed, sampled=sampled), sampled=sampled)
    return chosen


def _reasons(judged: Judgement, *, wrong: bool, changed: bool, sampled: bool) -> tuple[str, ...]:
    flags = (("something_wrong", wrong), ("household_changed", changed), ("sampled", sampled))
    marked = tuple(name for name, holds in flags if holds)
    return (*judged.reasons, *marked)


def _keep(case: Case, judged: Judgement, chosen: Lane, reasons: tuple[str, ...], *, sampled: bool) -> None:
    on = case.applied_on or case.opened_on
    rule_set = content.rule_set_of(case.service, on)
    state = CaseState.PREPARED if chosen is Lane.PREPARED else CaseState.BY_HAND
    with transaction.atomic():
        row = models.Case.objects.select_for_update().get(id=case.id)
        if row.state != CaseState.RECEIVED:
            return
        models.Assessment.objects.create(
            case_id=case.id,
            lane=chosen.value,
            reasons=list(reasons),
            amount_eurocent=judged.amount_eurocent if judged.verdict is Verdict.QUALIFIES else None,
            household_type=judged.household_type,
            rule_set=rule_set.hash,
            as_of=on,
            made_at=wall_now(),
            sampled=sampled,
        )
        row.state = state.value
        row.rule_set = rule_set.hash
        row.household_type = judged.household_type
        row.amount_eurocent = judged.amount_eurocent
        row.save(update_fields=["state", "rule_set", "household_type", "amount_eurocent"])
        record(case.id, EventKind.ASSESSED, on, "system", "cases", code=chosen.value)


def forward(jobs: Sequence[Job]) -> Failures:
    """Put a report on the work list of its holder's team; a repeat finds that it stands there."""
    for job in jobs:
        found = lists.correction(UUID(job.payload["case"]))
        done = models.CaseEvent.objects.filter(case_id=found.case.id, kind=EventKind.FORWARDED.value).exists()
        if not done:
            record(found.case.id, EventKind.FORWARDED, found.case.opened_on, "system", "cases", code=found.holder)
    return {}
