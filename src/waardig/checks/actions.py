"""Filling in beforehand what the municipality may show this person: asked of the gate, one line in the log, kept
nowhere.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from waardig.access.actions import ask
from waardig.access.terms import Actor, Request
from waardig.cases import queries as cases
from waardig.catalogue.terms import Check
from waardig.checks.terms import Answer
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.clock import business_today
from waardig.kernel.content import content_roots
from waardig.law import queries as law
from waardig.registers import queries as registers
from waardig.registers.terms import Binding


def known_beforehand(check: Check, person: UUID, actor: Actor, *, activity: str) -> tuple[Answer, ...]:
    """What the registers say about one person, as answers; what they do not know stays a question.

    Nothing of a partner is read: what needs the partner is asked. Must not run inside a transaction (the gate commits
    first).

    Args:
        activity: the check's own right of the resident, or looking along at the counter.

    Raises:
        AccessRefused: the gate says no; the refusal is in the log.
    """
    today = business_today()
    as_of = min(check.day(today), today)
    binding = _binding(content_roots(), check.law)
    inputs = readable_inputs(check, binding, as_of) if binding else ()
    if binding is None or not inputs:
        return ()
    attributes = registers.attributes_needed(binding, inputs)
    ticket = ask(Request(activity, attributes, (person,), actor, as_of))
    facts = registers.take(ticket)
    bound = registers.bind(
        binding,
        [fact for fact in facts if fact.person == person],
        None,
        as_of=as_of,
        parameters=cases.parameters(as_of, check.service) if check.service else cases.scope(),
        inputs=inputs,
    )
    return tuple(
        Answer(name, fact.value, fact.reason, fact.source, fact.as_of, fact.since)
        for name, fact in bound.items()
        if fact.reason != "unknown" and fact.source
    )


def topics_beforehand(check: Check) -> tuple[Bilingual, ...]:
    """What would be filled in for somebody, as far as the registers know it; nothing is read for this."""
    today = business_today()
    binding = _binding(content_roots(), check.law)
    inputs = readable_inputs(check, binding, min(check.day(today), today)) if binding else ()
    return tuple(question.topic for question in check.questions if question.input in inputs)


@lru_cache(maxsize=16)
def _binding(roots: tuple[Path, ...], law_id: str) -> Binding | None:
    return registers.bindings(roots).by_law.get(law_id)


def readable_inputs(check: Check, binding: Binding, on: date) -> tuple[str, ...]:
    """The facts that the law can ask on that day, the check has words for, and a register holds about the person
    alone.
    """
    outputs = (check.outputs.entitlement, check.outputs.amount)
    needs = law.inputs_of(cases.book(), check.law, outputs, on=on, scope=cases.scope())
    asked = {need.name for need in needs}
    return tuple(
        question.input
        for question in check.questions
        if question.input in asked
        and question.input in binding.inputs
        and binding.inputs[question.input].of != "partner"
    )
