"""Measures safeguards from the rooms where things happen: counts only, never a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from waardig.access import queries as access
from waardig.accountability.queries.algorithms import checked_entry
from waardig.accountability.terms import EntryRefused, Form, NotRegistered
from waardig.cases import queries as cases
from waardig.catalogue import queries as catalogue
from waardig.inbox import queries as inbox
from waardig.kernel.content_file import ContentInvalid
from waardig.kernel.period import month_start
from waardig.logbook import queries as logbook
from waardig.proposals import queries as proposals
from waardig.values import queries as values
from waardig.values.terms import (
    AccessCount,
    AttributesSeen,
    AttributeUse,
    Calendar,
    DecisionCount,
    Facts,
    MessageCount,
    OptOutCount,
    PaperCount,
    PublicationState,
    RetentionCount,
    Safeguard,
    SampleCount,
)


class RoomsMeter:
    """The port values.Meter over cases, proposals, inbox and the log."""

    def facts(self, service: str, safeguard: Safeguard, on: date) -> Facts | None:
        """The counts that one safeguard asks; None when nobody can measure it."""
        measure: dict[str, Callable[[str, Any, date], Facts]] = {
            "W01": _attributes_seen,
            "W02": _access,
            "W03": _attribute_use,
            "W04": _decisions,
            "W08": _sample,
            "W09": _calendar,
            "W10": _opt_outs,
            "W11": _paper,
            "W12": _messages,
            "W14": _retention,
            "W15": _publication,
        }
        found = measure.get(safeguard.kind)
        return found(service, safeguard, on) if found else None


def _runs(service: str) -> list[Any]:
    return [run for run in proposals.runs(service) if not run.dry_run]


def _reads(service: str) -> int:
    return sum(logbook.count_lines(run.id).read for run in _runs(service))


def _attributes_seen(service: str, _safeguard: Any, on: date) -> Facts:
    activity = catalogue.service(service).round_activity or ""
    return AttributesSeen(cases.attributes_of(service, on), access.attributes_of(activity), _reads(service))


def _access(service: str, _safeguard: Any, _on: date) -> Facts:
    """Reads in the log of a round that led to no outcome in it were reads for something else."""
    items = sum(run.items for run in _runs(service))
    reads = _reads(service)
    return AccessCount(reads, max(0, reads - items))


def _attribute_use(service: str, _safeguard: Any, on: date) -> Facts:
    activity = catalogue.service(service).round_activity or ""
    served = access.attributes_of(activity)
    return AttributeUse(_reads(service), served, served - cases.attributes_of(service, on))


def _decisions(service: str, _safeguard: Any, _on: date) -> Facts:
    found = cases.decision_counts(service)
    return DecisionCount(found["refused"], found["by_system"], found["without_reasons"])


def _sample(service: str, safeguard: Any, on: date) -> Facts:
    found = cases.sample_counts(service, overdue_before=on - timedelta(days=safeguard.done_within_days))
    return SampleCount(found["cases"], found["drawn"], found["done"], found["overdue"], found["errors"])


def _calendar(service: str, _safeguard: Any, on: date) -> Facts:
    return Calendar(on, len(_runs(service)))


def _opt_outs(service: str, _safeguard: Any, _on: date) -> Facts:
    """Opted-out clients that the last round met, and those of its persons who had opted out before it."""
    runs = _runs(service)
    if not runs:
        return OptOutCount(0, 0)
    run = runs[0]
    read = access.opted_out_before(proposals.persons_of(run.id), ("*", service), run.as_of)
    return OptOutCount(proposals.opted_out_of(run.id) + read, read)


def _paper(service: str, safeguard: Any, on: date) -> Facts:
    within = safeguard.paper_within_days
    found = inbox.paper_counts(service, due_before=on - timedelta(days=within), within_days=within)
    return PaperCount(found["due"], found["in_time"], found["digital_without_choice"])


def _messages(service: str, _safeguard: Any, _on: date) -> Facts:
    sent = sum(proposals.proposals_of(run.id) for run in _runs(service))
    return MessageCount(sent, max(0, sent - inbox.explained_count(service)))


def _retention(service: str, safeguard: Any, on: date) -> Facts:
    """Outcomes that are kept; past their term are those of people who have no case of their own."""
    limit = _before(on, safeguard.period)
    kept = sum(proposals.kept_of(run.id) for run in _runs(service))
    past = sum(proposals.kept_without_case(run.id) for run in _runs(service) if run.as_of < limit)
    return RetentionCount(kept, past)


def _before(on: date, period: str) -> date:
    """The day an ISO 8601 period of years, months or days before another."""
    number, unit = int(period[1:-1]), period[-1]
    if unit == "D":
        return on - timedelta(days=number)
    start = month_start(on, -number * (12 if unit == "Y" else 1))
    return start.replace(day=min(on.day, 28))


def _publication(service: str, _safeguard: Any, on: date) -> Facts:
    dossier = values.decided_dossier(service)
    published = catalogue.published(catalogue.service(service).round_activity or "")
    declared = catalogue.activity(published.activity.id)
    valid_until = dossier.dpia.valid_until if dossier.dpia else None
    return PublicationState(on, _registered(service, on), declared != published.activity, valid_until)


def _registered(service: str, on: date) -> bool:
    """Whether there is an entry in each form of the algorithm register that may be published."""
    try:
        for form in Form:
            checked_entry(service, form, on)
    except (NotRegistered, EntryRefused, ContentInvalid):
        return False
    return True
