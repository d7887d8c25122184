"""Where a result of a population may be written, and what a failure of the disk or of a file is called.

A result never takes the place of the population that it is made of, nor of a folder that holds anything else than a
former result. No message repeats a value of a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from waardig.law.core.population import REASON
from waardig.law.terms import PopulationInvalid

DISK = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException)
OTHER_KINDS = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".xls", ".xlsx", ".ods")
OF_RESULT = ("part-", "_SUCCESS", ".part-", "._SUCCESS")
"""How names in a folder of parquet files begin that Spark wrote."""


def refuse_place(population: Path, out: Path) -> None:
    """Refuses a place where writing would destroy something else than a former result.

    Raises:
        PopulationInvalid: it is the population itself, a folder with other things in it, or a name that promises
            another kind of file.
    """
    if out.suffix.lower() in OTHER_KINDS and not out.is_dir():
        raise PopulationInvalid(
            f"--out '{out}' ends in {out.suffix}, and the result is a parquet file",
            "Give a name that ends in .parquet.",
        )
    if out.exists() and population.exists() and out.samefile(population):
        raise PopulationInvalid(f"--out '{out}' is the population itself", "Give the result another name.")
    if not out.is_dir():
        return
    other = sorted(one.name for one in out.iterdir() if not one.name.startswith(OF_RESULT))
    if other:
        raise PopulationInvalid(
            f"--out '{out}' is a folder that holds '{other[0]}', which is no part of a result",
            "Give the name of a file, or of a folder that is not there yet.",
        )


def refuse_names(columns: Sequence[str], outputs: Sequence[str]) -> None:
    """Refuses a population whose columns would be written twice.

    Raises:
        PopulationInvalid: a column is called as an output or its reason.
    """
    made = {name.lower() for output in outputs for name in (output, output + REASON)}
    for column in columns:
        if column.lower() in made:
            raise PopulationInvalid(
                f"column '{column}' has the name of an outcome that is asked", "Rename the column, or leave it out."
            )


@contextmanager
def told(population: Path, out: Path) -> Iterator[None]:
    """Says what a file or the disk did not allow, without what stood in a row.

    Raises:
        PopulationInvalid: the population cannot be read to its end, or the result cannot be written.
    """
    try:
        with read_to_the_end(population):
            yield
    except (*DISK, OSError) as error:
        raise PopulationInvalid(
            f"'{population}' cannot be read, or '{out}' cannot be written: {_reason(error)}",
            "Look at the file, at the room on the disk and at the rights of the folder, and run it again.",
        ) from error


@contextmanager
def read_to_the_end(population: Path) -> Iterator[None]:
    """Says that a file cannot be read, without what stood in a row: the engine would show the whole of it.

    Raises:
        PopulationInvalid: a row that does not fit the other rows, or a damaged file.
    """
    try:
        yield
    except DISK:
        raise
    except duckdb.Error as error:
        raise PopulationInvalid(
            f"'{population}' cannot be read to its end{_line(error)} ({type(error).__name__})",
            "See to it that every row of a column holds the same kind of value, or write the file again as parquet.",
        ) from None


def why_unreadable(error: Exception) -> str:
    """What the engine says of a file, without the row that it shows and without its settings."""
    lines = str(error).partition("\n\n")[0].splitlines()
    return " ".join(line.strip() for line in lines if not line.startswith("Original Line"))


def _line(error: Exception) -> str:
    """The line of a CSV file that an error names; nothing else of what it shows."""
    found = re.match(r"[A-Za-z ]+: CSV Error on Line: (\d+)", str(error))
    return f": line {found[1]} does not fit the lines before it" if found else ""


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).partition("\n")[0]
