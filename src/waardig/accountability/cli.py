"""`waardig export`: everything that happened, for comparison and for who must account for it."""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path

import click

from waardig.accountability.queries import canonical


@click.command()
@click.option("--canonical", "is_canonical", is_flag=True, help="in a stable order, one JSON object a line")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="write to a file instead of the screen")
@click.option("--json", "as_json", is_flag=True, help="print only the number of lines and their fingerprint")
def export(is_canonical: bool, out: Path | None, as_json: bool) -> None:
    """Write what happened: rounds, outcomes, cases, messages, log counts and jobs; no names, no values of persons."""
    if not is_canonical:
        raise click.UsageError("say which export: --canonical is the only one so far")
    digest, count = sha256(), 0
    target = out.open("w", encoding="utf-8") if out else sys.stdout
    for entry in canonical():
        line = json.dumps(entry, ensure_ascii=False, sort_keys=True)
        digest.update(line.encode() + b"\n")
        count += 1
        if not as_json or out:
            print(line, file=target)
    if out:
        target.close()
    if as_json:
        click.echo(json.dumps({"lines": count, "sha256": digest.hexdigest()}))
