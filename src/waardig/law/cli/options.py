"""What the commands of the law share: options, the book, and how things are printed."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import click

from waardig.kernel.content import content_roots
from waardig.law import queries
from waardig.law.core.ir import SCOPE_FIELDS
from waardig.law.core.tables import FactTables, exact_json, literal, tables_of
from waardig.law.queries.many import program_for
from waardig.law.terms import PopulationInvalid

Function = TypeVar("Function", bound=Callable[..., Any])


def on_date(function: Function) -> Function:
    kind = click.DateTime(formats=["%Y-%m-%d"])
    return click.option("--on", "on", type=kind, required=True, help="Calculation date, YYYY-MM-DD.")(function)


def until_date(function: Function) -> Function:
    kind = click.DateTime(formats=["%Y-%m-%d"])
    text = "What is dated after this day has not happened yet, YYYY-MM-DD."
    return click.option("--until", "until", type=kind, help=text)(function)


def with_laws(function: Function) -> Function:
    kind = click.Path(exists=True, path_type=Path)
    text = "Folder with law files, beside the library and WAARDIG_CONTENT. Repeatable; its laws go first."
    return click.option("--laws", "laws", type=kind, multiple=True, help=text)(function)


def json_option(function: Function) -> Function:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(function)


def with_facts(function: Function) -> Function:
    data = click.Path(exists=True, dir_okay=False, path_type=Path)
    function = click.option("--data", "data", type=data, help="Facts as JSON: SOURCE -> {key, rows}.")(function)
    text = "A parameter or fact, name=value. Repeatable."
    return click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help=text)(function)


def book_of(laws: Sequence[Path]) -> queries.LawBook:
    """The laws of the content and of --laws; says which law of --laws took the place of one that others refer to."""
    for folder in laws:
        if folder.is_dir() and not any(folder.rglob("*.y*ml")):
            raise click.UsageError(f"'{folder}' holds no law files (*.yaml): give the folder in which they stand")
    book = queries.law_book(content_roots(), foreign=laws)
    if book.problems:
        text = "A law of --laws took the place of one that files of the content refer to. Refused when asked:"
        click.echo(text, err=True)
        for problem in book.problems[:3]:
            click.echo(f"  {problem}", err=True)
        if len(book.problems) > 3:
            click.echo(f"  and {len(book.problems) - 3} more places", err=True)
    return book


def parameters_of(params: Sequence[str]) -> dict[str, Any]:
    """Parameters from `name=value`; the content decides the type."""
    found: dict[str, Any] = {}
    for param in params:
        name, equals, text = param.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"--param {param!r} is not NAME=VALUE, for example --param gemeente_code=GM1731")
        found[name.strip()] = literal(text)
    return found


def tell_not_asked(
    book: queries.LawBook, law: str, outputs: Sequence[str], *, on: datetime.date, parameters: Any, facts: FactTables
) -> None:
    """Says on standard error which parameters neither the question nor a table of facts knows."""
    program = program_for(book, law, outputs, on=on, parameters=parameters, mode="report")
    known = {name for node in program.nodes for name in (node.name, node.fact_name) if name}
    for name in sorted(set(parameters) - known - {*SCOPE_FIELDS, *(table.key for table in facts.tables)}):
        near = get_close_matches(name, known, n=1)
        guess = f"; did you mean '{near[0]}'?" if near else ""
        click.echo(
            f"--param {name}: this question does not ask it{guess} (waardig law inputs names what it asks)", err=True
        )


def show_json(content: Any) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, default=plain))


def plain(value: Any) -> Any:
    """A value as JSON: a decimal as the shortest number, exact as text when a double would lose digits."""
    if isinstance(value, Decimal):
        near = float(value)
        return near if Decimal(repr(near)) == value else str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    return str(value)


def show_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    for row in (head, ["-" * width for width in widths], *rows):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def question(function: Function) -> Function:
    function = click.argument("outputs", nargs=-1, required=True, metavar="OUTPUT...")(function)
    return click.argument("law_id", metavar="LAW")(function)


def facts_of(data: Path | None) -> FactTables:
    if data is None:
        return FactTables(())
    try:
        content = exact_json(data.read_text("utf-8-sig"))
    except ValueError as error:
        raise PopulationInvalid(f"{data} is not JSON: {error}", "Correct the file.") from error
    return tables_of(content)
