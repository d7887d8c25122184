"""`waardig law batch`: the law over a population, from file to file; also a decision in the stages of its procedure."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from waardig.law import queries
from waardig.law.cli.options import (
    book_of,
    json_option,
    on_date,
    parameters_of,
    question,
    show_json,
    until_date,
    with_laws,
)


def _files(function: Callable[..., Any]) -> Callable[..., Any]:
    engines = click.Choice(["duckdb", "spark", "python"])
    given = click.Path(exists=True, dir_okay=False, path_type=Path)
    made = click.Path(path_type=Path)
    text = "Parquet to write: a file; Spark a folder."
    function = click.option("--engine", type=engines, default="duckdb", show_default=True)(function)
    function = click.option("--out", type=made, required=True, help=text)(function)
    return click.option("--population", type=given, required=True)(function)


@click.command()
@question
@on_date
@_files
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="The same for everybody. Repeatable.")
@click.option("--procedure", is_flag=True, help="Walk each row through the stages of its procedure, by its own days.")
@until_date
@with_laws
@json_option
def batch(
    law_id: str,
    outputs: tuple[str, ...],
    on: datetime.datetime,
    population: Path,
    out: Path,
    engine: str,
    params: tuple[str, ...],
    procedure: bool,
    until: datetime.datetime | None,
    laws: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Compute outputs for a population: one row a person, one column per fact that `law inputs` names.

    NULL is absent; a column NAME__reason may say ok, absent or unknown. The result has each output and OUTPUT__reason.

    With --procedure there is also a column for each event that a stage requires (datum_besluit), NULL where it has not
    happened, and OUTPUT may name what other laws attach to a stage. The result then has `stage`, the last one entered,
    and `stage__reason`: ok at the end, else pending:EVENT, not_yet:EVENT, unknown:EVENT, or error. What waits for a
    stage has that reason too.
    """
    if until and not procedure:
        raise click.UsageError("--until is about the stages of a procedure: add --procedure")
    asked: dict[str, Any] = {"on": on.date(), "population": population, "out": out, "engine": engine}
    asked["parameters"] = parameters_of(params)
    if procedure:
        day = until.date() if until else None
        done = queries.courses_file(book_of(laws), law_id, outputs, until=day, **asked)
    else:
        done = queries.evaluate_file(book_of(laws), law_id, outputs, **asked)
    if done.fallback:
        click.echo(f"Computed row by row by the interpreter: {done.fallback}", err=True)
    if as_json:
        show_json({"rows": done.rows, "engine": done.engine, "fallback": done.fallback, "out": str(out)})
    else:
        click.echo(f"{done.rows} rows by {done.engine} -> {out}")
