"""One article with one set of parameters: binds its variables, inputs, open terms and outputs to nodes of the graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from waardig.kernel.errors import Refusal
from waardig.law.core import ir
from waardig.law.core.absent import asked_about, decided, declared_input, declared_output, declared_parameter
from waardig.law.core.book import in_scope, ranked, tied
from waardig.law.core.collection import NO_ITEMS, Items, bind, field_of, items_of, not_given
from waardig.law.core.findings import said
from waardig.law.core.graph import Node, PresumeGuard
from waardig.law.core.values import date_object
from waardig.law.core.within import given_within, outcome_within
from waardig.law.terms import MissingImplementation, RuleFailed, Said

if TYPE_CHECKING:
    from waardig.law.core.link import Linker

MAX_DEPTH = 200
BEFORE = -1
"""The position of what is asked before the actions: inputs and defaults."""


class Frame:
    """One article with its parameters."""

    def __init__(self, linker: Linker, law: ir.Law, article: ir.Article, env: Mapping[str, Node]) -> None:
        self.linker, self.law, self.article, self.env = linker, law, article, env
        self.outputs: dict[str, Node] = {}
        self.inputs: dict[str, Node] = {}
        self.terms: dict[str, Node] = {}
        self.definitions: dict[str, Node] = {}
        self.exprs: dict[int, Node] = {}
        self.arguments: dict[str, Node] = {}
        self.demands: dict[int, Node] = {}
        self.bounded: dict[tuple[int, ir.Bounds], Node] = {}
        self.of_member = bool(linker.asking) and any(items_of(linker, node) for node in env.values())

    def fail(self, name: str, message: Said, problem: str, at: ir.Place | None = None) -> Node:
        """A node that refuses with a message about this article; `problem` is the stable word for it."""
        refusal = RuleFailed(self.law.id, self.article.number, message, problem=problem)
        return self.linker.refuse(self, name, refusal, at)

    def output(self, name: str) -> Node:
        """The final value of an output of this article."""
        if name in self.outputs:
            return self.outputs[name]
        linker, key = self.linker, (self.law.id, name)
        if key in linker.busy:
            circle = " -> ".join(f"{law}#{output}" for law, output in [*linker.busy[linker.busy.index(key) :], key])
            return self.fail(name, said("circular", circle=circle), "circular_reference", self._action_place(name))
        if len(linker.busy) > MAX_DEPTH:
            return self.fail(name, said("references_deep", most=MAX_DEPTH), "too_deep")
        linker.busy.append(key)
        try:
            node = self._overridden(name) or self._own_output(name)
            node = outcome_within(self, name, declared_output(self, name, node))
        finally:
            linker.busy.pop()
        self.outputs[name] = node
        return node

    def _action_place(self, name: str) -> ir.Place | None:
        found = [action for action in self.article.actions if action.output == name]
        return ir.Place(self.law.id, self.article.number, self.article.url, found[-1].line) if found else None

    def _overridden(self, name: str) -> Node | None:
        found = self.linker.override_of(self.law, self.article, name)
        if not found:
            return None
        if len(found) > 1:
            many = said("overrides_many", count=len(found), law=self.linker.law_id, output=name)
            return self.fail(name, many, "ambiguous_override")
        frame = self.linker.frame(self.linker.law, found[0], self.env)
        return frame._own_output(name)

    def _own_output(self, name: str) -> Node:
        article = self.article
        if article.problem:
            line, problem = article.problem
            return self.fail(name, said("article_unreadable", line=line, problem=problem), "invalid_law")
        for part in article.untranslatables:
            if not part.accepted and self.linker.mode in ("error", "ignore"):
                found = said("untranslatable", construct=part.construct, reason=part.reason)
                return self.fail(name, found, "untranslatable")
        positions = [n for n, action in enumerate(article.actions) if action.output == name]
        if not positions:
            return self.fail(name, said("output_without_action", name=name), "output_without_action")
        return self._action_output(positions[-1])

    def _action_output(self, position: int) -> Node:
        action = self.article.actions[position]
        declared = self.article.outputs.get(action.output)
        linked = self.expression(action.expr, position)
        place = ir.Place(self.law.id, self.article.number, self.article.url, action.line, action.expr.at.legal_basis)
        return self.linker.node(
            "output",
            action.output,
            self,
            args=(linked,),
            roles=("value",),
            type=declared.type if declared else "",
            unit=declared.unit if declared else None,
            description=declared.description if declared else "",
            taint=self._taints(),
            at=place,
        )

    def _taints(self) -> bool:
        parts = self.article.untranslatables
        if self.linker.mode == "propagate":
            return bool(parts)
        return self.linker.mode == "report" and any(not part.accepted for part in parts)

    def expression(self, expr: ir.Expr, position: int, items: Items = NO_ITEMS) -> Node:
        """An expression with its variables bound; `position` is the action that it stands in, `items` are members."""
        if isinstance(expr, ir.Literal):
            return self.linker.node("literal", "", self, value=expr.value, at=expr.at)
        if isinstance(expr, ir.Variable):
            if expr.name in items:
                return field_of(self, items[expr.name], expr)
            return self._with_path(self.variable(expr.name, position, expr.at), expr)
        if expr.item:
            return bind(self, expr, position, items)
        args = tuple(decided(self, expr, role, self.expression(arg, position, items)) for role, arg in expr.args)
        roles = tuple(role for role, _ in expr.args)
        return self.linker.node(
            "operation", "", self, args=args, roles=roles, op=expr.op, precision=expr.precision, at=expr.at
        )

    def _with_path(self, node: Node, expr: ir.Variable) -> Node:
        if not expr.path:
            return node
        return self.linker.node(
            "path",
            f"{expr.name}.{'.'.join(expr.path)}",
            self,
            args=(node,),
            roles=("value",),
            path=expr.path,
            at=expr.at,
        )

    def variable(self, name: str, position: int, at: ir.Place) -> Node:
        """What `$name` means here: date, earlier output, input, open term, definition, parameter, later output."""
        if name == "referencedate":
            return self._reference_date()
        earlier = [n for n in range(position) if self.article.actions[n].output == name]
        if earlier:
            return self._earlier(earlier[-1], name)
        if name in self.article.inputs and name not in self.env:
            field = self.article.inputs[name].field
            return given_within(self, field, declared_input(self, name, self.input(name)))
        if name in self.article.open_terms:
            return given_within(self, self.article.open_terms[name].field, self.open_term(name))
        if name in self.article.definitions:
            return self.definition(name)
        if name in self.env or name in self.article.parameters:
            node = self.argument(name) if name in self.env else self.linker.parameter(name, self)
            return given_within(self, self.article.declared(name), declared_parameter(self, name, node))
        if position > BEFORE and name in self.article.produced():
            return self.output(name)  # what stands below is computed first: no order of actions changes an outcome
        return self.fail(name, said("unknown_variable", name=name), "unknown_variable", at)

    def argument(self, name: str) -> Node:
        """A parameter given by the caller; it has the type and unit that this article declares, not the caller's."""
        given = self.env[name]
        if given.kind == "parameter":
            return given
        if name not in self.arguments:
            declared = self.article.parameters.get(name)
            self.arguments[name] = self.linker.node(
                "argument",
                name,
                self,
                args=(given,),
                roles=("value",),
                type=declared.type if declared else "",
                unit=declared.unit if declared else None,
                description=declared.description if declared else "",
                members=declared.members if declared else (),
            )
        return self.arguments[name]

    def _earlier(self, position: int, name: str) -> Node:
        """An earlier output; the last one of its name is the article's output itself."""
        last = max(n for n, action in enumerate(self.article.actions) if action.output == name)
        if position == last:
            return self.output(name)
        if -position - 1 not in self.exprs:
            self.exprs[-position - 1] = self._action_output(position)
        return self.exprs[-position - 1]

    def _reference_date(self) -> Node:
        node = self.linker.parameters.get("referencedate")
        if node is None:
            node = self.linker.node(
                "referencedate", "referencedate", self, value=date_object(self.linker.on), type="date"
            )
            self.linker.parameters["referencedate"] = node
        return node

    def definition(self, name: str) -> Node:
        """A constant of the article."""
        if name not in self.definitions:
            constant = self.article.definitions[name]
            at = ir.Place(self.law.id, self.article.number, self.article.url, constant.line)
            self.definitions[name] = self.linker.node(
                "definition", name, self, value=constant.value, type=constant.type or "", unit=constant.unit, at=at
            )
        return self.definitions[name]

    def input(self, name: str) -> Node:
        """An input: from a register, from another law or from another article."""
        if name not in self.inputs:
            entry = self.article.inputs[name]
            self.inputs[name] = self._external(entry) if entry.source.external else self._reference(entry)
        return self.inputs[name]

    def _external(self, entry: ir.Input) -> Node:
        if self.of_member:
            return not_given(self.linker, self.law.id, entry.field.name)
        relation = self.linker.relation(self.env)
        fact_name = entry.field.name + (f"@{relation}" if relation else "")
        key = (fact_name, self.law.id if self.law.id in self.linker.apart else "")
        if key not in self.linker.facts:
            self.linker.facts[key] = self._input_node("input", entry, fact_name)
        return self.linker.facts[key]

    def _input_node(self, kind: str, entry: ir.Input, fact_name: str, args: tuple[Node, ...] = ()) -> Node:
        field_ = entry.field
        at = ir.Place(self.law.id, self.article.number, self.article.url, field_.line, field_.legal_basis)
        return self.linker.node(
            kind,
            field_.name,
            self,
            args=args,
            roles=("value",) * len(args),
            type=field_.type,
            unit=field_.unit,
            env=self.env,
            fact_name=fact_name,
            source=entry.source.description,
            description=field_.description,
            members=field_.members,
            most=field_.most,
            at=at,
        )

    def _reference(self, entry: ir.Input) -> Node:
        target = self._target(entry)
        return self._input_node("reference", entry, self._fact_name(entry.field.name, target), (target,))

    def _fact_name(self, name: str, target: Node, *, norm: bool = False) -> str:
        """Under which name what a law computes may be given; of one member of a collection it is a field instead."""
        if self.of_member and (norm or items_of(self.linker, target)):
            return ""
        relation = self.linker.relation(self.env)
        return name + (f"@{relation}" if relation else "")

    def _target(self, entry: ir.Input) -> Node:
        source, linker = entry.source, self.linker
        output = source.output or entry.field.name
        try:
            law, article = linker.book.producer(source.regulation or self.law.id, output, linker.on)
        except Refusal as refusal:
            return linker.refuse(self, entry.field.name, refusal)
        if source.regulation is None:
            return linker.frame(self.law, article, self.env).output(output)
        env = {name: _given(self._argument(expr)) for name, expr in (source.parameters or {}).items()}
        return asked_about(self, entry, article, env, lambda: linker.frame(law, article, env).output(output))

    def _argument(self, expr: ir.Expr) -> Node:
        """A mapped parameter; outputs of this article do not exist yet when inputs are asked."""
        return self.expression(expr, BEFORE)

    def open_term(self, name: str) -> Node:
        """An open term as filled by the highest, then newest regulation in force in this scope (RFC-003)."""
        if name not in self.terms:
            self.terms[name] = self._filled(self.article.open_terms[name])
        return self.terms[name]

    def _filled(self, term: ir.OpenTerm) -> Node:
        name, linker = term.field.name, self.linker
        every = list(linker.book.implementations(self.law.id, self.article.number, name, linker.on))
        found = [
            (law, article)
            for law, article in every
            if in_scope(law, self._scope()) and term.delegation_type in (None, law.layer)
        ]
        order = ranked(found)
        if tied(order):
            names = " and ".join(law.id for law, _ in order[:2])
            return self._term(
                term,
                self.fail(name, said("filled_twice", term=name, laws=names), "ambiguous_implementation"),
                None,
            )
        if order:
            return self._implemented(term, *order[0])
        if term.default:
            return self._term(term, self._default(term), None)
        if term.required:
            why = _why_missing(every, term, self._scope())
            refusal = MissingImplementation(self.law.id, self.article.number, name, on=linker.on, why=why)
            return self._term(term, linker.refuse(self, name, refusal), None)
        return self._term(term, linker.node("literal", "", self, value=None), None)

    def _scope(self) -> dict[str, str]:
        """The caller's scope, unless this frame was given a fixed code of its own."""
        own = {
            name: str(node.value)
            for name, node in self.env.items()
            if name in ir.SCOPE_FIELDS and node.kind == "literal"
        }
        return {**self.linker.scope, **own}

    def _implemented(self, term: ir.OpenTerm, law: ir.Law, article: ir.Article) -> Node:
        env = {name: node for name, node in self.env.items() if name in article.parameters}
        name = term.field.name
        if name not in article.produced():
            lacking = said("implementation_without_output", law=law.id, article=article.number, name=name)
            return self._term(term, self.fail(name, lacking, "implementation_without_output"), None)
        guard = None
        if law.layer == "BELEIDSREGEL" and term.field.type == "boolean":
            guard = PresumeGuard(law.id, article.number, name)
        return self._term(term, self.linker.frame(law, article, env).output(name), guard)

    def _default(self, term: ir.OpenTerm) -> Node:
        for action in reversed(term.default):
            if action.output == term.field.name:
                return self.expression(action.expr, BEFORE)
        lacking = said("default_without_action", name=term.field.name)
        return self.fail(term.field.name, lacking, "output_without_action")

    def _term(self, term: ir.OpenTerm, filled: Node, guard: PresumeGuard | None) -> Node:
        field_ = term.field
        norm = field_.type == "boolean" and (guard is not None or term.delegation_type == "BELEIDSREGEL")
        return self.linker.node(
            "open_term",
            field_.name,
            self,
            args=(filled,),
            roles=("value",),
            type=field_.type,
            unit=field_.unit,
            fact_name=self._fact_name(field_.name, filled, norm=norm),
            env=self.env,
            description=field_.description,
            guard=guard,
            open_norm=norm,
            at=ir.Place(self.law.id, self.article.number, self.article.url, field_.line, field_.legal_basis),
        )


def _why_missing(every: list[tuple[ir.Law, ir.Article]], term: ir.OpenTerm, scope: Mapping[str, str]) -> Said:
    """What a caller can do about a required term that nothing fills."""
    wrong = [law.id for law, _ in every if in_scope(law, scope)]
    if wrong:
        return said("why_layer", laws=", ".join(wrong), layer=term.delegation_type)
    if every:
        codes = sorted({f"{name}={code}" for law, _ in every for name, code in law.scope.items()})
        given = ", ".join(f"{name}={code}" for name, code in scope.items()) or said("no_scope")
        return said("why_scope", given=given, codes=", ".join(codes))
    return said("why_none")


def _given(node: Node) -> Node:
    """What stands behind a forwarded parameter."""
    while node.kind == "argument":
        node = node.args[0]
    return node
