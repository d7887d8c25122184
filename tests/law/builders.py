"""Builders for the law tests: the test laws, a law in a few lines, facts."""

from __future__ import annotations

import textwrap
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from waardig.law import queries
from waardig.law.terms import Evaluation, Fact

HERE = Path(__file__).resolve().parent
LAWS = HERE / "laws"
LIBRARY = HERE.parents[1] / "src" / "waardig" / "library"
ON = date(2025, 3, 1)


@cache
def the_laws() -> queries.LawBook:
    """The laws under tests/law/laws."""
    return queries.law_book([], foreign=[LAWS])


def facts(**values: Any) -> dict[str, Fact]:
    """Facts by name; None is absent."""
    return {name: Fact(value) if value is not None else Fact(None, "absent") for name, value in values.items()}


def a_law(folder: Path, body: str, name: str = "w", head: str = "") -> queries.LawBook:
    """A one-article law `w` with this machine_readable part."""
    write_law(folder, body, name, head)
    return queries.law_book([], foreign=[folder])


def write_law(folder: Path, body: str, name: str = "w", head: str = "") -> Path:
    """Writes a law file without schema, url or BWB number, as foreign test files have them."""
    text = f"$id: {name}\nregulatory_layer: WET\npublication_date: '2020-01-01'\n{head}articles:\n"
    text += "  - number: '1'\n    text: Tekst\n    machine_readable:\n" + textwrap.indent(
        textwrap.dedent(body), " " * 6
    )
    path = folder / f"{name}.yaml"
    path.write_text(text, "utf-8")
    return path


def an_expression(folder: Path, expression: str, **parameters: Any) -> Any:
    """The outcome of one expression with parameters."""
    names = "".join(f"    - {{name: {name}, type: number}}\n" for name in parameters)
    body = (
        f"definitions:\n  D: 1\nexecution:\n  parameters:\n{names or '    []'}\n"
        f"  output: [{{name: x, type: number}}]\n  actions:\n    - output: x\n      value: {expression}\n"
    )
    return ask(a_law(folder, body), "w", "x", parameters=parameters).outputs["x"]


def ask(book: queries.LawBook, law: str, *outputs: str, on: date = ON, **more: Any) -> Evaluation:
    """An evaluation."""
    return queries.evaluate(book, law, outputs, on=on, **more)
