"""The cases of the scenario files as examples: law, outputs, day and facts, without what they expect. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gherkin.errors import CompositeParserException, ParserError
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from waardig.law.core.book import LawBook
from waardig.law.core.scenario import StepFailed, World, lines_of
from waardig.law.core.steps import read_step
from waardig.law.core.tables import FactTables, Table

SETTING = frozenset({"date", "parameter", "parameters", "collection", "data"})
_EMPTY = LawBook(())


@dataclass(frozen=True)
class Example:
    """One invented case.

    Attributes:
        name: as in the scenario file.
        parameters: by name, among them the key of the person.
        tables: the facts, as the step language gives them.
        file, line: where the scenario stands (of its row in a table of examples).
    """

    name: str
    law: str
    outputs: tuple[str, ...]
    on: datetime.date
    parameters: Mapping[str, Any]
    tables: tuple[Table, ...]
    file: str = ""
    line: int = 0

    @property
    def facts(self) -> FactTables:
        """The facts of the example, to look things up in."""
        return FactTables(self.tables)


def examples_of(text: str, file: str = "") -> Iterator[Example]:
    """Every scenario of a feature file up to its first question; a file that cannot be read has none."""
    try:
        document: Any = Parser().parse(text)
    except (CompositeParserException, ParserError):
        return
    document["uri"] = ""
    lines = lines_of(document)
    for pickle in Compiler().compile(document):
        example = _example(pickle)
        if example is not None:
            yield replace(example, file=file, line=lines.get(pickle["astNodeIds"][-1], 1))


def unreadable(text: str) -> str:
    """Why a text is no feature file; empty when it is one."""
    try:
        Parser().parse(text)
    except (CompositeParserException, ParserError) as error:
        return " ".join(str(error).split())
    return ""


def _example(pickle: Any) -> Example | None:
    world = World(_EMPTY)
    for step in pickle["steps"]:
        known = read_step(step["text"])
        if known is None:
            return None
        action, args, _ = known
        if action == "evaluate":
            return _asked(world, pickle["name"], *args)
        if action not in SETTING:
            continue
        table = step.get("argument", {}).get("dataTable")
        rows = [[cell["value"] for cell in row["cells"]] for row in table["rows"]] if table else []
        try:
            world.run(action, args, rows)
        except StepFailed:
            return None
    return None


def _asked(world: World, name: str, outputs: str, law: str) -> Example | None:
    if world.on is None:
        return None
    names = tuple(part.strip() for part in outputs.split(",") if part.strip())
    return Example(name, law, names, world.on, *world.read(later=False))
