"""`waardig import`: take in files of source administrations; exit status 0 done, 1 refused, 2 wrong call."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from wsgiref.simple_server import make_server

import click
from rich.console import Console
from rich.progress import Progress as Bar
from rich.table import Table

from waardig.access.queries import business_date
from waardig.access.terms import AccessRefused
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import UnknownActivity
from waardig.kernel.content_file import ContentInvalid
from waardig.kernel.declared import AT_SOURCE, uses
from waardig.registers.actions.imports import (
    Imported,
    Progress,
    TablesUnreadable,
    import_benefits,
    import_brp,
    import_kvk,
    import_table,
)
from waardig.registers.actions.sources import refresh_population
from waardig.registers.adapters.sources import source_of
from waardig.registers.adapters.trial_brp import FIELDS, Consumer, QuietHandler, TrialBrp
from waardig.registers.core.import_terms import Problem, Severity
from waardig.registers.terms import NotAtSource, OverAsking, SourceRefused, SourceUnavailable

_COLUMNS = ("severity", "kind", "file", "line", "column", "value", "client", "message", "done", "remedy")
_SHOWN = 40


@click.group("import")
@uses()
def import_() -> None:
    """Take in a benefits administration's export, persons of the BRP, companies of the KVK, or another register."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which column is what (YAML). Default: mapping.yaml inside or beside FILE.",
)
@click.option("--municipality", help="Refuse an export of another municipality (code GM0000).")
@click.option("--dry-run", is_flag=True, help="Read and check only; store nothing.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write every problem (.csv or .json).")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@uses("registers.bijhouden")
def benefits(
    file: Path, mapping: Path | None, municipality: str | None, dry_run: bool, report: Path | None, as_json: bool
) -> None:
    """Take in FILE: a folder, a zip or one CSV with its manifest.json.

    When the control totals disagree nothing is stored. A client with an error is left out and reported; what is missing
    is reported and counts as unknown.
    """
    chosen = mapping or _mapping_near(file)
    try:
        with _bar(as_json) as progress:
            done = import_benefits(file, chosen, dry_run=dry_run, municipality=municipality, progress=progress)
    except ContentInvalid as wrong:
        raise click.UsageError(str(wrong)) from wrong
    _finish(done, report, as_json)


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--tables",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the national tables 33 and 34 (CSV): names of municipalities and countries.",
)
@click.option("--dry-run", is_flag=True, help="Read and check only; store nothing.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write every problem (.csv or .json).")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@uses("registers.bijhouden")
def brp(file: Path, tables: Path | None, dry_run: bool, report: Path | None, as_json: bool) -> None:
    """Take in FILE: persoonslijsten (CSV), the official BRP test set or a Haal Centraal answer (JSON).

    A person whose list is wrong is left out and reported; the others are stored. When it was interrupted, run it again:
    what is there already is not stored twice.
    """
    try:
        with _bar(as_json) as progress:
            done = import_brp(file, tables=tables, dry_run=dry_run, progress=progress)
    except TablesUnreadable as wrong:
        raise click.UsageError(str(wrong)) from wrong
    _finish(done, report, as_json)


@import_.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and check only; store nothing.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write every problem (.csv or .json).")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@uses("registers.bijhouden")
def kvk(path: Path, dry_run: bool, report: Path | None, as_json: bool) -> None:
    """Take in companies from PATH: profiles of the KVK API Basisprofiel (JSON), or a folder with them.

    Name, legal form and address are taken; nobody behind a company and no shielded address.
    """
    with _bar(as_json) as progress:
        done = import_kvk(path, dry_run=dry_run, progress=progress)
    _finish(done, report, as_json)


@import_.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which column is what (YAML). Default: mapping.yaml inside or beside FILE.",
)
@click.option("--municipality", help="Refuse a file of another municipality (code GM0000).")
@click.option("--dry-run", is_flag=True, help="Read and check only; store nothing.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write every problem (.csv or .json).")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@uses("registers.bijhouden")
def table(
    file: Path, mapping: Path | None, municipality: str | None, dry_run: bool, report: Path | None, as_json: bool
) -> None:
    """Take in any register of persons from FILE: a folder, a zip or one CSV with its manifest.json.

    Homes (woz), vehicles (kentekenregister), or a register of your own. Only of people who are known here; when the
    control totals disagree nothing is stored, and a person with an error is left out and reported.
    """
    chosen = mapping or _mapping_near(file)
    try:
        with _bar(as_json) as progress:
            done = import_table(file, chosen, dry_run=dry_run, municipality=municipality, progress=progress)
    except ContentInvalid as wrong:
        raise click.UsageError(str(wrong)) from wrong
    _finish(done, report, as_json)


