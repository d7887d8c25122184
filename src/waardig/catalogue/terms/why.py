"""The Why page (Waarom) as data: the steps of the reasoning, the words around values, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waardig.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class Placeholder:
    """A value inside a sentence, from an input or an output of the law.

    Attributes:
        type: eurocent | date | months | number | choice.
        words: for `choice`: the words of each value; `otherwise` for a value that has none.
    """

    type: str
    input: str | None = None
    output: str | None = None
    words: Mapping[str, Bilingual] | None = None
    otherwise: Bilingual | None = None


@dataclass(frozen=True)
class ShownFact:
    """A fact under a step, shown only when the law used it.

    Attributes:
        show: age | date | eurocent | number | months | yes_no | choice.
        label: its name outside its step: its own, or else the topic of the step.
        is_named: it has a name of its own, which its step shows too.
        joint: a sum of partners; shown as their joint sum only.
        absent: what is said when there is no such fact.
    """

    input: str
    show: str
    label: Bilingual
    is_named: bool = True
    joint: bool = False
    absent: Bilingual | None = None
    words: Mapping[str, Bilingual] | None = None


@dataclass(frozen=True)
class Said:
    """The sentence for each way a step can end."""

    met: Bilingual
    not_met: Bilingual
    unknown: Bilingual
    assumed: Bilingual


@dataclass(frozen=True)
class WhyStep:
    """One step: the law output it shows and the words around it.

    Attributes:
        kind: condition | open_norm (no computer decides it) | amount.
        rule_when_used: other wording when the law used that input (the highest month, or the average).
        topic: the data of this step in one everyday word, for "Welke gegevens?".
        old_after: ISO 8601 period after which a fact is called old, with the sentence `old`.
    """

    id: str
    output: str
    kind: str
    heading: Bilingual
    rule: Bilingual
    facts: tuple[ShownFact, ...]
    said: Said
    placeholders: Mapping[str, Placeholder]
    rule_when_used: Mapping[str, Bilingual]
    old_after: str | None = None
    old: Bilingual | None = None
    who_looks: Bilingual | None = None
    topic: Bilingual | None = None

    def rule_for(self, used: frozenset[str]) -> Bilingual:
        """The wording that fits the inputs which the law used."""
        return next((rule for name, rule in self.rule_when_used.items() if name in used), self.rule)


@dataclass(frozen=True)
class Change:
    """The input to change: to a value, or to an output of the law plus some eurocents."""

    input: str
    to: bool | int | str | None = None
    to_output: str | None = None
    plus_eurocent: int = 0


@dataclass(frozen=True)
class Expectation:
    """What the recomputed outcome must be for the sentence to be true."""

    output: str
    value: bool | int | str


@dataclass(frozen=True)
class Counterfactual:
    """A line "when was it different": shown only when recomputing with the change gives what it says."""

    id: str
    when_used: str
    change: Change
    sentence: Bilingual
    placeholders: Mapping[str, Placeholder]
    expect: Expectation | None = None
    unless: Expectation | None = None


@dataclass(frozen=True)
class WhyPage:
    """The Why page of a service; `also_checked` is shown only when not met or unknown."""

    service: str
    steps: tuple[WhyStep, ...]
    also_checked: tuple[WhyStep, ...]
    counterfactuals: tuple[Counterfactual, ...]
