"""`waardig law simulate`: what other figures or other law files do, for how many people and at what cost."""

from __future__ import annotations

import datetime
import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from waardig.law.adapters.folder import write_folder
from waardig.law.cli.options import book_of, json_option, on_date, parameters_of, show_json, show_table, with_laws
from waardig.law.core.breakdown import BANDS, bands_of
from waardig.law.core.changing import change_of, sweep_of
from waardig.law.core.simulation import Simulation, content_of
from waardig.law.core.simulation_page import files_of
from waardig.law.core.simulation_tables import grids_of, head_told, row_told, title_of
from waardig.law.core.simulation_words import WORDS, notes_told
from waardig.law.queries.simulating import Changes, Question
from waardig.law.queries.simulating import simulate as simulated

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("law_id", metavar="LAW")
@click.argument("output", metavar="OUTPUT")
@on_date
@click.option("--population", type=FILE, required=True, help="CSV or parquet, as `law batch` takes it.")
@click.option("--set", "sets", multiple=True, metavar="LAW:NAME=VALUE", help="Another figure, with its unit.")
@click.option("--sweep", metavar="LAW:NAME=FROM:TO:STEP", help="Try values of one figure: steps, or a list.")
@click.option("--replace", "replaced", multiple=True, metavar="OLD=NEW", help="Another version of a law. Repeatable.")
@click.option("--laws-new", type=FOLDER, help="Folder with law files that hold after the change.")
@click.option("--by", multiple=True, metavar="DIVISION=COLUMN", help="household, household_type, age, income, ...")
@click.option("--age-bands", default=",".join(map(str, BANDS)), show_default=True, help="Lower limits of age bands.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="The same for everybody. Repeatable.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the report; without it only a summary.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Of the report.")
@with_laws
@json_option
def simulate(
    law_id: str,
    output: str,
    on: datetime.datetime,
    population: Path,
    sets: tuple[str, ...],
    sweep: str | None,
    replaced: tuple[str, ...],
    laws_new: Path | None,
    by: tuple[str, ...],
    age_bands: str,
    params: tuple[str, ...],
    out: Path | None,
    language: str,
    laws: tuple[Path, ...],
    as_json: bool,
) -> None:
    """What a change of law does to everybody: budget, who gains and loses, by household, age, income and neighbourhood.

    Change figures (--set, --sweep), a version of a law (--replace) or several laws (--laws-new). No figure about fewer
    than ten people is shown. The report in --out is there whole or not at all.
    """
    changes = _changes(sets, sweep, replaced, laws_new, laws)
    question = Question(
        law_id,
        output,
        on.date(),
        population,
        parameters=parameters_of(params),
        by=_pairs(by, "--by", "DIVISION=COLUMN"),
        bands=bands_of(age_bands),
        command=_command(click.get_current_context()),
    )
    _tell(simulated(book_of(laws), question, changes), out, language, as_json=as_json)


def _tell(found: Simulation, out: Path | None, language: str, *, as_json: bool) -> None:
    if out:
        write_folder(out, files_of(found, language))
    if found.fallback:
        click.echo(f"Computed row by row by the interpreter: {found.fallback}", err=True)
    for note in notes_told(found, language):
        click.echo(note, err=True)
    if as_json:
        show_json(content_of(found))
        return
    _summary(found, language)
    if out:
        click.echo(f"-> {out / 'report.html'}")


def _changes(
    sets: Sequence[str], sweep: str | None, replaced: Sequence[str], laws_new: Path | None, laws: Sequence[Path]
) -> Changes:
    if not (sets or sweep or replaced or laws_new):
        raise click.UsageError("say what changes: --set, --sweep, --replace or --laws-new")
    pairs = []
    for text in replaced:
        old, equals, new = text.partition("=")
        paths = [Path(old), Path(new)]
        missing = [path for path in paths if not path.is_file()]
        if not equals or missing:
            raise click.UsageError(f"--replace {text!r} is not OLD.yaml=NEW.yaml with two files that are there")
        pairs.append((paths[0], paths[1]))
    written = [*sets, *([sweep] if sweep else [])]
    written += [f"{old.name} -> {new.name}" for old, new in pairs]
    written += [f"--laws-new {laws_new.name}"] if laws_new else []
    return Changes(
        book=book_of((*laws, laws_new)) if laws_new else None,
        replaced=pairs,
        figures=[change_of(text) for text in sets],
        sweep=sweep_of(sweep) if sweep else (),
        written=written,
    )


def _pairs(given: Sequence[str], option: str, form: str) -> dict[str, str]:
    found = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name or not value:
            raise click.UsageError(f"{option} {text!r} is not {form}")
        found[name] = value
    return found


def _command(context: click.Context) -> str:
    """The command as the report shows it: without folders, and without what does not change the figures."""
    parts = ["waardig", "law", "simulate", context.params["law_id"], context.params["output"]]
    for option in context.command.params:
        value = context.params.get(option.name or "")
        if not isinstance(option, click.Option) or option.name in ("out", "as_json", "language"):
            continue
        if value in (None, (), "") or (not option.required and value == option.default):
            continue
        for one in value if isinstance(value, tuple) else (value,):
            parts += [option.opts[0], _shown(one)]
    return shlex.join(parts)


def _shown(value: object) -> str:
    if isinstance(value, Path):
        return value.name
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return "=".join(Path(part).name for part in str(value).split("=")) if "/" in str(value) else str(value)


def _summary(found: Simulation, language: str) -> None:
    words = WORDS[language]
    for grid in grids_of(found):
        if grid.kind not in ("all", "sweep"):
            continue
        click.echo(title_of(grid, language))
        if not any(row.counts for row in grid.rows):
            click.echo(words["no_table"])
            continue
        show_table(head_told(grid, language), [row_told(grid, n, language) for n in range(len(grid.rows))])
    click.echo(f"{words['rules_before']}: {found.before.hash}")
    if found.after:
        click.echo(f"{words['rules_after']}: {found.after.hash} ({words[str(found.after.worst_status)]})")
    click.echo(f"{words['file']}: {found.population.sha256}")
