"""From facts to a finding, and what a missing measurement means (fail closed after its due day)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from waardig.kernel.bilingual import Bilingual
from waardig.values.terms import Facts, Finding, Safeguard, Verdict

MEASURED_EVERY = timedelta(days=7)
_NOT_YET = Bilingual("Nog niet gemeten", "Not measured yet")
_OVERDUE = Bilingual("Te lang niet gemeten", "Not measured for too long")


def finding_of(safeguard: Safeguard, facts: Facts | None, *, due_on: date | None, on: date) -> Finding:
    """The finding of one safeguard.

    Args:
        facts: None when nobody could measure.
        due_on: the day by which there must be a measurement; None when there is nothing to measure yet.

    Raises:
        TypeError: the facts are of another safeguard.
    """
    if facts is not None:
        return cast("Finding", cast("Any", safeguard).check(facts))
    if due_on is not None and on > due_on:
        return Finding(Verdict.FAILS, 0, 0, _OVERDUE)
    return Finding(Verdict.TOO_LITTLE_DATA, 0, 0, _NOT_YET)


def due_day(first_effect: date | None, last_measured: date | None) -> date | None:
    """When a safeguard must be measured again: a week after the first effect, then a week after each measurement."""
    if first_effect is None:
        return None
    return max(first_effect, last_measured or first_effect) + MEASURED_EVERY


def reason_to_stop(failed: list[tuple[Safeguard, Finding]]) -> Bilingual | None:
    """The reason of an automatic suspension, or None when nothing failed."""
    if not failed:
        return None
    return Bilingual(
        "; ".join(f"{guard.title.nl}: {finding.words.nl}" for guard, finding in failed),
        "; ".join(f"{guard.title.en}: {finding.words.en}" for guard, finding in failed),
    )
