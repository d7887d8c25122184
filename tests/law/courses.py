"""Decisions in stages for many: laws of two versions, rows with days of their own, and what one person would get."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from waardig.law import queries
from waardig.law.terms import Fact, RuleFailed

ON = datetime.date(2025, 1, 1)
ASKED = ("recht", "bedrag", "beslissen_voor", "termijn", "bezwaar_tot", "dagen", "op_tijd", "kosten", "zitting")
LAST = dict(zip(ASKED, (2, 2, 0, 2, 3, 3, 4, 4, 4), strict=True))
"""The last stage, by its place, that can give each output."""
STAGES = ("AANVRAAG", "BEHANDELING", "BESLUIT", "BEKENDMAKING", "BEZWAAR")
EVENTS = ("datum_aanvraag", "datum_besluit", "datum_bekendmaking", "datum_bezwaar", "gehoord")
DECISION = """
$id: toelage
regulatory_layer: WET
publication_date: '2020-01-01'
articles:
- number: '1'
  text: Artikel 1
  machine_readable:
    execution:
      produces: {legal_character: BESCHIKKING}
      input:
      - {name: inkomen, type: number, source: {}}
      - {name: beslissen_voor, type: date, source: {}}
      output: [{name: recht, type: boolean}, {name: bedrag, type: number}, {name: tekort, type: number}]
      actions:
      - {output: tekort, value: {operation: SUBTRACT, values: [1000, $inkomen]}}
      - {output: recht, value: {operation: GREATER_THAN, subject: $tekort, value: 0}}
      - {output: bedrag, value: {operation: IF, cases: [{when: $recht, then: $tekort}], default: 0}}
"""
GENERAL = """
$id: algemeen
regulatory_layer: WET
publication_date: '2020-01-01'
valid_from: 'FIRST'
procedure:
- id: beschikking
  default: true
  applies_to: {legal_character: BESCHIKKING}
  stages:
  - {name: AANVRAAG, requires: [{name: datum_aanvraag, type: date}]}
  - {name: BEHANDELING}
  - {name: BESLUIT, requires: [{name: datum_besluit, type: date}]}
  - {name: BEKENDMAKING, requires: [{name: datum_bekendmaking, type: date}]}
  - {name: BEZWAAR, requires: [{name: datum_bezwaar, type: date}, {name: gehoord, type: boolean}]}
articles:
- number: '1'
  text: Artikel 1
  machine_readable:
    hooks: [{hook_point: post_actions, applies_to: {legal_character: BESCHIKKING, stage: AANVRAAG}}]
    execution:
      input: [{name: datum_aanvraag, type: date, source: {}}]
      output: [{name: beslissen_voor, type: date}]
      actions: [{output: beslissen_voor, value: {operation: DATE_ADD, date: $datum_aanvraag, weeks: 8}}]
- number: '2'
  text: Artikel 2
  machine_readable:
    hooks: [{hook_point: post_actions, applies_to: {legal_character: BESCHIKKING}}]
    execution:
      output: [{name: termijn, type: number}]
      actions: [{output: termijn, value: WEEKS}]
- number: '3'
  text: Artikel 3
  machine_readable:
    hooks: [{hook_point: post_actions, applies_to: {legal_character: BESCHIKKING, stage: BEKENDMAKING}}]
    execution:
      input:
      - {name: datum_bekendmaking, type: date, source: {}}
      - {name: datum_aanvraag, type: date, source: {}}
      - {name: termijn, type: number, source: {output: termijn}}
      - {name: feest, type: date, source: {}}
      output: [{name: bezwaar_tot, type: date}, {name: dagen, type: number}]
      actions:
      - output: bezwaar_tot
        value:
          operation: IF
          cases:
          - when: {operation: IN, subject: $datum_bekendmaking, value: {operation: LIST, items: [$feest, '2024-12-25']}}
            then: {operation: DATE_ADD, date: $datum_bekendmaking, weeks: $termijn, days: 1}
          default: {operation: DATE_ADD, date: $datum_bekendmaking, weeks: $termijn}
      - output: dagen
        value: {operation: DATE_DIFF, from: $datum_aanvraag, to: $referencedate, in: days}
