"""Whether a value fits the declaration of its attribute: its form, and the quality rules that it has.

Invariant: a value that `check_value` accepts can be stored, shown and bound without further questions about its form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from waardig.kernel.errors import Refusal
from waardig.kernel.letters import TooDeep, is_odd, is_stored, texts_in
from waardig.registers.core.declaration import Attribute, Field, Kind
from waardig.registers.core.incomplete_date import bounds, is_date_text

DEEPEST = 20
"""So many levels a document has at most."""


class WrongValue(Refusal):
    """A value does not fit its declaration. The value itself is left out: it may be personal."""

    def __init__(self, attribute: str, problem: str) -> None:
        super().__init__(
            code="wrong_value",
            text_nl=f"De waarde van {attribute} past niet bij het register.",
            text_en=f"The value of {attribute} does not fit its declaration: {problem}.",
            remedy="Correct the value at the source, or the declaration in registers/<register>.yaml.",
        )
        self.attribute = attribute
        self.problem = problem


def check_value(attribute: Attribute, value: object, *, on: date | None = None) -> None:
    """Whether a value fits the declaration of its attribute.

    Args:
        value: as JSON: text, int (eurocents), bool, ISO date text, dict, list, or None for "known to be absent".
        on: the day on which it is recorded; None: no day is held against it.

    Raises:
        WrongValue: with the reason, without the value.
    """
    problem = problem_with(attribute, value, on=on)
    if problem:
        raise WrongValue(attribute.id, problem)


def problem_with(attribute: Attribute, value: object, *, on: date | None = None) -> str | None:
    """What is wrong with a value in one sentence part, or None when it fits."""
    if value is None:
        return None if attribute.may_be_absent else "a value is required"
    if attribute.kind is Kind.RECORD:
        return _record_problem(attribute.fields, value, on)
    if attribute.kind is Kind.LIST:
        return _list_problem(attribute.fields, value, on)
    if attribute.kind is Kind.DOCUMENT:
        return _document_problem(value)
    as_field = Field(
        attribute.id,
        attribute.kind,
        True,
        attribute.codes,
        attribute.may_be_incomplete,
        attribute.pattern,
        attribute.quality,
    )
    return _scalar_problem(as_field, value, on)


def _record_problem(fields: Mapping[str, Field], value: object, on: date | None) -> str | None:
    if not isinstance(value, Mapping):
        return "a record with named fields is required"
    surplus = sorted(set(value) - set(fields), key=str)
    if surplus:
        return f"unknown field {surplus[0]}" if not is_odd(str(surplus[0])) else "a field has an unknown name"
    for name, declared in fields.items():
        item = value.get(name)
        if item is None:
            if declared.required:
                return f"the field {name} is required"
            continue
        problem = _scalar_problem(declared, item, on)
        if problem:
            return f"{name}: {problem}"
    return None


def _list_problem(fields: Mapping[str, Field], value: object, on: date | None) -> str | None:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return "a list is required"
    for number, item in enumerate(value, start=1):
        problem = _record_problem(fields, item, on)
        if problem:
            return f"item {number}: {problem}"
    return None


def _document_problem(value: object) -> str | None:
    if not isinstance(value, dict):
        return "a document is a JSON object"
    try:
        kept = all(map(is_stored, texts_in(value, DEEPEST)))
    except TooDeep:
        return f"a document has at most {DEEPEST} levels"
    return None if kept else "the text holds a character that cannot be stored"


def _scalar_problem(declared: Field, value: object, on: date | None) -> str | None:
    match declared.kind:
        case Kind.BOOLEAN:
            return None if isinstance(value, bool) else "true or false is required"
        case Kind.EUROCENT | Kind.NUMBER:
            return _number_problem(declared, value)
        case Kind.CODE:
            codes = ", ".join(declared.codes)
            return None if isinstance(value, str) and value in declared.codes else f"unknown code; known are {codes}"
        case Kind.DATE:
            return _date_problem(declared, value, on)
        case Kind.PERSON:
            return None if _is_uuid(value) else "a person id is required"
    return _text_problem(declared, value)


def _number_problem(declared: Field, value: object) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return "a whole number is required"
    if value < declared.quality.least:
        is_sign = declared.quality.least == 0
        what = "the amount" if declared.kind is Kind.EUROCENT else "the number"
        return f"{what} cannot be negative" if is_sign else f"{what} is at least {declared.quality.least}"
    return None if value <= declared.quality.most else f"the number is at most {declared.quality.most}"


def _date_problem(declared: Field, value: object, on: date | None) -> str | None:
    if not isinstance(value, str) or not is_date_text(value, incomplete=declared.may_be_incomplete):
        return "an existing date (YYYY-MM-DD) is required"
    first, last = bounds(value) or (date.min, date.max)
    if last < declared.quality.not_before:
        return f"the date is before {declared.quality.not_before}"
    return "the date is in the future" if declared.quality.not_after_today and on and first > on else None


def _text_problem(declared: Field, value: object) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return "text is required"
    if len(value) > declared.quality.longest:
        return f"the text is longer than {declared.quality.longest} characters"
    if is_odd(value):
        return "the text holds a control character, or one that turns the direction of reading"
    if declared.pattern and not re.search(declared.pattern, value):
        return "the text does not have the required form"
    return None


def _is_uuid(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
