"""`waardig logbook archive`: old months of the log go to files, by hand; the worker does it every day."""

from __future__ import annotations

import json

import click

from waardig.logbook.actions import sequence_lines
from waardig.logbook.actions.archiving import archive_month, drop_others, keep_months, months_to_archive
from waardig.logbook.adapters.archive_files import archive_folder


@click.command()
@click.option("--plan", is_flag=True, help="Say which months would go, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def archive(plan: bool, as_json: bool) -> None:
    """Put months older than WAARDIG_LOG_ARCHIVE_AFTER (24) in files, a month at a time; everybody reads them as before.

    A line leaves the tables when its file is on the disk, was read back and holds it. Killed halfway, run it again.
    """
    due = months_to_archive()
    if plan:
        click.echo(json.dumps({"plan": list(due)}) if as_json else "\n".join(due) or _nothing())
        return
    sequence_lines()
    made = []
    for month in due:
        done = archive_month(month)
        made.append({"month": month, "file": done.file, "lines": done.lines, "bytes": done.size})
        if not as_json:
            click.echo(f"{month}: {done.lines} lines in {archive_folder() / done.file}, {done.size} bytes")
    drop_others()
    if as_json:
        click.echo(json.dumps({"archived": made}))
    elif not made:
        click.echo(_nothing())


def _nothing() -> str:
    return f"Nothing to do: no month in the tables is more than {keep_months()} months old."
