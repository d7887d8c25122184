"""`waardig law nearest`: what would change an outcome, and which facts decided it."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from pathlib import Path

import click

from waardig.law import queries
from waardig.law.cli.options import (
    book_of,
    facts_of,
    json_option,
    on_date,
    parameters_of,
    question,
    show_json,
    tell_not_asked,
    with_facts,
    with_laws,
)
from waardig.law.core.words import plain_name, result
from waardig.law.terms import UNKNOWN, Outcome

_SAID = {
    "nl": (
        "Het wordt anders bij:",
        "Geen verandering van \u00e9\u00e9n gegeven maakt het anders.",
        "Dit gaf de doorslag:",
        "geen",
        "Zeg eerst:",
        "Niet tot het einde gezocht:",
    ),
    "en": (
        "It would be another with:",
        "No change of one fact makes it another.",
        "Decided by:",
        "none",
        "Say first:",
        "Not searched to the end:",
    ),
}


@click.command()
@question
@on_date
@with_facts
@with_laws
@json_option
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True, help="Of the sentences.")
def nearest(
    law_id: str,
    outputs: tuple[str, ...],
    on: datetime.datetime,
    params: tuple[str, ...],
    data: Path | None,
    laws: tuple[Path, ...],
    as_json: bool,
    language: str,
) -> None:
    """Show the nearest change of one fact that would make each outcome another, and the facts that decided it."""
    book, parameters, facts = book_of(laws), parameters_of(params), facts_of(data)
    found = [
        queries.nearest_changes(book, law_id, output, on=on.date(), parameters=parameters, facts=facts)
        for output in outputs
    ]
    tell_not_asked(book, law_id, outputs, on=on.date(), parameters=parameters, facts=facts)
    if as_json:
        show_json([asdict(one) for one in found])
        return
    for one in found:
        _tell(one, language)


def _tell(one: queries.Nearest, language: str) -> None:
    would, nothing, decided, none, say_first, unsearched = _SAID[language]
    click.echo(f"{plain_name(one.output)}: {_words(one.now, language)}")
    reason, _, missing = one.now.reason.partition(":")
    if reason == UNKNOWN and missing:  # nothing is decided yet, and this fact may decide it
        click.echo(f"  {say_first} {plain_name(missing)}")
    if one.changes or (reason != UNKNOWN and not one.unsearched):
        click.echo(f"  {would if one.changes else nothing}")
    for change in one.changes:
        click.echo(f"    {change.words_nl if language == 'nl' else change.words_en}")
    if one.unsearched:
        click.echo(f"  {unsearched} {', '.join(plain_name(name) for name in one.unsearched)}")
    if reason != UNKNOWN:
        click.echo(f"  {decided} {', '.join(plain_name(name) for name in one.decided_by) or none}")


def _words(found: Outcome, language: str) -> str:
    return result(found.value, found.reason, found.unit, language)
