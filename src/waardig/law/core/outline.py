"""A version of a law as somebody reads it: each article with its text beside its machine form, and what laws refer to.

Pure, and without anybody's facts. What the file does not say is not said: a source, status or filler that is not
there is empty.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from waardig.kernel.legal_source import Status
from waardig.law.core import ir, words
from waardig.law.core.book import LawBook
from waardig.law.core.status import definition_status, worst
from waardig.law.core.wording import RuleLine, literal_words, rule_lines
from waardig.law.terms import Said

USES, FILLS, REPLACES, FIRES = "uses", "fills", "replaces", "fires"


@dataclass(frozen=True)
class LawPlace:
    """An article of a version of a law. Attributes: key names the version (see `version_key`); "" when not loaded."""

    law: str
    name: str
    key: str
    article: str


@dataclass(frozen=True)
class Tie:
    """How one article hangs on another.

    Attributes:
        kind: uses (an outcome) | fills (an open term) | replaces (an outcome) | fires (after a kind of decision).
        what: the outcome, open term or kind of decision.
        place: the other end.
        article: the article of this law.
    """

    kind: str
    what: str
    place: LawPlace
    article: str


@dataclass(frozen=True)
class Constant:
    """A value that the article itself gives, with how sure we are of it."""

    name: str
    label: str
    nl: str
    en: str
    line: int
    status: Status
    source: str


@dataclass(frozen=True)
class Asked:
    """A fact or parameter that the article needs.

    Attributes:
        source: as the file says.
        from_law: when a law computes it.
        members: of a collection, what is known of each member.
    """

    name: str
    label: str
    type: str
    unit: str | None
    description: str
    required: bool
    line: int
    source: str = ""
    from_law: Tie | None = None
    members: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class Computed:
    """An outcome and its rule. Attributes: basis the article or paragraph on which the rule says that it rests."""

    name: str
    label: str
    type: str
    unit: str | None
    line: int
    explanation: str
    basis: str
    rule: tuple[RuleLine, ...]


@dataclass(frozen=True)
class Term:
    """An open term: what is left to another regulation, who fills it, and what holds when nobody does."""

    name: str
    label: str
    type: str
    unit: str | None
    required: bool
    description: str
    line: int
    default: tuple[RuleLine, ...]
    filled_by: tuple[LawPlace, ...]


@dataclass(frozen=True)
class ArticleOutline:
    """One article. Attributes: last_line where its part of the file ends; problem when it could not be read."""

    number: str
    text: str
    url: str
    line: int
    last_line: int
    decides: str
    constants: tuple[Constant, ...]
    parameters: tuple[Asked, ...]
    inputs: tuple[Asked, ...]
    outputs: tuple[Computed, ...]
    terms: tuple[Term, ...]
    ties: tuple[Tie, ...]
    untranslatables: tuple[tuple[str, str, bool], ...]
    problem: Said

    @property
    def has_rule(self) -> bool:
        """Whether there is a machine form beside the text."""
        return bool(self.constants or self.inputs or self.outputs or self.terms or self.ties or self.untranslatables)


@dataclass(frozen=True)
class LawOutline:
    """One version of a law, to read.

    Attributes:
        ends: the last day on which it holds; "" when none is known.
        status: the least certain one of its text and amounts.
        referred_by: what other laws use, fill or replace here.
    """

    law: ir.Law
    key: str
    ends: str
    status: Status
    articles: tuple[ArticleOutline, ...]
    referred_by: tuple[Tie, ...]


def version_key(law: ir.Law) -> str:
    """What tells the versions of one law apart: the first day, and the code of the region for which it holds."""
    return "-".join([law.valid_from or "altijd", *(law.scope[name] for name in sorted(law.scope))])


def worst_status(law: ir.Law) -> Status:
    """The least certain status of the text and the amounts of a version."""
    named = {name for article in law.articles for name in article.definitions}
    return worst([law.status.text, *(definition_status(law, name) for name in sorted(named))])


def outline(book: LawBook, law: ir.Law) -> LawOutline:
    """A version of a law of the book, to read."""
    starts = sorted({article.line for article in law.articles})
    ends = {start: following - 1 for start, following in pairwise(starts)}
    return LawOutline(
        law=law,
        key=version_key(law),
        ends=last_day(book, law),
        status=worst_status(law),
        articles=tuple(_article(book, law, article, ends.get(article.line, 0)) for article in law.articles),
        referred_by=tuple(_referring(book, law)),
    )


def last_day(book: LawBook, law: ir.Law) -> str:
    """The last day on which a version holds: its own, else the day before the next version; "" when there is none."""
    later = [one.valid_from for one in book.versions(law.id) if (one.valid_from or "") > (law.valid_from or "")]
    following = min((day for day in later if day), default="")
    before = str(datetime.date.fromisoformat(following) - datetime.timedelta(days=1)) if following else ""
    return min((day for day in (law.valid_to or "", before) if day), default="")


def _article(book: LawBook, law: ir.Law, article: ir.Article, last_line: int) -> ArticleOutline:
    return ArticleOutline(
        number=article.number,
        text=article.text,
        url=article.url,
        line=article.line,
        last_line=last_line,
        decides=" ".join(part for part in (article.legal_character, article.decision_type) if part),
        constants=tuple(_constant(law, one) for one in article.definitions.values()),
        parameters=tuple(_asked(one) for one in article.parameters.values()),
        inputs=tuple(_input(book, law, article, one) for one in article.inputs.values()),
        outputs=tuple(_computed(article, action) for action in article.actions),
        terms=tuple(_term(book, law, article, one) for one in article.open_terms.values()),
        ties=tuple(_ties(book, law, article)),
        untranslatables=tuple((one.construct, one.reason, one.accepted) for one in article.untranslatables),
        problem=article.problem[1] if article.problem else Said(),
    )


def _constant(law: ir.Law, one: ir.Definition) -> Constant:
    nl, en = literal_words(one.value, one.unit)
    entry = law.status.amounts.get(one.name)
    source = (entry.source if entry else "") or law.status.source
    label = words.plain_name(one.name)
    return Constant(one.name, label, nl, en, one.line, definition_status(law, one.name), source)


def _asked(one: ir.Field) -> Asked:
    return Asked(one.name, words.plain_name(one.name), one.type, one.unit, one.description, one.required, one.line)


def _input(book: LawBook, law: ir.Law, article: ir.Article, one: ir.Input) -> Asked:
    field, source = one.field, one.source
    tie = _tie(book, law, article, field.name, source)
    description = field.description or source.description
    label = words.plain_name(field.name)
    said = source.description if source.description != description else ""
    members = tuple(
        replace(_asked(part), from_law=_tie(book, law, article, part.name, part.source)) for part in field.members
    )
    return Asked(field.name, label, field.type, field.unit, description, field.required, field.line, said, tie, members)


def _tie(book: LawBook, law: ir.Law, article: ir.Article, name: str, source: ir.Source | None) -> Tie | None:
    """The output by which a fact, or a field of a member, is computed."""
    if source is None or source.external:
        return None
    output = source.output or name
    return Tie(USES, output, _place(book, law, source.regulation or law.id, output), article.number)


def _computed(article: ir.Article, action: ir.Action) -> Computed:
    declared = article.outputs.get(action.output)
    basis = action.expr.at.legal_basis
    rests = [f"artikel {basis['article']}"] if basis.get("article") else []
    rests += [f"lid {basis['paragraph']}"] if basis.get("paragraph") else []
    return Computed(
        name=action.output,
        label=words.plain_name(action.output),
        type=declared.type if declared else "",
        unit=declared.unit if declared else None,
        line=action.line,
        explanation=basis.get("explanation", ""),
        basis=", ".join(rests),
        rule=tuple(rule_lines(action.expr, article.definitions)),
    )


def _term(book: LawBook, law: ir.Law, article: ir.Article, one: ir.OpenTerm) -> Term:
    lines = (line for action in one.default for line in rule_lines(action.expr, article.definitions))
    wanted = (law.id, article.number, one.field.name)
    filled = {
        (other.id, other.name): LawPlace(other.id, other.name, version_key(other), found.number)
        for other in sorted(book.laws, key=lambda other: other.valid_from or "")
        for found in other.articles
        if any((rule.law, rule.article, rule.term) == wanted for rule in found.implements)
    }
    field = one.field
    return Term(
        name=field.name,
        label=words.plain_name(field.name),
        type=field.type,
        unit=field.unit,
        required=one.required,
        description=field.description,
        line=field.line,
        default=tuple(lines),
        filled_by=tuple(sorted(filled.values(), key=lambda place: place.name)),
    )


def _ties(book: LawBook, law: ir.Law, article: ir.Article) -> Iterator[Tie]:
    """What the article fills, replaces and fires after (what it uses stands with its inputs)."""
    for rule in article.implements:
        yield Tie(FILLS, rule.term, _place_of(book, law, rule.law, rule.article), article.number)
    for override in article.overrides:
        yield Tie(REPLACES, override.output, _place_of(book, law, override.law, override.article), article.number)
    for hook in article.hooks:
        stage = "" if hook.stage == "BESLUIT" else hook.stage
        kind = " ".join(part for part in (hook.legal_character, hook.decision_type, stage) if part)
        yield Tie(FIRES, kind, LawPlace("", "", "", ""), article.number)


def _place(book: LawBook, law: ir.Law, other: str, output: str) -> LawPlace:
    """Where an output of another law (or of this one) is computed, in the version that stands beside this one."""
    version = law if other == law.id else _beside(book, law, other)
    if version is None:
        return LawPlace(other, other, "", "")
    found = version.producer(output)
    return LawPlace(other, version.name, version_key(version), found.number if found else "")


def _place_of(book: LawBook, law: ir.Law, other: str, article: str) -> LawPlace:
    version = law if other == law.id else _beside(book, law, other)
    return LawPlace(other, version.name if version else other, version_key(version) if version else "", article)


def _beside(book: LawBook, law: ir.Law, other: str) -> ir.Law | None:
    """The version of another law that holds on the first day of this one, else its first after that, else its last."""
    versions = book.versions(other)
    start = law.valid_from or ""
    before = [one for one in versions if (one.valid_from or "") <= start]
    return before[-1] if before else versions[0] if versions else None


def _referring(book: LawBook, law: ir.Law) -> Iterator[Tie]:
    """What other laws use, fill or replace of this law: of each law its newest version that does."""
    found: dict[tuple[str, str, str, str, str], Tie] = {}
    for other in sorted(book.laws, key=lambda one: one.valid_from or ""):
        for article in other.articles if other.id != law.id else ():
            place = LawPlace(other.id, other.name, version_key(other), article.number)
            for kind, what, ours in _reaching(law, article):
                found[(other.id, version_scope(other), article.number, kind, what)] = Tie(kind, what, place, ours)
    yield from sorted(found.values(), key=lambda tie: (tie.place.name, tie.place.article, tie.kind, tie.what))


def version_scope(law: ir.Law) -> str:
    """The codes of the region that a regulation holds for; "" for national law."""
    return "-".join(law.scope[name] for name in sorted(law.scope))


def _reaching(law: ir.Law, article: ir.Article) -> Iterator[tuple[str, str, str]]:
    """Kind, name and our article of what an article of another law does with this law."""
    for name, source in article.sources():
        if source.regulation == law.id:
            output = source.output or name
            producer = law.producer(output)
            yield USES, output, producer.number if producer else ""
    for rule in article.implements:
        if rule.law == law.id:
            yield FILLS, rule.term, rule.article
    for override in article.overrides:
        if override.law == law.id:
            yield REPLACES, override.output, override.article
