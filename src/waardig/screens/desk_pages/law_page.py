"""One version of a law at the desk: its text beside its machine form, what it refers to, what the check says of it."""

from __future__ import annotations

from collections.abc import Iterable

from waardig.cases import queries as cases
from waardig.kernel.clock import business_today
from waardig.law import queries as law
from waardig.law.queries import (
    ArticleOutline,
    Asked,
    Computed,
    LawOutline,
    LawPlace,
    LawSource,
    RuleLine,
    Term,
    Tie,
    VersionInBook,
)
from waardig.law.terms import LawProblem, UnknownLaw
from waardig.screens.desk_pages import law_list_page as listed
from waardig.screens.desk_pages import law_words
from waardig.screens.frames import address
from waardig.screens.pages import laws as pages
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Link, Words
from waardig.screens.playing.pages import cases_of

DEEPEST = 8
GIVEN = Words("geeft wie de vraag stelt", "given by who asks")
REGISTER = Words("staat in een register", "is in a register")


def newest(law_id: str) -> VersionInBook | None:
    """The version of a law that holds today, else its newest; None when there is no such law."""
    return next((one.shown for one in listed.laws(business_today()) if one.shown.id == law_id), None)


def law_page(frame: DeskFrame, law_id: str, key: str) -> pages.LawPage:
    """One version of a law.

    Raises:
        UnknownLaw: there is no such law, or no such version of it.
    """
    book, today = cases.book(), business_today()
    read, source = law.law_outline(book, law_id, key), law.law_source(book, law_id, key)
    versions = [one for one in law.versions_in(book) if one.id == law_id]
    here = next((one for one in versions if one.key == key), None)
    if here is None:
        raise UnknownLaw(law_id, [one.key for one in versions])
    return pages.LawPage(
        desk=frame,
        back_href=address("desk:laws"),
        law_name=read.law.name,
        law_href=read.law.url,
        kind=law_words.kind_words(here.layer, here.scope),
        period=law_words.period_words(here, today),
        status=read.status.value,
        source=read.law.status.source,
        versions=tuple(
            pages.VersionLink(
                law_words.period_words(one, today), address("desk:law_version", one.id, one.key), one.key == key
            )
            for one in reversed(versions)
        ),
        play_href=_play(read, here),
        scenarios=listed.counted(listed.scenarios_of(law_id)),
        scenarios_href=address("desk:law_scenarios", law_id),
        findings=tuple(_finding(read, one) for one in law.version_findings(book, law_id, key)),
        procedures=_procedures(read),
        articles=tuple(_article(article, number, source) for number, article in enumerate(read.articles)),
        referred_by=tuple(_tie(one, from_outside=True) for one in read.referred_by),
        file=source.file,
        file_head=_numbered(source, 1, min((one.line for one in read.articles), default=1) - 1),
        changed=source.changed,
    )


def _play(read: LawOutline, here: VersionInBook) -> str:
    """Where one plays with this law, with a case of a day on which this version holds when there is one."""
    if not read.law.output_names():
        return ""
    numbers = [number for number, case in enumerate(cases_of(here.id)) if here.holds_on(case.on)]
    href = address("desk:law_play", here.id)
    return f"{href}?voorbeeld={numbers[0]}" if numbers else href


def _procedures(read: LawOutline) -> tuple[pages.ProcedureRow, ...]:
    """The stages of each procedure that the law describes."""
    return tuple(
        pages.ProcedureRow(
            name=one.id.replace("_", " "),
            decides=one.legal_character.lower().replace("_", " "),
            stages=tuple(
                pages.StageRow(
                    stage.name.lower().replace("_", " "),
                    stage.description,
                    tuple(need.description or need.name.replace("_", " ") for need in stage.requires),
                )
                for stage in one.stages
            ),
        )
        for one in read.law.procedures
    )


def _anchor(position: int) -> str:
    return f"artikel-{position + 1}"


