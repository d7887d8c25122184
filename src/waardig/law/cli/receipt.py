"""`--receipt FILE` of `law run` and `law explain`, and `waardig law receipt verify`: what was decided, done again."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from waardig.kernel.canonical_json import canonical_json
from waardig.law import queries
from waardig.law.cli.options import book_of, facts_of, json_option, show_json, with_laws
from waardig.law.queries import ReceiptInvalid

receipt_option = click.option(
    "--receipt",
    "receipt_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write a receipt with which this can be done again; it holds the facts, so it is personal data.",
)


@click.group()
def receipt() -> None:
    """Receipts of evaluations: what was decided with which law and facts, and whether it comes out the same again."""


def write_receipt(file: Path, content: Mapping[str, Any]) -> None:
    """The receipt as canonical JSON; only its owner may read it, and it is whole or not there."""
    half = file.with_name(f".{file.name}.{os.getpid()}.half")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
            stream.write(f"{canonical_json(content)}\n")
        half.replace(file)
    except OSError as error:
        raise ReceiptInvalid(f"'{file}' cannot be written: {error.strerror}", "Choose another place.") from error
    finally:
        with suppress(FileNotFoundError):
            half.unlink()


@receipt.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--data",
    "data",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Also compare the facts of the receipt with these: SOURCE -> {key, rows}.",
)
@with_laws
@json_option
def verify(file: Path, data: Path | None, laws: Sequence[Path], as_json: bool) -> None:
    """Ask the question of a receipt again, with the laws of today, and name what differs; never a value.

    Exit status 1 when something that decides differs. Another version of the engine, or another file around the same
    articles, is told and does not count.
    """
    found = queries.verify_receipt(book_of(laws), _read(file), facts=facts_of(data) if data else None)
    same = not any(one.decisive for one in found)
    if as_json:
        show_json({"same": same, "differences": [{**asdict(one), "decisive": one.decisive} for one in found]})
    else:
        for one in found:
            click.echo(one.text if one.decisive else f"{one.text} (this does not decide)")
        click.echo("The same comes out." if same else "It is not as the receipt says.")
    if not same:
        raise SystemExit(1)


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ReceiptInvalid(f"'{file}' is not JSON", "Give a file that `--receipt` wrote.") from error
