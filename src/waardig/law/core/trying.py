"""A draft of a law file that somebody pasted: what is wrong with it, and how its scenarios go, before it is anywhere.

It is read as any law file, but first looked at event by event: an alias can make a small text enormous, and what is
nested too deep brings a reader down. Pure; the limits on time and memory are those of the program around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from waardig.law.core import ir
from waardig.law.core.book import LawBook
from waardig.law.core.findings import finding, said
from waardig.law.core.scenario import ScenarioResult
from waardig.law.core.source import MAX_DEPTH
from waardig.law.terms import LawProblem

FILE = "ontwerp.yaml"
FEATURE = "ontwerp.feature"
READER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_BYTES = 200_000
MOST_EVENTS = 60_000
"""Twice the largest law of the library."""


@dataclass(frozen=True)
class TriedDraft:
    """What came of a draft.

    Attributes:
        problem: why it was not tried: too_large | too_long | busy | not_read; "" when it was.
        law_id, name, valid_from: of the draft; "" when it cannot be read as a law.
        replaces: a version of the same day stands in the library; the draft took its place.
        scenarios: of the library about this law, and those given with the draft.
        left_out: findings and scenarios that were too many to give.
    """

    problem: str = ""
    law_id: str = ""
    name: str = ""
    valid_from: str = ""
    replaces: bool = False
    findings: tuple[LawProblem, ...] = ()
    scenarios: tuple[ScenarioResult, ...] = ()
    left_out: int = 0


def refused_before_reading(text: str) -> LawProblem | None:
    """Why a text is not even read as YAML; None when it may be (or is no YAML at all, which reading says better)."""
    depth = 0
    try:
        for count, event in enumerate(yaml.parse(text, Loader=READER), 1):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent):
                return finding(FILE, line, said("alias", anchor=event.anchor))
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                return finding(FILE, line, said("nested_too_deep", most=MAX_DEPTH))
            if count > MOST_EVENTS:
                return finding(FILE, line, said("too_many_parts", most=MOST_EVENTS))
    except yaml.YAMLError:
        return None
    return None


def with_draft(laws: Iterable[ir.Law], draft: ir.Law) -> tuple[LawBook, bool]:
    """The laws with the draft among them, and whether it took the place of a version of the same day and region."""
    own = (draft.id, draft.valid_from, tuple(sorted(draft.scope.items())))
    known = tuple(laws)
    others = tuple(law for law in known if (law.id, law.valid_from, tuple(sorted(law.scope.items()))) != own)
    return LawBook((*others, draft)), len(others) < len(known)


def red_first(results: Sequence[ScenarioResult], most: int) -> tuple[tuple[ScenarioResult, ...], int]:
    """The results with those that failed on top, at most so many, and how many were left out."""
    ordered = sorted(results, key=lambda one: one.status != "failed")
    return tuple(ordered[:most]), max(0, len(ordered) - most)
