"""Published figures of rounds: what stands in public, and what would be counted now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waardig.accountability.models import FigurePublication
from waardig.accountability.terms import NoSuchRound, Publication, Published, PublishedAmount, RoundCounts
from waardig.cases.queries import desk as cases
from waardig.inbox import queries as inbox
from waardig.kernel.small_cells import Group
from waardig.proposals import queries as proposals
from waardig.proposals.terms import ItemOutcome, RunView

__all__ = ["content_of", "counts_of", "latest", "publications", "rounds"]
WEEKS = ((7, "week_1"), (14, "week_2"), (28, "week_4"), (56, "week_8"))
LATER = "later"
SEVERAL = "several"


def counts_of(run: RunView, as_of: date) -> RoundCounts:
    """What is counted in a round now; a fixed number of queries, whatever its size."""
    endings, without = cases.endings_of_run(run.id), proposals.reasons_of(run.id)
    main = {"opted_out": proposals.opted_out_of(run.id), "no_proposal": sum(without.values()), **endings}
    channels = inbox.channels_of_run(run.id)
    unsent = sum(endings.values()) - sum(channels.values())
    return RoundCounts(
        run=run.id,
        service=run.service,
        round_on=run.as_of,
        as_of=as_of,
        main=main,
        tables={
            "reasons": _reasons(without),
            "channels": {**channels, "not_sent": unsent} if unsent >= 0 else {},
            "days": _weeks(cases.days_to_decide_of_run(run.id)),
            "granted_amounts": _cells(cases.granted_amounts_of_run(run.id)),
            "proposed_amounts": _cells(proposals.amounts_of(run.id)),
        },
    )


def _reasons(found: Mapping[tuple[ItemOutcome, str], int]) -> dict[str, int]:
    """Why there was no proposal: one reason of the law by its code, more than one as several, else the outcome."""
    cells: dict[str, int] = {}
    for (outcome, reason), count in found.items():
        cell = str(outcome)
        if outcome is ItemOutcome.NOT_ENTITLED and reason:
            cell = SEVERAL if "," in reason else reason
        elif outcome is ItemOutcome.EXCLUDED and reason:
            cell = reason
        cells[cell] = cells.get(cell, 0) + count
    return cells


def _weeks(days: Mapping[int, int]) -> dict[str, int]:
    cells = dict.fromkeys((*(name for _, name in WEEKS), LATER), 0)
    for day, count in days.items():
        cells[next((name for limit, name in WEEKS if day <= limit), LATER)] += count
    return cells


def _cells(amounts: Mapping[int, int]) -> dict[str, int]:
    return {str(amount): count for amount, count in amounts.items()}


def publications(service: str) -> tuple[Publication, ...]:
    """Everything that was ever published about the rounds of a service, in order."""
    rows = FigurePublication.objects.filter(service=service).order_by("round_on", "number")
    return tuple(_term(row) for row in rows)


def rounds(service: str) -> tuple[Publication, ...]:
    """The newest publication of each round of a service, the newest round first."""
    by_run = {one.run: one for one in publications(service)}
    return tuple(sorted(by_run.values(), key=lambda one: one.round_on, reverse=True))


def latest(service: str, round_on: date | None = None) -> Publication:
    """The newest publication of the newest round, or of the round of a day.

    Raises:
        NoSuchRound: nothing was published about it.
    """
    found = [one for one in rounds(service) if round_on in (None, one.round_on)]
    if not found:
        raise NoSuchRound(service, f"the round of {round_on}" if round_on else "any round")
    return found[0]


def _term(row: FigurePublication) -> Publication:
    return Publication(
        run=row.run,
        service=row.service,
        round_on=row.round_on,
        number=row.number,
        as_of=row.as_of,
        published_at=row.published_at,
        figures=_published(row.content),
    )


def _published(content: Mapping[str, Any]) -> Published:
    return Published(
        _groups(content["groups"]),
        {name: _groups(groups) for name, groups in content["tables"].items()},
        {name: PublishedAmount(one["eurocent"], one["step"]) for name, one in content["amounts"].items()},
    )


def _groups(listed: list[Mapping[str, Any]]) -> dict[Group, int]:
    return {frozenset(one["cells"]): one["count"] for one in listed}


def content_of(figures: Published) -> dict[str, Any]:
    """The figures as they are kept and given to programs."""
    return {
        "groups": _listed(figures.groups),
        "tables": {name: _listed(groups) for name, groups in sorted(figures.tables.items())},
        "amounts": {
            name: {"eurocent": one.eurocent, "step": one.step} for name, one in sorted(figures.amounts.items())
        },
    }


def _listed(groups: Mapping[Group, int]) -> list[dict[str, Any]]:
    return [{"cells": sorted(group), "count": count} for group, count in groups.items()]
