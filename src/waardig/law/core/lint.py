"""What a law file says that can never matter, or that goes wrong for some people: found without anybody's facts.

Branches that are never reached, definitions and inputs that nothing uses, values that may be absent and are compared or
computed with all the same, dates that do not exist, overrides of what is not there.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.absence import absences
from waardig.law.core.alike import ORDER, shape
from waardig.law.core.book import LawBook
from waardig.law.core.cited import citations
from waardig.law.core.findings import finding, said
from waardig.law.core.folding import failing
from waardig.law.core.reach import settled_joins, unreached
from waardig.law.core.standing import standing
from waardig.law.terms import LawProblem

DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}\Z")


def lint(book: LawBook, law: ir.Law) -> Iterator[LawProblem]:
    """Every finding of one law file that needs no joined graph."""
    if law.valid_from and law.valid_to and law.valid_to < law.valid_from:
        yield finding(law.file, 1, said("ends_before", valid_to=law.valid_to, valid_from=law.valid_from))
    yield from standing(book, law)
    for article in law.articles:
        if article.problem:
            continue
        yield from _unused(law, article)
        yield from _bounds(law, article)
        yield from _overrides(book, law, article)
        yield from absences(law, article)
        yield from citations(book, law, article)
        for position, expr in enumerate(expressions(article)):
            yield from _dates(law, expr)
            plain: set[int] = set()
            for part in walk(expr):
                if isinstance(part, ir.Operation) and part.op == "IF":
                    found = list(_branches(law, article, part, position))
                    plain |= {problem.line for problem in found}
                    yield from found
            for line, what in failing(expr, _constants(article, position)):
                yield finding(law.file, line, what)
            for branch in unreached(expr, _constants(article, position), _date_names(article)):
                if branch.line not in plain:
                    never = said("default_never" if branch.default else "never_true")
                    yield finding(law.file, branch.line, never, error=not branch.default)
                    plain.add(branch.line)
            for line, answer in settled_joins(expr, _constants(article, position), _date_names(article)):
                if line not in plain:
                    told = said("always_true_at_all" if answer else "never_true_at_all")
                    yield finding(law.file, line, told, error=not answer)
        for definition in article.definitions.values():
            yield from _date(law, definition.value, definition.line, definition.type == "date")


def expressions(article: ir.Article) -> Iterator[ir.Expr]:
    """Every expression of an article: of its actions, then of the defaults of its open terms."""
    yield from (action.expr for action in article.actions)
    yield from (action.expr for term in article.open_terms.values() for action in term.default)


def walk(expr: ir.Expr) -> Iterator[ir.Expr]:
    """An expression and everything in it."""
    yield expr
    if isinstance(expr, ir.Operation):
        for _, part in expr.args:
            yield from walk(part)


def _unused(law: ir.Law, article: ir.Article) -> Iterator[LawProblem]:
    mapped = [expr for _, source in article.sources() for expr in (source.parameters or {}).values()]
    parts = (part for expr in (*expressions(article), *mapped) for part in walk(expr))
    used = {part.name for part in parts if isinstance(part, ir.Variable)}
    for name, definition in article.definitions.items():
        if name not in used:
            yield finding(law.file, definition.line, said("unused_definition", name=name), error=False)
    for name, entry in article.inputs.items():
        if name not in used:
            yield finding(law.file, entry.field.line, said("unused_input", name=name), error=False)


def _bounds(law: ir.Law, article: ir.Article) -> Iterator[LawProblem]:
    """Bounds that no number lies between."""
    fields = [*article.parameters.values(), *article.outputs.values()]
    fields += [entry.field for entry in article.inputs.values()]
    fields += [term.field for term in article.open_terms.values()]
    fields += [part for field in list(fields) for part in field.members]
    for one in fields:
        low, high = one.bounds.low, one.bounds.high
        if low is not None and high is not None and low > high:
            wrong = said("bounds_crossed", name=one.name, low=v.to_outside(low), high=v.to_outside(high))
            yield finding(law.file, one.line, wrong)


def _overrides(book: LawBook, law: ir.Law, article: ir.Article) -> Iterator[LawProblem]:
    for rule in article.overrides:
        versions = book.versions(rule.law)
        targets = [found for version in versions if (found := version.article(rule.article))]
        if not versions:
            wrong = said("overrides_no_law", law=rule.law)
        elif not targets:
            wrong = said("overrides_no_article", article=rule.article, law=rule.law)
        elif not any(rule.output in (*found.outputs, *found.produced()) for found in targets):
            wrong = said("overrides_no_output", output=rule.output, law=rule.law, article=rule.article)
        elif rule.output not in article.produced():
            wrong = said("overrides_not_computed", output=rule.output)
        else:
            continue
        yield finding(law.file, rule.line, wrong)


def _branches(law: ir.Law, article: ir.Article, choice: ir.Operation, position: int) -> Iterator[LawProblem]:
    """Branches that nobody can reach: after a condition that is always true, never true, or asked before."""
    seen: dict[object, int] = {}
    settled: int | None = None
    constants = _constants(article, position)
    for role, part in choice.args:
        line = part.at.line
        if role == "when":
            if settled is not None:
                yield finding(law.file, line, said("unreachable", before=settled))
                return
            answer = constant(part, constants)
            if answer is not None:
                yield finding(law.file, line, said("always_true" if answer else "always_false"))
            elif shape(part) in seen:
                yield finding(law.file, line, said("same_condition", before=seen[shape(part)]))
            seen.setdefault(shape(part), line)
            settled = line if answer else None
        elif role == "default" and settled is not None:
            yield finding(law.file, line, said("default_unreachable", before=settled))


def _constants(article: ir.Article, position: int) -> Mapping[str, ir.Raw]:
    """Definitions that a name means here: not hidden by an earlier output, an input or an open term."""
    earlier = {action.output for action in article.actions[:position]}
    hidden = earlier | set(article.inputs) | set(article.open_terms)
    return {name: found.value for name, found in article.definitions.items() if name not in hidden}


def _date_names(article: ir.Article) -> set[str]:
    """The names that are dates in an article."""
    fields = [*article.parameters.values(), *article.outputs.values()]
    fields += [entry.field for entry in article.inputs.values()]
    fields += [term.field for term in article.open_terms.values()]
    return {"referencedate", *(one.name for one in fields if one.type == "date")}


def constant(expr: ir.Expr, constants: Mapping[str, ir.Raw]) -> bool | None:
    """What a condition always says; None when that depends on facts."""
    if isinstance(expr, ir.Operation) and expr.op in ("AND", "OR", "NOT"):
        answers = [constant(part, constants) for _, part in expr.args]
        if expr.op == "NOT":
            return None if answers[0] is None else not answers[0]
        settling = expr.op == "OR"
        if settling in answers:
            return settling
        return None if None in answers else not settling
    if isinstance(expr, ir.Operation) and expr.op in (*ORDER, "EQUALS", "NOT_EQUALS"):
        sides = [_value(part, constants) for _, part in expr.args]
        if None in sides:
            return None
        left, right = (side[0] for side in sides if side is not None)
        if expr.op in ORDER:
            return None if None in (left, right) else v.is_true(v.compare(expr.op, left, right).value)
        return v.equal(left, right) == (expr.op == "EQUALS")
    found = _value(expr, constants)
    return None if found is None else v.is_true(found[0])


def _value(expr: ir.Expr, constants: Mapping[str, ir.Raw]) -> tuple[ir.Raw] | None:
    if isinstance(expr, ir.Literal):
        return (expr.value,)
    if isinstance(expr, ir.Variable) and expr.name in constants and not expr.path:
        return (constants[expr.name],)
    return None


def _dates(law: ir.Law, expr: ir.Expr) -> Iterator[LawProblem]:
    for part in walk(expr):
        if isinstance(part, ir.Literal):
            yield from _date(law, part.value, part.at.line, False)
        elif isinstance(part, ir.Operation) and part.op == "DATE":
            numbers = [arg.value for _, arg in part.args if isinstance(arg, ir.Literal)]
            if len(numbers) == 3 and v.date_of(*numbers).bad:
                date = "-".join(str(number) for number in numbers)
                yield finding(law.file, part.at.line, said("date_impossible", date=date))


def _date(law: ir.Law, value: ir.Raw, line: int, declared: bool) -> Iterator[LawProblem]:
    if not isinstance(value, str) or not (declared or DAY.match(value)):
        return
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        yield finding(law.file, line, said("no_date", value=value))
