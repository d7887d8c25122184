"""What a law file says of itself that does not agree: what it rests on, its numbers, its days, its status file.

A link of the national collection (`jci1.3:c:BWBR...&artikel=..&lid=..`) says in a fixed form what it is about, so that
it can be held against the words beside it. A citation of what is not at hand is no finding.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.book import LawBook
from waardig.law.core.findings import finding, said
from waardig.law.core.status import STATUS_KEYS
from waardig.law.terms import LawProblem, Said

JCI = re.compile(r"jci\d[\d.]*:c:(BWB[A-Z]\d+)([^?#\s]*)")
PAGE = re.compile(r"wetten\.overheid\.nl/(BWB[A-Z]\d+)")
ALIKE = 0.85
"""How much a name must look like one that is known to be taken for a slip of the pen."""
ONE_DAY = datetime.timedelta(days=1)


def standing(book: LawBook, law: ir.Law) -> Iterator[LawProblem]:
    """Every finding about what a law file says of itself."""
    yield from _numbers(law)
    yield from _days(book, law)
    yield from _status(law)
    for rest in law.rests_on:
        near = get_close_matches(rest.law, book.ids(), n=1, cutoff=ALIKE)
        if near and not book.versions(rest.law):
            yield finding(law.file, rest.line, said("rests_on_no_law", law=rest.law, known=near[0]))
    for article in law.articles:
        yield from _definitions(law, article)
        for line, basis in _bases(article):
            for what, error in _disagreements(book, law, basis):
                yield finding(law.file, line, what, error=error)


def _numbers(law: ir.Law) -> Iterator[LawProblem]:
    first: dict[str, int] = {}
    for article in law.articles:
        if article.number in first:
            twice = said("article_twice", number=article.number, first=first[article.number])
            yield finding(law.file, article.line, twice)
        first.setdefault(article.number, article.line)


def _days(book: LawBook, law: ir.Law) -> Iterator[LawProblem]:
    """A year that nobody means, and what lies between this version and the next."""
    for key, value in (("valid_from", law.valid_from), ("valid_to", law.valid_to)):
        if value and value < "1800":
            yield finding(law.file, 1, said("year_strange", key=key, value=value))
    later = [one.valid_from for one in book.versions(law.id) if one.scope == law.scope and one.valid_from]
    after = min((day for day in later if day > (law.valid_from or "")), default=None)
    if not law.valid_to or not after or law.valid_to < (law.valid_from or ""):
        return
    if law.valid_to >= after:
        yield finding(law.file, 1, said("overlap", valid_to=law.valid_to, next=after), error=False)
        return
    first, last = datetime.date.fromisoformat(law.valid_to) + ONE_DAY, datetime.date.fromisoformat(after) - ONE_DAY
    if first <= last and not law.status.gap_after:
        yield finding(law.file, 1, said("gap", first=first, last=last), error=False)


def _status(law: ir.Law) -> Iterator[LawProblem]:
    known = {name for article in law.articles for name in article.definitions}
    file = law.file.removesuffix(".yaml").removesuffix(".yml") + ".status.yaml"
    if not any(article.problem for article in law.articles):
        for name, amount in law.status.amounts.items():
            if name not in known:
                yield finding(file, amount.line, said("status_no_definition", name=name))
    for key, line in law.status.unknown_keys.items():
        words = ", ".join(STATUS_KEYS)
        yield finding(file, line, said("status_key", key=key, known=words), error=False)
    version = law.status.text_version
    if version and re.match(r"\d{4}-", version) and v.as_date(version) is None:
        yield finding(file, 1, said("status_date", value=version))


def _definitions(law: ir.Law, article: ir.Article) -> Iterator[LawProblem]:
    hiding = {name: one.line for name, one in article.parameters.items()}
    hiding |= {name: term.field.line for name, term in article.open_terms.items()}
    hiding |= {name: entry.field.line for name, entry in article.inputs.items()}
    hiding |= {action.output: action.line for action in article.actions}
    for name, one in article.definitions.items():
        if name in hiding:
            yield finding(law.file, one.line, said("definition_hidden", name=name, other=hiding[name]))
        if one.unit == "eurocent" and v.is_number(one.value) and not isinstance(one.value, int):
            broken = said("cents_broken", name=name, value=v.to_outside(one.value))
            yield finding(law.file, one.line, broken, error=False)


def _bases(article: ir.Article) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Every legal basis of an article, once, with the line of what it belongs to."""
    fields = [*article.parameters.values(), *article.outputs.values()]
    fields += [entry.field for entry in article.inputs.values()]
    fields += [term.field for term in article.open_terms.values()]
    fields += [member for one in fields for member in one.members]
    yield from ((one.line, one.legal_basis) for one in fields if one.legal_basis)
    actions = [*article.actions, *(action for term in article.open_terms.values() for action in term.default)]
    for action in actions:
        seen: list[Mapping[str, str]] = []
        for place in _places(action.expr):
            if place.legal_basis and place.legal_basis not in seen:
                seen.append(place.legal_basis)
                yield (action.line if len(seen) == 1 else place.line), place.legal_basis


def _places(expr: ir.Expr) -> Iterator[ir.Place]:
    yield expr.at
    if isinstance(expr, ir.Operation):
        for _, part in expr.args:
            yield from _places(part)


def _disagreements(book: LawBook, law: ir.Law, basis: Mapping[str, str]) -> Iterator[tuple[Said, bool]]:
    """What the parts of one legal basis say against each other, and whether that is an error."""
    article, bwb_id, name = basis.get("article", ""), basis.get("bwb_id", ""), basis.get("law", "")
    linked, parts = _link(basis.get("url", ""))
    if bwb_id and linked and linked != bwb_id:
        yield said("basis_number", bwb_id=bwb_id, other=linked), True
    other = parts.get("artikel", article)
    if article and other != article:
        yield said("basis_article", article=article, other=other), True
    paragraph = basis.get("paragraph", "")
    if paragraph and parts.get("lid", paragraph) != paragraph:
        yield said("basis_paragraph", paragraph=paragraph, other=parts["lid"]), True
    called = {one.bwb_id for one in book.laws if one.name == name and one.bwb_id}
    if bwb_id and called and bwb_id not in called:
        yield said("basis_law", bwb_id=bwb_id, law=name, other=", ".join(sorted(filter(None, called)))), True
    own = name == law.name or (bwb_id and bwb_id == law.bwb_id and not name)
    if own and article and bwb_id in ("", law.bwb_id) and law.article(article) is None:
        yield said("basis_own", article=article), False


def _link(url: str) -> tuple[str, Mapping[str, str]]:
    """The law that a link of the national collection is about, and its parts."""
    found = JCI.search(url)
    if found is None:
        page = PAGE.search(url)
        return (page[1] if page else ""), {}
    pairs = (part.partition("=") for part in found[2].split("&") if "=" in part)
    return found[1], {key: value for key, _, value in pairs}
