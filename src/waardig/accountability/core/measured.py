"""Measurements as they may be public: a number of people grows in steps of at least ten. Pure.

The verdict is always told: that a promise was broken once must be public. How often the municipality itself failed is
told too; how many people it was measured over is not, while they are few.
"""

from __future__ import annotations

from collections.abc import Sequence

from waardig.accountability.terms import PublicMeasurement
from waardig.kernel.small_cells import SMALLEST
from waardig.values.terms import Measurement

NOT_ABOUT_PEOPLE = frozenset({"W09", "W15"})
"""Safeguards that count rounds or the register, not people."""


def public_history(history: Sequence[Measurement]) -> tuple[PublicMeasurement, ...]:
    """The measurements in their order; numbers that may not be told are left out."""
    told: dict[str, int] = {}
    return tuple(_told(one, told) for one in history)


def _told(one: Measurement, told: dict[str, int]) -> PublicMeasurement:
    finding = one.finding
    bare = PublicMeasurement(one.safeguard, one.kind, one.measured_on, finding.verdict)
    if one.kind not in NOT_ABOUT_PEOPLE:
        if 0 < finding.n < SMALLEST or 0 < abs(finding.n - told.get(one.safeguard, finding.n)) < SMALLEST:
            return bare
        told[one.safeguard] = finding.n
    return PublicMeasurement(
        one.safeguard, one.kind, one.measured_on, finding.verdict, words=finding.words, n=finding.n
    )