def _finding(read: LawOutline, found: LawProblem) -> pages.FindingRow:
    before = [n for n, article in enumerate(read.articles) if article.line <= found.line]
    href = f"#{_anchor(before[-1])}" if before and found.line > 1 else ""
    return finding_row(found, href)


def finding_row(found: LawProblem, href: str) -> pages.FindingRow:
    """A finding in both languages. Args: href the article on this page, "" when none."""
    message, remedy = Words(found.message_nl, found.message), Words(found.remedy_nl, found.remedy)
    return pages.FindingRow(found.line, message, remedy, found.error, href)


def _article(article: ArticleOutline, position: int, source: LawSource) -> pages.ArticlePart:
    return pages.ArticlePart(
        number=article.number,
        anchor=_anchor(position),
        text=article.text,
        href=article.url,
        decides=article.decides.lower().replace("_", " "),
        constants=tuple(
            pages.ConstantRow(one.label, Words(one.nl, one.en), one.status.value, one.source, one.line)
            for one in article.constants
        ),
        facts=(*(_fact(one, GIVEN) for one in article.parameters), *(_fact(one, REGISTER) for one in article.inputs)),
        outcomes=tuple(_outcome(one) for one in article.outputs),
        terms=tuple(_term(one) for one in article.terms),
        ties=tuple(_tie(one, from_outside=False) for one in article.ties),
        untranslatables=tuple(pages.UntranslatableRow(*one) for one in article.untranslatables),
        problem=Words(article.problem.nl, str(article.problem)),
        has_rule=article.has_rule,
        source=_numbered(source, article.line, article.last_line or len(source.lines)),
    )


def _numbered(source: LawSource, first: int, last: int) -> str:
    """Lines of the file with their numbers."""
    lines = source.lines[first - 1 : last]
    return "\n".join(f"{number:>5}  {line}" for number, line in enumerate(lines, first))


def _fact(one: Asked, otherwise: Words) -> pages.FactRow:
    source = Words(one.source) if one.source else otherwise
    other = None
    if one.from_law:
        source, other = Words("berekent", "computed by"), _link(one.from_law.place)
    kind = law_words.value_words(one.type, one.unit)
    members = tuple(_member(member) for member in one.members)
    return pages.FactRow(one.label, kind, one.description, source, other, one.line, members)


def _member(one: Asked) -> str:
    """A field of each member, and which law computes it when it is not given."""
    said = one.description or one.label
    return f"{said} ({one.from_law.place.name}, artikel {one.from_law.place.article})" if one.from_law else said


def _link(place: LawPlace) -> Link | None:
    if not place.law:
        return None
    article = (f", artikel {place.article}", f", article {place.article}") if place.article else ("", "")
    href = address("desk:law_version", place.law, place.key) if place.key else ""
    return Link(Words(f"{place.name}{article[0]}", f"{place.name}{article[1]}"), href)


def _outcome(one: Computed) -> pages.OutcomeRow:
    kind = law_words.value_words(one.type, one.unit)
    return pages.OutcomeRow(one.label, kind, one.explanation, one.basis, _rule(one.rule), one.line)


def _rule(lines: Iterable[RuleLine]) -> tuple[pages.RuleRow, ...]:
    return tuple(pages.RuleRow(min(line.depth, DEEPEST), Words(line.nl, line.en)) for line in lines)


def _term(one: Term) -> pages.TermRow:
    return pages.TermRow(
        label=one.label,
        kind=law_words.value_words(one.type, one.unit),
        description=one.description,
        required=one.required,
        filled_by=tuple(link for place in one.filled_by if (link := _link(place))),
        default=_rule(one.default),
        line=one.line,
    )


def _tie(one: Tie, *, from_outside: bool) -> pages.TieRow:
    words = law_words.tie_words(one.kind, one.what, one.article, from_outside=from_outside)
    return pages.TieRow(words, _link(one.place))
