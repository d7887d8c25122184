"""After the term of an announcement: judge again, on the facts of today, and put what is as announced on a list.

Each person is read once a list (one log line, by the list as run). A batch is stored in one transaction; a kill between
asking and storing is repaired by running again. Whatever differs from the announcement goes to a person.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction

from waardig.access import actions as access
from waardig.access import queries as wishes
from waardig.access.terms import AccessRefused, Actor, LineRef, Request, Ticket
from waardig.cases import actions as opening
from waardig.cases import queries as cases
from waardig.cases.actions import Household, Listed
from waardig.cases.queries import Verdict
from waardig.cases.terms import Case, CaseState
from waardig.catalogue.terms import WithoutApplication
from waardig.kernel.clock import business_today, wall_now
from waardig.kernel.legal_source import Status
from waardig.logbook import actions as log
from waardig.logbook import queries as logbook
from waardig.logbook.terms import NewLink
from waardig.proposals import models
from waardig.proposals.actions.freshness import due_now, outside_of, wait_on_list
from waardig.proposals.core.granting import Judged, differences
from waardig.proposals.core.household import Members, by_person, excluded, partner_of
from waardig.proposals.terms import ContentUnverified, Excluded, LaneNotWeighed, ListSummary, NotInPackage
from waardig.registers import queries as registers
from waardig.registers.terms import RegisterFact
from waardig.values.queries import unweighed_lanes

ACTOR = Actor("system", "proposals")
LIST_SIZE = 500
"""Cases on a list at most: what an official can oversee, and what one batch reads (two persons a case)."""
BATCH = 200
ACCOUNT = "uitkeringen.iban"
NO = "opted_out"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Found:
    """One case with what was read and found; household None when nobody could be read."""

    case: Case
    household: Household | None
    judged: Judged
    lines: tuple[LineRef, ...] = ()
    opted_out: bool = False
    too_old: bool = False


def list_grants(service: str, *, most: int = LIST_SIZE, progress: Progress = lambda _done, _all: None) -> ListSummary:
    """Judge announced grants of which the term is over, today, and list what is as announced.

    Running again on the same day adds only what is new.

    Args:
        most: cases at most; the rest waits for the next list.

    Raises:
        AccessRefused: no decided weighing, suspended, or the rules changed after it; logged.
        ContentUnverified, LaneNotWeighed: as a round.
        NotInPackage: the service does not grant without an application.
    """
    begin, on = time.perf_counter(), business_today()
    rules = _rules(service, on)
    found_due = due_now(service, unasked_of(service).activity, on=on, most=most)
    wait_on_list(found_due.waits, on=on)
    due, waiting = found_due.ready, len(found_due.waits)
    if not due:
        return ListSummary(None, service, on, due=waiting, waiting=waiting)
    row = _open(service, on, rules)
    before = logbook.count_lines(row.id).read
    counted: Counter[str] = Counter()
    for start in range(0, len(due), BATCH):
        found = read_cases(due[start : start + BATCH], actor=ACTOR, run=row.id, on=on, old=found_due.old)
        with transaction.atomic():
            counted.update(_keep(row, found, on))
        progress(min(start + BATCH, len(due)), len(due))
    with transaction.atomic():
        _complete(row, on)
    new_lines = logbook.count_lines(row.id).read - before
    summary = _summary(row, due, counted, new_lines, time.perf_counter() - begin)
    return replace(summary, due=len(due) + waiting, waiting=waiting)


def unasked_of(service: str) -> WithoutApplication:
    """What lets this service be granted without an application; raises NotInPackage when nothing does."""
    allowed = cases.service_of(service).without_application
    if allowed is None:
        raise NotInPackage(service, "without_application")
    return allowed


def _rules(service: str, on: date) -> str:
    unasked_of(service)
    rules = cases.rule_set_of(service, on)
    if rules.worst_status is Status.UNVERIFIED:
        raise ContentUnverified(tuple(ref.id for ref in rules.laws if ref.status is Status.UNVERIFIED))
    if unweighed := unweighed_lanes(service, cases.service_of(service).lanes):
        raise LaneNotWeighed(service, unweighed)
    return rules.hash


def _open(service: str, on: date, rules: str) -> models.GrantList:
    """The list of today; the same list when it is asked again."""
    identity = uuid5(NAMESPACE_URL, f"waardig:grants:{service}:{on.isoformat()}")
    row, _ = models.GrantList.objects.get_or_create(
        id=identity, defaults={"service": service, "on": on, "rule_set": rules}
    )
    models.GrantList.objects.filter(id=identity).update(completed_at=None)
    return row


def read_cases(
    due: Sequence[Case], *, actor: Actor, run: UUID, on: date, old: Collection[UUID] = ()
) -> tuple[Found, ...]:
    """Read these households (a line per person, committed before there is data) and judge them for this day.

    Args:
        old: whose facts are older than their register declares; of those a person judges.
    """
    out = {case.id: why for case in due if (why := _opted_out(case))}
    asked = [case for case in due if case.id not in out]
    facts, lines, outside = _read(asked, actor=actor, run=run, on=on)
    deciding = cases.attributes_of(due[0].service, on)
    found = []
    for case in due:
        if case.id in out or outside & set(case.persons):
            doubt = out.get(case.id, "not_readable")
            judged = Judged(case.id, None, case.household_type, (doubt,))
            found.append(Found(case, None, judged, opted_out=doubt == NO))
        else:
            found.append(_judge(case, facts, lines, deciding, on))
    return tuple(replace(one, too_old=bool(set(old) & set(one.case.persons))) for one in found)


def _opted_out(case: Case) -> str:
    """An opt-out since the announcement: of the applicant that is a no; of a partner a person looks."""
    subjects = {"*", case.service}
    if subjects & wishes.opted_out(case.applicant):
        return NO
    others = (person for person in case.persons if person != case.applicant)
    return Excluded.PARTNER_OPTED_OUT.value if any(subjects & wishes.opted_out(one) for one in others) else ""


def _read(
    due: Sequence[Case], *, actor: Actor, run: UUID, on: date
) -> tuple[dict[UUID, list[RegisterFact]], dict[UUID, LineRef], frozenset[UUID]]:
    """Facts and lines of everybody who may be read, and who may not be any more (is no client now)."""
    outside: frozenset[UUID] = frozenset()
    while persons := tuple(p for case in due if not outside & set(case.persons) for p in case.persons):
        try:
            ticket = _ask(due[0].service, persons, actor=actor, run=run, on=on)
        except AccessRefused as refused:
            named = outside_of(refused)
            if not named:
                raise
            outside |= named
            continue
        facts = by_person(registers.take(ticket))
        return {person: facts.get(person, []) for person in persons}, dict(ticket.lines), outside
    return {}, {}, outside


def _ask(service: str, persons: tuple[UUID, ...], *, actor: Actor, run: UUID, on: date) -> Ticket:
    return access.ask(
        Request(
            activity=unasked_of(service).activity,
            attributes=cases.attributes_of(service, on) | {ACCOUNT},
            persons=persons,
            actor=actor,
            as_of=on,
            run=run,
            rule_set=cases.rule_set_of(service, on).hash,
        )
    )


def _judge(
    case: Case,
    facts: dict[UUID, list[RegisterFact]],
    lines: dict[UUID, LineRef],
    deciding: frozenset[str],
    on: date,
) -> Found:
    """Safeguards first, then whether the household is the same, then the law."""
    own = facts[case.applicant]
    partner = partner_of(own, on)
    then = next((person for person in case.persons if person != case.applicant), None)
    everything = tuple(fact for person in case.persons for fact in facts[person])
    told = tuple(lines[person] for person in case.persons if person in lines)
    out = excluded(Members(case.applicant, then, partner_read=then is not None), facts, deciding, on)
    doubts = (out.value,) if out else ("household_changed",) if partner != then else ()
    if doubts:
        return Found(case, None, Judged(case.id, None, case.household_type, doubts), told)
    inputs = opening.inputs_of(case.service, case.applicant, partner, everything, on)
    said = opening.judge_inputs(case.service, inputs, on=on)
    qualifies = said.verdict is Verdict.QUALIFIES and said.unasked
    doubts = () if any(fact.attribute == ACCOUNT and fact.value for fact in own) else ("no_account",)
    judged = Judged(case.id, said.amount_eurocent if qualifies else None, said.household_type, doubts)
    return Found(case, Household(case.applicant, partner, everything, inputs), judged, told)


def doubts_of(found: Found) -> tuple[str, ...]:
    """Why this case is for a person now; a report that a value is wrong counts too."""
    reported = ("something_wrong",) if cases.is_correction_open(found.case.persons) else ()
    differs = differences(
        found.judged, announced_eurocent=found.case.amount_eurocent, household_type=found.case.household_type
    )
    too_old = (Excluded.FACTS_TOO_OLD.value,) if found.too_old else ()
    return (*reported, *too_old, *differs)


def _keep(row: models.GrantList, found: Sequence[Found], on: date) -> Counter[str]:
    """Store a batch: no, prepared, sampled or to a person; joins the caller's transaction."""
    counted: Counter[str] = Counter()
    for one in found:
        if one.opted_out:
            opening.decline(one.case.id, actor=ACTOR, on=on, never_again=False)
            counted["said_no"] += 1
    listed = [_listed(one, row.service) for one in found if not one.opted_out]
    states = opening.keep_listed(listed, row.service, on=on)
    for line in listed:
        counted.update(_counts(line, states[line.case]))
    prepared = [one for one in listed if not one.reasons and states[one.case] is not CaseState.OPTED_OUT]
    numbers = {one.case.id: one.case.number for one in found}
    models.GrantListItem.objects.bulk_create(
        [
            models.GrantListItem(
                list=row, case=one.case, number=numbers[one.case], household_type=one.household_type,
                amount_eurocent=one.amount_eurocent or 0, sampled=one.sampled,
            )
            for one in prepared
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    log.link_lines([NewLink(line, "case", one.case.id) for one in found for line in one.lines])
    return counted


def _listed(one: Found, service: str) -> Listed:
    doubts = doubts_of(one)
    sample = cases.sample_of(service)
    drawn = sample is not None and not doubts and sample.draws(one.case.number, settings.SECRET_KEY.encode())
    return Listed(one.case.id, one.judged.amount_eurocent, one.judged.household_type, doubts, sampled=drawn)


def _counts(one: Listed, state: CaseState) -> Iterator[str]:
    if state is CaseState.OPTED_OUT:
        yield "said_no"
    elif one.reasons:
        yield "to_person"
        yield f"reason:{one.reasons[0]}"
    else:
        yield "sampled" if one.sampled else "ready"


def _complete(row: models.GrantList, on: date) -> None:
    """No list is confirmed without a case that a person judged: of a list without a draw the first one is drawn."""
    items = models.GrantListItem.objects.filter(list=row)
    sample = cases.sample_of(row.service)
    if sample is not None and not items.filter(sampled=True).exists():
        numbers = dict(items.values_list("number", "case"))
        first = sample.first(numbers, settings.SECRET_KEY.encode())
        if first is not None:
            opening.draw_for_sample(numbers[first], on=on)
            items.filter(number=first).update(sampled=True)
    models.GrantList.objects.filter(id=row.id).update(completed_at=wall_now())


def _summary(
    row: models.GrantList, due: Sequence[Case], counted: Counter[str], lines: int, seconds: float
) -> ListSummary:
    drawn = models.GrantListItem.objects.filter(list=row, case__in=[case.id for case in due], sampled=True).count()
    ready = counted["ready"] + counted["sampled"] - drawn
    kept = models.GrantListItem.objects.filter(list=row, case__in=[case.id for case in due])
    return ListSummary(
        list=row.id,
        service=row.service,
        on=row.on,
        due=len(due),
        persons=sum(len(case.persons) for case in due),
        ready=ready,
        sampled=drawn,
        to_person=counted["to_person"],
        said_no=counted["said_no"],
        reasons={k.removeprefix("reason:"): n for k, n in sorted(counted.items()) if k.startswith("reason:")},
        amount_eurocent=sum(kept.values_list("amount_eurocent", flat=True)),
        log_lines=lines,
        seconds=round(seconds, 3),
    )