- number: '4'
  text: Artikel 4
  machine_readable:
    hooks: [{hook_point: post_actions, applies_to: {legal_character: BESCHIKKING, stage: BEZWAAR}}]
    execution:
      input:
      - {name: bezwaar_tot, type: date, source: {output: bezwaar_tot}}
      - {name: datum_bezwaar, type: date, source: {}}
      - {name: gehoord, type: boolean, source: {}}
      - {name: tekort, type: number, source: {}}
      output: [{name: op_tijd, type: boolean}, {name: kosten, type: number}]
      actions:
      - {output: op_tijd, value: {operation: LESS_THAN_OR_EQUAL, subject: $datum_bezwaar, value: $bezwaar_tot}}
      - {output: kosten, value: {operation: IF, cases: [{when: $gehoord, then: COSTS}], default: 0}}
"""
LATER = """
- number: '5'
  text: Artikel 5
  machine_readable:
    hooks: [{hook_point: post_actions, applies_to: {legal_character: BESCHIKKING, stage: BEZWAAR}}]
    execution:
      input: [{name: datum_bezwaar, type: date, source: {}}]
      output: [{name: zitting, type: date}]
      actions: [{output: zitting, value: {operation: DATE_ADD, date: $datum_bezwaar, months: 1}}]
"""


def two_versions(folder: Path) -> queries.LawBook:
    """Six weeks until 2025; then four, with a hearing day and costs that are not whole."""
    place = folder / "laws"
    place.mkdir(exist_ok=True)
    old = GENERAL.replace("FIRST", "2020-01-01").replace("WEEKS", "6").replace("COSTS", "$tekort")
    new = GENERAL.replace("FIRST", "2025-01-01").replace("WEEKS", "4")
    new = new.replace("COSTS", "{operation: DIVIDE, values: [$tekort, 8]}") + LATER
    for name, text in (("toelage", DECISION), ("oud", old), ("nieuw", new)):
        (place / f"{name}.yaml").write_text(text.lstrip(), "utf-8")
    return queries.law_book([], foreign=[place])


TWICE = """
- number: '6'
  text: Artikel 6
  machine_readable:
    hooks: [{hook_point: post_actions, applies_to: {legal_character: BESCHIKKING, stage: BEZWAAR}}]
    execution:
      input:
      - {name: termijn, type: number, source: {output: termijn}}
      - {name: tarief, type: number, source: {regulation: leges, output: tarief, parameters: {soort: bezwaar}}}
      output: [{name: leges, type: number}]
      actions:
      - {output: leges, value: {operation: ADD, values: [{operation: MULTIPLY, values: [$termijn, 100]}, $tarief]}}
"""
OTHERS = """
$id: leges
regulatory_layer: WET
publication_date: '2020-01-01'
articles:
- number: '1'
  text: Artikel 1
  machine_readable:
    execution:
      parameters: [{name: soort, type: string}]
      input:
      - {name: termijn, type: number, source: {regulation: leges, output: termijn, parameters: {soort: $soort}}}
      - {name: inkomen, type: number, source: {}}
      output: [{name: tarief, type: number}]
      actions:
      - {output: tarief, value: {operation: ADD, values: [$termijn, {operation: MULTIPLY, values: [$inkomen, 0]}]}}
- number: '2'
  text: Artikel 2
  machine_readable:
    execution:
      parameters: [{name: soort, type: string}]
      output: [{name: termijn, type: number}]
      actions:
      - output: termijn
        value:
          operation: IF
          cases: [{when: {operation: EQUALS, subject: $soort, value: bezwaar}, then: 3}]
          default: 0
