"""`waardig round`: run a proactive round, look at it first, see what ran, go on after a stop."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from waardig.kernel.declared import service_role, uses
from waardig.kernel.money import euros
from waardig.proposals import queries
from waardig.proposals.actions import BATCH, BULK_FROM, LIST_SIZE, list_grants, run_round
from waardig.proposals.terms import ListSummary, RunSummary

SERVICE = "individuele_inkomenstoeslag"
JUDGING = {"auto": BULK_FROM, "at-once": 0, "one-by-one": sys.maxsize}
"""From how many persons on households are judged at once."""
JUDGE = "households at once or one by one: equal, and among many at once is faster"


@click.group("round")
@uses()
def round_() -> None:
    """Proactive rounds: who misses money they probably have a right to."""


@round_.command()
@click.argument("service", default=SERVICE)
@click.option("--dry-run", is_flag=True, help="compute and count; store and send nothing")
@click.option("--batch", default=BATCH, show_default=True, type=click.IntRange(2, BATCH), help="persons a transaction")
@click.option("--judge", default="auto", show_default=True, type=click.Choice(list(JUDGING)), help=JUDGE)
@click.option("--json", "as_json", is_flag=True, help="print the counts as JSON")
@uses("bericht.bezorgen", service_role("round_activity"))
def run(service: str, dry_run: bool, batch: int, judge: str, as_json: bool) -> None:
    """Run the round of SERVICE on the business date; running it again adds only what is new."""
    found = with_progress(service, dry_run=dry_run, batch=batch, quiet=as_json, judge=judge)
    show(found, as_json=as_json)


@round_.command()
@click.argument("service", default=SERVICE)
@click.option("--batch", default=BATCH, show_default=True, type=click.IntRange(2, BATCH), help="persons a transaction")
@click.option("--judge", default="auto", show_default=True, type=click.Choice(list(JUDGING)), help=JUDGE)
@click.option("--json", "as_json", is_flag=True, help="print the counts as JSON")
@uses("bericht.bezorgen", service_role("round_activity"))
def resume(service: str, batch: int, judge: str, as_json: bool) -> None:
    """Go on with the round of today where it stopped; nothing happens twice."""
    queries.latest_run(service)
    show(with_progress(service, dry_run=False, batch=batch, quiet=as_json, judge=judge), as_json=as_json)


@round_.command()
@click.argument("service")
@click.option(
    "--most", default=LIST_SIZE, show_default=True, type=click.IntRange(1, LIST_SIZE), help="cases on the list"
)
@click.option("--json", "as_json", is_flag=True, help="print the counts as JSON")
@uses(service_role("unasked_activity"))
def grants(service: str, most: int, as_json: bool) -> None:
    """Judge announced grants of SERVICE again whose term is over, and put them on a list for an official."""
    found = list_grants(service, most=most)
    if as_json:
        click.echo(json.dumps(_plain(asdict(found)), ensure_ascii=False))
        return
    if not found.due:
        click.echo("No announced grant has passed its term. See: waardig round status")
        return
    table = Table(title=f"List of {found.service} on {found.on}")
    table.add_column("what")
    table.add_column("count", justify="right")
    for name, value in list_rows(found):
        table.add_row(name, value)
    Console().print(table)


def list_rows(found: ListSummary) -> list[tuple[str, str]]:
    """The counts of a list as lines for people."""
    rows: list[tuple[str, Any]] = [
        ("announced grants past their term (households)", found.due),
        ("  wait for a source, not read", found.waiting),
        ("  read (one log line a person)", found.log_lines),
        ("  ready to confirm", found.ready),
        ("  in the sample, judged by hand first", found.sampled),
        ("  to a person", found.to_person),
        *((f"    {reason}", count) for reason, count in found.reasons.items()),
        ("  said no meanwhile", found.said_no),
        ("total of the list", euros(found.amount_eurocent, "en")),
    ]
    return [(name, str(value)) for name, value in rows]


@round_.command()
@click.argument("service", required=False)
@click.option("--json", "as_json", is_flag=True, help="print as JSON")
def status(service: str | None, as_json: bool) -> None:
    """The rounds there were, newest first."""
    found = queries.runs(service)
    if as_json:
        click.echo(json.dumps([_plain(asdict(one)) for one in found], ensure_ascii=False))
        return
    if not found:
        click.echo("There was no round yet. Look at one first: waardig round run --dry-run")
    for one in found:
        state = "finished" if one.finished_at else "stopped; go on with: waardig round resume"
        kind = "dry run" if one.dry_run else "round"
        waits = f"  {one.waiting} wait for a source" if one.waiting else ""
        click.echo(f"{one.as_of}  {kind:<8}{one.service}  {one.items} persons{waits}  {state}")


def with_progress(service: str, *, dry_run: bool, batch: int, quiet: bool, judge: str = "auto") -> RunSummary:
    """Run a round with a bar on the error stream, so that --json stays clean."""
    console = Console(stderr=True, quiet=quiet or not sys.stderr.isatty())
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Round", total=None)
        return run_round(
            service,
            dry_run=dry_run,
            batch=batch,
            bulk_from=JUDGING[judge],
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def show(summary: RunSummary, *, as_json: bool) -> None:
    """Print the counts of a round."""
    if as_json:
        click.echo(json.dumps(_plain(asdict(summary)), ensure_ascii=False))
        return
    table = Table(title=f"{'Dry run' if summary.dry_run else 'Round'} of {summary.service} on {summary.as_of}")
    table.add_column("what")
    table.add_column("count", justify="right")
    for name, value in rows_of(summary):
        table.add_row(name, value)
    Console().print(table)
    if summary.dry_run:
        click.echo("Nothing was stored and nothing was sent.")


def rows_of(summary: RunSummary) -> list[tuple[str, str]]:
    """The counts as lines for people."""
    rows: list[tuple[str, Any]] = [
        ("clients and earlier recipients", summary.clients),
        ("  opted out, not read", summary.opted_out),
        ("  wait for a source, not read", summary.waiting),
        ("  read (one log line each)", summary.read),
        ("evaluated by the law", summary.evaluated),
        *((f"  taken out: {name}", count) for name, count in summary.excluded.items()),
        ("probably entitled (persons)", summary.entitled),
        ("not entitled now (hear nothing)", summary.not_entitled),
        ("asked for what is unknown (persons)", summary.asked),
        ("to a person at the desk", summary.to_person),
        ("proposals (households)", summary.proposals),
        *((f"  lane: {name}", count) for name, count in summary.lanes.items()),
        ("  digital", summary.digital),
        ("  on paper", summary.paper),
        ("  held", summary.held),
        ("  through an administrator", summary.through_administrator),
        ("total of the proposals", euros(summary.amount_eurocent, "en")),
    ]
    return [(name, str(value)) for name, value in rows]


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value if isinstance(value, int | float | bool | dict | None) else str(value)
        for key, value in values.items()
    }
