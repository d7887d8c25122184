"""The history of measurements of a service, as everybody may see it."""

from __future__ import annotations

from waardig.accountability.core.measured import public_history
from waardig.accountability.terms import PublicMeasurement
from waardig.values import queries as values

__all__ = ["history", "latest"]


def history(service: str) -> tuple[PublicMeasurement, ...]:
    """Every measurement, the oldest first; numbers of few people are left out."""
    return public_history(values.measurements(service))


def latest(service: str) -> dict[str, PublicMeasurement]:
    """The last measurement of each safeguard."""
    return {one.safeguard: one for one in history(service)}
