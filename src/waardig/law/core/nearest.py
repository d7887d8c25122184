"""The nearest single change of a fact that would change an outcome, and which facts decided it; computed, not guessed.

A number or date is searched both ways, nearest first. Where every condition on the way gives the same answer at two
values, and the sides of every equality stand in the same order, nothing changes between them as long as each side only
grows or only falls with the fact. So only between values that differ in this is looked at closer. A law that lets one
fact pull a side both ways can turn at a nearer value that is not found. Where a law asks the day of the week, every day
nearby is tried first. A search that takes too long is named, so that nobody takes it for a no.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from waardig.kernel.errors import Refusal
from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.evaluate import outcome
from waardig.law.core.graph import Node, Program
from waardig.law.core.interpret import NO_LISTS, FactSource, Run
from waardig.law.core.words import plain_name, result, shown
from waardig.law.terms import ABSENT, OK, Fact, Outcome, Value

FAR = 10**12
"""How far a number is searched, in its own steps."""
CENTURIES = 73_000
"""How far a date is searched, in days."""
PROBES = 3_000
"""Evaluations for one fact in one direction, at most; a fact with more turns than that gives no answer."""
NEARBY = 100
"""How many days are tried one by one where a law asks the day of the week."""
_EQUALITIES = frozenset({"EQUALS", "NOT_EQUALS", "IN", "NOT_IN"})
_WORDS = {
    "at_most": ("hoogstens", "at most"),
    "at_least": ("minstens", "at least"),
    "on_or_before": ("op of voor", "on or before"),
    "on_or_after": ("op of na", "on or after"),
    "is": ("", ""),
}


@dataclass(frozen=True)
class Change:
    """One fact, the value nearest to its own at which the outcome is another, and that outcome.

    Attributes:
        name: as the fact is asked; unit: of the value ("eurocent", ...), None for none.
        words_nl, words_en: the change and what the law gives then, in one line.
        how: "at_most", "at_least", "on_or_before", "on_or_after" or "is"; the value is the last one or first one.
        value: None when the change is that there is nothing.
    """

    name: str
    now: Value
    how: str
    value: Value
    unit: str | None
    outcome: Outcome
    words_nl: str
    words_en: str


@dataclass(frozen=True)
class Nearest:
    """What would change an outcome.

    Attributes:
        changes: at most two a fact, in the order in which the law asked the facts.
        decided_by: the facts without which the outcome would not be what it is.
        unsearched: facts of which the search stopped before its end: there may be a change that is not named.
    """

    output: str
    now: Outcome
    changes: tuple[Change, ...]
    decided_by: tuple[str, ...]
    unsearched: tuple[str, ...] = ()


def nearest(
    program: Program, parameters: Mapping[str, Any], facts: FactSource, output: str, *, probes: int = PROBES
) -> Nearest:
    """What would change an output: true becomes false or the other way round, an amount becomes nothing or something.

    Only facts that took part can; a fact that the law did not ask changes nothing alone.

    Raises:
        Refusal: what the evaluation of these facts refuses with.
    """
    asking = _Asking(program, dict(parameters), facts, program.outputs[output], probes)
    now = asking.first()
    changes = tuple(change for fact in asking.used for change in asking.changes_of(fact))
    decided = tuple(fact.name for fact in asking.used if asking.without(fact.name) != now)
    return Nearest(output, now, changes, decided, tuple(asking.unsearched))


@dataclass(frozen=True)
class _Used:
    name: str
    node: Node
    value: ir.Raw
    is_parameter: bool


@dataclass(frozen=True)
class _Seen:
    """What one evaluation showed: whether the outcome is another, and the answer of every condition."""

    other: bool
    answers: object


class _Changed:
    """The facts, with one of them another; None takes it away."""

    def __init__(self, facts: FactSource, name: str, fact: Fact | None) -> None:
        self.facts, self.name, self.fact = facts, name, fact

    def find(
        self,
        name: str,
        fact_name: str,
        parameter: Callable[[str], ir.Raw],
        lists: Set[str] = NO_LISTS,
        law: str = "",
    ) -> Fact | None:
        return self.fact if fact_name == self.name else self.facts.find(name, fact_name, parameter, lists, law)


class _Asking:
    """The same question with another fact each time."""

    def __init__(
        self, program: Program, parameters: dict[str, Any], facts: FactSource, node: Node, probes: int
    ) -> None:
        self.program, self.parameters, self.facts, self.node = program, parameters, facts, node
        self.probes = probes
        self.weekly = any(node.op == "DAY_OF_WEEK" for node in program.nodes)
        self.unsearched: dict[str, None] = {}
        self.equalities = tuple(node for node in program.nodes if node.op in _EQUALITIES)
        self.used: tuple[_Used, ...] = ()
        self.said = False

    def first(self) -> Outcome:
        """The outcome for the facts as they are; notes which took part."""
        run = Run(self.program, self.parameters, self.facts)
        now = outcome(self.node, run.value(self.node))
        self.said = _is_yes(now)
        nodes = {node.index: node for node in self.program.nodes}
        used = {}
        for node in (nodes[index] for index in run.memo if index in nodes):
            name = node.fact_name or node.name
            if node.index in run.found:
                fact = run.found[node.index]
                if fact.reason in (OK, ABSENT):
                    used[name] = _Used(name, node, v.from_outside(fact.value), is_parameter=False)
            elif node.kind in ("input", "parameter") and name in self.parameters and name not in self.program.scope:
                used[name] = _Used(name, node, v.from_outside(self.parameters[name]), is_parameter=True)
        self.used = tuple(used.values())
        return now

    def without(self, name: str) -> Outcome | None:
        """The outcome when a fact is not known; None when the law refuses."""
        return self._outcome(name, None)[0]

    def changes_of(self, fact: _Used) -> Iterator[Change]:
        """The nearest changes of one fact, the smaller value first."""
        yield from self._ordered(fact) if _is_ordered(fact) else self._chosen(fact)

    def _chosen(self, fact: _Used) -> Iterator[Change]:
        for value in _choices(self.program, fact):
            if value != fact.value and self._probe(fact, value).other:
                yield self._change(fact, "is", value)

    def _ordered(self, fact: _Used) -> Iterator[Change]:
        scale = _Scale.of(fact, self.program.on)
        if fact.value is not None and self._probe(fact, None).other:
            yield self._change(fact, "is", None)
        for side, end in ((-1, scale.low), (1, scale.high)):
            found = self._search(fact, scale, end)
            if found is not None:
                yield self._change(fact, scale.words[side], scale.value(found))

    def _search(self, fact: _Used, scale: _Scale, end: int) -> int | None:
        """The place nearest to the start, on the way to `end`, at which the outcome is another."""
        left = self.probes

        def see(place: int) -> _Seen:
            nonlocal left
            left -= 1
            return self._probe(fact, scale.value(place))

        def between(near: int, near_seen: _Seen, far: int, far_seen: _Seen) -> int | None:
            if near_seen == far_seen or left < 0:
                return None
            if abs(far - near) == 1:
                return far if far_seen.other else None
            middle = (near + far) // 2
            seen = see(middle)
            found = between(near, near_seen, middle, seen)
            return found if found is not None else between(middle, seen, far, far_seen)

        place, seen, step = scale.start, see(scale.start), 1
        if seen.other:  # there was nothing, and there already something would do
            return place
        towards = -1 if end < place else 1
        while self.weekly and scale.step is None and place != end and abs(place - scale.start) < NEARBY and left >= 0:
            place += towards
            seen = see(place)
            if seen.other:
                return place
        while place != end and left >= 0:
            far = max(end, place - step) if end < place else min(end, place + step)
            far_seen = see(far)
            found = between(place, seen, far, far_seen)
            if found is not None:
                return found
            place, seen, step = far, far_seen, step * 2
        if left < 0:
            self.unsearched[fact.name] = None
        return None

    def _probe(self, fact: _Used, value: ir.Raw) -> _Seen:
        found, run = self._outcome(fact.name, _fact(value))
        if found is None or run is None:
            return _Seen(other=False, answers="refused")
        told = tuple(
            (index, _answers(one.memo), tuple(sorted(one.taken.items())))
            for index, members in sorted(run.members.items())
            for one in members
        )
        answers = (_answers(run.memo), told)
        other = found.reason in (OK, ABSENT) and _is_yes(found) != self.said
        orders = tuple(_orders(node, run) for node in self.equalities if node.index in run.memo)
        return _Seen(other, (answers, orders, tuple(sorted(run.taken.items())), other))

    def _outcome(self, name: str, fact: Fact | None) -> tuple[Outcome | None, Run | None]:
        parameters = {key: value for key, value in self.parameters.items() if key != name}
        run = Run(self.program, parameters, _Changed(self.facts, name, fact))
        if fact is not None and name in self.parameters:
            run.parameters[name] = v.from_outside(fact.value)
        try:
            return outcome(self.node, run.value(self.node)), run
        except Refusal:
            return None, None

    def _change(self, fact: _Used, how: str, value: ir.Raw) -> Change:
        found, _run = self._outcome(fact.name, _fact(value))
        assert found is not None  # it was seen to be another outcome
        outside = v.to_outside(value)
        dutch, english = (
            f"{plain_name(fact.name)}: {f'{word} ' if word else ''}{shown(outside, fact.node.unit, language)}"
            f" → {result(found.value, found.reason, found.unit, language)}"
            for word, language in zip(_WORDS[how], ("nl", "en"), strict=True)
        )
        return Change(
            fact.name, v.to_outside(fact.value), how, outside, fact.node.unit, found, dutch, english
        )  # fmt: skip


def _answers(memo: Mapping[int, v.Val]) -> tuple[tuple[int, bool | None, str], ...]:
    """The answer of every condition, and what is not known."""
    return tuple(
        (index, one.value if isinstance(one.value, bool) else None, one.reason)
        for index, one in sorted(memo.items())
        if isinstance(one.value, bool) or one.reason != OK
    )


def _fact(value: ir.Raw) -> Fact:
    return Fact(None, ABSENT) if value is None else Fact(v.to_outside(value))


def _orders(node: Node, run: Run) -> tuple[int | None, ...]:
    """Whether the subject of an equality is below, at or above each value beside it; None where that means nothing."""
    subject, *others = (run.memo[arg.index].value for arg in node.args if arg.index in run.memo)
    values = [item for one in others for item in (one if isinstance(one, tuple) else (one,))]
    return tuple(_order(subject, value) for value in values)


def _order(one: ir.Raw, other: ir.Raw) -> int | None:
    if isinstance(one, str) and isinstance(other, str):
        return (one > other) - (one < other)
    if isinstance(one, int | Fraction) and isinstance(other, int | Fraction):
        return (one > other) - (one < other)
    return None


def _is_yes(found: Outcome) -> bool:
    return found.reason == OK and v.says_something(found.value)


@dataclass(frozen=True)
class _Scale:
    """Numbers or dates as places on a line of whole steps."""

    start: int
    low: int
    high: int
    step: Decimal | None
    words: Mapping[int, str]

    @classmethod
    def of(cls, fact: _Used, on: datetime.date) -> _Scale:
        if _is_date(fact):
            start = datetime.date.fromisoformat(str(fact.value)) if fact.value is not None else on
            place = start.toordinal()
            low, high = max(1, place - CENTURIES), min(datetime.date.max.toordinal(), place + CENTURIES)
            return cls(place, low, high, None, {-1: "on_or_before", 1: "on_or_after"})
        outside = v.to_outside(fact.value) if fact.value is not None else 0
        number = Decimal(str(outside))
        exponent = number.as_tuple().exponent
        step = Decimal(1).scaleb(min(0, int(exponent)))
        start_at = int(number / step)
        return cls(start_at, min(0, start_at * 10), start_at + FAR, step, {-1: "at_most", 1: "at_least"})

    def value(self, place: int) -> ir.Raw:
        """The fact at a place."""
        if self.step is None:
            return datetime.date.fromordinal(place).isoformat()
        return v.from_outside(self.step * place)


def _is_date(fact: _Used) -> bool:
    if fact.value is None:
        return fact.node.type == "date"
    return isinstance(fact.value, str) and _day(fact.value)


def _day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _is_ordered(fact: _Used) -> bool:
    return _is_date(fact) or v.is_number(fact.value) or (fact.value is None and fact.node.type in ("number", "amount"))


def _choices(program: Program, fact: _Used) -> tuple[ir.Raw, ...]:
    """The other values that may matter: yes and no, the words that the law compares with, and nothing."""
    if isinstance(fact.value, bool) or (fact.value is None and fact.node.type == "boolean"):
        return (True, False)
    words: dict[str, None] = {}
    for node in program.nodes:
        if node.op in _EQUALITIES and any(_leads_to(arg, fact.name) for arg in node.args):
            words.update((word, None) for arg in node.args for word in _words(arg.value))
    return (*words, None)


def _leads_to(node: Node, name: str) -> bool:
    return (node.fact_name or node.name) == name or (len(node.args) == 1 and _leads_to(node.args[0], name))


def _words(value: ir.Raw) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _words(item)
