"""Which facts a program can need, and the fingerprint of everything that decides it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from waardig.law.core import ir
from waardig.law.core.collection import fact_of
from waardig.law.core.evaluate import law_ref
from waardig.law.core.graph import Node, Program, reachable
from waardig.law.core.status import definition_status, worst
from waardig.law.terms import InputNeed, RuleSet


def needs(program: Program, given: frozenset[str] = frozenset()) -> tuple[InputNeed, ...]:
    """Inputs that no law computes and parameters that the caller did not give, once each, in the order of the law.

    Args:
        given: facts that the caller has although a law can compute them; what is only below them is not needed.

    Raises:
        Refusal: part of the graph is missing, so the list could not be complete.
    """
    found: dict[str, InputNeed] = {}
    fields: dict[str, dict[str, InputNeed]] = {}
    for node in _reached(list(program.outputs.values()), given):
        if node.kind == "item":
            parts = (_field(node, field) for field in node.members if field.source is None)
            fields.setdefault(fact_of(node).fact_name, {}).update({part.name: part for part in parts})
        if node.refusal is not None:
            raise node.refusal
        external = node.kind == "input" or (node.kind == "parameter" and node.name not in program.scope)
        if external or _is_given(node, given):
            found.setdefault(node.fact_name, _need(node))
    return tuple(_with(need, fields.get(need.name, {})) for need in found.values())


def _with(need: InputNeed, fields: Mapping[str, InputNeed]) -> InputNeed:
    """A collection with what every article that goes over it asks of its members."""
    known = {part.name for part in need.members}
    more = [part for name, part in fields.items() if name not in known]
    return replace(need, members=(*need.members, *more)) if more else need


def _is_given(node: Node, given: frozenset[str]) -> bool:
    return node.kind in ("reference", "open_term") and node.fact_name in given


def _reached(roots: list[Node], given: frozenset[str]) -> Iterator[Node]:
    """Every node below the roots once, arguments after their parent, and nothing below a fact that is given."""
    seen: set[int] = set()
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        if node.index not in seen:
            seen.add(node.index)
            yield node
            stack.extend(() if _is_given(node, given) else reversed(node.args))


def _need(node: Node) -> InputNeed:
    return InputNeed(
        name=node.fact_name,
        type=node.type,
        unit=node.unit,
        source=node.source,
        key=() if node.kind == "parameter" else _key(node),
        law=node.law.id,
        article=node.article.number,
        description=node.description,
        kind="parameter" if node.kind == "parameter" else "input",
        members=tuple(_field(node, field) for field in node.members if field.source is None),
    )


def _field(node: Node, field: ir.Field) -> InputNeed:
    return InputNeed(
        name=field.name,
        type=field.type,
        unit=field.unit,
        source="",
        key=(),
        law=node.law.id,
        article=node.article.number,
        description=field.description,
        kind="field",
    )


def _key(node: Node) -> tuple[str, ...]:
    """The parameters that select the row: those of the article that are no scope, else the person."""
    return tuple(name for name in node.article.parameters if name not in ir.SCOPE_FIELDS) or ("bsn",)


def fingerprint(program: Program) -> RuleSet:
    """The rule set of a program: law versions, articles with text and rule, definitions, status, scope and question.

    Raises:
        Refusal: part of the graph is missing.
    """
    names = [need.name for need in needs(program)]
    nodes = list(reachable(list(program.outputs.values())))
    articles = {(node.law.id, node.law.valid_from or "", node.article.number): node for node in nodes}
    laws: dict[int, ir.Law] = {id(node.law): node.law for node in nodes}
    used = [(node.law, node.name) for node in nodes if node.kind == "definition"]
    refs = []
    for key, law in laws.items():
        amounts = [definition_status(law, name) for owner, name in used if id(owner) == key]
        refs.append(law_ref(law, [law.status.text, *amounts]))
    content = {
        "outputs": sorted(program.outputs),
        "law": program.law,
        "scope": dict(program.scope),
        "articles": [_article(articles[key]) for key in sorted(articles)],
        "amounts": sorted({f"{law.id}#{name}={definition_status(law, name)}" for law, name in used}),
    }
    return RuleSet(
        hash=_hash(content),
        inputs=frozenset(names),
        laws=tuple(sorted(refs, key=lambda ref: (ref.id, ref.valid_from or ""))),
        worst_status=worst(ref.status for ref in refs),
    )


def article_marks(program: Program) -> dict[str, str]:
    """A hash of each article that can decide (text, rule, status, and status of its amounts): "law version number"."""
    nodes = list(reachable(list(program.outputs.values())))
    amounts: dict[int, set[str]] = {}
    for node in nodes:
        if node.kind == "definition":
            amounts.setdefault(id(node.article), set()).add(f"{node.name}={definition_status(node.law, node.name)}")
    found = {}
    for node in nodes:
        name = f"{node.law.id} {node.law.valid_from or ''} {node.article.number}"
        found[name] = {**_article(node), "amounts": sorted(amounts.get(id(node.article), ()))}
    return {name: _hash(content) for name, content in sorted(found.items())}


def _hash(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _article(node: Node) -> dict[str, Any]:
    law = node.law
    return {
        "law": law.id,
        "valid_from": law.valid_from,
        "valid_to": law.valid_to,
        "layer": law.layer,
        "scope": dict(law.scope),
        "article": node.article.number,
        "text": node.article.text,
        "rule": node.article.canonical,
        "status": str(law.status.text),
    }
