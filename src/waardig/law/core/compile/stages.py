"""The columns of a compilation in stages: as few as possible, each as early as what it uses allows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from waardig.law.core.sql import Sql, all_of, column_name, conjuncts, wrapped

LONG = 1500
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_THERE_AND_TRUE = re.compile(r"\(NOT \((\w+) IS NULL\)\) AND \1(?=$|\)| AND )")
Stage = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Compiled:
    """SQL between a snapshot and the finishing of values.

    Attributes:
        stages: columns per depth, to be selected one inside the other.
        outputs: per output its value.
        reasons: reason words by code.
        given: columns of the snapshot.
    """

    stages: tuple[Stage, ...]
    outputs: Mapping[str, Sql]
    reasons: tuple[str, ...]
    given: frozenset[str]

    def select(self, snapshot: str, finish: str, also: Sequence[str] = (), words: str = "") -> str:
        """The whole query: `finish` is selected from the stages over a snapshot.

        Args:
            words: constant columns that only the finish uses.
            also: columns of the snapshot to carry along to the finish.
        """
        carried = [column_name(name) for name in also]
        needed, known = set(_WORD.findall(finish)), self.given.union(*(dict(stage) for stage in self.stages))
        selects: list[str] = []
        for stage in reversed(self.stages):
            made = dict(stage)
            kept = sorted((needed & known) - set(made))
            named = [f"{text} AS {name}" for name, text in stage]
            selects.append(", ".join([*carried, *kept, *named]))
            needed = set(kept).union(*(_WORD.findall(text) for text in made.values()))
        inner = snapshot
        for picks in reversed(selects):
            inner = f"SELECT {picks} FROM ({inner}) AS s"  # noqa: S608
        inner = f"SELECT *, {words} FROM ({inner}) AS s" if words else inner  # noqa: S608
        return f"SELECT {finish} FROM ({inner}) AS s"  # noqa: S608


def names_in(text: str) -> list[str]:
    """The columns of earlier stages that an expression uses."""
    return [word for word in _WORD.findall(text) if word[0] == "n"]


def staged(columns: Iterable[tuple[str, str]], outputs: Iterable[Sql]) -> tuple[Stage, ...]:
    """The columns that the outputs need, by depth, shallow first.

    Args:
        columns: name and text, each after what it uses.
    """
    asked = {name for value in outputs for text in _handed_over(value) for name in names_in(text)}
    wanted, found = set(asked), list[tuple[str, str]]()
    for name, text in reversed(list(columns)):
        if name in wanted:
            found.append((name, text))
            wanted.update(names_in(text))
    return _levels(_inlined(dict(reversed(found)), asked))


def _handed_over(value: Sql) -> Iterable[str]:
    """What the finish reads of an output; of a choice each branch, also where the program itself joined two of them."""
    yield from (value.v, *value.r.flags, value.r.code, value.r.here)
    for test, part in value.spelled:
        yield from (test, part.v)


def _inlined(columns: dict[str, str], asked: set[str]) -> dict[str, str]:
    """The columns without those that one other column uses once; within a choice nothing is moved.

    A truth that is there and true becomes one test: two take a column longer.
    """
    uses = Counter(name for text in columns.values() for name in names_in(text))
    found: dict[str, str] = {}
    for name, text in columns.items():
        if "CASE" not in text:
            for part in names_in(text):
                inner = found.get(part, "CASE")
                if uses[part] == 1 and part not in asked and "CASE" not in inner and len(text) + len(inner) < LONG:
                    text = re.sub(rf"\b{part}\b", lambda _, inner=inner: wrapped(inner), text)  # type: ignore[misc]
                    text = all_of(*conjuncts(text))
                    del found[part]
        found[name] = _THERE_AND_TRUE.sub(r"\1 IS TRUE", text)
    return found


def _levels(columns: dict[str, str]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Columns in stages, each as early as what it uses allows."""
    depths: dict[str, int] = {}
    stages: dict[int, list[tuple[str, str]]] = {}
    for name, text in columns.items():
        depths[name] = max((depths[part] + 1 for part in names_in(text)), default=0)
        stages.setdefault(depths[name], []).append((name, text))
    return tuple(tuple(stages[depth]) for depth in sorted(stages))
