"""What a schema cannot see: names that do not exist, circles, types and units that do not fit, open terms.

Every version of every law is joined as it stood on the last change within its own period, with the same linker that
decides about persons: what `check` accepts is what runs.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from waardig.kernel.errors import Refusal
from waardig.law.core import ir
from waardig.law.core.book import LawBook
from waardig.law.core.check_procedure import procedure_problems
from waardig.law.core.findings import finding, said
from waardig.law.core.findings.refusals import said_of
from waardig.law.core.graph import Node, reachable
from waardig.law.core.link import link
from waardig.law.core.magnitude import Sizes
from waardig.law.core.types import Typing, can_be_false
from waardig.law.terms import (
    LawNotInForce,
    LawProblem,
    MissingImplementation,
    PresumesAgainst,
    RuleFailed,
    Said,
    UnknownLaw,
    UnknownOutput,
)


def book_problems(book: LawBook, *, complete: bool = False) -> tuple[LawProblem, ...]:
    """Every semantic problem of the laws of a book.

    Args:
        complete: also report a required open term that no file ever implements.
    """
    found: dict[LawProblem, None] = {}
    for law in book.laws:
        for problem in version_problems(book, law, complete=complete):
            found.setdefault(problem)
    return tuple(found)


def version_problems(book: LawBook, law: ir.Law, *, complete: bool = False) -> Iterator[LawProblem]:
    """Every semantic problem of one version of a law of the book."""
    yield from _joined(book, law, complete)
    yield from _declarations(law)
    yield from _implementations(book, law)
    yield from procedure_problems(book, law)


def size_problems(book: LawBook, law: ir.Law) -> list[LawProblem]:
    """Numbers of a law that may grow past 64 bits."""
    names = [name for article in law.articles if not article.problem for name in article.produced()]
    try:
        program = link(book, law.id, tuple(dict.fromkeys(names)), on=last_day(book, law), scope=dict(law.scope))
    except (LawNotInForce, UnknownOutput, UnknownLaw):
        return []
    return Sizes().problems([*program.outputs.values(), *program.together.values()])


def last_day(book: LawBook, law: ir.Law) -> datetime.date:
    """The last date within a version's own period on which any law of the book changes."""
    start = law.valid_from or "2000-01-01"
    later = [other.valid_from for other in book.versions(law.id) if (other.valid_from or "") > start]
    end = min([day for day in (*later, law.valid_to) if day], default="9999-12-31")
    inside = "<" if end in later else "<="
    days = [other.valid_from for other in book.laws if other.valid_from and start <= other.valid_from]
    kept = [day for day in days if (day < end if inside == "<" else day <= end)]
    return datetime.date.fromisoformat(max(kept, default=start))


def _joined(book: LawBook, law: ir.Law, complete: bool) -> Iterator[LawProblem]:
    names = [name for article in law.articles if not article.problem for name in article.produced()]
    if not names:
        return
    on = last_day(book, law)
    try:
        program = link(book, law.id, tuple(dict.fromkeys(names)), on=on, scope=dict(law.scope))
    except (LawNotInForce, UnknownOutput, UnknownLaw) as refusal:
        yield finding(law.file, 1, said_of(refusal))
        return
    typing = Typing()
    nodes = tuple(reachable([*program.outputs.values(), *program.together.values()]))
    ended: set[tuple[int, str]] = set()
    if any(isinstance(node.refusal, LawNotInForce) for node in nodes):
        ended = _not_in_force(book, law, names, datetime.date.fromisoformat(law.valid_from or "2000-01-01"))
    for node in nodes:
        typing.kind(node)
        if isinstance(node.refusal, LawNotInForce) and (node.at.line, node.refusal.law) not in ended:
            continue
        if node.refusal is not None:
            yield from _refused(book, node, node.refusal, complete)
    for file, line, mismatch in typing.mismatches:
        yield finding(file, line, mismatch)


def _not_in_force(book: LawBook, law: ir.Law, names: list[str], on: datetime.date) -> set[tuple[int, str]]:
    """References that are out of force on a version's first day as well as later: they never work."""
    program = link(book, law.id, tuple(dict.fromkeys(names)), on=on, scope=dict(law.scope))
    nodes = reachable([*program.outputs.values(), *program.together.values()])
    return {(node.at.line, node.refusal.law) for node in nodes if isinstance(node.refusal, LawNotInForce)}


