"""What the values room needs from rooms above it; wiring binds both."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from waardig.kernel.port import Port
from waardig.values.terms.facts import Facts
from waardig.values.terms.safeguards import Safeguard
from waardig.values.terms.standing import Scope


class Meter(Protocol):
    """Measurements of safeguards, from the rooms where things happen."""

    def facts(self, service: str, safeguard: Safeguard, on: date) -> Facts | None:
        """The facts that `safeguard.check` asks, up to and including this day.

        None means that nobody can measure it yet; a safeguard past its due day then fails.
        """
        ...


class ScopeSource(Protocol):
    """What a service would do now, from the catalogue and the law."""

    def scope_of(self, service: str, on: date) -> Scope:
        """The rule set, attributes, activity versions and recipients of the service on this day.

        Raises:
            PresumesAgainst: a policy rule presumes against a person.
            LawsInvalid, UnknownService: the content is not right.
        """
        ...


METER: Port[Meter] = Port("values.Meter")
MEASURE = "values.measure"
"""Topic of the outbox: measure the safeguards of a service."""
SCOPE_SOURCE: Port[ScopeSource] = Port("values.ScopeSource")
