"""What messages of a service say: the municipality, the data used with source and date, the articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from waardig.cases.core.explained import ExplainedFact, ExplainedStep, in_words
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import Service
from waardig.inbox.terms import DataRow, Span
from waardig.kernel.bilingual import Bilingual
from waardig.registers import queries as registers
from waardig.values import queries as values

OUR_COUNTER = Bilingual("ons loket, {street}", "our counter, {street}")


def municipal_values(service: Service, language: str = "nl") -> dict[str, Any]:
    """Placeholder values about the municipality for the messages of a service."""
    here = catalogue.municipality()
    team = here.teams[service.team]
    objection = here.objection_address
    return {
        "municipality": here.name,
        "phone": team.phone,
        "desk": OUR_COUNTER.in_language(language).format(street=here.visit.address.street),
        "team": team.name.in_language(language),
        "employee": here.officials[here.contact_person].name,
        "site": here.website.removeprefix("https://"),
        "body": _capital(here.deciding_body.in_language(language)),
        "mandate": here.mandate_decree.name.in_language(language),
        "objection_to": here.objection_to.in_language(language),
        "objection_address": f"{objection.street}, {objection.postcode} {objection.city}",
        "objection_online": here.objection_online is not None,
        "free_post": here.answer_number is not None,
        "decide_weeks": service.decide_within_weeks,
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def weighed_on(service: str, on: date) -> date:
    """The day on which the weighing of a service was decided; or the day itself when there is none."""
    decided = values.decided_dossier(service).decision
    return decided.decided_on if decided else on


def source_name(source: str, language: str) -> str:
    """How people call a register: "BRP", "de gemeente", "uw opgave"."""
    words = registers.declared().registers[source].short_name
    return words.en if language == "en" else words.nl


def data_rows(steps: Sequence[ExplainedStep], language: str = "nl") -> tuple[DataRow, ...]:
    """The data used with source and date, each fact once."""
    facts = {fact.input: fact for step in steps for fact in step.facts}
    return tuple(_row(fact, language) for fact in facts.values())


def _row(fact: ExplainedFact, language: str) -> DataRow:
    source = _capital(source_name(fact.source, language)) if fact.source else ""
    day = fact.dated
    dated = ", ".join(
        part for part in (source, in_words("date", day.isoformat()).in_language(language) if day else "") if part
    )
    return DataRow(
        label=fact.label.in_language(language),
        value=(Span(fact.words.in_language(language), strong=True),),
        source=(Span(dated),),
    )


def article_lines(steps: Sequence[ExplainedStep], language: str = "nl") -> tuple[str, ...]:
    """Each article that decided, with the sentence that says why it matters here."""
    lines: dict[str, str] = {}
    word = "artikel" if language == "nl" else "article"
    for step in steps:
        for layer in step.laws:
            lines.setdefault(f"{layer.law}, {word} {layer.article}", step.rule.in_language(language))
    return tuple(f"{article}: {sentence}" for article, sentence in lines.items())
