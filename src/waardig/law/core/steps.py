"""The step language of regelrecht (grammar.yaml version 1; tiers core, provenance, untranslatable), English and Dutch.

Quotes carry no type: the content of a value decides what it is. Two steps are our own, because unknown is no error
here: `output "x" is unknown` and `output "x" is unknown because of "y"`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Q = r'"([^"]*)"'
N = r"(-?\d+(?:\.\d+)?)"


@dataclass(frozen=True)
class StepPattern:
    """A step text and the action it means; `fixed` are arguments that the text itself says."""

    action: str
    pattern: re.Pattern[str]
    fixed: tuple[str, ...] = ()
    table: bool = False


def _patterns() -> tuple[StepPattern, ...]:
    made: list[StepPattern] = []

    def add(action: str, english: str, dutch: str, *fixed: str, table: bool = False) -> None:
        for text in (english, dutch):
            made.append(StepPattern(action, re.compile(rf"(?:{text})\Z"), fixed, table))

    add("date", f"the calculation date is {Q}", f"de rekendatum is {Q}")
    add("load", f"law {Q} is loaded", f"(?:de )?wet {Q} is geladen")
    add("parameter", f"parameter {Q} is {Q}", f"(?:de )?parameter {Q} is {Q}")
    add("parameter", f"parameter {Q} is {N}", f"(?:de )?parameter {Q} is {N}")
    add("parameters", "the following parameters:", "de volgende parameters:", table=True)
    add(
        "data",
        f"the following {Q} data with key {Q}:",
        f"de volgende gegevens van {Q} met sleutel {Q}:",
        table=True,
    )
    add("evaluate", f"I evaluate {Q} of {Q}", f"ik {Q} van {Q} bereken|ik bereken {Q} van {Q}")
    add("evaluate", f"I evaluate outputs {Q} of {Q}", f"ik de uitkomsten {Q} van {Q} bereken")
    add("succeeds", "the execution succeeds", "de berekening slaagt|slaagt de berekening")
    add("fails", "the execution fails", "de berekening mislukt|mislukt de berekening")
    add("fails", f"the execution fails with {Q}", f"(?:de berekening mislukt|mislukt de berekening) met {Q}")
    for english, dutch in (("true", "waar"), ("false", "onwaar")):
        add("equals", f"output {Q} is {english}", f"(?:is )?(?:de )?uitkomst {Q} (?:is )?{dutch}", english)
    add("equals", f"output {Q} equals {N}", f"(?:is )?(?:de )?uitkomst {Q} (?:is )?(?:gelijk aan )?{N}")
    add("equals", f"output {Q} equals {Q}", f"(?:is )?(?:de )?uitkomst {Q} (?:is )?(?:gelijk aan )?{Q}")
    add("null", f"output {Q} is null", f"(?:is )?(?:de )?uitkomst {Q} (?:is )?leeg")
    add("contains", f"output {Q} contains {Q}", f"(?:de )?uitkomst {Q} bevat {Q}|bevat (?:de )?uitkomst {Q} {Q}")
    add("exact", f"the result contains exactly the outputs {Q}", f"het resultaat bevat precies de uitkomsten {Q}")
    for word, dutch in (("direct", "rechtstreeks"), ("reactive", "als gevolg"), ("override", "als afwijking")):
        add("provenance", f"output {Q} has {word} provenance", f"(?:de )?uitkomst {Q} ontstaat {dutch}", word)
    add("mode", f"the untranslatable mode is {Q}", f"de stand voor onvertaalbaar is {Q}")
    add("tainted", f"output {Q} is tainted as untranslatable", f"(?:is )?(?:de )?uitkomst {Q} (?:is )?onvertaalbaar")
    add("unknown", f"output {Q} is unknown", f"(?:is )?(?:de )?uitkomst {Q} (?:is )?onbekend")
    add(
        "unknown",
        f"output {Q} is unknown because of {Q}",
        f"(?:is )?(?:de )?uitkomst {Q} (?:is )?onbekend door {Q}",
    )
    return tuple(made)


PATTERNS = _patterns()


def read_step(text: str) -> tuple[str, tuple[str, ...], bool] | None:
    """The action, arguments and whether a table follows; None for a step outside the language."""
    for step in PATTERNS:
        match = step.pattern.match(text.strip())
        if match:
            return step.action, (*(part for part in match.groups() if part is not None), *step.fixed), step.table
    return None
