"""`waardig access`: who may ask for decisions, and whether the decision log can be decided again."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

import click

from waardig.access.terms import Caller
from waardig.kernel.days import AMSTERDAM
from waardig.kernel.declared import uses

# Doors with tables are imported inside the commands: `--help` works before Django is set up.

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
@uses()
def access() -> None:
    """Decisions for others (AuthZEN): who may ask, and deciding again what was decided."""


@access.group()
def caller() -> None:
    """Organisations whose software asks for decisions or reads the log."""


@caller.command()
@click.argument("name")
@click.option("--title", required=True, help="What it is called, for people.")
@click.option("--organisation", required=True, help="Its organisation number (OIN), 20 digits.")
@click.option("--activity", "activities", multiple=True, required=True, help="An activity it may ask about; repeat it.")
@click.option("--standing", help="The activity of software that names none (plain AuthZEN); one of the activities.")
@click.option("--log-read", is_flag=True, help="It may read the log under its standing activity (oversight).")
@click.option("--no-evaluate", is_flag=True, help="It may not ask for decisions.")
@click.option("--until", type=click.DateTime(formats=["%Y-%m-%d"]), help="Its last day.")
@_JSON
def add(
    name: str,
    title: str,
    organisation: str,
    activities: tuple[str, ...],
    standing: str | None,
    log_read: bool,
    no_evaluate: bool,
    until: datetime | None,
    as_json: bool,
) -> None:
    """Register a caller and print its token: once, because only its hash is kept."""
    from waardig.access.actions import add_caller

    rights = {right for right, given in (("evaluate", not no_evaluate), ("log_read", log_read)) if given}
    if not rights:
        raise click.UsageError("A caller without any right can do nothing: leave out --no-evaluate, or add --log-read.")
    last = until.date() if until else None
    if last and last < datetime.now(AMSTERDAM).date():
        raise click.UsageError(f"--until {last} is past: this caller could never ask. Give a day to come.")
    token = add_caller(Caller(name, title, organisation, frozenset(rights), frozenset(activities), standing, last))
    if as_json:
        click.echo(json.dumps({"id": name, "token": token}))
    else:
        click.echo(f"{name} may ask from now on. Its token, shown this once:\n{token}")


@caller.command(name="list")
@_JSON
def list_(as_json: bool) -> None:
    """Every caller with its rights and activities; never a token."""
    from waardig.access.queries import callers

    found = callers()
    if as_json:
        sets = {"rights": sorted, "activities": sorted}
        rows = [{k: sets[k](v) if k in sets else v for k, v in asdict(one).items()} for one in found]
        click.echo(json.dumps(rows, default=str, ensure_ascii=False))
        return
    for one in found:
        until = f"ended {one.ended_at:%Y-%m-%d}" if one.ended_at else f"until {one.valid_until or 'further notice'}"
        click.echo(f"{one.id}  {one.name} ({one.organisation})  {until}")
        click.echo(f"    {', '.join(sorted(one.rights))}: {', '.join(sorted(one.activities))}")
    if not found:
        click.echo("Nobody may ask. Add one: waardig access caller add --help")


@caller.command()
@click.argument("name")
def end(name: str) -> None:
    """End a caller at once; what it asked stays in the decision log."""
    from waardig.access.actions import end_caller

    click.echo(f"{name} may ask nothing any more." if end_caller(name) else f"{name} had ended already.")


@access.group()
def collector() -> None:
    """Where the log goes on to (OTLP over HTTP); nowhere unless it is set."""


@collector.command(name="set")
@click.argument("address")
@click.option("--from-now", is_flag=True, help="Leave out the lines that are in the log already.")
def set_(address: str, from_now: bool) -> None:
    """Send the log on to this collector, such as https://collector.example.nl; /v1/traces is added."""
    from waardig.access.actions import set_collector

    set_collector(address, from_now=from_now)
    click.echo(f"The log goes on to {address}.")


@collector.command()
def show() -> None:
    """The collector that is set; waardig queue show says what waits for it."""
    from waardig.access import actions

    click.echo(actions.collector() or "The log goes nowhere.")


@collector.command()
def off() -> None:
    """Send nothing any more; what waits stays as jobs that can be tried again."""
    from waardig.access.actions import set_collector

    set_collector(None)
    click.echo("The log goes nowhere.")


@access.command()
@click.option("--sample", default=1000, show_default=True, type=click.IntRange(1), help="How many calls, by chance.")
@_JSON
@click.pass_context
def replay(context: click.Context, sample: int, as_json: bool) -> None:
    """Decide again what was decided, from the logged versions. Exit status 1 when one answer differs."""
    from waardig.access.actions import replay as decide_again

    found = decide_again(sample)
    if as_json:
        click.echo(json.dumps({**asdict(found), "agrees": found.agrees}))
    else:
        click.echo(f"{found.decisions} decisions of {found.records} calls decided again: ", nl=False)
        click.echo("all the same." if found.agrees else f"{len(found.differing)} calls differ:")
        for trace in found.differing:
            click.echo(f"  trace {trace}")
    context.exit(0 if found.agrees else 1)
