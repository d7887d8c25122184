"""Receipts: an evaluation that can be done again years later, and doing so."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, Sequence, Set
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from waardig import __version__
from waardig.law.core import ir
from waardig.law.core.book import LawBook
from waardig.law.core.evaluate import evaluated
from waardig.law.core.graph import Program
from waardig.law.core.interpret import NO_LISTS, FactSource, NamedFacts
from waardig.law.core.receipt import Asked, Difference, ReceiptInvalid, changed_inputs, differences, question, receipt
from waardig.law.queries.many import program_for
from waardig.law.terms import Evaluation, Fact

SCHEMA_FILE = Path(__file__).resolve().parent.parent / "schema" / "receipt-1.json"


def receipt_of(
    book: LawBook,
    law: str,
    outputs: Sequence[str],
    *,
    on: datetime.date,
    at: datetime.datetime,
    parameters: Mapping[str, Any] | None = None,
    facts: Mapping[str, Fact] | FactSource | None = None,
    untranslatable: str = "report",
) -> dict[str, Any]:
    """What the law says about one person, as a receipt from which it can be done again (regelrecht RFC-013).

    Its `provenance.rule_set` is the hash of `rule_set`, which a case and a decision keep. It holds personal data.

    Args:
        at: when it is made; the rest is as in `evaluate`.

    Raises:
        ReceiptInvalid: doing it again from the receipt alone gives something else. And what `evaluate` raises.
    """
    asked = Asked(law, tuple(outputs), on, parameters or {}, {}, untranslatable)
    source = NamedFacts(facts or {}) if facts is None or isinstance(facts, Mapping) else facts
    program, found = _evaluated(book, asked, source)
    made = receipt(program, asked, found, version=__version__, at=at)
    if any(one.decisive for one in _differences(book, made)):
        message = "the facts under one name are not the same everywhere, so the names do not say enough"
        raise ReceiptInvalid(message, "Give each fact once, under the name that `waardig law inputs` says.")
    return made


def verify_receipt(book: LawBook, content: Any, *, facts: FactSource | None = None) -> tuple[Difference, ...]:
    """What differs when the question of a receipt is asked again with these law files; nothing when it is the same.

    Args:
        facts: also compares the facts of the receipt with what this source says now.

    Raises:
        ReceiptInvalid: it is no receipt of this shape. And what `evaluate` raises.
    """
    checker = _checker()
    for error in checker.iter_errors(content):
        where = "/".join(str(part) for part in error.instance_path) or "the file"
        raise ReceiptInvalid(f"{where} has not the shape of a receipt", "Give a file that `--receipt` wrote.")
    found = _differences(book, content)
    return found if facts is None else (*found, *changed_inputs(content, _now(book, question(content), facts)))


def _differences(book: LawBook, content: Mapping[str, Any]) -> tuple[Difference, ...]:
    asked = question(content)
    program, found = _evaluated(book, asked, NamedFacts(asked.facts))
    at = datetime.datetime.fromisoformat(content["timestamp"])
    return differences(content, receipt(program, asked, found, version=__version__, at=at))


def _evaluated(book: LawBook, asked: Asked, source: FactSource) -> tuple[Program, Evaluation]:
    program = program_for(book, asked.law, asked.outputs, on=asked.on, parameters=asked.parameters, mode=asked.mode)
    return program, evaluated(program, asked.parameters, source, explain=True)


class _Watched:
    """A source of facts that remembers what it was asked and what it said."""

    def __init__(self, source: FactSource) -> None:
        self.source = source
        self.said: dict[str, Fact | None] = {}

    def find(
        self,
        name: str,
        fact_name: str,
        parameter: Callable[[str], ir.Raw],
        lists: Set[str] = NO_LISTS,
        law: str = "",
    ) -> Fact | None:
        """The fact of the source."""
        found = self.said[fact_name] = self.source.find(name, fact_name, parameter, lists, law)
        return found


def _now(book: LawBook, asked: Asked, facts: FactSource) -> Mapping[str, Fact | None]:
    """What the source says now about each fact of the receipt, also one that would not be needed any more."""
    watched = _Watched(facts)
    _evaluated(book, asked, watched)
    for name in asked.facts:
        if name not in watched.said:
            watched.find(name.partition("@")[0], name, asked.parameters.get)
    return watched.said


@cache
def _checker() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json.loads(SCHEMA_FILE.read_text("utf-8")), validate_formats=True)
