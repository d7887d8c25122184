"""`waardig law conformance`: the suite of cases that know no engine, in our two executors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from waardig.law.adapters import conformance as suite
from waardig.law.cli.options import json_option, show_json

STATUSES = ("passed", "failed", "skipped")


@click.command()
@click.argument("folder", default="conformance", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--executor", type=click.Choice(suite.EXECUTORS), help="One executor only; both without it.")
@json_option
def conformance(folder: Path, executor: str | None, as_json: bool) -> None:
    """Run a conformance suite (regelrecht RFC-014) in both executors; FOLDER is ./conformance when not given."""
    cases = [case for found in suite.suites(folder) for case in found.cases]
    names = [name for name in suite.EXECUTORS if executor in (None, name)]
    verdicts = {name: suite.run(cases, name) for name in names}
    failed = [verdict for name in names for verdict in verdicts[name] if verdict.status == "failed"]
    if as_json:
        told = [{"case": v.case.id, "file": v.case.file, "executor": v.executor, "message": v.message} for v in failed]
        show_json({"executors": [_counted(name, verdicts[name]) for name in names], "failed": told})
    else:
        for found in failed:
            click.echo(f"{found.case.file}: {found.case.id} ({found.executor}): {found.message}")
        for name in names:
            row = _counted(name, verdicts[name])
            by = ", ".join(f"{number} by {engine}" for engine, number in row["computed_by"].items())
            click.echo(f"{name}: {', '.join(f'{row[word]} {word}' for word in ('cases', *STATUSES))} ({by})")
    if failed or not cases:
        raise SystemExit(1)


def _counted(name: str, verdicts: Sequence[suite.Verdict]) -> dict[str, Any]:
    count = Counter(verdict.status for verdict in verdicts)
    engines = Counter(verdict.engine for verdict in verdicts if verdict.engine)
    words = {word: count[word] for word in STATUSES}
    return {"executor": name, "cases": len(verdicts), **words, "computed_by": dict(engines)}