"""


def with_a_name_of_two(folder: Path) -> queries.LawBook:
    """Another law has a term of its own, of the same name as the one that a stage gives; both are asked."""
    two_versions(folder)
    for name in ("oud", "nieuw"):
        file = folder / "laws" / f"{name}.yaml"
        file.write_text(file.read_text("utf-8") + TWICE, "utf-8")
    (folder / "laws" / "leges.yaml").write_text(OTHERS.lstrip(), "utf-8")
    return queries.law_book([], foreign=[folder / "laws"])


def chances(rows: int, seed: int) -> list[dict[str, Any]]:
    """Rows with days around the change of law, some of which have not happened, and facts in doubt."""
    chance = random.Random(seed)
    return [_row(chance, number) for number in range(rows)]


def _row(chance: random.Random, number: int) -> dict[str, Any]:
    day = datetime.date(2024, 12, 1) + datetime.timedelta(days=chance.randrange(60))
    row: dict[str, Any] = {"zaak": f"zaak {number}", "inkomen": chance.choice((0, 400, 999, 1000, 1001, 2500, None))}
    for name in EVENTS[:4]:
        row[name] = day.isoformat() if chance.random() < 0.9 else None
        day += datetime.timedelta(days=chance.choice((-1, 0, 0, 1, 3, 14, 28, 29, 42, 43)))
    row["gehoord"] = chance.choice((True, False, False, None))
    row["feest"] = chance.choice(("2025-01-01", "2024-12-31", None))
    for name in ("datum_bekendmaking", "gehoord", "inkomen"):
        row[f"{name}__reason"] = chance.choice(("ok", "ok", None, None, "ok", "ok", "unknown", "absent"))
    return row


TYPES = {"zaak": "VARCHAR", "inkomen": "BIGINT", "gehoord": "BOOLEAN"}


def written(file: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Rows as a parquet file; days as dates."""
    kinds = [(name, TYPES.get(name, "VARCHAR" if name.endswith("__reason") else "DATE")) for name in rows[0]]
    picks = ", ".join(
        f'unnest(CAST(CAST(${n} AS JSON) AS {kind}[])) AS "{name}"' for n, (name, kind) in enumerate(kinds, 1)
    )
    connection = duckdb.connect()
    columns = [json.dumps([row[name] for row in rows]) for name, _ in kinds]
    connection.execute(f"CREATE TABLE p AS SELECT {picks}", columns)
    connection.execute(f"COPY p TO '{file}' (FORMAT parquet, ROW_GROUP_SIZE 2048)").fetchall()
    return file


def facts_of(row: Mapping[str, Any]) -> dict[str, Fact]:
    """The facts of a row, as a population has them."""
    found = {}
    for name, value in row.items():
        reason = row.get(f"{name}__reason") or "ok"
        word = reason if reason != "ok" else "absent" if value is None else "ok"
        found[name] = Fact(value if word == "ok" else None, word)
    return found


def expected(book: queries.LawBook, row: Mapping[str, Any], **more: Any) -> dict[str, tuple[Any, str]]:
    """What one person gets, by the way of `course_of` only; a day out of order ends the course as an error."""
    facts, failed = facts_of(row), False
    while True:
        try:
            course = queries.course_of(book, "toelage", ("recht", "bedrag"), on=ON, facts=facts, **more)
            break
        except RuleFailed as refusal:
            assert refusal.problem == "stage_out_of_order"
            failed = True
            late = next(name for name in reversed(EVENTS[:4]) if name in facts and facts[name].reason == "ok")
            facts = {name: fact for name, fact in facts.items() if name != late}
    reason = "error" if failed else course.reason
    found: dict[str, tuple[Any, str]] = {"stage": (course.done[-1].name if course.done else None, reason)}
    for name in ASKED:
        out = course.outputs.get(name)
        waits = reason if LAST[name] >= len(course.done) else "absent"
        found[name] = (out.value, out.reason) if out else (None, waits)
    return found


def told(file: Path, names: Sequence[str] = ("stage", *ASKED)) -> list[dict[str, tuple[Any, str]]]:
    """The rows of a result in order: value and reason by column."""
    made = duckdb.read_parquet(str(file))
    places = {name: n for n, name in enumerate(made.columns)}
    return [
        {name: (_plain(row[places[name]]), row[places[f"{name}__reason"]]) for name in names} for row in made.fetchall()
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
