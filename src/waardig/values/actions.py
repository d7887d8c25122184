"""Deciding a weighing, stopping and resuming a service, and recording measurements.

Deciding and resuming are done by the owner of the policy tables (Django alias `owner`; web and worker never have it);
anybody in charge may stop a service at once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction

from waardig.kernel.clock import business_today, wall_now
from waardig.kernel.content import content_roots
from waardig.kernel.errors import Refusal
from waardig.law.terms import PresumesAgainst
from waardig.outbox.actions import enqueue
from waardig.outbox.terms import NewJob
from waardig.values import queries
from waardig.values.adapters.content import read_dossier
from waardig.values.core.completeness import completeness
from waardig.values.core.coverage import scope_gaps, scope_problems
from waardig.values.core.measuring import due_day, finding_of, reason_to_stop
from waardig.values.core.rows import dossier_row
from waardig.values.models import Measurement as MeasurementRow
from waardig.values.terms import (
    MEASURE,
    METER,
    SCOPE_SOURCE,
    AlreadyDecided,
    Dossier,
    DossierIncomplete,
    FourEyes,
    Gap,
    Measurement,
    NoDossier,
    NotSuspended,
    OwnerNeeded,
    Problem,
    ReasonMissing,
    Scope,
    UnknownService,
    Verdict,
)

__all__ = [
    "SYSTEM",
    "Decided",
    "Tick",
    "check",
    "decide",
    "measure",
    "measure_daily",
    "measure_soon",
    "resume",
    "scope_now",
    "suspend",
    "tick",
]
SYSTEM = "system"
MIN_REASON = 10


@dataclass(frozen=True)
class Decided:
    """A recorded decision; `new` is false when exactly this decision was there already."""

    service: str
    id: str
    version: int
    sha256: str
    new: bool


@dataclass(frozen=True)
class Tick:
    """What a round of measurements gave; `suspended` says that the service was stopped by it."""

    measurements: tuple[Measurement, ...]
    suspended: bool


def check(path: Path, *, on: date | None = None) -> tuple[Dossier, tuple[Problem | Gap, ...]]:
    """A dossier file with everything that stands in the way of deciding it; the second is empty when nothing does.

    Raises:
        ContentInvalid: the file does not pass its schema.
    """
    dossier = read_dossier(path, roots=content_roots())
    found: list[Problem | Gap] = [*completeness(dossier)]
    try:
        scope = scope_now(dossier.service, on=on)
    except PresumesAgainst as refusal:
        found.append(_as_problem(refusal))
    else:
        found += [*scope_problems(dossier, scope), *scope_gaps(dossier, scope)]
    return dossier, tuple(found)


def scope_now(service: str, *, on: date | None = None) -> Scope:
    """What the service would do on a day: what a decision must cover.

    Raises:
        UnknownService, ContentInvalid, LawsInvalid, PresumesAgainst: the content is not right.
    """
    return SCOPE_SOURCE.get().scope_of(service, on or business_today())


def _as_problem(refusal: Refusal) -> Problem:
    return Problem(refusal.code, refusal.text_nl, refusal.text_en, refusal.remedy)


def decide(path: Path, *, on: date | None = None) -> Decided:
    """Record the decision in a dossier file as the policy that the gate enforces.

    Args:
        on: business date on which rules and activities are compared with what is covered; today when not given.

    Raises:
        ContentInvalid: the file does not pass its schema.
        DossierIncomplete: something is missing or not covered; all reasons at once, nothing recorded.
        AlreadyDecided: this version was decided with other content.
        OwnerNeeded: this process may not decide.
    """
    dossier, problems = check(path, on=on)
    if problems:
        raise DossierIncomplete(dossier.service, problems)
    _need_owner()
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('waardig.values.decide'))")
        cursor.execute("SELECT sha256 FROM pol.dossier WHERE id = %s AND version = %s", [dossier.id, dossier.version])
        known = cursor.fetchone()
        if known and known[0] != dossier.sha256:
            raise AlreadyDecided(dossier.id, dossier.version)
        if not known:
            cursor.execute(_INSERT, _row(dossier))
    return Decided(dossier.service, dossier.id, dossier.version, dossier.sha256, new=not known)


_INSERT = """
    INSERT INTO pol.dossier (
        id, version, service, status, decided_on, decided_by, mandate, activities, rule_sets, attributes, purposes,
        dpia_reference, dpia_on, advice_reference, advice_on, announced_on, announcement_days, valid_from, expires_on,
        evaluate_by, safeguards, content, sha256
    ) VALUES (
        %(id)s, %(version)s, %(service)s, %(status)s, %(decided_on)s, %(decided_by)s, %(mandate)s,
        %(activities)s::text[], %(rule_sets)s::text[], %(attributes)s::text[], %(purposes)s::text[],
        %(dpia_reference)s, %(dpia_on)s, %(advice_reference)s, %(advice_on)s, %(announced_on)s, %(announcement_days)s,
        %(valid_from)s, %(expires_on)s, %(evaluate_by)s, %(safeguards)s::jsonb, %(content)s::jsonb, %(sha256)s
    )
