"""Invented facts: from what was typed to what the law takes, from an example to the form, to JSON and back. Pure.

Empty is unknown; "geen" (or "none") is absent: the law tells them apart.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from waardig.kernel.days import date_typed
from waardig.kernel.money import cents
from waardig.law.queries import Example
from waardig.law.terms import ABSENT, OK, Fact, InputNeed
from waardig.screens.pages.words import Words

PREFIX = "f-"
SOURCE = "proef"
KEY = "bsn"
MOST_CHARACTERS = 60
MOST_MEMBERS = 600
MOST_FIELDS = 120
MOST_JSON = 20_000
NOTHING = frozenset({"geen", "none", "null"})
YES, NO = "ja", "nee"
UNITS = {
    "months": ("maanden", "months"),
    "years": ("jaren", "years"),
    "weeks": ("weken", "weeks"),
    "days": ("dagen", "days"),
    "percentage": ("procent", "percent"),
    "ratio": ("een deel, 0,5 is de helft", "a share, 0.5 is half"),
}
TOO_LARGE = Words("Dit bestand is te groot: hoogstens 20.000 tekens.", "This is too large: at most 20,000 characters.")


@dataclass(frozen=True)
class NotUsable(Exception):
    """What was typed or pasted cannot be used; in words for the person."""

    words: Words


def typed_fact(need: InputNeed, text: str) -> Fact | None:
    """The fact that was typed; None when the field is empty (unknown).

    Raises:
        NotUsable: it does not fit the type that the law gives.
    """
    given = text.strip()
    if not given:
        return None
    if len(given) > MOST_CHARACTERS and not need.members:
        raise NotUsable(Words("Maak dit korter: hoogstens 60 tekens.", "Make this shorter: at most 60 characters."))
    if given.lower() in NOTHING:
        return Fact(None, ABSENT, SOURCE)
    return Fact(_value(need, given), OK, SOURCE)


def _value(need: InputNeed, text: str) -> Any:
    try:
        if need.type == "boolean":
            return {YES: True, "yes": True, "true": True, NO: False, "no": False, "false": False}[text.lower()]
        if need.unit == "eurocent":
            return _amount(text)
        if need.type == "date":
            return date_typed(text).isoformat()
        if need.type in ("number", "amount"):
            return _number(text)
        if need.members:
            return tuple(_member(need, part) for part in text.split(";") if part.strip())
        if need.type == "array":
            return tuple(part.strip() for part in text.split(",") if part.strip())
    except (ValueError, KeyError, InvalidOperation):
        raise NotUsable(
            Words("Dit past niet. Kijk naar het voorbeeld.", "This does not fit. Look at the example.")
        ) from None
    return text


def _amount(text: str) -> int | Decimal:
    """Eurocents; a law may be asked about a part of a cent too, with more than two decimals."""
    decimals = text.partition(",")[2]
    if len(decimals) <= 2:
        return cents(text)
    if not decimals.isdigit():
        raise ValueError("not an amount in euros")
    whole = cents(text[: 2 - len(decimals)])
    rest = Decimal(f"0.{decimals[2:]}")
    return whole - rest if text.lstrip().startswith("-") else whole + rest


def _member(need: InputNeed, text: str) -> dict[str, Any]:
    """One member: its fields in the order of the law, with / between; an empty one is unknown, "geen" is absent."""
    parts = [part.strip() for part in text.split("/")]
    if len(parts) > len(need.members):
        raise ValueError("more fields than a member has")
    told = {field.name: part for field, part in zip(need.members, parts, strict=False) if part}
    fields = {field.name: field for field in need.members}
    return {name: None if part.lower() in NOTHING else _value(fields[name], part) for name, part in told.items()}


def names_of(example: Example) -> frozenset[str]:
    """Names of the facts of an example: parameters, columns and tables."""
    columns = {name for table in example.tables for row in table.rows for name in row}
    return frozenset({*example.parameters, *columns, *(table.source for table in example.tables)})


def _number(text: str) -> int | Decimal:
    number = Decimal(text.replace(",", "."))
    if not number.is_finite() or abs(number) >= 10**15:
        raise ValueError("too large")
    return int(number) if number == number.to_integral_value() else number


def kind_of(need: InputNeed) -> Words:
    """How to fill in a fact of this type."""
    if need.type == "boolean":
        return Words("ja of nee", "yes or no")
    if need.unit == "eurocent":
        return Words("een bedrag in euro, bijvoorbeeld 1.406,50", "an amount in euros, for example 1.406,50")
    if need.type == "date":
        return Words("een datum, bijvoorbeeld 8-11-1966", "a date, for example 8-11-1966")
    if need.type in ("number", "amount"):
        nl, en = UNITS.get(need.unit or "", ("een getal", "a number"))
        return Words(nl, en)
    if need.members:
        names = " / ".join(field.name.replace("_", " ") for field in need.members)
        return Words(f"voor elk: {names}, met ; ertussen", f"for each: {names}, with ; between")
    if need.type == "array":
        return Words("een rijtje, met komma’s ertussen", "a list, with commas between")
    return Words("tekst", "text")


def shown_value(need: InputNeed, fact: Fact | None) -> str:
    """A fact as it stands in its field."""
    if fact is None or fact.reason not in (OK, ABSENT):
        return ""
    if fact.reason == ABSENT or fact.value is None:
        return "geen"
    if isinstance(fact.value, bool):
        return YES if fact.value else NO
    if need.unit == "eurocent":
        return _shown_amount(Decimal(str(fact.value)))
    if need.members and isinstance(fact.value, list | tuple):
        return "; ".join(_shown_member(need, member) for member in fact.value)
    if isinstance(fact.value, list | tuple):
        return ", ".join(str(item) for item in fact.value)
    return str(fact.value).replace(".", ",") if isinstance(fact.value, Decimal) else str(fact.value)


def _shown_amount(amount: Decimal) -> str:
    """Eurocents as euros; an amount that a law computes with may have a part of a cent."""
    whole, part = divmod(abs(amount), 100)
    decimals = f"{(part / 100).normalize():f}".partition(".")[2].ljust(2, "0")
    return ("-" if amount < 0 else "") + f"{int(whole):,}".replace(",", ".") + (f",{decimals}" if part else "")


def _shown_member(need: InputNeed, member: Any) -> str:
    cells = member if isinstance(member, Mapping) else {}
    known = {name: Fact(value, OK if value is not None else ABSENT) for name, value in cells.items()}
    return " / ".join(shown_value(field, known.get(field.name)) for field in need.members)


def facts_of_example(needs: tuple[InputNeed, ...], example: Example) -> dict[str, Fact]:
    """What an example says about each fact that the law can ask."""
    found: dict[str, Fact] = {}
    for need in needs:
        name, _, relation = need.name.partition("@")
        if need.kind == "parameter" and need.name in example.parameters:
            value = example.parameters[need.name]
            found[need.name] = Fact(value, OK if value is not None else ABSENT, SOURCE)
            continue
        fact = example.facts.find(name, need.name, _keys(example, relation))
        if fact is None and need.name in example.parameters:
            fact = Fact(example.parameters[need.name], OK, SOURCE)
        if fact is not None:
            found[need.name] = fact
    return found


def _keys(example: Example, relation: str) -> Any:
    """The key of the person asked about, or of who stands in that relation to them."""
    other = example.facts.find(relation, relation, example.parameters.get) if relation else None

    def key(name: str) -> Any:
        return other.value if other is not None else example.parameters.get(name)

    return key


def as_json(facts: Mapping[str, Fact]) -> str:
    """The facts as `waardig law run --data` takes them; what is unknown is left out."""
    row = {name: _plain(fact.value) if fact.reason == OK else None for name, fact in facts.items()}
    return json.dumps({SOURCE: {"key": KEY, "rows": [row]}}, ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value


def from_json(text: str) -> dict[str, Fact]:
    """Facts from JSON in the form of `--data`; of each source its first row.

    Raises:
        NotUsable: another form, or too long.
    """
    if len(text) > MOST_JSON:
        raise NotUsable(TOO_LARGE)
    try:
        content = json.loads(text, parse_float=Decimal)
        rows = [entry["rows"][0] for entry in content.values() if entry["rows"]]
        cells = {str(name): value for row in rows for name, value in row.items() if name != KEY}
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        raise NotUsable(
            Words(
                'Dit kunnen wij niet lezen. Het moet JSON zijn: {"BRON": {"key": "bsn", "rows": [{"naam": waarde}]}}.',
                'We cannot read this. It must be JSON: {"SOURCE": {"key": "bsn", "rows": [{"name": value}]}}.',
            )
        ) from None
    if len(cells) > MOST_FIELDS:
        raise NotUsable(Words("Er staan te veel gegevens in.", "There are too many facts in it."))
    return {name: _cell(value) for name, value in cells.items()}


def _item(value: Any) -> Any:
    """A part of a list: a member with its fields, or a short text."""
    if isinstance(value, dict):
        return {str(name): _cell(part).value for name, part in value.items() if not isinstance(part, dict | list)}
    return str(value)[:MOST_CHARACTERS]


def _cell(value: Any) -> Fact:
    if value is None:
        return Fact(None, ABSENT, SOURCE)
    if isinstance(value, list):
        return Fact(tuple(_item(item) for item in value[:50]), OK, SOURCE)
    if isinstance(value, bool):
        return Fact(value, OK, SOURCE)
    if isinstance(value, int | Decimal) and -(10**15) < value < 10**15:
        return Fact(value, OK, SOURCE)
    return Fact(str(value)[:MOST_CHARACTERS], OK, SOURCE)
