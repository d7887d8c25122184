"""The step language of regelrecht (grammar.yaml version 1; tiers core, provenance, untranslatable), English and Dutch.

Quotes carry no type: the content of a value decides what it is. What regelrecht announced since is read too: data of
one law, a collection as parameter, absent and unknown. One step is our own: `output "x" is unknown because of "y"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    return (*_scene(), *_outcomes())


def _of(action: str, english: str, dutch: str, *fixed: str, table: bool = False) -> tuple[StepPattern, ...]:
    """One step in both languages."""
    return tuple(StepPattern(action, re.compile(rf"(?:{text})\Z"), fixed, table) for text in (english, dutch))


def _scene() -> Iterator[StepPattern]:
    """What is given, and what is computed."""
    yield from _of("date", f"the calculation date is {Q}", f"de rekendatum is {Q}")
    yield from _of("load", f"law {Q} is loaded", f"(?:de )?wet {Q} is geladen")
    yield from _of("parameter", f"parameter {Q} is {Q}", f"(?:de )?parameter {Q} is {Q}")
    yield from _of("parameter", f"parameter {Q} is {N}", f"(?:de )?parameter {Q} is {N}")
    yield from _of("parameters", "the following parameters:", "de volgende parameters:", table=True)
    yield from _of(
        "data",
        f"the following {Q} data with key {Q}:",
        f"de volgende gegevens van {Q} met sleutel {Q}:",
        table=True,
    )
    yield from _of(
        "data",
        f"the following {Q} data with key {Q} for law {Q}:",
        f"de volgende gegevens van {Q} met sleutel {Q} voor wet {Q}:",
        table=True,
    )
    yield from _of(
        "collection", f"parameter {Q} is the collection:", f"(?:de )?parameter {Q} is de verzameling:", table=True
    )
    yield from _of("evaluate", f"I evaluate {Q} of {Q}", f"ik {Q} van {Q} bereken|ik bereken {Q} van {Q}")
    yield from _of("evaluate", f"I evaluate outputs {Q} of {Q}", f"ik de uitkomsten {Q} van {Q} bereken")


def _outcomes() -> Iterator[StepPattern]:
    """What must come out."""
    yield from _of("succeeds", "the execution succeeds", "de berekening slaagt|slaagt de berekening")
    yield from _of("fails", "the execution fails", "de berekening mislukt|mislukt de berekening")
    yield from _of("fails", f"the execution fails with {Q}", f"(?:de berekening mislukt|mislukt de berekening) met {Q}")
    for english, dutch in (("true", "waar"), ("false", "onwaar")):
        yield from _of("equals", f"output {Q} is {english}", f"(?:is )?(?:de )?uitkomst {Q} (?:is )?{dutch}", english)
    yield from _of("equals", f"output {Q} equals {N}", f"(?:is )?(?:de )?uitkomst {Q} (?:is )?(?:gelijk aan )?{N}")
    yield from _of("equals", f"output {Q} equals {Q}", f"(?:is )?(?:de )?uitkomst {Q} (?:is )?(?:gelijk aan )?{Q}")
    yield from _of("null", f"output {Q} is (?:null|absent)", f"(?:is )?(?:de )?uitkomst {Q} (?:is )?leeg")
    yield from _of(
        "contains", f"output {Q} contains {Q}", f"(?:de )?uitkomst {Q} bevat {Q}|bevat (?:de )?uitkomst {Q} {Q}"
    )
    yield from _of(
        "exact", f"the result contains exactly the outputs {Q}", f"het resultaat bevat precies de uitkomsten {Q}"
    )
    for word, dutch in (("direct", "rechtstreeks"), ("reactive", "als gevolg"), ("override", "als afwijking")):
        yield from _of(
            "provenance", f"output {Q} has {word} provenance", f"(?:de )?uitkomst {Q} ontstaat {dutch}", word
        )
    yield from _of("mode", f"the untranslatable mode is {Q}", f"de stand voor onvertaalbaar is {Q}")
    yield from _of(
        "tainted", f"output {Q} is tainted as untranslatable", f"(?:is )?(?:de )?uitkomst {Q} (?:is )?onvertaalbaar"
    )
    yield from _of("unknown", f"output {Q} is unknown", f"(?:is )?(?:de )?uitkomst {Q} (?:is )?onbekend")
    yield from _of(
        "unknown",
        f"output {Q} is unknown (?:because|for lack) of {Q}",
        f"(?:is )?(?:de )?uitkomst {Q} (?:is )?onbekend (?:door|bij gebrek aan) {Q}",
    )


PATTERNS = _patterns()
NOTES = re.compile(r"a law with the following articles:\Z|a note selecting \"|the note (hints|is|resolves) ")
OUTCOMES = frozenset(pattern.action for pattern in _outcomes()) - {"mode"}
"""Actions that look at what came out."""


def is_note(text: str) -> bool:
    """Whether a step is of the tier of text notes, which is not executed."""
    return NOTES.match(text.strip()) is not None


def read_step(text: str) -> tuple[str, tuple[str, ...], bool] | None:
    """The action, arguments and whether a table follows; None for a step outside the language."""
    for step in PATTERNS:
        match = step.pattern.match(text.strip())
        if match:
            return step.action, (*(part for part in match.groups() if part is not None), *step.fixed), step.table
    return None