"""


def _row(dossier: Dossier) -> dict[str, Any]:
    row = dossier_row(dossier)
    return {
        name: json.dumps(value, ensure_ascii=False) if name in ("safeguards", "content") else value
        for name, value in row.items()
    }


def _need_owner() -> None:
    if "owner" not in connections:
        raise OwnerNeeded


def suspend(service: str, reason: str, actor: str, *, on: date | None = None) -> None:
    """Stop new effects of a service (rounds, proposals, bulk reads); residents' rights go on.

    Args:
        reason: what everybody may read, at least 10 characters.
        actor: who stops it: the id of an official, or `SYSTEM`.

    Raises:
        ReasonMissing: the reason is too short.
        UnknownService: there is no such service to stop.
    """
    if len(reason.strip()) < MIN_REASON:
        raise ReasonMissing
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pol.activity WHERE service = %s)", [service])
        if not cursor.fetchone()[0]:
            raise UnknownService(service)
        cursor.execute("SELECT gate.suspend(%s, %s, %s, %s)", [service, on or business_today(), actor, reason.strip()])


def resume(service: str, *, reason: str, asked_by: str, confirmed_by: str, on: date | None = None) -> None:
    """Let a suspended service go on: a decision by two people, neither of whom wrote the dossier.

    Args:
        asked_by, confirmed_by: ids of two different officials; who stopped the service may not confirm.

    Raises:
        NotSuspended: it does not stand still.
        FourEyes: the two are not different enough.
        ReasonMissing: the reason is too short.
        OwnerNeeded: this process may not resume.
    """
    day = on or business_today()
    if len(reason.strip()) < MIN_REASON:
        raise ReasonMissing
    open_now = [one for one in queries.suspensions(service) if one.is_open(day)]
    if not open_now:
        raise NotSuspended(service)
    _four_eyes(service, asked_by, confirmed_by, frozenset(one.suspended_by for one in open_now))
    _need_owner()
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE pol.suspension SET resumed_on = %s, resumed_at = now(), resumed_by = %s, confirmed_by = %s,"
            " resume_reason = %s WHERE service = %s AND resumed_on IS NULL AND suspended_on <= %s",
            [day, asked_by, confirmed_by, reason.strip(), service, day],
        )


def _four_eyes(service: str, asked_by: str, confirmed_by: str, stopped_by: frozenset[str]) -> None:
    if not asked_by.strip() or not confirmed_by.strip() or SYSTEM in (asked_by, confirmed_by):
        raise FourEyes("De computer mag dit niet doen.", "The computer may not do this.")
    if asked_by == confirmed_by:
        raise FourEyes("Wie het vraagt, mag het niet zelf goedkeuren.", f"{asked_by} asked and confirmed.")
    if confirmed_by in stopped_by:
        raise FourEyes("Wie de dienst stilzette, mag dit niet goedkeuren.", f"{confirmed_by} suspended the service.")
    if confirmed_by == queries.decided_dossier(service).author.id:
        raise FourEyes("Wie de weging schreef, mag dit niet goedkeuren.", f"{confirmed_by} wrote the dossier.")


def measure(service: str, *, on: date | None = None) -> tuple[Measurement, ...]:
    """Measure every safeguard of a service once and record the findings.

    Raises:
        NoDossier: nothing was decided about the service.
        PortUnbound: no room gives measurements.
    """
    day = on or business_today()
    dossier = queries.decided_dossier(service)
    latest = queries.latest_measurements(service)
    meter = METER.get()
    starts = dossier.announcement.first_run_not_before if dossier.announcement else None
    found = []
    for guard in dossier.safeguards:
        last = latest.get(guard.id)
        due = due_day(starts, last.measured_on if last else None)
        finding = finding_of(guard, meter.facts(service, guard, day), due_on=due, on=day)
        found.append(Measurement(service, guard.id, guard.kind, day, wall_now(), finding))
    _record(found)
    return tuple(found)


def _record(found: Sequence[Measurement]) -> None:
    MeasurementRow.objects.bulk_create(
        MeasurementRow(
            service=one.service,
            safeguard=one.safeguard,
            kind=one.kind,
            measured_on=one.measured_on,
            recorded_at=one.recorded_at,
            verdict=one.finding.verdict.value,
            n=one.finding.n,
            value=one.finding.value,
            words_nl=one.finding.words.nl,
            words_en=one.finding.words.en,
        )
        for one in found
    )


def tick(service: str, *, on: date | None = None) -> Tick:
    """Measure, and stop the service when a safeguard fails and it does not stand still already.

    Raises:
        NoDossier: nothing was decided about the service.
    """
    day = on or business_today()
    with transaction.atomic():
        found = measure(service, on=day)
        titles = {guard.id: guard for guard in queries.safeguards(service)}
        failed = [(titles[one.safeguard], one.finding) for one in found if one.finding.verdict is Verdict.FAILS]
        reason = reason_to_stop(failed)
        stands_still = any(one.is_open(day) for one in queries.suspensions(service))
        if reason and not stands_still:
            suspend(service, reason.nl, SYSTEM, on=day)
    return Tick(found, bool(reason) and not stands_still)


def measure_soon(service: str, cause: str) -> int:
    """Have a service measured after this transaction, once per cause (a day, a run); 0 when that was asked before.

    A service about which nothing was decided has nothing to measure.
    """
    try:
        queries.decided_dossier(service)
    except NoDossier:
        return 0
    return enqueue([NewJob(MEASURE, f"{service}:{cause}", {"service": service})])


def measure_daily(services: tuple[str, ...], today: date) -> int:
    """Have each service measured once on this day; gives how many were not asked for yet."""
    return sum(measure_soon(service, today.isoformat()) for service in services)
