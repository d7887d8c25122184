"""Records what runs asks of the gate: which view, job or command, under which activity, and which attributes.

`WAARDIG_RECORD_USES=file` keeps it for a whole run of tests, a line each: what runs, activity, attributes,
answer, test.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from waardig.kernel import declared

VARIABLE = "WAARDIG_RECORD_USES"
TEST = "PYTEST_CURRENT_TEST"


@dataclass
class Uses:
    """What was asked, by what runs and activity: the attributes. `refused`: what was not declared."""

    seen: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    refused: set[tuple[str, str, frozenset[str]]] = field(default_factory=set)

    def activities(self, running: str) -> set[str]:
        """Under which activities this view, job or command asked."""
        return {activity for name, activity in self.seen if name == running}


@contextmanager
def recording() -> Iterator[Uses]:
    """Everything that is asked of the gate in this process until the block ends."""
    found, judge, file = Uses(), declared.is_declared, os.environ.get(VARIABLE)

    def noting(activity: str, attributes: frozenset[str] = frozenset()) -> bool:
        answer, now = judge(activity, attributes), declared.running()
        name = now.name if now else "-"
        found.seen.setdefault((name, activity), set()).update(attributes)
        if not answer:
            found.refused.add((name, activity, attributes))
        if file:
            _write(file, name, activity, attributes, answer=answer)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(declared, "is_declared", noting)
        yield found


def _write(file: str, name: str, activity: str, attributes: frozenset[str], *, answer: bool) -> None:
    told = (name, activity, ",".join(sorted(attributes)), "yes" if answer else "NO", os.environ.get(TEST, ""))
    with Path(file).open("a", encoding="utf-8") as out:
        out.write("\t".join(told) + "\n")
