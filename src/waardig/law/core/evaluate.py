"""One person: run a program and put the result in the words of terms.py."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from waardig.kernel.errors import Refusal
from waardig.kernel.legal_source import Status
from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.explain import explained
from waardig.law.core.graph import LawPart, Node, Program
from waardig.law.core.interpret import FactSource, Run
from waardig.law.core.status import worst
from waardig.law.terms import ERROR, OK, Evaluation, LawRef, Outcome, RuleFailed


def evaluated(
    program: Program,
    parameters: Mapping[str, Any],
    facts: FactSource,
    *,
    explain: bool,
    on: datetime.date | None = None,
) -> Evaluation:
    """What the law says about one person.

    Args:
        on: another reference date than the one for which the program was joined, when the same versions are in force.

    Raises:
        Refusal: a requested output needs something that is missing or broken in the law files themselves.
        PresumesAgainst: a policy rule says false on an open norm.
    """
    refuse_nobody(program, parameters)
    run = Run(program, parameters, facts, on=on)
    outputs = {name: outcome(node, run.value(node)) for name, node in program.outputs.items()}
    steps = explained(program, run) if explain else ()
    for name, node in program.together.items():
        outputs[name] = _together(run, node)
    return Evaluation(
        outputs=outputs,
        steps=steps,
        inputs_used=dict(run.used),
        laws=law_refs(program, run.touched()),
        on=on or program.on,
        provenance={name: program.provenance[name] for name in outputs},
    )


def refuse_nobody(program: Program, parameters: Mapping[str, Any]) -> None:
    """Refuses a required parameter that a caller gives as nothing, in a file of a later schema (RFC-036).

    Raises:
        RuleFailed: the parameter may not be null.
    """
    for node in program.outputs.values():
        for field in node.article.parameters.values() if node.law.later else ():
            if field.required and not field.nullable and field.name in parameters and parameters[field.name] is None:
                message = f"the law cannot be evaluated for nobody: parameter '{field.name}' is null"
                raise RuleFailed(node.law.id, node.article.number, message, problem="absent_value")


def _together(run: Run, node: Node) -> Outcome:
    """An output nobody asked for fails on its own, without taking the requested ones with it."""
    try:
        return outcome(node, run.value(node))
    except Refusal as refusal:
        return Outcome(None, ERROR, node.unit, str(refusal))


def outcome(node: Node, value: v.Val) -> Outcome:
    """A value as an outcome."""
    shown = v.to_outside(value.value) if value.reason == OK else None
    return Outcome(shown, value.reason, node.unit, value.detail, value.code)


def law_refs(program: Program, touched: Iterable[int]) -> tuple[LawRef, ...]:
    """The law versions that took part, each with the worst status of what took part."""
    parts = frozenset(map(program.parts.get, touched))
    known: tuple[LawRef, ...] | None = program.refs.get(parts)
    if known is None:
        known = program.refs[parts] = _refs(part for part in parts if part)
    return known


def _refs(parts: Iterable[LawPart]) -> tuple[LawRef, ...]:
    found: dict[int, tuple[ir.Law, set[Status]]] = {}
    for part in parts:
        found.setdefault(id(part.law), (part.law, {part.law.status.text}))[1].add(part.status)
    refs = [law_ref(law, statuses) for law, statuses in found.values()]
    return tuple(sorted(refs, key=lambda ref: (ref.id, ref.valid_from or "")))


def law_ref(law: ir.Law, statuses: Iterable[Status]) -> LawRef:
    """One law version with its status."""
    return LawRef(law.id, law.valid_from, law.sha256, worst(statuses), law.name, law.layer, law.url)
