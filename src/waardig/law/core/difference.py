"""What changed between two versions of a law: text, definitions, facts, and the smallest changed part of a rule.

Of a fact also its bounds, the fields of its members, and which law computes it; of an article what it is tied to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.alike import shape

NL = {
    "article": "artikel", "text": "tekst", "definition": "definitie", "input": "gegeven", "parameter": "parameter",
    "output": "uitkomst", "rule": "regel", "open term": "open term", "tie": "verband",
    "law": "regeling", "procedure": "procedure", "stage": "stadium",
    "added": "erbij", "removed": "weg", "changed": "anders",
}  # fmt: skip

Told: TypeAlias = dict[str, tuple[str, int]]
"""What is told of each name, and on which line it stands."""


@dataclass(frozen=True)
class Change:
    """One change.

    Attributes:
        article: empty for what is said of the law as a whole.
        kind: law | procedure | stage | article | text | definition | input | parameter | output | open term | tie |
            rule; a tie is what the article decides, fills, replaces or fires after, and what operations cannot say of
            it.
        how: added | removed | changed.
        name: of what changed; empty for an article or its text.
        old, new: how it was and how it is, short; empty where it is not.
        old_line, new_line: in the two files; 0 where it is not.
    """

    article: str
    kind: str
    how: str
    name: str
    old: str
    new: str
    old_line: int
    new_line: int

    def told(self, language: str) -> str:
        """The change in one line, in Dutch or English."""
        words = NL if language == "nl" else {word: word for word in NL}
        place = (words["article"], self.article) if self.article else ()
        parts = place if self.kind == "article" else (*place, "-" if place else "", words[self.kind], self.name)
        what = " ".join(part for part in parts if part)
        told = f": {self.old} -> {self.new}" if self.old and self.new else f": {self.old or self.new}"
        return f"{what} {words[self.how]}{told if self.old or self.new else ''}"


def changes(old: ir.Law, new: ir.Law) -> tuple[Change, ...]:
    """Every change, that of the law as a whole first, then in the order of the new file; what went stands at the end.

    The day from which a version is in force is not one, nor that the version before ends where this one begins.
    """
    before = {article.number: article for article in old.articles}
    after = {article.number: article for article in new.articles}
    found = [*_whole(old, new)]
    for number, article in after.items():
        if number in before:
            found += _article(before[number], article)
        else:
            found.append(Change(number, "article", "added", "", "", "", 0, article.line))
    gone = [article for number, article in before.items() if number not in after]
    return (*found, *(Change(a.number, "article", "removed", "", "", "", a.line, 0) for a in gone))


def _whole(old: ir.Law, new: ir.Law) -> Iterator[Change]:
    """Name, layer, area and last day of the law, and its procedures with their stages."""
    about = _about(old)
    if old.valid_to and old.valid_to != new.valid_to and _day_after(old.valid_to) == new.valid_from:
        about.pop("valid_to")
    yield from _named("", "law", about, _about(new))
    yield from _named("", "procedure", _procedures(old), _procedures(new))
    yield from _named("", "stage", _stages(old), _stages(new))


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _about(law: ir.Law) -> Told:
    said = {"name": law.name, "regulatory_layer": law.layer, "valid_to": law.valid_to, "bwb_id": law.bwb_id}
    return {name: (text, 1) for name, text in {**said, **law.scope}.items() if text}


def _procedures(law: ir.Law) -> Told:
    return {
        one.id: (" ".join([one.legal_character, *(["default"] if one.default else [])]), one.line)
        for one in law.procedures
    }


def _stages(law: ir.Law) -> Told:
    """Each stage by its procedure and name: at which place it comes, and what must have happened before."""
    found: Told = {}
    for procedure in law.procedures:
        for place, stage in enumerate(procedure.stages, 1):
            requires = ", ".join(f"{one.name} ({_declared(one)})" for one in stage.requires)
            told = f"{place}. requires {requires}" if requires else f"{place}."
            found[f"{procedure.id} {stage.name}"] = (told, stage.line)
    return found


def _article(old: ir.Article, new: ir.Article) -> Iterator[Change]:
    number = new.number
    if " ".join(old.text.split()) != " ".join(new.text.split()):
        yield Change(number, "text", "changed", "", "", "", old.line, new.line)
    yield from _named(number, "definition", _definitions(old), _definitions(new))
    yield from _named(number, "parameter", _fields(old.parameters), _fields(new.parameters))
    yield from _named(number, "input", _inputs(old), _inputs(new))
    yield from _named(number, "output", _fields(old.outputs), _fields(new.outputs))
    yield from _named(number, "open term", _terms(old), _terms(new))
    yield from _named(number, "tie", _ties(old), _ties(new))
    yield from _rules(old, new)


def _definitions(article: ir.Article) -> Told:
    return {name: (shown_value(d.value, d.unit), d.line) for name, d in article.definitions.items()}


def _fields(fields: Mapping[str, ir.Field]) -> Told:
    """Type, unit and bounds of each, and of the fields of its members."""
    found: Told = {}
    for name, one in fields.items():
        found[name] = (_declared(one), one.line)
        found |= {f"{name}.{part.name}": (_given(part, part.source), part.line) for part in one.members}
    return found


def _declared(one: ir.Field) -> str:
    bounds = (("min", one.bounds.low), ("max", one.bounds.high), ("precision", one.bounds.places))
    said = [f"{word} {shown_value(value, None)}" for word, value in bounds if value is not None]
    return " ".join([part for part in (one.type, one.unit) if part] + said + ([f"most {one.most}"] if one.most else []))


def _given(one: ir.Field, source: ir.Source | None) -> str:
    """The declaration of a fact, and by which law it is computed."""
    if source is None or source.external:
        return _declared(one)
    about = ", ".join(f"{name} {_text(expr)}" for name, expr in (source.parameters or {}).items())
    return f"{_declared(one)} from {source.regulation or ''}#{source.output or one.name}{f'({about})' if about else ''}"


def _inputs(article: ir.Article) -> Told:
    found = _fields({name: entry.field for name, entry in article.inputs.items()})
    return found | {name: (_given(one.field, one.source), one.field.line) for name, one in article.inputs.items()}


def _terms(article: ir.Article) -> Told:
    found = {}
    for name, term in article.open_terms.items():
        parts = [_declared(term.field), "required" if term.required else "", term.delegation_type or ""]
        parts += [f"default {_text(action.expr)}" for action in term.default if action.output == name]
        found[name] = (" ".join(part for part in parts if part), term.field.line)
    return found


def _ties(article: ir.Article) -> Told:
    """What an article decides, fills, replaces or fires after, and what operations cannot say of it."""
    found: Told = {}
    decides = [part for part in (article.legal_character, article.decision_type, article.procedure_id) if part]
    if decides:
        found["produces"] = (" ".join(decides), article.line)
    for fills in article.implements:
        found[f"implements {fills.law} {fills.article} {fills.term}"] = ("", fills.line)
    for replaces in article.overrides:
        found[f"overrides {replaces.law} {replaces.article} {replaces.output}"] = ("", replaces.line)
    for hook in article.hooks:
        whom = [part for part in (hook.point, hook.legal_character, hook.decision_type, hook.stage) if part]
        found[f"hook {' '.join(whom)}"] = ("", hook.line)
    for part in article.untranslatables:
        found[f"untranslatable {part.construct}"] = ("accepted" if part.accepted else "not accepted", part.line)
    return found


def _named(
    article: str, kind: str, old: Mapping[str, tuple[str, int]], new: Mapping[str, tuple[str, int]]
) -> Iterator[Change]:
    for name in dict.fromkeys((*new, *old)):
        was, is_ = old.get(name, ("", 0)), new.get(name, ("", 0))
        if name not in old or name not in new or was[0] != is_[0]:
            how = "added" if name not in old else "removed" if name not in new else "changed"
            yield Change(article, kind, how, name, was[0], is_[0], was[1], is_[1])


def _rules(old: ir.Article, new: ir.Article) -> Iterator[Change]:
    before = {action.output: action for action in old.actions}
    after = {action.output: action for action in new.actions}
    for name in dict.fromkeys((*after, *before)):
        if name not in before:
            yield Change(new.number, "rule", "added", name, "", written(after[name].expr), 0, after[name].line)
        elif name not in after:
            yield Change(new.number, "rule", "removed", name, written(before[name].expr), "", before[name].line, 0)
        else:
            for left, right in _apart(before[name].expr, after[name].expr):
                yield Change(
                    new.number, "rule", "changed", name, written(left), written(right), left.at.line, right.at.line
                )


def _apart(old: ir.Expr, new: ir.Expr) -> Iterator[tuple[ir.Expr, ir.Expr]]:
    """The smallest parts in which two expressions differ."""
    if shape(old) == shape(new):
        return
    if isinstance(old, ir.Operation) and isinstance(new, ir.Operation):
        roles = [[role for role, _ in expr.args] for expr in (old, new)]
        if (old.op, old.precision, roles[0]) == (new.op, new.precision, roles[1]):
            for (_, left), (_, right) in zip(old.args, new.args, strict=True):
                yield from _apart(left, right)
            return
    yield old, new


def written(expr: ir.Expr) -> str:
    """An expression on one line, at most 120 characters."""
    text = _text(expr)
    return text if len(text) <= 120 else f"{text[:117]}..."


def _text(expr: ir.Expr) -> str:
    if isinstance(expr, ir.Literal):
        return shown_value(expr.value, None)
    if isinstance(expr, ir.Variable):
        return ".".join((f"${expr.name}", *expr.path))
    args = ", ".join(
        f"{role} {_text(part)}" if role in ("when", "then", "default") else _text(part) for role, part in expr.args
    )
    return f"{expr.op}({args}{f', precision {expr.precision}' if expr.precision else ''})"


def shown_value(value: ir.Raw, unit: str | None) -> str:
    """A value as it stands in a law file, with its unit."""
    if isinstance(value, bool) or value is None:
        text = {True: "true", False: "false", None: "null"}[value]
    elif v.is_number(value):
        outside = v.to_outside(value)
        text = str(outside.normalize() if isinstance(outside, Decimal) else outside)
    elif isinstance(value, tuple):
        text = f"[{', '.join(shown_value(item, None) for item in value)}]"
    else:
        text = str(value)
    return f"{text} {unit}" if unit else text
