"""The procedure of a decision for a population: which programs the rows of one path through the versions of laws share.

What follows from a stage depends on its day in two ways only: which versions are in force, and `$referencedate`. So
rows are told apart by the span between two changes of law in which each day lies, never by the day itself, and spans
of which the programs are alike are one. Pure; `adapters/courses` runs it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from waardig.law.core import ir
from waardig.law.core.book import DECISION, LawBook, in_scope
from waardig.law.core.graph import Node, Program
from waardig.law.core.link import link, link_stage
from waardig.law.core.procedure import Course, decided, procedure_of
from waardig.law.terms import ABSENT, PopulationInvalid, UnknownOutput, Value

STAGE = "stage"
"""The column of a result with the last stage entered; its reason says why the next one is not."""
GIVEN = ("parameter", "input")
"""Nodes that take what an earlier stage gave; a reference in another law computes what it names."""


@dataclass(frozen=True)
class Way:
    """The question about a population: a decision, its procedure, and what is asked of its stages.

    Attributes:
        asked: every output that is asked; `decides` are those of the decision itself.
        gives: the last stage, by its place, that gives each output in any version of the laws; `types` as declared.
        until: what is dated after this day has not happened yet; None: every date counts.
    """

    book: LawBook
    decided: tuple[ir.Law, ir.Article]
    owner: str
    procedure: ir.Procedure
    asked: tuple[str, ...]
    decides: tuple[str, ...]
    gives: Mapping[str, int]
    types: Mapping[str, str]
    on: datetime.date
    scope: Mapping[str, str]
    parameters: Mapping[str, Any]
    until: datetime.date | None = None
    mode: str = "report"
    joined: dict[object, Program] = field(default_factory=dict, repr=False)

    @cached_property
    def changes(self) -> tuple[datetime.date, ...]:
        """The days on which a version of any law begins, or has ended, in order."""
        found = set()
        for law in self.book.laws:
            first, last = _day(law.valid_from), _day(law.valid_to)
            found |= {first} if first else set()
            found |= {last + datetime.timedelta(days=1)} if last and last < datetime.date.max else set()
        return tuple(sorted(found))

    def first_of(self, span: int) -> datetime.date:
        """A day in a span between two changes, counted from 0."""
        if span:
            return self.changes[span - 1]
        return self.changes[0] - datetime.timedelta(days=1) if self.changes else self.on

    @property
    def file(self) -> str:
        """The file that defines the procedure."""
        return self.book.version(self.owner, self.on).file if self.owner else ""

    @property
    def last(self) -> int:
        """The last stage that an asked output can come from."""
        return max(self.gives[name] for name in self.asked)

    def giver(self, name: str) -> str:
        """The last stage that gives an outcome: of the decision itself when no law attaches it."""
        place = self.gives.get(name)
        return DECISION if place is None else self.procedure.stages[place].name

    def later(self, position: int) -> frozenset[str]:
        """What stages after this one require."""
        return frozenset(need.name for stage in self.procedure.stages[position + 1 :] for need in stage.requires)

    def join(
        self, book: LawBook, decided: tuple[ir.Law, ir.Article], stage: str, *, on: datetime.date, **more: Any
    ) -> Program:
        """As `link_stage`, once for the days with the same versions in force; the date in it counts for nothing."""
        key = (stage, more["given"], tuple(map(id, book.in_force(on))))
        if key not in self.joined:
            self.joined[key] = link_stage(book, decided, stage, on=on, **more)
        return self.joined[key]


def way_of(
    book: LawBook,
    law: str,
    outputs: Sequence[str],
    *,
    on: datetime.date,
    scope: Mapping[str, str],
    parameters: Mapping[str, Any],
    until: datetime.date | None = None,
) -> Way:
    """The question, with what each stage can give.

    Args:
        outputs: of the decision (at least one), and of what other laws attach to its stages.

    Raises:
        UnknownOutput: no stage gives one of these in any version, or none is of the decision.
        PopulationInvalid: an output is asked and given.
        UnknownLaw, LawNotInForce, RuleFailed: as for one person.
    """
    names, version = tuple(dict.fromkeys(outputs)), book.version(law, on)
    own = {name: article for name in names if (article := version.producer(name))}
    if not own:
        raise UnknownOutput(law, names[0] if names else "", version.output_names())
    first = next((name for name, article in own.items() if article.legal_character), next(iter(own)))
    owner, procedure = procedure_of(book, version, own[first], on=on, scope=scope)
    gives = _gives(book, own[first], procedure, scope)
    decides = tuple(name for name in own if name == first or name not in gives)  # a special rule is a stage's as well
    chosen = decided(book, law, decides, on)
    place = [n for n, stage in enumerate(procedure.stages) if stage.name == DECISION]
    gives |= dict.fromkeys(decides if place else (), place[-1] if place else 0)
    for name in names:
        if name not in gives:
            raise UnknownOutput(law, name, (*version.output_names(), *gives))
        if name in parameters:
            raise PopulationInvalid(f"'{name}' is asked and given with --param", "Ask it, or give it; not both.")
    types = {name: _type(book, name) for name in gives} | {name: _type_in(version, name) for name in decides}
    return Way(book, chosen, owner, procedure, names, decides, gives, types, on, scope, parameters, until)


def _type(book: LawBook, name: str) -> str:
    return next((found for law in book.laws if (found := _type_in(law, name))), "")


def _type_in(law: ir.Law, name: str) -> str:
    """How a law declares an output."""
    return next((article.outputs[name].type for article in law.articles if name in article.outputs), "")


def _gives(book: LawBook, article: ir.Article, procedure: ir.Procedure, scope: Mapping[str, str]) -> dict[str, int]:
    """The last stage at which any version of any law attaches an output."""
    found: dict[str, int] = {}
    for position, stage in enumerate(procedure.stages):
        for law in book.laws:
            for hooked in law.articles if in_scope(law, scope) else ():
                if hooked is not article and any(_fits(hook, article, stage.name) for hook in hooked.hooks):
                    found |= dict.fromkeys(hooked.produced(), position)
    return found


def _fits(hook: ir.Hook, article: ir.Article, stage: str) -> bool:
    fits = hook.legal_character == article.legal_character and hook.stage == stage
    return fits and hook.decision_type in (None, article.decision_type)


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None


def cells(way: Way, course: Course) -> dict[str, tuple[Value, str]]:
    """Value and reason of each column of a row: the last stage entered, and every output that was asked.

    What no stage has given is absent when no later one can give it; else it has the reason why the course stopped.
    """
    last = course.done[-1].name if course.done else None
    found: dict[str, tuple[Value, str]] = {STAGE: (last, course.reason)}
    outputs = course.outputs
    for name in way.asked:
        out = outputs.get(name)
        found[name] = (out.value, out.reason) if out else (None, without(way, name, len(course.done), course.reason))
    return found


def without(way: Way, name: str, entered: int, reason: str) -> str:
    """The reason of an output that no stage has given, of a row that entered so many stages."""
    return ABSENT if way.gives[name] < entered else reason


@dataclass(frozen=True)
class Step:
    """One program over the rows that come here.

    Attributes:
        program: only with the outputs that are asked or that later steps build on.
        parameters: the same for everybody; nothing of later stages.
        earlier: outcomes of earlier steps that it reads.
        hidden: facts that happen at a later stage.
        position: the stage whose day `$referencedate` is; None for the decision, which has the calculation date.
        soft: outputs that nobody asked: what refuses them is their error and no refusal of the whole.
    """

    program: Program
    parameters: Mapping[str, Any]
    earlier: frozenset[str]
    hidden: frozenset[str]
    position: int | None
    soft: frozenset[str]


@dataclass(frozen=True)
class Branch:
    """The rows that enter a stage under programs that are alike.

    Attributes:
        position: the place of the stage; -1 where everybody begins.
        spans: in which its day lies.
        ends: some rows come no further.
    """

    position: int
    spans: frozenset[int]
    steps: tuple[Step, ...]
    onward: tuple[Branch, ...]
    ends: bool

    @property
    def every_step(self) -> tuple[Step, ...]:
        """Its own steps and those of what follows."""
        return (*self.steps, *(step for branch in self.onward for step in branch.every_step))


def planned(way: Way, paths: Iterable[Sequence[int]]) -> Branch:
    """The steps for these paths: of each the spans of the stages entered, in order."""
    every = sorted({tuple(path) for path in paths})
    root = Branch(-1, frozenset(), (), _onward(way, 0, every, frozenset()), () in every)
    return _trimmed(root, frozenset(way.asked))[0]


def straight(way: Way) -> Branch:
    """The steps when all days of a course lie in one span, for every span: what laws can ask, whatever the rows."""
    return planned(way, [[span] * len(way.procedure.stages) for span in range(len(way.changes) + 1)])


def _onward(way: Way, ahead: int, paths: list[tuple[int, ...]], named: frozenset[str]) -> tuple[Branch, ...]:
    """The branches of the rows that enter one more stage."""
    alike: dict[object, tuple[list[Step], set[int]]] = {}
    for span in sorted({path[ahead] for path in paths if len(path) > ahead}):
        made = _steps(way, ahead, way.first_of(span), named) if ahead <= way.last else []
        alike.setdefault(tuple(_shape(step.program) for step in made), (made, set()))[1].add(span)
    onward = []
    for made, here in alike.values():
        known = named.union(*(step.program.outputs for step in made))
        below = [path for path in paths if len(path) > ahead and path[ahead] in here]
        ends = any(len(path) == ahead + 1 for path in below)
        onward.append(Branch(ahead, frozenset(here), tuple(made), _onward(way, ahead + 1, below, known), ends))
    return tuple(onward)


def _steps(way: Way, position: int, on: datetime.date, named: frozenset[str]) -> list[Step]:
    """The programs of a stage on a day: the decision at BESLUIT, then what other laws attach."""
    stage, hidden = way.procedure.stages[position], way.later(position)
    happened = {need.name for passed in way.procedure.stages[: position + 1] for need in passed.requires}
    own = {name: value for name, value in way.parameters.items() if name not in hidden}
    found: list[Step] = []

    def step(program: Program, at: int | None, soft: frozenset[str] = frozenset()) -> None:
        constant = {name: value for name, value in own.items() if name not in named}
        found.append(Step(program, constant, named, hidden, at, soft))

    more: dict[str, Any] = {"scope": way.scope, "mode": way.mode}
    if stage.name == DECISION:
        given = frozenset({*own, *happened, *named})
        made = link(way.book, way.decided[0].id, way.decides, on=way.on, given=given, hooks=False, **more)
        step(replace(made, outputs={**made.outputs, **made.together}, together={}), None, frozenset(made.together))
        named = named.union(made.outputs, made.together)
    given = frozenset({*own, *happened, *named})
    step(way.join(way.book, way.decided, stage.name, on=on, given=given, **more), position)
    return found


def _shape(program: Program) -> object:
    """What makes two programs one: everything but the day of `$referencedate`."""
    parts = []
    for node in program.nodes:
        value = None if node.kind == "referencedate" else repr(node.value)
        where = (node.index, node.kind, node.name, node.op, node.fact_name, id(node.law), id(node.article), node.roles)
        parts.append((*where, node.precision, node.path, value, str(node.refusal), tuple(a.index for a in node.args)))
    return (tuple(parts), tuple((name, node.index) for name, node in program.outputs.items()))


def _computing(program: Program, names: frozenset[str]) -> Program:
    """A program in which what another law computes for itself is not taken from an earlier stage of the same name."""
    if not any(node.fact_name in names and node.kind not in GIVEN for node in program.nodes):
        return program
    made: dict[int, Node] = {}

    def again(node: Node) -> Node:
        if node.index not in made:
            args = tuple(map(again, node.args))
            own = node.fact_name in names and node.kind not in GIVEN
            same = not own and all(one is other for one, other in zip(args, node.args, strict=True))
            made[node.index] = node if same else replace(node, args=args, fact_name="" if own else node.fact_name)
        return made[node.index]

    return replace(program, outputs={name: again(node) for name, node in program.outputs.items()})


def _trimmed(branch: Branch, asked: frozenset[str]) -> tuple[Branch, frozenset[str]]:
    """A branch with only the steps and outputs that somebody needs, and the names that it reads of what came before."""
    pairs = [_trimmed(one, asked) for one in branch.onward]
    read = frozenset().union(*(names for _, names in pairs))
    kept: list[Step] = []
    for step in reversed(branch.steps):
        outputs = {name: node for name, node in step.program.outputs.items() if name in asked or name in read}
        if outputs:
            program = replace(step.program, outputs=outputs)
            earlier = step.earlier.intersection(node.fact_name for node in program.nodes if node.kind in GIVEN)
            kept.insert(0, replace(step, program=_computing(program, earlier), earlier=earlier))
            read |= earlier
    return replace(branch, steps=tuple(kept), onward=tuple(one for one, _ in pairs)), read
