"""Joins articles into one graph for a set of outputs, a date and a scope. Both executors read this graph.

Cross-law references are followed, open terms are filled (lex superior, lex posterior, municipality), hooks and
overrides are placed, variables are bound. What cannot be joined becomes a node that refuses only when
somebody needs it.
Sources: regelrecht RFC-003 (open terms), RFC-007 (hooks, overrides), RFC-012 (untranslatables), RFC-019 (end dates).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from waardig.kernel.errors import Refusal
from waardig.law.core import ir
from waardig.law.core.book import DECISION, LawBook, in_scope, ranked
from waardig.law.core.frame import Frame
from waardig.law.core.graph import DEMANDS, Node, Program, bare
from waardig.law.terms import UnknownOutput

MODES = ("report", "error", "propagate", "warn", "ignore")
PERSON_KEYS = frozenset({"bsn", "burgerservicenummer", "kvk_nummer", "persoon", "person"})


def link(
    book: LawBook,
    law: str,
    outputs: Sequence[str],
    *,
    on: datetime.date,
    scope: Mapping[str, str],
    given: frozenset[str] = frozenset(),
    mode: str = "report",
    hooks: bool = True,
    apart: frozenset[str] = frozenset(),
) -> Program:
    """The graph for these outputs; the same question is joined once per book.

    Args:
        given: names of the parameters that the caller gives.
        mode: what untranslatables do (RFC-012): report | error | propagate | warn | ignore.
        hooks: with what other laws attach to the decision; without, `link_stage` does that stage by stage.
        apart: laws with a source of their own: what they ask of it is another fact than what others call the same.

    Raises:
        UnknownLaw, LawNotInForce, UnknownOutput: the question cannot be asked.
    """
    key = (law, tuple(outputs), on, tuple(sorted(scope.items())), given, mode, hooks, apart)
    program = book._programs.get(key)
    if program is None:
        if len(book._programs) > 1000:
            book._programs.clear()
        linker = Linker(book, law, on=on, scope=scope, given=given, mode=mode)
        linker.apart = apart
        program = book._programs[key] = linker.program(outputs, hooks=hooks)
    return program


def link_stage(
    book: LawBook,
    decided: tuple[ir.Law, ir.Article],
    stage: str,
    *,
    on: datetime.date,
    scope: Mapping[str, str],
    given: frozenset[str],
    mode: str,
) -> Program:
    """What other laws attach to a decision when it comes to a stage, as they are in force on the day of that stage.

    Args:
        decided: the version and article that decides; its special rules go before those of the general law.
        given: names of what earlier stages and the caller give; what is among them is not computed again.
    """
    law, article = decided
    linker = Linker(book, law.id, on=on, scope=scope, given=given, mode=mode, version=law)
    outputs: dict[str, Node] = {}
    provenance: dict[str, str] = {}
    linker.fire_hooks(linker.root_frame(law, article), {}, outputs, provenance, stage=stage, known=given)
    return Program(law.id, on, scope, outputs, {}, provenance, linker.count)


class Linker:
    """Builds one Program."""

    def __init__(
        self,
        book: LawBook,
        law: str,
        *,
        on: datetime.date,
        scope: Mapping[str, str],
        given: frozenset[str],
        mode: str,
        version: ir.Law | None = None,
    ) -> None:
        self.book, self.law_id, self.on, self.scope, self.given, self.mode = book, law, on, scope, given, mode
        self.law = version or book.version(law, on)
        self.count = 0
        self.frames: dict[object, Frame] = {}
        self.parameters: dict[str, Node] = {}
        self.facts: dict[tuple[str, str], Node] = {}
        self.apart: frozenset[str] = frozenset()
        self.busy: list[tuple[str, str]] = []
        self.asking: list[tuple[Frame, Node, ir.Field]] = []
        self.computed: dict[tuple[int, str], Node] = {}
        self.fields: dict[tuple[int, str], Node] = {}
        self.items: dict[int, frozenset[int]] = {}

    def node(self, kind: str, name: str, frame: Frame, **more: object) -> Node:
        """A new node of a frame."""
        self.count += 1
        at = more.pop("at", None) or ir.Place(frame.law.id, frame.article.number, frame.article.url, frame.article.line)
        return Node(self.count, kind, name, at, frame.law, frame.article, **more)  # type: ignore[arg-type]

    def program(self, names: Sequence[str], *, hooks: bool = True) -> Program:
        """The graph of the requested outputs and of everything decided with them."""
        if not names:
            raise UnknownOutput(self.law_id, "", self.law.output_names())
        outputs: dict[str, Node] = {}
        together: dict[str, Node] = {}
        provenance: dict[str, str] = {}
        for name in dict.fromkeys(names):
            _, article = self.book.producer(self.law_id, name, self.on)
            frame = self.root_frame(self.law, article)
            outputs[name] = frame.output(name)
            provenance[name] = "override" if self.override_of(self.law, article, name) else "direct"
        for article in {id(node.article): node.article for node in outputs.values() if node.law is self.law}.values():
            frame = self.root_frame(self.law, article)
            for name in article.produced():
                if name not in outputs and name not in together:
                    together[name] = frame.output(name)
                    provenance[name] = "override" if self.override_of(self.law, article, name) else "direct"
            if hooks:
                self.fire_hooks(frame, outputs, together, provenance)
        return Program(self.law_id, self.on, self.scope, outputs, together, provenance, self.count)

    def fire_hooks(
        self,
        frame: Frame,
        outputs: dict[str, Node],
        together: dict[str, Node],
        provenance: dict[str, str],
        *,
        stage: str = DECISION,
        known: frozenset[str] | None = None,
    ) -> None:
        """Adds what Awb and others attach to this kind of decision; never in place of the article's own outputs.

        Args:
            known: what earlier stages gave, the decision itself among it; None when it is made at the same time.
        """
        article = frame.article
        if not article.legal_character:
            return
        found = [
            (law, hooked)
            for law, hooked, _ in self.book.hooks(article.legal_character, article.decision_type, self.on, stage)
            if in_scope(law, self.scope) and hooked is not article
        ]
        for law, hooked in ranked(found):
            own = article.produced() if known is None else ()
            env = {**frame.env, **{name: frame.output(name) for name in own}}
            for name in hooked.produced():
                if name in outputs or name in together or name in (known or ()):
                    continue
                together[name] = self.frame(law, hooked, env).output(name)
                overridden = self.override_of(law, hooked, name)
                provenance[name] = "override" if overridden else "reactive"

    def override_of(self, law: ir.Law, article: ir.Article, output: str) -> list[ir.Article]:
        """Articles of the law first asked that replace an output (lex specialis)."""
        return [
            candidate
            for candidate in self.law.articles
            if candidate is not article
            for rule in candidate.overrides
            if (rule.law, rule.article, rule.output) == (law.id, article.number, output)
        ]

    def root_frame(self, law: ir.Law, article: ir.Article) -> Frame:
        """The frame of an article asked by the caller, with the caller's parameters."""
        return self.frame(law, article, {name: self.parameter(name) for name in sorted(self.given)})

    def frame(self, law: ir.Law, article: ir.Article, env: Mapping[str, Node]) -> Frame:
        """One article with one set of parameters; the same pair is the same frame (memo per execution)."""
        key = (law.id, id(article), tuple(sorted((name, node.index) for name, node in env.items())))
        if key not in self.frames:
            self.frames[key] = Frame(self, law, article, env)
        return self.frames[key]

    def parameter(self, name: str, frame: Frame | None = None) -> Node:
        """A parameter that the caller gives or should give."""
        if name not in self.parameters:
            frame = frame or Frame(self, self.law, self._declaring(name), {})
            declared = frame.article.declared(name)
            self.parameters[name] = self.node(
                "parameter",
                name,
                frame,
                fact_name=name,
                type=declared.type if declared else "",
                unit=declared.unit if declared else None,
                description=declared.description if declared else "",
                members=declared.members if declared else (),
            )
        return self.parameters[name]

    def _declaring(self, name: str) -> ir.Article:
        """The article of the law asked that declares a parameter or has an input of that name, else its first."""
        return next((article for article in self.law.articles if article.declared(name)), self.law.articles[0])

    def relation(self, env: Mapping[str, Node]) -> str:
        """How the person asked about differs from the person of the question: `partner_bsn`, or nothing."""
        others = [bare(node) for name, node in sorted(env.items()) if name in PERSON_KEYS]
        others = [node for node in others if node.kind != "parameter"]
        return ",".join(_relation_name(node) for node in others)

    def refuse(self, frame: Frame, name: str, refusal: Refusal, at: ir.Place | None = None) -> Node:
        """A node that refuses when somebody needs it."""
        return self.node("refusal", name, frame, refusal=refusal, at=at)


def _relation_name(node: Node) -> str:
    while node.kind in ("reference", "output", "argument", *DEMANDS) and len(node.args) == 1:
        node = node.args[0]
    return node.fact_name or node.name or node.op.lower()
