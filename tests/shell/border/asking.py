"""Child that works for one municipality and asks for what is another's, in every way there is; prints what it got.

It runs in the first municipality's own environment, with its own people and roles, and knows everything that could be
stolen of the other. Asked at home (the other is itself), the same questions find their answers.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.anything import declare_everything
from tests.shell.border.inventory import Inventory, from_json
from waardig.shell import system

EMPLOYEES = ("loket", "inkomensconsulent", "beslisser", "teamleider", "beleid")
ROLES = ("anonymous", "resident", "organisation", *EMPLOYEES)


@dataclass(frozen=True)
class Got:
    """What came back: the text, and whether something opened that must stay closed (a door, not a text)."""

    text: str
    opened: bool = False


@dataclass(frozen=True)
class Question:
    """One question: how it is asked, as whom, and the words in it (an echo of these is no answer)."""

    who: str
    asked: str
    ask: Callable[[], Got]


@dataclass
class Tally:
    """What was asked and found, by kind and role."""

    asked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def take(self, kind: str, question: Question, got: Got, foreign: Inventory) -> None:
        """Count one answer; keep some of what was found, for who must repair it."""
        name = f"{kind} {question.who}"
        self.asked[name] += 1
        seen = foreign.found_in(got.text, asked=question.asked)
        if seen:
            self.found[name] += 1
        if got.opened:
            self.opened[name] += 1
        if (seen or got.opened) and len(self.examples) < 20:
            self.examples.append(f"{name}: {question.asked[:200]} gave {sorted(seen)[:3]} {got.text[:150]!r}")


_ALWAYS_WHOLE = ("connection", "token")
"""Few of these are right by chance, and they cost little: a share of them could find nothing at home."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--foreign", type=Path, required=True, help="inventory of the other municipality")
    parser.add_argument("--own-office", required=True, help="number of the administrator's office here")
    parser.add_argument("--other", required=True, help="name of the other's database")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--share", type=int, default=1, help="ask one in so many")
    given = parser.parse_args()
    owner = os.environ["DATABASE_OWNER_URL"]
    declare_everything()
    system.prepare()

    from tests.shell.border.doors import Doors
    from tests.shell.border.pages import Pages

    foreign = from_json(given.foreign.read_text(encoding="utf-8"))
    rng = random.Random(given.seed)
    doors = Doors(foreign, rng, os.environ["DATABASE_URL"], owner, given.other)
    pages = Pages(foreign, rng, given.own_office)
    tally = Tally()
    for kinds in (doors.first(), {**pages.kinds(), **doors.later()}):
        shares = {kind: 1 if kind in _ALWAYS_WHOLE else given.share for kind in kinds}
        order = [kind for kind, (count, _) in kinds.items() for _ in range(max(1, count // shares[kind]))]
        rng.shuffle(order)
        for kind in order:
            question = kinds[kind][1]()
            tally.take(kind, question, question.ask(), foreign)
    doors.close()
    print(json.dumps({name: getattr(tally, name) for name in ("asked", "found", "opened", "examples")}))


def pick(rng: random.Random, foreign: Inventory, kind: str, subject: dict[str, Any] | None = None) -> Any:
    """Something stolen of this kind: of the subject where there is any, else of anybody."""
    mine = (subject or {}).get(kind)
    return rng.choice(mine or foreign.stolen[kind])


if __name__ == "__main__":
    main()
