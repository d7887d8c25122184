"""A report of `waardig law simulate` as somebody cites it: its totals, and what they rest on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from waardig.kernel.errors import Refusal

REPORT = "waardig law simulate"
AMOUNTS = ("before", "after", "difference")
COUNTS = ("gained", "lost", "more", "less")


class NotASimulation(Refusal):
    """A file that is no report of a simulation."""

    def __init__(self) -> None:
        super().__init__(
            code="not_a_simulation",
            text_nl="Dit is geen report.json van een simulatie.",
            text_en="This is no report.json of a simulation.",
            remedy="Give the report.json that `waardig law simulate --out` wrote, unchanged.",
        )


def cited(data: bytes) -> dict[str, Any]:
    """Question, changes, hashes and totals of a report; a figure that the report does not tell is None.

    Raises:
        NotASimulation: the bytes are no such report.
    """
    try:
        content = json.loads(data)
        if content["report"] != REPORT:
            raise NotASimulation
        question = content["question"]
        return {
            **{name: question[name] for name in ("law", "output", "unit", "on")},
            "changes": list(content["changes"]),
            "rows": content["population"]["rows"],
            "population": content["population"]["sha256"],
            "rules_before": content["rule_set_before"]["hash"],
            "totals": list(_totals(content)),
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotASimulation from error


def _totals(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The total of people and of households; of a sweep for each value."""
    if "sweep" in content:
        for point in content["sweep"]["points"]:
            for counted in ("people", "households"):
                if counted in point:
                    yield _total(counted, point["value"], point["rule_set"], point[counted])
        return
    for part in content["results"]:
        yield _total(part["counted"], "", content["rule_set_after"]["hash"], part["total"])


def _total(counted: str, value: str, rules: str, row: Mapping[str, Any]) -> dict[str, Any]:
    joined = {name for column in row["counts"] for name in column.split("+")}
    counts = {name: row["counts"].get(name, None if name in joined or row["number"] is None else 0) for name in COUNTS}
    amounts = {name: row[name] for name in AMOUNTS}
    return {"counted": counted, "value": value, "rules_after": rules, "number": row["number"], **amounts, **counts}
