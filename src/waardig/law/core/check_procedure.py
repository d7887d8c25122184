"""What can be wrong between procedures, the hooks on their stages and the articles that follow them (RFC-008)."""

from __future__ import annotations

from collections.abc import Iterator

from waardig.law.core import ir
from waardig.law.core.book import DECISION, LawBook
from waardig.law.core.findings import finding, said
from waardig.law.terms import LawProblem


def procedure_problems(book: LawBook, law: ir.Law) -> Iterator[LawProblem]:
    """Stages and procedures of a law that do not exist in any law of the book, and two defaults in one law."""
    yield from _defaults(law)
    for article in law.articles:
        yield from _followed(book, law, article)
        for hook in article.hooks:
            yield from _stage(book, law, hook)


def _defaults(law: ir.Law) -> Iterator[LawProblem]:
    first: dict[str, ir.Procedure] = {}
    for procedure in law.procedures:
        if not procedure.default:
            continue
        other = first.setdefault(procedure.legal_character, procedure)
        if other is not procedure:
            two = said("defaults_two", name=procedure.id, character=procedure.legal_character, other=other.id)
            yield finding(law.file, procedure.line, two)


def _followed(book: LawBook, law: ir.Law, article: ir.Article) -> Iterator[LawProblem]:
    wanted = article.procedure_id
    if wanted and wanted not in _procedures(book, article.legal_character or ""):
        character = article.legal_character
        nowhere = said("procedure_unknown", name=wanted, character=character) if character else None
        yield finding(law.file, article.line, nowhere or said("procedure_nameless", name=wanted))


def _stage(book: LawBook, law: ir.Law, hook: ir.Hook) -> Iterator[LawProblem]:
    if hook.stage == DECISION:
        return
    stages = {name for names in _procedures(book, hook.legal_character).values() for name in names}
    if hook.stage not in stages:
        asked = {"name": hook.stage, "character": hook.legal_character}
        known = ", ".join(sorted(stages))
        wrong = said("stage_unknown", **asked, known=known) if stages else said("stage_nowhere", **asked)
        yield finding(law.file, hook.line, wrong)


def _procedures(book: LawBook, character: str) -> dict[str, set[str]]:
    """The stages of every procedure for a legal character, in any version."""
    found: dict[str, set[str]] = {}
    for law in book.laws:
        for procedure in law.procedures:
            if procedure.legal_character == character:
                found.setdefault(procedure.id, set()).update(stage.name for stage in procedure.stages)
    return found
