"""Developers only: after a change of law or activities, let the demo town's college decide again on what now runs.

`python -m waardig.demo.redecide` rewrites the block `covers` of every decision.yaml of the demo content. A municipality
never does this: there a change is a new decision, with a new version, date and reference.
"""

from __future__ import annotations

import argparse
import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waardig.catalogue.queries import WeighedScope

TOWN = Path(__file__).resolve().parent / "content" / "rietwaarden"
FIRST_DAY = date(2025, 4, 28)
_BLOCK = re.compile(r"^covers:\n(?:[ #].*\n|\n(?=[ #]))*", re.MULTILINE)


def redecide(town: Path, on: date) -> tuple[Path, ...]:
    """Rewrite `covers` in the decisions of a content folder; gives the files that changed.

    Args:
        on: business date on which the rules are taken.

    Raises:
        ContentInvalid, LawsInvalid, PresumesAgainst: the content is not right; nothing is written.
        ValueError: a decision.yaml has no block `covers`.
    """
    os.environ["WAARDIG_CONTENT"] = str(town)
    from waardig.catalogue.queries import weighed_scope

    changed = []
    for path in sorted(town.glob("services/*/decision.yaml")):
        scope = weighed_scope(path.parent.name, on)
        text = path.read_text(encoding="utf-8")
        block = _covers(scope)
        found = _BLOCK.search(text)
        if found is None:
            raise ValueError(f"{path} has no block `covers`; add one with the four keys of the schema")
        fresh = text[: found.start()] + block + text[found.end() :]
        if fresh != text:
            path.write_text(fresh, encoding="utf-8")
            changed.append(path)
    return tuple(changed)


def _covers(scope: WeighedScope) -> str:
    listed = "".join(f"    - {name}\n" for name in sorted(scope.attributes))
    versions = "".join(f"    {name}: {uri}\n" for name, uri in sorted(scope.activities.items()))
    given = "".join(f"    - {name}\n" for name in sorted(scope.recipients))
    lanes = ", ".join(scope.lanes)
    return (
        f'covers:\n  rule_set: "{scope.rule_set}"\n  lanes: [{lanes}]\n'
        f"  attributes:\n{listed}  activities:\n{versions}"
        f"  recipients:{' []' if not given else ''}\n{given}"
    )


def main() -> None:
    """The developer's command."""
    parser = argparse.ArgumentParser(prog="python -m waardig.demo.redecide", description=__doc__)
    parser.add_argument("--content", type=Path, default=TOWN, help="content folder (default: the demo town)")
    parser.add_argument("--on", type=date.fromisoformat, default=FIRST_DAY, help="business date, YYYY-MM-DD")
    given = parser.parse_args()
    changed = redecide(given.content, given.on)
    for path in changed:
        print(f"decided again: {path}")
    if not changed:
        print("nothing changed; every decision covers what runs")


if __name__ == "__main__":
    main()