@import_.command()
@click.argument("register")
@click.option("--activity", required=True, help="Whose people and attributes are asked: bericht.bezorgen, ...")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@uses("registers.bijhouden", AT_SOURCE)
def source(register: str, activity: str, as_json: bool) -> None:
    """Ask REGISTER at its source about everybody whom an activity may approach, and keep what it says.

    WAARDIG_SOURCES names the file that says how the source is reached. Did it stop? Run it again: what was heard stays.
    """
    if source_of(register) is None:
        raise click.UsageError(f"{register} is not connected to a source here. Name it in the file of WAARDIG_SOURCES.")
    try:
        with _bar(as_json) as progress:
            done = refresh_population(activity, register, rule_set=_rules_of(activity), progress=progress)
    except (AccessRefused, UnknownActivity, NotAtSource, OverAsking, SourceRefused, SourceUnavailable) as refusal:
        raise click.ClickException(f"{refusal.text_en} {refusal.remedy}") from None
    counts = {
        "persons": done.persons,
        "not_at_source": len(done.unknown),
        "facts_stored": done.stored,
        "facts_unchanged": done.unchanged,
        "facts_superseded": done.superseded,
    }
    said = ", ".join(f"{name.replace('_', ' ')}: {number}" for name, number in counts.items())
    click.echo(json.dumps(counts) if as_json else said)


def _rules_of(activity: str) -> str | None:
    """The fingerprint of the rules of today, when the activity belongs to a service: its weighing is about those."""
    service = catalogue.activity(activity).service
    known = {one.id for one in catalogue.services()}
    return catalogue.rule_set(service, business_date()).hash if service in known else None


@import_.command("trial-brp")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--port", default=8099, show_default=True, help="On 127.0.0.1.")
def trial_brp(file: Path, port: int) -> None:
    """Serve a BRP to try the connection with: the official test set (FILE), asked as Haal Centraal BRP bevragen 2."""
    brp = TrialBrp.of_file(file, [Consumer("proef", FIELDS)])
    with make_server("127.0.0.1", port, brp, handler_class=QuietHandler) as server:
        click.echo(f"A BRP with {len(brp.persons)} fictional persons: http://127.0.0.1:{port}/haalcentraal/api/brp")
        click.echo("Key: proef, in the header X-API-KEY. Stop with Ctrl-C.")
        with suppress(KeyboardInterrupt):
            server.serve_forever()


def write_report(problems: tuple[Problem, ...], path: Path) -> None:
    """Every problem as JSON, or as CSV (semicolons, so that a Dutch spreadsheet opens it)."""
    rows = [problem.as_row() for problem in problems]
    if path.suffix.lower() == ".json":
        path.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        return
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, _COLUMNS, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def _mapping_near(file: Path) -> Path:
    for candidate in (file / "mapping.yaml", file.parent / "mapping.yaml"):
        if candidate.is_file():
            return candidate
    raise click.UsageError(f"No mapping.yaml inside or beside {file}. Give --mapping FILE.")


@contextmanager
def _bar(quiet: bool) -> Iterator[Progress | None]:
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Persons", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _finish(done: Imported, report: Path | None, as_json: bool) -> None:
    problems = tuple(p for severity in Severity for p in done.read.of(severity))
    if report is not None:
        write_report(problems, report)
    if as_json:
        click.echo(json.dumps(done.as_json(), ensure_ascii=False, indent=2))
    else:
        _print(done, problems)
    if done.read.refused:
        sys.exit(1)


def _print(done: Imported, problems: tuple[Problem, ...]) -> None:
    for problem in problems[:_SHOWN]:
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        column = f" {problem.column}" if problem.column else ""
        value = f" '{problem.shown}'" if problem.shown else ""
        about = f" ({problem.reference})" if problem.reference else ""
        said = f"{column}{value}{about}: {problem.message}; {problem.severity.done}. {problem.remedy}"
        click.echo(f"{problem.severity}: {place}:{said}", err=True)
    if len(problems) > _SHOWN:
        click.echo(f"... and {len(problems) - _SHOWN} more. --report FILE writes all of them.", err=True)
    counts = done.as_json()
    table = Table(title="Import refused: nothing was stored" if done.read.refused else "Import")
    table.add_column("what")
    table.add_column("count", justify="right")
    for name, count in counts.items():
        if isinstance(count, int) and not isinstance(count, bool):
            table.add_row(name.replace("_", " "), str(count))
    for severity in ("refusals", "errors", "gaps"):
        found = counts[severity]
        for kind, number in found.items() if isinstance(found, dict) else ():
            table.add_row(f"{severity}: {kind}", str(number))
    Console().print(table)
    if done.dry_run and not done.read.refused:
        click.echo("Dry run: nothing was stored.")
