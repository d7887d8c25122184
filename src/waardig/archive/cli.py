"""`waardig archive`: what ended and how long it is kept, what is due, a case as a folder that lasts."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from waardig.access.terms import Actor
from waardig.archive import actions, queries
from waardig.archive.terms import Due
from waardig.kernel.clock import business_today

JSON = click.option("--json", "as_json", is_flag=True, help="print as JSON")


@click.group()
def archive() -> None:
    """The archive: how long a case is kept, what is due, a case with its metadata (MDTO)."""


@archive.command()
@JSON
def appraise(as_json: bool) -> None:
    """Look at every case that ended: result, term and first day of destruction. The worker does this every day."""
    changed = actions.appraise()
    click.echo(json.dumps({"changed": changed}) if as_json else f"{changed} cases have a new or another term.")


@archive.command()
@JSON
def due(as_json: bool) -> None:
    """Cases whose term has passed, with what still holds them back. Nothing is destroyed by this."""
    found: list[Due] = []
    while batch := queries.due(business_today(), after=found[-1].record.number if found else "", size=500):
        found += batch
    if as_json:
        click.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        why = f"  held: {', '.join(one.holds)}" if one.holds else ""
        record = one.record
        click.echo(
            f"{record.number}  {record.ending:<24}{record.result:<8}{record.term:<6} since {record.action_on}{why}"
        )
    counted = Counter("held back" if one.holds else "due" for one in found)
    click.echo(f"{counted['due']} cases are due, {counted['held back']} are held back.")


def _plain(one: Due) -> dict[str, Any]:
    record = {key: value if value is None else str(value) for key, value in asdict(one.record).items() if key != "case"}
    return {**record, "holds": [str(hold) for hold in one.holds]}


@archive.command()
@click.argument("number")
@click.option(
    "--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="folder to write in"
)
@click.option("--by", "official", required=True, help="employee who does this, as in municipality.yaml")
@JSON
def export(number: str, folder: Path, official: str, as_json: bool) -> None:
    """Write case NUMBER as a folder: letters, decision and course, each with MDTO metadata and a fingerprint."""
    made = actions.export_case(number, Actor("employee", official))
    target = folder / made.folder
    target.mkdir(parents=True, exist_ok=True)
    for name, content in made.files.items():
        (target / name).write_bytes(content)
    click.echo(json.dumps({"folder": str(target), "files": sorted(made.files)}) if as_json else str(target))
