"""`waardig archive`: how long what ended is kept, what is due, destruction lists, a case as a folder that lasts."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from waardig.access.terms import Actor
from waardig.archive import actions, queries
from waardig.archive.actions.listing import MOST_IN_A_LIST
from waardig.archive.terms import DestructionLine, DestructionList, Due, LineState
from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses

BY = click.option("--by", "official", required=True, help="employee who does this, as in municipality.yaml")
REASON = click.option("--reason", required=True, help="why, in at least ten characters, without naming the resident")
JSON = click.option("--json", "as_json", is_flag=True, help="print as JSON")


@click.group()
@uses()
def archive() -> None:
    """The archive: how long a case is kept, what is due, destruction lists, a case with its metadata (MDTO)."""


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
@BY
@JSON
@uses("archief.bewaren")
def export(number: str, folder: Path, official: str, as_json: bool) -> None:
    """Write case NUMBER as a folder: letters, decision, receipt and course, each with MDTO metadata and a fingerprint.

    The folder can be read by its owner only. `waardig law receipt verify` does the computation of the receipt again.
    """
    made = actions.export_case(number, Actor("employee", official))
    target = folder / made.folder
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in made.files.items():
        (target / name).write_bytes(content)
    click.echo(json.dumps({"folder": str(target), "files": sorted(made.files)}) if as_json else str(target))


@archive.command("lists")
@JSON
def lists_(as_json: bool) -> None:
    """Destruction lists, newest first."""
    found, _ = queries.lists(size=1_000)
    if as_json:
        click.echo(json.dumps([_list(one) for one in found], ensure_ascii=False))
        return
    if not found:
        click.echo("There is no destruction list yet. Make one: waardig archive list --by EMPLOYEE")
    for one in found:
        by = f"approved by {one.approved_by}" if one.approved_by else f"made by {one.made_by}"
        click.echo(f"{one.number}  {one.state:<10}{one.lines:>6} lines  {one.sha256[:12]}  {by}")


def _list(one: DestructionList) -> dict[str, Any]:
    return {key: value if value is None or isinstance(value, int) else str(value) for key, value in asdict(one).items()
            if key != "id"}  # fmt: skip


def _line(one: DestructionLine) -> dict[str, Any]:
    kept = {key: value for key, value in asdict(one).items() if key not in ("id", "subject")}
    return {key: value if value is None or isinstance(value, int | dict) else str(value) for key, value in kept.items()}


@archive.command("list")
@BY
@click.option("--most", default=MOST_IN_A_LIST, show_default=True, type=click.IntRange(1, MOST_IN_A_LIST),
              help="lines on the list")  # fmt: skip
@JSON
def list_(official: str, most: int, as_json: bool) -> None:
    """Put everything that is due, and that nothing holds, on a destruction list. Nothing is destroyed by this."""
    made = actions.make_list(official, on=business_today(), most=most)
    if as_json:
        click.echo(json.dumps(_list(made), ensure_ascii=False))
        return
    _say(made)
    click.echo(
        f"A colleague looks at it (waardig archive show {made.number}) and approves it:\n"
        f"  waardig archive approve {made.number} --by EMPLOYEE --control {made.sha256[:12]}"
    )


def _say(one: DestructionList) -> None:
    click.echo(f"{one.number}: {one.state}, {one.lines} lines, control {one.sha256[:12]}")


@archive.command()
@click.argument("number")
@JSON
def show(number: str, as_json: bool) -> None:
    """The lines of destruction list NUMBER."""
    found = queries.list_by_number(number)
    lines = queries.lines_of(found.id)
    if as_json:
        click.echo(json.dumps({**_list(found), "rows": [_line(one) for one in lines]}, ensure_ascii=False))
        return
    _say(found)
    for one in lines:
        why = f"  {one.reason}" if one.reason else ""
        click.echo(f"{one.place:>5}  {one.number}  {one.ending:<24}{one.result:<8}{one.term:<6}{one.state}{why}")


@archive.command()
@click.argument("number")
@click.argument("place", type=int)
@BY
@REASON
@JSON
def remove(number: str, place: int, official: str, reason: str, as_json: bool) -> None:
    """Take line PLACE off draft list NUMBER."""
    found = queries.list_by_number(number)
    made = actions.remove_line(found.id, place, official, reason, on=business_today())
    click.echo(json.dumps(_list(made), ensure_ascii=False)) if as_json else _say(made)


@archive.command()
@click.argument("number")
@BY
@REASON
@JSON
def withdraw(number: str, official: str, reason: str, as_json: bool) -> None:
    """Give draft list NUMBER up; what stands on it may stand on another list."""
    found = queries.list_by_number(number)
    made = actions.withdraw(found.id, official, reason, on=business_today())
    click.echo(json.dumps(_list(made), ensure_ascii=False)) if as_json else _say(made)


@archive.command()
@click.argument("number")
@BY
@click.option("--control", required=True, help="the control of the list that you looked at, at least eight characters")
@JSON
def approve(number: str, official: str, control: str, as_json: bool) -> None:
    """Approve list NUMBER that a colleague made; the worker then destroys what stands on it."""
    found = queries.list_by_number(number)
    made = actions.approve(found.id, official, on=business_today(), shown=control)
    if as_json:
        click.echo(json.dumps(_list(made), ensure_ascii=False))
        return
    _say(made)
    click.echo(f"The worker executes it. Or now: waardig archive destroy {made.number}")


@archive.command()
@click.argument("number")
@JSON
@uses("archief.vernietigen")
def destroy(number: str, as_json: bool) -> None:
    """Execute approved list NUMBER now instead of waiting for the worker; a second time does nothing."""
    found = queries.list_by_number(number)
    for one in queries.lines_of(found.id):
        if one.state is LineState.WAITING:
            actions.destroy_line(one.id)
    counted = {state.value: queries.line_counts(found.id).get(state, 0) for state in LineState}
    made = queries.list_of(found.id)
    if as_json:
        click.echo(json.dumps({**_list(made), "counts": counted}, ensure_ascii=False))
        return
    _say(made)
    for state, count in counted.items():
        click.echo(f"  {state:<10}{count:>6}")


@archive.command()
@click.argument("number")
@click.option("--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path),
              help="folder to write in")  # fmt: skip
@JSON
def declaration(number: str, folder: Path, as_json: bool) -> None:
    """Write the declaration of destruction of list NUMBER: JSON, the lines as CSV, and both in a zip."""
    files = actions.declaration(queries.list_by_number(number).id)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    click.echo(json.dumps({"folder": str(folder), "files": sorted(files)}) if as_json else str(folder))


@archive.command()
@click.argument("number")
@BY
@REASON
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="day on which somebody looks again; it does not end then"
)
@click.option("--lift", is_flag=True, help="the case is not held any longer")
@JSON
@uses("archief.langer")
def hold(number: str, official: str, reason: str, until: datetime | None, lift: bool, as_json: bool) -> None:
    """Keep case NUMBER from being destroyed, or lift that again."""
    if lift:
        actions.lift_hold(number, official, reason, on=business_today())
    else:
        day = until.date() if until else None
        actions.place_hold(number, official, reason, on=business_today(), until=day)
    said = "is not held any longer" if lift else "is held"
    click.echo(json.dumps({"number": number, "held": not lift}) if as_json else f"Case {number} {said}.")


@archive.command()
@JSON
def holds(as_json: bool) -> None:
    """Cases that officials keep from being destroyed."""
    found = queries.placed_holds()
    if as_json:
        rows = [{"number": one.number, "reason": one.reason, "by": one.placed_by, "on": str(one.placed_on),
                 "until": str(one.until) if one.until else None} for one in found]  # fmt: skip
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for one in found:
        again = f", look again on {one.until}" if one.until else ""
        click.echo(f"{one.number}  since {one.placed_on} by {one.placed_by}{again}: {one.reason}")
    click.echo(f"{len(found)} cases are held.")


@archive.command()
@click.option("--dry-run", is_flag=True, help="show what is past its term and what keeps it; remove nothing")
@JSON
@uses("registers.vergeten")
def facts(dry_run: bool, as_json: bool) -> None:
    """Remove facts of registers past their declared term that nothing needs, and then who nothing is left of.

    The worker does this every day.
    """
    past = queries.facts_past_term() if dry_run else ()
    gone = 0 if dry_run else actions.forget_facts()
    people = queries.people_left() if dry_run else actions.forget_people()
    if as_json:
        rows = [{**asdict(one), "first_day": str(one.first_day), "last_day": str(one.last_day)} for one in past]
        click.echo(json.dumps({"removed": gone, "past_term": rows, "people": people}, ensure_ascii=False))
        return
    for one in past:
        said = f"kept: {one.kept_by}" if one.kept_by else "may go"
        click.echo(f"{one.attribute:<40}{one.facts:>8}  {one.term} from {one.starts}, since {one.first_day}  {said}")
    may_go = sum(one.facts for one in past if not one.kept_by)
    kept = sum(one.facts for one in past if one.kept_by)
    click.echo(
        f"{may_go} facts may go, {kept} are kept; nothing was removed." if dry_run else f"{gone} facts are gone."
    )
    click.echo(f"Nothing is left of {people} people; {'they stay' if dry_run else 'they are gone'}.")


@archive.command("removed-facts")
@JSON
def removed_facts(as_json: bool) -> None:
    """Facts of registers that went after their term: which attribute, by which term, how many; no values."""
    found = queries.fact_removals()
    if as_json:
        rows = [{key: str(value) if isinstance(value, date) else value for key, value in asdict(one).items()}
                for one in found]  # fmt: skip
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.removed_on}  {one.attribute:<40}{one.facts:>8}  {one.term} from {one.starts}, "
                   f"{one.first_day} to {one.last_day}")  # fmt: skip
    click.echo(f"{sum(one.facts for one in found)} facts went.")
