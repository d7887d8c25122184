"""Reading lists of announced grants: where each case stands for one official; a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from waardig.cases import queries as cases
from waardig.cases.queries.desk import CaseStanding, standings_of
from waardig.cases.terms import CaseKind, CaseState, Official
from waardig.catalogue import queries as catalogue
from waardig.proposals import models
from waardig.proposals.terms import Confirmation, GrantLine, GrantList, LineStanding, ListUnknown


def list_of(identity: UUID) -> GrantList:
    """One list; raises ListUnknown."""
    row = models.GrantList.objects.filter(id=identity).first()
    if row is None:
        raise ListUnknown
    return row.to_term()


def newest_list(service: str) -> GrantList | None:
    """The newest list of a service, or None."""
    row = models.GrantList.objects.filter(service=service).order_by("-on").first()
    return row.to_term() if row else None


def lists_waiting() -> tuple[tuple[GrantList, int], ...]:
    """Lists with cases that nobody confirmed yet, the oldest first, with how many there are."""
    found = []
    for row in models.GrantList.objects.order_by("on", "service"):
        ids = list(row.items.filter(confirmation__isnull=True).values_list("case", flat=True))
        standing = standings_of(ids).values()
        waiting = sum(one.kind is CaseKind.OWN_INITIATIVE and one.state in _OPEN for one in standing)
        if waiting:
            found.append((row.to_term(), waiting))
    return tuple(found)


_OPEN = (CaseState.PREPARED, CaseState.BY_HAND)


def lines_of(identity: UUID, official: Official, *, on: date) -> tuple[GrantLine, ...]:
    """The cases of a list as this official sees them, in the order of their numbers."""
    items = list(models.GrantListItem.objects.filter(list_id=identity).order_by("number"))
    service = list_of(identity).service
    standing = standings_of(item.case for item in items)
    doubted = cases.with_correction(person for one in standing.values() for person in one.persons)
    found = []
    for item in items:
        one = standing[item.case]
        is_doubted = bool(doubted & set(one.persons))
        may = _may(official, service, item.amount_eurocent, on)
        found.append(
            GrantLine(
                case=item.case,
                number=item.number,
                household_type=item.household_type,
                amount_eurocent=item.amount_eurocent,
                sampled=item.sampled,
                standing=_sampled(item, one) if item.sampled else _standing(item, one, may, is_doubted),
                decided_eurocent=one.decided_eurocent,
            )
        )
    return tuple(found)


def _may(official: Official, service: str, amount: int, on: date) -> bool:
    """Whether the decree lets this official grant this amount on this day (Awb 10:3)."""
    table = catalogue.municipality()
    within = table.mandate_for(official.id, service, "grant", amount_eurocent=amount, on=on) is not None
    return within and 0 < amount <= official.mandate_eurocent


def _sampled(item: models.GrantListItem, one: CaseStanding) -> LineStanding:
    if one.state in (CaseState.OPTED_OUT, CaseState.WAIVED):
        return LineStanding.SAID_NO
    if one.kind is CaseKind.OWN_INITIATIVE and one.state is not CaseState.DECIDED:
        return LineStanding.TO_JUDGE
    agrees = one.state is CaseState.DECIDED and one.decided_eurocent == item.amount_eurocent
    return LineStanding.AGREES if agrees else LineStanding.DEVIATES


def _standing(item: models.GrantListItem, one: CaseStanding, may: bool, doubted: bool) -> LineStanding:
    settled = {
        CaseState.DECIDED: LineStanding.GRANTED,
        CaseState.WAIVED: LineStanding.SAID_NO,
        CaseState.OPTED_OUT: LineStanding.SAID_NO,
    }
    if one.state is not CaseState.PREPARED:
        return settled.get(one.state, LineStanding.TO_A_PERSON)
    if item.confirmation_id is not None:
        return LineStanding.CONFIRMED
    if doubted:
        return LineStanding.DOUBTED
    return LineStanding.READY if may else LineStanding.OVER_MANDATE


def judges_of(judged: Iterable[UUID]) -> frozenset[str]:
    """Who decided on, or opened for deciding, these cases."""
    found: set[str] = set()
    for case in judged:
        found |= {event.actor for event in cases.events_of(case) if event.actor_kind == "employee"}
    return frozenset(found)


def confirmations_of(identity: UUID) -> tuple[Confirmation, ...]:
    """The confirmations of a list, oldest first."""
    return tuple(row.to_term() for row in models.GrantConfirmation.objects.filter(list_id=identity).order_by("at"))


def list_history() -> Iterator[dict[str, Any]]:
    """Every list with its cases and confirmations in a stable order, without random ids and wall clock times."""
    for row in models.GrantList.objects.order_by("service", "on"):
        about = {"service": row.service, "on": row.on.isoformat()}
        yield {
            "kind": "grant_list", **about, "rule_set": row.rule_set, "complete": row.completed_at is not None,
            "released_by": row.released_by,
        }  # fmt: skip
        for item in row.items.select_related("confirmation").order_by("number"):
            kept = item.confirmation
            yield {
                "kind": "grant_line", **about, "number": item.number, "amount_eurocent": item.amount_eurocent,
                "household_type": item.household_type, "sampled": item.sampled,
                "confirmed_by": kept.official if kept else None, "confirmed_on": kept.on.isoformat() if kept else None,
            }  # fmt: skip