def _refused(book: LawBook, node: Node, refusal: Refusal, complete: bool) -> Iterator[LawProblem]:
    file = node.law.file
    if isinstance(refusal, MissingImplementation):
        if complete and not _ever_implemented(book, refusal):
            line = node.article.open_terms[refusal.term].field.line
            yield finding(file, line, said_of(refusal))
        return
    line = node.article.inputs[node.name].field.line if node.name in node.article.inputs else node.at.line
    if not isinstance(refusal, RuleFailed) or node.article.problem is None:
        yield finding(file, line, said_of(refusal))


def _ever_implemented(book: LawBook, refusal: MissingImplementation) -> bool:
    return any(
        (rule.law, rule.article, rule.term) == (refusal.law, refusal.article, refusal.term)
        for law in book.laws
        for article in law.articles
        for rule in article.implements
    )


def _declarations(law: ir.Law) -> Iterator[LawProblem]:
    first: dict[str, ir.Article] = {}
    for article in law.articles:
        for action in article.actions:
            other = first.setdefault(action.output, article)
            if other is not article and not (article.hooks or article.overrides or article.implements):
                twice = said("output_elsewhere", name=action.output, article=other.number, line=other.line)
                yield finding(law.file, action.line, twice)
        computed = set(article.produced())
        for name, output in article.outputs.items():
            if name not in computed and not article.problem:
                yield finding(law.file, output.line, said("output_without_action", name=name))
        for action in article.actions:
            if action.output in article.inputs:
                both = said("input_and_output", name=action.output, article=article.number)
                yield finding(law.file, action.line, both)


def _implementations(book: LawBook, law: ir.Law) -> Iterator[LawProblem]:
    for article in law.articles:
        for rule in article.implements:
            wrong = _implements_problem(book, law, article, rule)
            if wrong:
                yield finding(law.file, rule.line, wrong)


def _implements_problem(book: LawBook, law: ir.Law, article: ir.Article, rule: ir.Implements) -> Said | None:
    versions = book.versions(rule.law)
    if not versions:
        return said("implements_no_law", law=rule.law)
    terms = [(v.article(rule.article), v) for v in versions]
    found = [a.open_terms[rule.term] for a, _ in terms if a and rule.term in a.open_terms]
    if not found:
        return said("implements_no_term", law=rule.law, article=rule.article, term=rule.term)
    expected = found[-1].delegation_type
    if expected and expected != law.layer:
        return said("implements_layer", term=rule.term, expected=expected, layer=law.layer)
    if rule.term not in article.produced():
        return said("implements_not_computed", term=rule.term)
    return None


def presumption_problems(book: LawBook, laws: Sequence[ir.Law] | None = None) -> Iterator[LawProblem]:
    """The same as findings on the line that says no."""
    yield from (finding(one.file, one.line, said_of(one)) for one in presumptions(book, laws))


def presumptions(book: LawBook, laws: Sequence[ir.Law] | None = None) -> Iterator[PresumesAgainst]:
    """Policy rules that could say false on an open norm, of the whole book or of these laws of it."""
    for law in book.laws if laws is None else laws:
        if law.layer != "BELEIDSREGEL":
            continue
        for article in law.articles:
            for rule in article.implements:
                if _is_open_norm(book, rule) and _presumes(book, law, article, rule):
                    line = next(action.line for action in article.actions if action.output == rule.term)
                    yield PresumesAgainst(law.id, article.number, rule.term, file=law.file, line=line)


def _is_open_norm(book: LawBook, rule: ir.Implements) -> bool:
    for version in book.versions(rule.law):
        article = version.article(rule.article)
        if article and rule.term in article.open_terms:
            return article.open_terms[rule.term].field.type == "boolean"
    return False


def _presumes(book: LawBook, law: ir.Law, article: ir.Article, rule: ir.Implements) -> bool:
    if article.problem or rule.term not in article.produced():
        return False
    program = link(book, law.id, (rule.term,), on=last_day(book, law), scope=dict(law.scope))
    return can_be_false(program.outputs[rule.term])
