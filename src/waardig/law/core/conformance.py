"""The cases of the conformance suite (regelrecht RFC-014): read from JSON, judged by values and codes. Pure.

A case says which laws, question and data there are and what must come out. It never says how: the same case is
put to the interpreter, to SQL, and to engines of others.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from waardig.kernel.errors import Refusal
from waardig.law.core import values as v
from waardig.law.terms import ABSENT, ERROR, OK, Fact, LawFileInvalid, LawsInvalid, Outcome, RuleFailed

INVALID_LAW = "invalid_law"


@dataclass(frozen=True)
class Expected:
    """What must come out.

    Attributes:
        error: the code when the question cannot be answered; then the rest is empty.
        outputs: value by output; None is absent.
        reasons: reason by output that has no value (`unknown:NAME`, `untranslatable`).
        not_in_result: names that the result must not have.
        stage: the last stage of the procedure that was entered.
        pending: what the next stage waits for.
        findings: what a check of the laws finds before anybody's facts; nothing is computed.
    """

    error: str = ""
    outputs: Mapping[str, Any] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str | None] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)
    not_in_result: tuple[str, ...] = ()
    stage: str = ""
    pending: tuple[str, ...] | None = None
    findings: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Case:
    """One case of the suite.

    Attributes:
        covers: the operations and features that it shows.
        laws: the text of the law files.
        outside_schema: the laws are not held to the schema (words of older files).
        procedure: the decision is walked through its stages as far as the data allow (RFC-008).
        until: what is dated after this day has not happened yet.
        mode: what untranslatables do, or empty for this engine's own way.
    """

    file: str
    id: str
    description: str
    source: str
    kind: str
    covers: tuple[str, ...]
    laws: tuple[str, ...]
    law: str
    outputs: tuple[str, ...]
    on: datetime.date
    parameters: Mapping[str, Any]
    data: Mapping[str, Fact]
    expected: Expected
    mode: str = ""
    outside_schema: bool = False
    procedure: bool = False
    until: datetime.date | None = None


@dataclass(frozen=True)
class Observed:
    """What an executor made of a case.

    Attributes:
        error: the code of the refusal of the whole question, or empty.
        whole: with everything decided together and with error codes; a population has the outputs asked and reasons.
        engine: what really computed it.
        stage, pending: how far a procedure came; a population says the first thing that it waits for.
    """

    outcomes: Mapping[str, Outcome]
    error: str = ""
    provenance: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True
    engine: str = "interpreter"
    stage: str = ""
    pending: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


def cases_of(content: Mapping[str, Any], file: str) -> tuple[Case, ...]:
    """The cases of one file, as `conformance/case.schema.json` describes it."""
    return tuple(_case(row, file) for row in content["tests"])


def _case(row: Mapping[str, Any], file: str) -> Case:
    expected = row["expected"]
    return Case(
        file=file,
        id=row["id"],
        description=row["description"],
        source=row["source"],
        kind=row["kind"],
        covers=tuple(row["covers"]),
        laws=tuple(part["yaml"] for part in row["regulations"]),
        law=row["regulation_id"],
        outputs=tuple(row["outputs"]),
        on=datetime.date.fromisoformat(row["calculation_date"]),
        parameters=row.get("parameters", {}),
        data={name: _fact(value) for name, value in row.get("data", {}).items()},
        expected=_expected(expected),
        mode=row.get("untranslatables", ""),
        outside_schema=row.get("outside_schema", False),
        procedure=row.get("procedure", False),
        until=datetime.date.fromisoformat(row["until"]) if "until" in row else None,
    )


def _expected(row: Mapping[str, Any]) -> Expected:
    lists: dict[str, Any] = {name: tuple(row[name]) for name in ("not_in_result", "pending", "findings") if name in row}
    return Expected(**{**row, **lists})


def _fact(value: Any) -> Fact:
    """A bare value, or {"reason": "absent" | "unknown"}."""
    if isinstance(value, Mapping):
        return Fact(None, value["reason"])
    return Fact(value)


def code_of(refusal: Refusal) -> str:
    """The code of a refusal, stable and without a message."""
    if isinstance(refusal, LawFileInvalid | LawsInvalid):
        return INVALID_LAW
    return refusal.problem if isinstance(refusal, RuleFailed) else refusal.code


def differences(case: Case, seen: Observed) -> list[str]:
    """What is not as the case says, in words; empty when it passes."""
    want = case.expected
    if want.findings is not None:
        same = want.findings == seen.findings and not seen.error
        return [] if same else [f"expected to find {list(want.findings)}, found {seen.error or list(seen.findings)}"]
    if want.error:
        return _error_differs(case, seen)
    if seen.error:
        return [f"expected an outcome, got error {seen.error}"]
    names = dict.fromkeys((*want.outputs, *want.reasons, *want.units))
    found = [text for name in names for text in _output_differs(want, name, seen)]
    if seen.whole:
        found += [
            f"{name}: expected provenance {word}, got {seen.provenance.get(name, 'none')}"
            for name, word in want.provenance.items()
            if seen.provenance.get(name) != word
        ]
    if seen.whole or case.procedure:
        found += [f"{name}: expected not to be there" for name in want.not_in_result if name in seen.outcomes]
        found += _stage_differs(want, seen)
    return found


def _stage_differs(want: Expected, seen: Observed) -> list[str]:
    found = []
    if want.stage and want.stage != seen.stage:
        found.append(f"expected to come to stage {want.stage}, came to {seen.stage or 'none'}")
    pending = want.pending if want.pending is None or seen.whole else want.pending[:1]
    if pending is not None and pending != seen.pending:
        found.append(f"expected to wait for {list(pending)}, waits for {list(seen.pending)}")
    return found


def _error_differs(case: Case, seen: Observed) -> list[str]:
    want = case.expected.error
    if seen.error:
        return [] if seen.error == want else [f"expected error {want}, got error {seen.error}"]
    failed = [seen.outcomes[name] for name in case.outputs if seen.outcomes[name].reason == ERROR]
    if not failed:
        shown = ", ".join(f"{name} = {_shown(found)}" for name, found in seen.outcomes.items())
        return [f"expected error {want}, got {shown}"]
    if seen.whole and failed[0].code != want:
        return [f"expected error {want}, got error {failed[0].code} ({failed[0].detail})"]
    return []


def _output_differs(want: Expected, name: str, seen: Observed) -> list[str]:
    found = seen.outcomes.get(name)
    if found is None:
        return [f"{name}: expected an outcome, got none"] if seen.whole else []
    texts = []
    if name in want.reasons and found.reason != want.reasons[name]:
        texts.append(f"{name}: expected {want.reasons[name]}, got {_shown(found)}")
    if name in want.outputs and not same(want.outputs[name], found):
        texts.append(f"{name}: expected {_value(want.outputs[name])}, got {_shown(found)}")
    if seen.whole and name in want.units and found.unit != want.units[name]:
        texts.append(f"{name}: expected unit {want.units[name]}, got {found.unit}")
    return texts


def same(want: Any, found: Outcome) -> bool:
    """True when an outcome is this value; None is absent, numbers are compared by value and never as doubles."""
    if want is None:
        return found.reason == ABSENT
    return found.reason == OK and v.equal(v.from_outside(want), v.from_outside(found.value))


def _shown(found: Outcome) -> str:
    if found.reason == OK:
        return _value(found.value)
    return f"{found.reason} {found.code} {found.detail}".rstrip() if found.reason == ERROR else found.reason


def _value(value: Any) -> str:
    return "nothing (absent)" if value is None else repr(value) if isinstance(value, str) else str(value)


def applies_to_population(case: Case) -> bool:
    """False when a case is only about what a population does not compute: what is decided together, and units."""
    want = case.expected
    if case.procedure:
        return True
    return bool(want.error) or any(name in (*want.outputs, *want.reasons) for name in case.outputs)


def uncovered(manifest: Mapping[str, Any], cases: Sequence[Case]) -> list[str]:
    """Operations without a normal, an edge and an error case, and features of the manifest without any case."""
    shown: dict[str, set[str]] = {}
    for case in cases:
        for word in case.covers:
            shown.setdefault(word, set()).add(case.kind)
    found = []
    for level in manifest["levels"].values():
        for operation in level["operations"]:
            missing = {"normal", "edge", "error"} - shown.get(operation, set())
            found += [f"{operation} has no {kind} case" for kind in sorted(missing)]
        found += [f"feature {feature} has no case" for feature in level["features"] if feature not in shown]
    return found
