"""The public page about a service (verantwoording), as data: what was weighed, chosen and guarded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waardig.kernel.bilingual import Bilingual
from waardig.values.terms.findings import Verdict
from waardig.values.terms.standing import State


@dataclass(frozen=True)
class Bar:
    """One value on the scales: weight of 5, what it means, and for a harm what answers it."""

    label: Bilingual
    weight: int
    because: Bilingual
    therefore: Bilingual | None


@dataclass(frozen=True)
class ShownOption:
    """One option, and whether it was chosen."""

    name: Bilingual
    text: Bilingual
    chosen: bool


@dataclass(frozen=True)
class ShownPosition:
    """Who was for or against, in one sentence."""

    party: Bilingual
    stance: str
    text: Bilingual


@dataclass(frozen=True)
class Condition:
    """One safeguard with its last measurement; `verdict` is None as long as nothing was measured."""

    id: str
    kind: str
    title: Bilingual
    sentence: Bilingual
    measured: Bilingual | None
    measured_on: date | None
    verdict: Verdict | None


@dataclass(frozen=True)
class PublicView:
    """Everything picture "verantwoording" needs, without a person in it."""

    service: str
    title: Bilingual
    question: Bilingual
    answer: Bilingual
    state: State
    state_text: Bilingual
    may_run: bool
    decided_on: date
    valid_until: date
    reference: str
    body: str
    served: tuple[Bar, ...]
    harmed: tuple[Bar, ...]
    options: tuple[ShownOption, ...]
    reasons: Bilingual
    positions: tuple[ShownPosition, ...]
    advice: Bilingual
    advice_by: str
    conditions: tuple[Condition, ...]
    announced_on: date
    opt_out_how: Bilingual
    first_run_not_before: date
    suspended_since: date | None
    suspended_because: str | None

    @property
    def served_weight(self) -> int:
        """Sum of the weights of the values served; the scales show it, nothing is computed with it."""
        return sum(bar.weight for bar in self.served)

    @property
    def harmed_weight(self) -> int:
        """Sum of the weights of the values harmed."""
        return sum(bar.weight for bar in self.harmed)
