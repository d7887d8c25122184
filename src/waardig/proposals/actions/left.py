"""What an official does with somebody whom a round left to a person: ask the resident, begin by hand, or close it.

Every step is taken once: the outcome is locked, and what a colleague did first is told. Nobody hears what a computer
guessed: an official read the facts of today, with a line in the log. Closing takes two, because nobody hears of it.
Source: AVG art. 22 (a person looks); Awb 3:2 and 4:1; safeguard W04 of the weighing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from waardig.access.actions import ask
from waardig.access.terms import AccessRefused, Actor, Request
from waardig.cases import actions as opening
from waardig.cases import queries as cases
from waardig.cases.terms import Case, NewCase, Official, Party
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import ServiceLane
from waardig.inbox import actions as inbox
from waardig.kernel.clock import wall_now
from waardig.proposals import models, queries
from waardig.proposals.actions.batch import by_law, in_lane, lane_rules, messages_of, new_case
from waardig.proposals.actions.judged import Judged
from waardig.proposals.core.household import Members, by_person, excluded, partner_of
from waardig.proposals.core.lanes import whole_form
from waardig.proposals.queries.left import left_items
from waardig.proposals.terms import (
    ClosedBecause,
    Excluded,
    ItemOutcome,
    Left,
    LeftDone,
    LeftNotPossible,
    LeftStep,
    LeftUnknown,
    NeedsAnother,
)
from waardig.registers import queries as registers
from waardig.registers.terms import RegisterFact

NAME = "brp.naam"
UNREACHED = (Excluded.DECEASED, Excluded.UNDER_GUARDIANSHIP, Excluded.SECRET_ADDRESS, Excluded.PARTNER_OPTED_OUT)
"""Whom no message of ours may reach without a person first looking how."""


@dataclass(frozen=True)
class LookedAt:
    """One of them as an official sees it today.

    Attributes:
        judged: what the law says of today's facts, whatever the safeguards of a round say.
        stopped: the safeguard that still holds today, None when there is none any more.
    """

    left: Left
    members: Members
    facts: tuple[RegisterFact, ...]
    judged: Judged
    stopped: Excluded | None

    @property
    def may_ask(self) -> bool:
        """Whether a message can go to the resident themselves."""
        return self.stopped not in UNREACHED and not self.judged.administrator

    @property
    def may_begin(self) -> bool:
        """Whether an application can be recorded."""
        return self.stopped is not Excluded.DECEASED


def look_at(item: int, actor: Actor, *, on: date) -> LookedAt:
    """Open one: reads person and partner of today through the gate, one line each. Not inside a transaction.

    Raises:
        LeftUnknown; LeftDone: an official is ready with it, so nothing is read any more.
        AccessRefused: the gate says no (for example: the person opted out meanwhile).
    """
    left = queries.left_of(item)
    if not left.is_waiting:
        raise LeftDone(left.step or LeftStep.CLOSED)
    wanted = cases.attributes_of(left.service, on) | {NAME}
    facts = list(_read(left.service, left.person, wanted, actor, on))
    partner = partner_of(facts, on)
    if partner is not None:
        facts += _read_partner(left.service, partner, wanted, actor, on)
    known = {person: tuple(of) for person, of in by_person(facts).items()}
    members = Members(left.person, partner, partner in known if partner else False)
    known.setdefault(left.person, ())
    stopped = excluded(members, known, cases.attributes_of(left.service, on), on)
    return LookedAt(left, members, tuple(facts), by_law(left.service, members, known, on), stopped)


def _read(service: str, person: UUID, wanted: frozenset[str], actor: Actor, on: date) -> Sequence[RegisterFact]:
    activity = catalogue.service(service).look_activity
    if activity is None:
        raise LeftUnknown
    return registers.take(ask(Request(activity, wanted, (person,), actor, on)))


def _read_partner(
    service: str, partner: UUID, wanted: frozenset[str], actor: Actor, on: date
) -> Sequence[RegisterFact]:
    """Nothing of a partner who opted out or is no client. Above the ceiling nobody is judged without their partner."""
    try:
        return _read(service, partner, wanted, actor, on)
    except AccessRefused as refused:
        if refused.is_for_today:
            raise
        return ()


def ask_resident(seen: LookedAt, official: Official, *, on: date) -> Case:
    """Send the resident a proposal when all is certain now, otherwise the form; a yes is the application.

    Raises:
        LeftNotPossible: no message of ours may reach this person; LeftDone: a colleague was first.
    """
    if not seen.may_ask:
        raise LeftNotPossible("no message may go to this person")
    one = _to_ask(seen)
    with transaction.atomic():
        row, done = _locked(seen.left, LeftStep.ASKED)
        if done is not None:
            return cases.case(done)
        run = models.Run(id=row.run_id, service=seen.left.service, as_of=on, rule_set=row.run.rule_set)
        new = replace(new_case(run, seen.left.service, one, on), key=f"left:{row.id}", run=None)
        case = _opened(new, official)
        [message] = messages_of(run, [one], {one.members.first: case}, {}, {})
        inbox.send_messages([replace(message, run=None)], on=on)
        _keep(row, seen, LeftStep.ASKED, official, on, case=case.id)
    return case


def _to_ask(seen: LookedAt) -> Judged:
    """The household in the lane in which an official asks: never without a question."""
    found = in_lane(lane_rules(seen.left.service), seen.judged)
    if seen.stopped is None and found.lane in (ServiceLane.WITHOUT_APPLICATION, ServiceLane.YES_IS_ENOUGH):
        return replace(found, lane=ServiceLane.YES_IS_ENOUGH, outcome=ItemOutcome.PROPOSED)
    if seen.stopped is None and found.lane is ServiceLane.SHORT_FORM:
        return found
    assert seen.judged.judgement is not None  # the law always says something of a household that was read
    form = whole_form(cases.service_of(seen.left.service), seen.judged.judgement.reasons)
    judgement = replace(seen.judged.judgement, amount_eurocent=None)
    return replace(seen.judged, lane=ServiceLane.SHORT_FORM, outcome=ItemOutcome.ASKED, judgement=judgement, form=form)


def _opened(new: NewCase, official: Official) -> Case:
    prefix = catalogue.municipality().case_prefix
    return opening.open_cases([new], prefix=prefix, actor_kind="employee", actor=official.id)[0]


def begin_by_hand(seen: LookedAt, official: Official, applied_on: date, how: str, *, on: date) -> Case:
    """Record that somebody applied otherwise: by phone, letter or talk, themselves or through who acts for them.

    Raises:
        LeftNotPossible: the person died, or the day is not between the round and today; LeftDone, StepNotPossible.
    """
    if not seen.may_begin:
        raise LeftNotPossible("the person died")
    if not seen.left.as_of <= applied_on <= on:
        raise LeftNotPossible("the day of applying is not between the round and today")
    parties = (
        Party(seen.members.first, "applicant"),
        *([Party(seen.members.partner, "partner")] if seen.members.partner and seen.members.partner_read else []),
    )
    with transaction.atomic():
        row, done = _locked(seen.left, LeftStep.BY_HAND)
        if done is not None:
            return cases.case(done)
        case = opening.record_application(
            seen.left.service, parties, key=f"left:{row.id}", how=how, applied_on=applied_on, official=official, on=on
        )
        _keep(row, seen, LeftStep.BY_HAND, official, on, case=case.id)
    return case


def propose_closing(seen: LookedAt, official: Official, because: ClosedBecause, *, on: date) -> None:
    """Say that there is nothing to do, and why; another official agrees or not.

    Raises:
        LeftDone: a colleague was first.
    """
    with transaction.atomic():
        row, _ = _locked(seen.left, LeftStep.CLOSE_PROPOSED)
        if getattr(row, "left", None) is None:
            _keep(row, seen, LeftStep.CLOSE_PROPOSED, official, on, because=because)


def confirm_closing(item: int, official: Official, *, agrees: bool, on: date) -> None:
    """The second official agrees, and it is closed; or does not, and it waits again.

    Raises:
        LeftUnknown, LeftDone; NeedsAnother: whoever proposed it cannot confirm it.
    """
    left = queries.left_of(item)
    with transaction.atomic():
        _locked(left, LeftStep.CLOSED)
        done = models.LeftStep.objects.select_for_update().filter(item_id=item).first()
        if done is None or done.step == LeftStep.CLOSED:
            return
        if done.official == official.id:
            raise NeedsAnother
        if not agrees:
            done.delete()
            return
        done.step, done.second, done.second_on = LeftStep.CLOSED.value, official.id, on
        done.save(update_fields=["step", "second", "second_on"])


def _locked(left: Left, step: LeftStep) -> tuple[models.RunItem, UUID | None]:
    """The outcome under a lock, with the case of this same step when it was taken before."""
    row = models.RunItem.objects.select_for_update(of=("self",)).select_related("run").filter(id=left.item).first()
    if row is None:
        raise LeftUnknown
    done = models.LeftStep.objects.filter(item=row).first()
    if done is None:
        return row, None
    row.left = done
    if done.step == step.value:
        return row, done.case
    if done.step == LeftStep.CLOSE_PROPOSED and step is LeftStep.CLOSED:
        return row, None
    raise LeftDone(LeftStep(done.step))


def _keep(
    row: models.RunItem,
    seen: LookedAt,
    step: LeftStep,
    official: Official,
    on: date,
    *,
    case: UUID | None = None,
    because: ClosedBecause | None = None,
) -> None:
    """The step on this outcome, and on that of the partner who was read with it."""
    items = [row.id]
    if case is not None and seen.members.partner is not None and seen.members.partner_read:
        of_partner = left_items().filter(person=seen.members.partner, run__service=seen.left.service)
        items += of_partner.filter(left__isnull=True).values_list("id", flat=True)
    models.LeftStep.objects.bulk_create(
        models.LeftStep(
            item_id=item, step=step.value, because=because or "", case=case, official=official.id, role=official.role,
            on=on, at=wall_now(),
        )
        for item in items
    )  # fmt: skip


def names_in(facts: Sequence[RegisterFact]) -> Mapping[UUID, object]:
    """The names that were read, by person."""
    return {fact.person: fact.value for fact in facts if fact.attribute == NAME}
