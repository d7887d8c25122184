"""A round: select, leave out who opted out, ask, judge, propose; in batches, resumable, nothing twice.

Each batch reads at most 500 persons through the gate (line committed first) and writes its outcomes, cases and messages
in one transaction. A kill between two batches, or inside one, is repaired by running again: a person has one log line
and one outcome in a run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import islice
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from waardig.access import actions as access
from waardig.access.queries import attributes_of as published_attributes
from waardig.access.terms import Actor, LineRef, Request, Selection
from waardig.cases import actions as opening
from waardig.cases import queries as cases
from waardig.kernel.clock import business_today, wall_now
from waardig.kernel.legal_source import Status
from waardig.kernel.memory import garbage_by_hand
from waardig.law.terms import RuleSet
from waardig.logbook import queries as logbook
from waardig.proposals import models
from waardig.proposals.actions.batch import judge_batch, store_batch
from waardig.proposals.actions.chunks import Ask, Reading, beside, chunks
from waardig.proposals.actions.first_look import settled_at_once
from waardig.proposals.actions.freshness import wait_in_round
from waardig.proposals.actions.judged import BatchResult
from waardig.proposals.actions.many import JudgedChunk, judge_chunk, settle, store_plain
from waardig.proposals.core.household import by_person, partner_of
from waardig.proposals.terms import ContentUnverified, LaneNotWeighed, NotInPackage, RunSummary
from waardig.registers import queries as registers
from waardig.registers.terms import RegisterFact
from waardig.values.actions import measure_soon
from waardig.values.queries import unweighed_lanes, weighed_attributes

ACTOR = Actor("system", "proposals")
BATCH = 500
"""Persons a transaction touches at most: a batch starts with half of them, and their partners come with them."""
BULK_FROM = 1_000
CHUNK = 10_000
"""Persons judged at once in bulk; four chunks are in memory at a time: looked at, read whole, judged and stored."""

Progress = Callable[[int, int], None]


@dataclass
class Count:
    """Running totals of this invocation; becomes a RunSummary."""

    stages: dict[str, float] = field(default_factory=dict)
    totals: BatchResult = field(default_factory=BatchResult)

    def add(self, stage: str, since: float) -> float:
        """Add the time since a moment to a stage; gives the moment now."""
        now = time.perf_counter()
        self.add_all({stage: now - since})
        return now

    def add_all(self, spent: Mapping[str, float]) -> None:
        """Add seconds to stages."""
        for stage, seconds in spent.items():
            self.stages[stage] = self.stages.get(stage, 0.0) + seconds


def run_round(
    service: str,
    *,
    dry_run: bool = False,
    batch: int = BATCH,
    bulk_from: int = BULK_FROM,
    progress: Progress = lambda _done, _all: None,
) -> RunSummary:
    """Run the proactive round of a service on today's business date, or look at what it would do.

    Running again on the same day adds only what is new; a killed run goes on where it stopped. A dry run reads (and
    logs) the same persons but stores no outcome, case or message.

    Args:
        batch: persons a transaction touches at most, 2 to 500.
        bulk_from: from how many persons on households are judged in bulk; the outcome is the same.

    Raises:
        AccessRefused: no decided weighing, a condition of it fails, or the rules changed after it; logged.
        ContentUnverified: an amount or text in the rules is unverified.
        LaneNotWeighed, NotInPackage: a lane the weighing is not about, or a service without rounds; nobody was read.
    """
    begin = time.perf_counter()
    rules = _usable_rules(service)
    run, selection = _selected(service, rules.hash, dry_run=dry_run)
    lines_before = logbook.count_lines(run.id).read
    count = Count()
    todo, waiting, untouched = _todo(run, selection)
    count.add("select", begin)
    handle = partial(_in_chunks, bulk_from=bulk_from) if len(todo) >= bulk_from else _in_batches
    done = 0
    with garbage_by_hand() as collect:
        for persons in handle(run, todo, _reading(run, rules.hash, batch, waiting), count):
            done += persons
            progress(done, len(todo))
            collect()
    _close(run)
    new_lines = logbook.count_lines(run.id).read - lines_before
    return _summary(run, count, untouched, new_lines, time.perf_counter() - begin)


def _usable_rules(service: str) -> RuleSet:
    rules = cases.rule_set_of(service, business_today())
    if rules.worst_status is Status.UNVERIFIED:
        raise ContentUnverified(tuple(ref.id for ref in rules.laws if ref.status is Status.UNVERIFIED))
    return rules


def _selected(service: str, rule_set: str, *, dry_run: bool) -> tuple[models.Run, Selection]:
    """The run of today and its population, both of one moment: whom an import adds later is not half in it."""
    on = business_today()
    run_id, known_at = _moment(service, on, dry_run=dry_run)
    selection = access.select_population(
        _activity_of(service), actor=ACTOR, as_of=on, run=run_id, rule_set=rule_set, known_at=known_at
    )
    if unweighed := unweighed_lanes(service, cases.service_of(service).lanes):
        raise LaneNotWeighed(service, unweighed)
    return _open_run(run_id, service, on, rule_set, known_at, dry_run=dry_run), selection


def _activity_of(service: str) -> str:
    activity = cases.service_of(service).round_activity
    if activity is None:
        raise NotInPackage(service, "round_activity")
    return activity


def _moment(service: str, on: date, *, dry_run: bool) -> tuple[UUID, datetime]:
    """The id of today's run, and until when what the registers came to know counts.

    A run that was stopped goes on with its own moment, so that it judges the same facts; one that had finished looks
    at everything known by now.
    """
    there = None if dry_run else models.Run.objects.filter(service=service, as_of=on, dry_run=False).first()
    if there is None:
        return uuid4(), wall_now()
    return there.id, wall_now() if there.finished_at else there.known_at


def _open_run(run_id: UUID, service: str, on: date, rule_set: str, known_at: datetime, *, dry_run: bool) -> models.Run:
    begun = {"service": service, "as_of": on, "dry_run": dry_run, "rule_set": rule_set, "started_at": wall_now()}
    try:
        with transaction.atomic():
            run, made = models.Run.objects.get_or_create(id=run_id, defaults={**begun, "known_at": known_at})
            if not made and run.known_at != known_at:  # it had finished, and goes on with what is known now
                run.known_at, run.finished_at = known_at, None
                run.save(update_fields=["known_at", "finished_at"])
    except IntegrityError:  # another process opened the run of today at the same moment
        run = models.Run.objects.get(service=service, as_of=on, dry_run=False)
        run.known_at = known_at  # of this process's own selection; not stored
    return run


def _newly_opted_out(run: models.Run, selection: Selection) -> int:
    """Opted-out clients that no earlier invocation of this run counted."""
    new = max(0, selection.opted_out - run.opted_out)
    if new:
        models.Run.objects.filter(id=run.id).update(opted_out=selection.opted_out)
    return new


def _todo(run: models.Run, selection: Selection) -> tuple[list[UUID], frozenset[UUID], dict[str, int]]:
    """Whom to read: not who has an outcome in this run, a running proposal or application, a no of the last year, or
    facts that are too old; then who waits because of that, and how many are not read."""
    service, opted_out = run.service, _newly_opted_out(run, selection)
    handled = set(models.RunItem.objects.filter(run=run).values_list("person", flat=True))
    if not run.dry_run:
        opening.lapse_proposals(service, on=run.as_of)
    busy = cases.with_running_case(service, selection.persons, on=run.as_of)
    skip = handled | set(busy)
    left = [person for person in selection.persons if person not in skip] if skip else list(selection.persons)
    waiting = wait_in_round(run, _activity_of(service), left)
    todo = [person for person in left if person not in waiting] if waiting else left
    already = len(selection.persons) - len(left)
    return todo, waiting, {"opted_out": opted_out, "already": already, "waiting": len(left) - len(todo)}


def _reading(run: models.Run, rule_set: str, batch: int, waiting: frozenset[UUID]) -> Reading:
    """The requests of this run for some persons: for what is looked at first, and for everything."""
    activity, service, on = _activity_of(run.service), run.service, run.as_of

    def asking(attributes: frozenset[str]) -> Ask:
        return lambda persons: Request(
            activity=activity,
            attributes=attributes,
            persons=tuple(persons),
            actor=ACTOR,
            as_of=on,
            run=run.id,
            rule_set=rule_set,
            known_at=run.known_at,
        )

    first, whole = cases.first_attributes(service, on), cases.attributes_of(service, on)
    # What may not be read whole is asked whole: the gate says no before it gave anything of anybody.
    may = whole <= weighed_attributes(service) and whole <= published_attributes(activity)
    return Reading(
        whole=asking(whole),
        first=asking(first) if first and may else None,
        settle=partial(settle, service, on=on),
        batch=batch,
        waiting=waiting,
    )


def _in_chunks(
    run: models.Run, todo: Sequence[UUID], reading: Reading, count: Count, *, bulk_from: int
) -> Iterator[int]:
    """Handle many persons: judged at once, stored in transactions of at most `batch` persons.

    While the next chunk is judged, two threads store this one: who hears something, and the outcomes of who does not.
    """
    moment = time.perf_counter()
    with beside("round-writer") as writer, beside("round-outcomes") as outcomes:
        storing: list[Future[dict[str, float]]] = []
        for chunk in chunks(todo, reading, size=CHUNK):
            moment = count.add("read", moment)
            judged = judge_chunk(run.service, chunk, on=run.as_of, bulk_from=bulk_from, waiting=reading.waiting)
            moment = count.add("judge", moment)
            _stored(storing, count)
            moment = count.add("store", moment)
            if not run.dry_run:
                storing.append(writer.submit(_store, run, judged, chunk.lines, reading.batch))
                storing.append(outcomes.submit(_store_outcomes, run, judged, reading.batch))
            count.totals = count.totals.plus(judged.result)
            yield chunk.size
        _stored(storing, count)
    count.add("store", moment)


def _stored(storing: list[Future[dict[str, float]]], count: Count) -> None:
    """Wait for what is being stored; raises what went wrong there."""
    while storing:
        count.add_all(storing.pop().result())


def _store(run: models.Run, judged: JudgedChunk, lines: Mapping[UUID, LineRef], batch: int) -> dict[str, float]:
    spent = Count()
    for part in judged.exact.split(batch):
        spent.add_all(store_batch(run, run.service, part, lines, on=run.as_of))
    return spent.stages


def _store_outcomes(run: models.Run, judged: JudgedChunk, batch: int) -> dict[str, float]:
    begin = time.perf_counter()
    store_plain(run, judged.plain, batch=batch)
    return {"outcomes": time.perf_counter() - begin}


def _in_batches(run: models.Run, todo: Sequence[UUID], reading: Reading, count: Count) -> Iterator[int]:
    """Handle few persons: whole households, at most `batch` persons at a time, judged one by one."""
    waiting = dict.fromkeys(todo)
    while waiting:
        facts, lines = _read_households(waiting, run.as_of, reading, count)
        settled = settled_at_once(run.service, facts, on=run.as_of) if reading.first else ()
        done = {person for one in settled for person in one.members.read}
        left = [person for person in facts if person not in done]
        if reading.first and left:
            facts, lines = _read(left, reading.whole, count)
        moment = time.perf_counter()
        whole = {person: facts[person] for person in left}
        judged = judge_batch(run.service, whole, on=run.as_of, settled=settled, waiting=reading.waiting)
        count.add("judge", moment)
        if not run.dry_run:
            count.add_all(store_batch(run, run.service, judged, lines, on=run.as_of))
        count.totals = count.totals.plus(judged.result)
        yield len(done) + len(left)


def _read_households(
    waiting: dict[UUID, None], on: date, reading: Reading, count: Count
) -> tuple[dict[UUID, list[RegisterFact]], dict[UUID, LineRef]]:
    """Take the next persons and their partners from those who wait, and read what is read first of them."""
    ask = reading.first or reading.whole
    first = list(islice(waiting, reading.batch // 2))
    facts, lines = _read(first, ask, count)
    missing = {partner_of(own, on) for own in facts.values()} - {None} - set(facts)
    partners = sorted(person for person in missing if person in waiting)
    if partners:
        more, more_lines = _read(partners, ask, count)
        facts, lines = {**facts, **more}, {**lines, **more_lines}
    for person in (*first, *partners):
        waiting.pop(person, None)
    return facts, lines


def _read(
    persons: Sequence[UUID], ask: Ask, count: Count
) -> tuple[dict[UUID, list[RegisterFact]], dict[UUID, LineRef]]:
    moment = time.perf_counter()
    ticket = access.ask(ask(persons))
    moment = count.add("ask", moment)
    found = by_person(registers.take(ticket))
    count.add("take", moment)
    return {person: found.get(person, []) for person in persons}, dict(ticket.lines)


def _close(run: models.Run) -> None:
    if run.finished_at is None:
        run.finished_at = wall_now()
        with transaction.atomic():
            run.save(update_fields=["finished_at"])
            if not run.dry_run:
                measure_soon(run.service, str(run.id))


def _summary(run: models.Run, count: Count, untouched: Mapping[str, int], log_lines: int, seconds: float) -> RunSummary:
    found = count.totals
    return RunSummary(
        run=run.id,
        service=run.service,
        as_of=run.as_of,
        dry_run=run.dry_run,
        population=found.read,
        clients=untouched["opted_out"] + untouched["waiting"] + found.read,
        **untouched,
        read=found.read,
        evaluated=found.evaluated,
        entitled=found.entitled,
        not_entitled=found.not_entitled,
        excluded=dict(sorted(found.excluded.items())),
        reasons=dict(sorted(found.reasons.items())),
        asked=found.asked,
        to_person=found.to_person,
        proposals=found.proposals,
        lanes=dict(sorted(found.lanes.items())),
        digital=found.digital,
        paper=found.paper,
        held=found.held,
        through_administrator=found.through_administrator,
        assumed=dict(sorted(found.assumed.items())),
        log_lines=log_lines,
        amount_eurocent=found.amount_eurocent,
        seconds=round(seconds, 3),
        shares={stage: round(spent / (seconds or 1.0), 3) for stage, spent in count.stages.items()},
    )
