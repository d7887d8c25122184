"""`waardig law procedure`: a decision on its way through the stages of its procedure."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import click

from waardig.law import queries
from waardig.law.cli.options import (
    book_of,
    facts_of,
    json_option,
    on_date,
    parameters_of,
    plain,
    question,
    show_json,
    show_table,
    until_date,
    with_facts,
    with_laws,
)
from waardig.law.core.procedure import NOT_YET
from waardig.law.terms import ERROR, Outcome

NOTHING = {"": Outcome(None, "")}


@click.command()
@question
@on_date
@with_facts
@until_date
@with_laws
@json_option
def procedure(
    law_id: str,
    outputs: tuple[str, ...],
    on: datetime.datetime,
    params: tuple[str, ...],
    data: Path | None,
    until: datetime.datetime | None,
    laws: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Walk a decision through its procedure as far as the dates given allow, and say what it waits for.

    Each stage is computed by the laws in force on its own day; --on is the day for the decision itself.
    """
    asked: dict[str, Any] = {"on": on.date(), "parameters": parameters_of(params), "facts": facts_of(data)}
    asked["until"] = until.date() if until else None
    found = queries.course_of(book_of(laws), law_id, outputs, **asked)
    if as_json:
        show_json(_as_json(found))
    else:
        rows = [
            (stage.name, stage.on.isoformat(), name, _shown(out), out.unit or "", stage.provenance.get(name, ""))
            for stage in found.done
            for name, out in (stage.outputs or NOTHING).items()
        ]
        show_table(("stage", "on", "output", "value", "unit", "provenance"), rows)
        if found.waits_for:
            click.echo(f"Waits for {found.waits_for}: {', '.join(found.pending)}{_ahead(found)}")
    if any(found.outputs[name].reason == ERROR for name in outputs if name in found.outputs):
        raise SystemExit(1)


def _ahead(found: queries.Course) -> str:
    return " (not yet)" if found.reason.startswith(f"{NOT_YET}:") else ""


def _shown(found: Outcome) -> str:
    return json.dumps(found.value, ensure_ascii=False, default=plain) if found.reason == "ok" else found.reason


def _as_json(found: queries.Course) -> dict[str, Any]:
    return {
        "procedure": found.procedure,
        "defined_by": found.defined_by,
        "stages": [
            {
                "name": stage.name,
                "description": stage.description,
                "on": stage.on,
                "outputs": {
                    name: {"value": out.value, "reason": out.reason, "unit": out.unit}
                    for name, out in stage.outputs.items()
                },
                "provenance": dict(stage.provenance),
            }
            for stage in found.done
        ],
        "waits_for": found.waits_for,
        "pending": list(found.pending),
        "reason": found.reason,
    }
