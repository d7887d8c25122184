"""`waardig law diff`: what changes between two versions of a law, and for how many people."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from waardig.law import queries
from waardig.law.cli.options import book_of, json_option, parameters_of, plain, show_json, with_laws
from waardig.law.core.effect import GROUPS, HIDDEN, Effect
from waardig.law.queries.differing import CaseChange, Difference
from waardig.law.terms import OK, Value

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(formats=["%Y-%m-%d"])
NL = {
    "same": "gelijk", "gained": "krijgt er iets bij dat er niet was", "lost": "verliest alles", "more": "meer",
    "less": "minder", "other": "anders of onbekend", "withheld": "niet getoond",
    "changes": "wijzigingen", "none": "Niets in de regels of de tekst is anders.",
    "cases": "verzonnen gevallen, waarvan anders", "people": "personen, waarvan anders",
    "sum": "samen was, wordt, verschil", "small": "De bedragen gaan over te weinig mensen.",
    "on": "Beide versies gevraagd alsof zij gelden op", "eurocent": "eurocent",
}  # fmt: skip
EN = {
    **{word: word for word in NL}, "gained": "gained (nothing before)", "lost": "lost (nothing now)",
    "other": "other or unknown", "withheld": "not shown", "none": "Nothing in rules or text differs.",
    "cases": "invented cases, of which different", "people": "people, of whom different",
    "sum": "together was, becomes, difference", "small": "The amounts are about too few people to show.",
    "on": "Both versions asked as if in force on",
}  # fmt: skip


@click.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--on", type=DAY, help="Day on which both are asked; without it the first day of NEW.")
@click.option("--output", "outputs", multiple=True, help="Only this output. Repeatable; without it every one.")
@click.option("--scenarios", multiple=True, type=click.Path(exists=True, path_type=Path), help="Cases to ask of both.")
@click.option("--population", type=FILE, help="CSV or parquet, one row a person, as `law batch` takes it.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="The same for everybody. Repeatable.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True, help="Of the sentences.")
@with_laws
@json_option
def diff(
    old: Path,
    new: Path,
    on: datetime.datetime | None,
    outputs: tuple[str, ...],
    scenarios: tuple[Path, ...],
    population: Path | None,
    params: tuple[str, ...],
    language: str,
    laws: tuple[Path, ...],
    as_json: bool,
) -> None:
    """What changes between two versions of a law, by article, and for whom.

    Fewer than ten people are shown as "< 10", and no amount that is theirs alone. Both are asked as if in force.
    """
    found = queries.law_difference(
        book_of(laws),
        old,
        new,
        on=on.date() if on else None,
        outputs=outputs,
        scenarios=scenarios,
        population=population,
        parameters=parameters_of(params),
    )
    if as_json:
        show_json(_content(found, scenarios=bool(scenarios), population=bool(population)))
        return
    words = NL if language == "nl" else EN
    for line in _told(found, old, new, language, words):
        click.echo(line)
    if scenarios:
        for line in _cases(found, words):
            click.echo(line)
    for one in found.effects:
        for line in _effect(one, words):
            click.echo(line)


def _content(found: Difference, *, scenarios: bool, population: bool) -> dict[str, Any]:
    content: dict[str, Any] = {
        "law": found.law,
        "on": found.on,
        "changes": [asdict(change) for change in found.changes],
    }
    if scenarios:
        content |= {"cases": found.cases, "changed_cases": [asdict(case) for case in found.changed_cases]}
    return {**content, "effects": [asdict(one) for one in found.effects]} if population else content


def _told(found: Difference, old: Path, new: Path, language: str, words: dict[str, str]) -> Iterator[str]:
    yield f"{found.law}: {len(found.changes)} {words['changes']}" if found.changes else words["none"]
    for change in found.changes:
        places = [f"{path}:{line}" for path, line in ((old, change.old_line), (new, change.new_line)) if line]
        yield f"  {change.told(language)}  [{' | '.join(places)}]"
    yield f"{words['on']} {found.on}."


def _cases(found: Difference, words: dict[str, str]) -> Iterator[str]:
    yield f"{found.cases} {words['cases']}: {len({(case.file, case.name) for case in found.changed_cases})}"
    for case in found.changed_cases:
        yield f"  {case.name}: {case.output}: {_shown(case, old=True)} -> {_shown(case, old=False)}  [{case.file}]"


def _shown(case: CaseChange, *, old: bool) -> str:
    value, reason = (case.old, case.old_reason) if old else (case.new, case.new_reason)
    return _value(value) if reason == OK else reason


def _value(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(plain(value) if not isinstance(value, int) else value)


def _effect(one: Effect, words: dict[str, str]) -> Iterator[str]:
    def word(count: int | str) -> str:
        return words.get(str(count), str(count))

    yield f"{one.output}: {word(one.people)} {words['people']}: {word(one.changed)}"
    if one.changed == 0:
        return
    for group in GROUPS:
        if one.groups[group] != 0:
            yield f"  {words[group]}: {word(one.groups[group])}"
    if one.difference is not None:
        sums = ", ".join(_value(value) for value in (one.old_sum, one.new_sum, one.difference))
        yield f"  {words['sum']}: {sums} {one.unit or ''}".rstrip()
    elif one.unit and HIDDEN in one.groups.values():
        yield f"  {words['small']}"
