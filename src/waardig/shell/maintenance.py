"""Commands for who runs the system: tables, the embedded database."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from waardig.kernel.declared import uses
from waardig.shell import postgres


@click.command()
@click.option("--plan", is_flag=True, help="say which migrations would run, and change nothing")
@click.option("--json", "as_json", is_flag=True, help="print the result as JSON")
@uses()
def migrate(plan: bool, as_json: bool) -> None:
    """Bring tables and rights up to date and publish the content (needs the owner's address)."""
    from waardig.shell.operating.schema import refuse_newer_schema

    state = refuse_newer_schema("owner")
    if plan:
        words = "\n".join(f"  {name}" for name in state.behind) or "Nothing to do: the tables are of this version."
        click.echo(json.dumps({"plan": list(state.behind)}) if as_json else words)
        return
    _migrate(as_json)


def _migrate(as_json: bool) -> None:
    from waardig.archive.queries import selection_list
    from waardig.cases.actions.answers import decide_earlier_answers
    from waardig.catalogue.actions import publish
    from waardig.inbox.queries import refuse_differing_english
    from waardig.kernel.content import content_roots
    from waardig.registers.actions import publish_declarations
    from waardig.shell.installation.choosing import entered
    from waardig.shell.system import migrate as bring_up_to_date

    say = (lambda _: None) if as_json else (lambda name: click.echo(f"  {name}"))
    count = bring_up_to_date(say, alone=entered() is not None)
    refuse_differing_english(content_roots())
    selection_list()  # refuses content in which a case may end without a result and a term
    published = publish(content_roots())
    publish_declarations(content_roots())
    decide_earlier_answers()
    new = len(published.new)
    result = {"migrations": count, "activities_published": new}
    click.echo(json.dumps(result) if as_json else f"{count} migrations, {new} new activity versions.")


@click.group()
def db() -> None:
    """The embedded PostgreSQL server of this installation."""


def _embedded(action: Callable[..., None]) -> Callable[..., None]:
    @wraps(action)
    def run(**options: Any) -> None:
        if os.environ.get("DATABASE_URL"):
            raise click.ClickException(
                "DATABASE_URL names your own server; start, stop and reset it with its own tools. "
                "Unset DATABASE_URL to use the embedded database."
            )
        action(postgres.Cluster(postgres.default_folder()), **options)

    return run


@db.command()
@_embedded
def start(cluster: postgres.Cluster) -> None:
    """Start the server and leave it running until `waardig db stop`."""
    cluster.folder.mkdir(parents=True, exist_ok=True)
    cluster.keep.touch()
    cluster.start()
    cluster.release()
    click.echo(f"The database runs; its files are in {cluster.folder}.")


@db.command()
@_embedded
def stop(cluster: postgres.Cluster) -> None:
    """Stop the server."""
    cluster.keep.unlink(missing_ok=True)
    cluster.stop()
    click.echo("The database is stopped.")


@db.command()
@_embedded
def status(cluster: postgres.Cluster) -> None:
    """Say whether the server runs (exit status 0) or not (1)."""
    running = cluster.data.exists() and cluster.is_running()
    click.echo(f"The database {'runs' if running else 'does not run'}; its files are in {cluster.folder}.")
    raise click.exceptions.Exit(0 if running else 1)


@db.command()
@click.option("--yes", is_flag=True, help="do not ask")
@_embedded
def reset(cluster: postgres.Cluster, yes: bool) -> None:
    """Throw the embedded database away with everything in it."""
    if not yes:
        click.confirm(f"Remove {cluster.folder} and everything in it?", abort=True)
    if cluster.data.exists():
        cluster.destroy()
    click.echo("The database is removed; the next command makes a new one.")


@db.command()
@_embedded
def upgrade(cluster: postgres.Cluster) -> None:
    """Say which version the files are of and what an upgrade asks."""
    version = (cluster.data / "PG_VERSION").read_text().strip() if cluster.data.exists() else ""
    if version in ("", postgres.major()):
        click.echo(f"Nothing to do: the files are of PostgreSQL {version or postgres.major()}.")
        return
    raise click.ClickException(
        f"The files are of PostgreSQL {version}, the programs of {postgres.major()}. "
        f"Run `WAARDIG_POSTGRES_MAJOR={version} waardig backup --to FOLDER`, then `waardig db reset` and "
        "`waardig restore --from FOLDER/waardig-...`. See docs/how-to/upgrade.md."
    )
