"""What is said beside an outcome is true, for many laws and invented people: asked again with the change it is another
outcome, one step nearer it is not, what decided is not known without, and what is not known is never taken for nothing.
"""

from __future__ import annotations

import datetime
import os
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from tests.law.builders import LIBRARY
from waardig.kernel.errors import Refusal
from waardig.law import queries
from waardig.law.queries import Change, Example, LawBook, Nearest
from waardig.law.terms import Fact, Outcome, Value

PEOPLE = 400 if os.environ.get("CI") else 80
PROBES = 300
AMOUNTS = (0, 1, 99, 5_000, 50_000, 130_000, 1_000_000, 2_840_600, 3_971_931, 14_189_601, 20_000_000)
NUMBERS = (0, 1, 2, 5, 12, 18, 21, 24, 36, 67)
FIRST, LAST = datetime.date(1935, 1, 1).toordinal(), datetime.date(2027, 1, 1).toordinal()
SETTLED = ("ok", "absent")


@dataclass(frozen=True)
class Asked:
    """A question about an invented person."""

    book: LawBook
    case: Example
    output: str
    scope: Mapping[str, Any]
    facts: Mapping[str, Fact]

    def outcome(self, without: str = "", **changed: Value) -> Outcome | None:
        """The outcome with other facts, or without one; None when the law refuses."""
        facts = {name: fact for name, fact in self.facts.items() if name != without}
        facts |= {name: _fact(value) for name, value in changed.items()}
        try:
            said = queries.evaluate(
                self.book, self.case.law, (self.output,), on=self.case.on, parameters=self.scope, facts=facts
            )
        except Refusal:
            return None
        return said.outputs[self.output]

    def nearest(self) -> Nearest:
        asked = {"on": self.case.on, "parameters": self.scope, "facts": self.facts}
        return queries.nearest_changes(self.book, self.case.law, self.output, **asked, probes=PROBES)


def _fact(value: Value) -> Fact:
    return Fact(None, "absent") if value is None else Fact(value)


@cache
def library() -> LawBook:
    return queries.law_book([LIBRARY])


@cache
def cases() -> tuple[Example, ...]:
    return queries.examples((LIBRARY,))


def invented(seed: int) -> Asked:
    """A case of the library of which some facts are others."""
    chance = random.Random(seed)
    while True:
        case = chance.choice(cases())
        output = chance.choice(case.outputs)
        scope = {name: value for name, value in case.parameters.items() if name.endswith("_code")}
        try:
            needs = queries.inputs_of(library(), case.law, (output,), on=case.on, scope=scope)
        except Refusal:
            continue
        told = dict(_told(case))
        facts = {}
        for need in needs:
            value = told.get(need.name)
            if chance.random() < 0.35 or (value is None and need.name not in told):
                value = _some(chance, need.type)
            if value is not None:
                facts[need.name] = Fact(value)
        asked = Asked(library(), case, output, scope, facts)
        if asked.outcome() is not None:
            return asked


def _told(case: Example) -> Iterator[tuple[str, Any]]:
    yield from case.parameters.items()
    for table in case.tables:
        for row in table.rows:
            if str(row.get(table.key)) == str(case.parameters.get(table.key)):
                yield from row.items()


def _some(chance: random.Random, kind: str) -> Any:
    if kind == "date":
        return datetime.date.fromordinal(chance.randint(FIRST, LAST)).isoformat()
    choices = {"boolean": (True, False), "amount": AMOUNTS, "number": NUMBERS}
    return chance.choice(choices[kind]) if kind in choices else None


def says(outcome: Outcome) -> bool:
    return outcome.reason == "ok" and outcome.value not in (False, 0, None, "")


def nearer(change: Change) -> Value:
    """The value one step nearer to what it is now; as it is where there is no step between."""
    step = {"at_most": 1, "at_least": -1, "on_or_before": 1, "on_or_after": -1}.get(change.how, 0)
    if change.how.startswith("on_") and isinstance(change.value, str):
        return (datetime.date.fromisoformat(change.value) + datetime.timedelta(days=step)).isoformat()
    return change.value + step if type(change.value) is int and step else change.now


@pytest.mark.parametrize("seed", range(PEOPLE))
def test_what_is_said_beside_an_outcome_is_true(seed: int) -> None:
    asked = invented(seed)
    now, found = asked.outcome(), asked.nearest()

    assert now is not None
    assert (found.now.value, found.now.reason) == (now.value, now.reason)
    for change in found.changes:
        other = asked.outcome(**{change.name: change.value})
        assert other is not None, change
        assert (other.value, other.reason) == (change.outcome.value, change.outcome.reason)
        assert other.reason in SETTLED
        assert says(other) != says(now), change
        near = asked.outcome(**{change.name: nearer(change)})
        assert near is None or near.reason not in SETTLED or says(near) == says(now), change


@pytest.mark.parametrize("seed", range(PEOPLE, 2 * PEOPLE))
def test_between_now_and_the_nearest_change_nothing_turns(seed: int) -> None:
    asked, chance = invented(seed), random.Random(seed)
    now, found = asked.outcome(), asked.nearest()
    assert now is not None
    for name, fact in asked.facts.items():
        if type(fact.value) is not int or name in found.unsearched:
            continue
        limits = {change.how: change.value for change in found.changes if change.name == name}
        for _ in range(6):
            value = max(0, fact.value + chance.choice((-1, 1)) * int(10 ** chance.uniform(0, 8)))
            limit = limits.get("at_most" if value < fact.value else "at_least")
            inside = limit is None or (value > limit if value < fact.value else value < limit)  # type: ignore[operator]
            other = asked.outcome(**{name: value})
            if inside and value != fact.value and other is not None and other.reason in SETTLED:
                assert says(other) == says(now), (name, fact.value, value, limits)


@pytest.mark.parametrize("seed", range(2 * PEOPLE, 3 * PEOPLE))
def test_a_fact_that_is_missing_is_asked_and_never_taken_for_nothing(seed: int) -> None:
    asked = invented(seed)
    now, decided = asked.outcome(), asked.nearest().decided_by
    assert now is not None
    for name in asked.facts:
        without = asked.outcome(without=name)
        if without is None:
            continue
        same = (without.value, without.reason) == (now.value, now.reason)
        assert same or without.reason.startswith("unknown:"), name
        assert (name in decided) == (not same), name
