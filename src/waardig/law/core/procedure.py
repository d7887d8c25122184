"""A decision on its way through the stages of its procedure (regelrecht RFC-008): pure, with nothing remembered.

The article decides for the calculation date. What other laws attach to a stage (a hook: the term for deciding at
AANVRAAG, the term for objecting at BEKENDMAKING) is computed by the versions in force on the day of that stage, with
what earlier stages gave. A stage is entered when all that it requires has happened; its day is the date that it
requires. No stage sees what happens later. What is missing is named: the course waits there.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.book import DECISION, LawBook, in_scope, ranked
from waardig.law.core.evaluate import evaluated
from waardig.law.core.interpret import NO_LISTS, FactSource
from waardig.law.core.link import link, link_stage
from waardig.law.terms import ABSENT, OK, Evaluation, Fact, Outcome, RuleFailed

FITS: Mapping[str, Callable[[ir.Raw], bool]] = {
    "date": lambda value: v.as_date(value) is not None,
    "number": v.is_number,
    "boolean": lambda value: isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, tuple),
    "object": lambda value: isinstance(value, Mapping),
}


@dataclass(frozen=True)
class StageDone:
    """A stage that was entered.

    Attributes:
        on: its day: the versions in force on it gave its outputs.
        outputs: what the law says at this stage; the decision itself at BESLUIT.
        evaluations: how (the article for the calculation date, then the hooks).
    """

    name: str
    description: str
    on: datetime.date
    outputs: Mapping[str, Outcome]
    provenance: Mapping[str, str]
    evaluations: tuple[Evaluation, ...]


@dataclass(frozen=True)
class Course:
    """How far a decision is.

    Attributes:
        procedure: its id, or empty when no law in force defines one (then BESLUIT is the only stage).
        defined_by: the law that defines it.
        done: the stages entered, in order.
        waits_for: the next stage; None at the end.
        pending: what that stage still requires.
    """

    law: str
    article: str
    procedure: str
    defined_by: str
    done: tuple[StageDone, ...]
    waits_for: str | None
    pending: tuple[str, ...]

    @property
    def outputs(self) -> dict[str, Outcome]:
        """Everything that the stages gave."""
        return {name: out for stage in self.done for name, out in stage.outputs.items()}

    @property
    def provenance(self) -> dict[str, str]:
        """Where each output comes from: direct, reactive or override."""
        return {name: word for stage in self.done for name, word in stage.provenance.items()}


@dataclass(frozen=True)
class Asked:
    """The decision that is asked about."""

    law: str
    outputs: tuple[str, ...]
    on: datetime.date
    scope: Mapping[str, str]
    parameters: Mapping[str, Any]
    facts: FactSource
    mode: str
    explain: bool = False


def course(book: LawBook, asked: Asked) -> Course:
    """Walks the procedure of a decision as far as what is known allows.

    Raises:
        RuleFailed: no such procedure, two that both apply, an event of another type than required, or a stage that
            lies before the one that precedes it. And what evaluating raises.
    """
    law, article = _decided(book, asked)
    owner, procedure = procedure_of(book, law, article, on=asked.on, scope=asked.scope)
    walk = _Walk(book, asked, (law, article), procedure, owner)
    for position, stage in enumerate(procedure.stages):
        missing = walk.missing(position)
        if missing:
            return walk.course(stage.name, missing)
        walk.enter(position)
    return walk.course(None, ())


def procedure_of(
    book: LawBook, law: ir.Law, article: ir.Article, *, on: datetime.date, scope: Mapping[str, str]
) -> tuple[str, ir.Procedure]:
    """The law that defines the procedure of an article, and the procedure: by its id, else the default.

    Raises:
        RuleFailed: the id is nowhere in force, or neither layer nor day decides between two.
    """
    every = list(book.procedures(article.legal_character or "", on))
    wanted = article.procedure_id
    fitting = [
        (owner, found)
        for owner, found in every
        if in_scope(owner, scope) and (found.id == wanted if wanted else found.default)
    ]
    if not fitting:
        if wanted:
            known = ", ".join(sorted(found.id for _, found in every)) or "none"
            message = f"procedure '{wanted}' is not in force for {article.legal_character}; there is {known}"
            raise RuleFailed(law.id, article.number, message, problem="unknown_procedure")
        return "", ir.Procedure("", True, article.legal_character or "", (ir.Stage(DECISION, "", (), 0),), 0)
    ranks = _ranked(fitting)
    if len(ranks) > 1 and _rank(ranks[0][0]) == _rank(ranks[1][0]):
        names = " and ".join(f"'{found.id}' of {owner.id}" for owner, found in ranks[:2])
        message = f"two procedures apply to {article.legal_character}: {names}"
        raise RuleFailed(law.id, article.number, message, problem="ambiguous_procedure")
    return ranks[0][0].id, ranks[0][1]


def _ranked(found: list[tuple[ir.Law, ir.Procedure]]) -> list[tuple[ir.Law, ir.Procedure]]:
    order = [owner for owner, _ in ranked([(owner, owner.articles[0]) for owner, _ in found])]
    return sorted(found, key=lambda pair: next(n for n, owner in enumerate(order) if owner is pair[0]))


def _rank(law: ir.Law) -> tuple[int, str]:
    return ir.LAYER_RANK.get(law.layer, 99), law.valid_from or ""


def _decided(book: LawBook, asked: Asked) -> tuple[ir.Law, ir.Article]:
    """The article that decides.

    Raises:
        RuleFailed: the outputs are of several decisions, which may each have their own procedure.
    """
    found = [book.producer(asked.law, name, asked.on) for name in asked.outputs]
    law, article = found[0]
    kinds = {(other.legal_character, other.decision_type, other.procedure_id) for _, other in found}
    if len(kinds) > 1:
        message = "the outputs asked are of several kinds of decision; ask for those of one"
        raise RuleFailed(law.id, article.number, message, problem="ambiguous_procedure")
    return law, article


@dataclass
class _Walk:
    """One walk; it holds what earlier stages gave."""

    book: LawBook
    asked: Asked
    decided: tuple[ir.Law, ir.Article]
    procedure: ir.Procedure
    owner: str
    done: list[StageDone] = field(default_factory=list)
    known: dict[str, ir.Raw] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def missing(self, position: int) -> tuple[str, ...]:
        """What a stage requires and nobody knows yet."""
        return tuple(need.name for need in self.procedure.stages[position].requires if self._event(need) is None)

    def enter(self, position: int) -> None:
        """Enters a stage: what happened is known from now on, and the law says what follows."""
        stage = self.procedure.stages[position]
        events = {need.name: self._event(need) for need in stage.requires}
        self.known |= {name: found[0] for name, found in events.items() if found is not None}
        self.named |= set(events)
        on = self._day(stage)
        evaluations = [self._decide(position)] if stage.name == DECISION else []
        for evaluation in evaluations:
            self._keep(evaluation)
        hooks = self._hooks(stage, position, on)
        self._keep(hooks)
        evaluations.append(hooks)
        outputs = {name: out for found in evaluations for name, out in found.outputs.items()}
        words = {name: word for found in evaluations for name, word in found.provenance.items()}
        self.done.append(StageDone(stage.name, stage.description, on, outputs, words, tuple(evaluations)))

    def course(self, waits_for: str | None, pending: Sequence[str]) -> Course:
        """How far it came."""
        law, article = self.decided
        return Course(
            law.id, article.number, self.procedure.id, self.owner, tuple(self.done), waits_for, tuple(pending)
        )

    def _event(self, need: ir.Field) -> tuple[ir.Raw] | None:
        """What happened, when somebody knows it."""
        if need.name in self.asked.parameters:
            value = v.from_outside(self.asked.parameters[need.name])
        else:
            fact = self.asked.facts.find(need.name, need.name, self._parameter)
            value = v.from_outside(fact.value) if fact is not None and fact.reason == OK else None
        if value is None:
            return None
        if not FITS[need.type](value):
            law, article = self.decided
            message = f"the procedure requires '{need.name}' as a {need.type}, not {v.show(value)}"
            raise RuleFailed(law.id, article.number, message, problem="type_mismatch")
        return (value,)

    def _parameter(self, name: str) -> ir.Raw:
        return v.from_outside(self.asked.parameters.get(name))

    def _day(self, stage: ir.Stage) -> datetime.date:
        """The one date that a stage requires; else the day of the stage before it, or the calculation date."""
        dates = [v.as_date(self.known[need.name]) for need in stage.requires if need.type == "date"]
        before = self.done[-1].on if self.done else None
        day = dates[0] if len(dates) == 1 and dates[0] is not None else before or self.asked.on
        if before is not None and day < before:
            law, article = self.decided
            message = f"stage {stage.name} lies before {self.done[-1].name}, which comes first"
            raise RuleFailed(law.id, article.number, message, problem="stage_out_of_order")
        return day

    def _later(self, position: int) -> set[str]:
        return {need.name for stage in self.procedure.stages[position + 1 :] for need in stage.requires}

    def _given(self, position: int) -> dict[str, Any]:
        """Parameters of the caller and what is known by now; nothing of later stages."""
        later = self._later(position)
        own = {name: value for name, value in self.asked.parameters.items() if name not in later}
        return {**own, **self.known}

    def _decide(self, position: int) -> Evaluation:
        """The decision itself, for the calculation date."""
        given, asked = self._given(position), self.asked
        program = link(
            self.book,
            asked.law,
            asked.outputs,
            on=asked.on,
            scope=asked.scope,
            given=frozenset(given),
            mode=asked.mode,
            hooks=False,
        )
        return evaluated(program, given, self._facts(position), explain=asked.explain)

    def _hooks(self, stage: ir.Stage, position: int, on: datetime.date) -> Evaluation:
        given, asked = self._given(position), self.asked
        program = link_stage(
            self.book,
            self.decided,
            stage.name,
            on=on,
            scope=asked.scope,
            given=frozenset({*given, *self.named}),
            mode=asked.mode,
        )
        return evaluated(program, given, self._facts(position), explain=asked.explain)

    def _facts(self, position: int) -> FactSource:
        return _Until(self.asked.facts, frozenset(self._later(position)))

    def _keep(self, found: Evaluation) -> None:
        """What later stages build on; an outcome that is not known is known by name and asked again of the facts."""
        self.named |= set(found.outputs)
        for name, out in found.outputs.items():
            if out.reason in (OK, ABSENT):
                self.known[name] = v.from_outside(out.value)


@dataclass(frozen=True)
class _Until:
    """Facts without those that happen at a later stage."""

    source: FactSource
    later: frozenset[str]

    def find(
        self,
        name: str,
        fact_name: str,
        parameter: Callable[[str], ir.Raw],
        lists: Set[str] = NO_LISTS,
        law: str = "",
    ) -> Fact | None:
        """The fact, unless it lies ahead."""
        return None if fact_name in self.later else self.source.find(name, fact_name, parameter, lists, law)
