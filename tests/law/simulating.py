"""Builders for the simulation tests: a law of one article, people with incomes, and the command."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tests.law.test_diff import OLD
from waardig.law.cli import law

LAW = OLD.replace("valid_to: '2024-12-31'\n", "")
Person = tuple[int | None, str, str, int, int]
"""Income, household type, neighbourhood, age, household."""


def laws(folder: Path, text: str = LAW) -> Path:
    """A folder with the law `bijdrage`: below 1,000 euro one gets 10 euro."""
    found = folder / "laws"
    found.mkdir(exist_ok=True)
    (found / "bijdrage.yaml").write_text(text, "utf-8")
    return found


def people(*groups: tuple[int, int | None], kind: str = "PAAR", place: str = "A", age: int = 40) -> list[Person]:
    """So many people with an income each, everybody a household."""
    incomes = [income for count, income in groups for _ in range(count)]
    return [(income, kind, place, age, number) for number, income in enumerate(incomes)]


def table_of(folder: Path, persons: Sequence[Person], name: str = "personen.csv") -> Path:
    """The people as CSV."""
    path = folder / name
    rows = "".join(
        f"{'' if income is None else income},{kind},{place},{age},{household}\n"
        for income, kind, place, age, household in persons
    )
    path.write_text(f"inkomen,leefvorm,wijk,leeftijd,huishouden\n{rows}", "utf-8")
    return path


def call(folder: Path, persons: Path, *arguments: object, output: str = "bedrag") -> Result:
    """The command, over the law `bijdrage` in this folder."""
    given = ["simulate", "bijdrage", output, "--on", "2024-06-01", "--laws", folder / "laws", "--population", persons]
    return CliRunner().invoke(law, [str(argument) for argument in (*given, *arguments)])


def report(folder: Path, persons: Path, *arguments: object, output: str = "bedrag") -> dict[str, Any]:
    """The report as data."""
    done = call(folder, persons, *arguments, "--json", output=output)
    assert done.exit_code == 0, (done.output, done.exception)
    content: dict[str, Any] = json.loads(done.stdout)
    return content


def part(content: dict[str, Any], counted: str = "people") -> dict[str, Any]:
    """What is counted of people or households."""
    found: dict[str, Any] = next(one for one in content["results"] if one["counted"] == counted)
    return found
