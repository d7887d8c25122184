"""A block that says the same to everybody of a batch is made once; what is sent is the same as without."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from typing import Any

import pytest

from waardig.inbox.core.blocks import blocks_to_data
from waardig.inbox.core.filling import fill
from waardig.inbox.core.reuse import Reuse, asked_by
from waardig.inbox.core.template import Template, parse_template
from waardig.inbox.terms import DataRow, Span, TemplateInvalid

FRONT = """---
language: {language}
message_type: x
subject: Bericht
placeholders: {{amount: money, day: day, couple: flag, name: text, facts: list, rows: rows}}
---
# Titel

Eerste regel.

"""
BODY = """## Uw geld {#geld}

{if couple}U krijgt samen {amount}.
{unless couple}U krijgt {amount} op {day}.

- {facts}

## Van wie {#wie}

Deze brief is van {name}.
"""


def template(language: str = "nl") -> Template:
    return parse_template(FRONT.format(language=language) + BODY, f"m.{language}.md")


def values(amount: int, couple: bool, facts: tuple[str, ...]) -> dict[str, Any]:
    rows = (DataRow("Leeftijd", (Span("58"),), (Span("BRP"),)),)
    return {
        "amount": amount, "day": date(2025, 5, 23), "couple": couple, "name": "Rietwaarden", "facts": facts,
        "rows": rows,
    }  # fmt: skip


def test_a_batch_with_reuse_says_the_same_as_without() -> None:
    reuse = Reuse()
    languages = (template("nl"), template("en"))

    for one, amount, couple, facts in product(languages, (100, 52197), (True, False), (("een",), ("een", "twee"))):
        alone = fill(one, values(amount, couple, facts))
        together = fill(one, values(amount, couple, facts), reuse)

        assert together == alone
        said = [blocks_to_data(together.blocks, reuse), blocks_to_data(alone.blocks)]
        assert json.dumps(said[0]) == json.dumps(said[1])


def test_what_is_the_same_is_made_once_and_what_is_a_list_of_a_person_never() -> None:
    reuse = Reuse()
    one = template()

    first, second = (fill(one, values(amount, False, ("een",)), reuse).blocks for amount in (100, 200))

    assert second[-1] is first[-1]
    assert second[-2] is not first[-2]
    assert blocks_to_data(second, reuse)[-1] is blocks_to_data(first, reuse)[-1]
    assert not any(value == 100 or value == ("een",) for key in reuse.filled for value in key)


def test_a_value_of_another_type_is_refused_also_when_an_equal_one_was_filled() -> None:
    reuse = Reuse()
    one = template()
    fill(one, values(1, False, ()), reuse)

    with pytest.raises(TemplateInvalid, match="name"):
        fill(one, values(1, False, ()) | {"name": 1}, reuse)


def test_flags_and_placeholders_of_every_line_count() -> None:
    assert [asked_by(block) for block in template().blocks] == [
        frozenset({"amount", "couple", "day", "facts"}),
        frozenset({"name"}),
    ]
