"""A register value as an official types it: a field per kind of value, a record by its fields; checked as declared."""

from __future__ import annotations

from collections.abc import Mapping

from waardig.kernel.days import date_typed
from waardig.kernel.money import cents
from waardig.registers.terms import Attribute, Value
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.words import Words

NAME = "corrected"
TYPED = frozenset({"text", "code", "boolean", "date", "eurocent", "number"})
EXAMPLES = {
    "eurocent": Words("Een bedrag, bijvoorbeeld 1.240,50", "An amount, for example 1240.50"),
    "date": Words("Een datum, bijvoorbeeld 8 november 1966", "A date, for example 8 november 1966"),
    "number": Words("Een heel getal, bijvoorbeeld 3", "A whole number, for example 3"),
}


def can_type(attribute: Attribute) -> bool:
    """Whether a value of this attribute can be typed here; lists and links to persons are repaired at their holder."""
    if attribute.kind.value == "record":
        return bool(attribute.fields) and all(one.kind.value in TYPED for one in attribute.fields.values())
    return attribute.kind.value in TYPED


def example_of(attribute: Attribute) -> Words | None:
    """How to type a value of this kind."""
    return EXAMPLES.get(attribute.kind.value)


def fields_of(
    attribute: Attribute, posted: Mapping[str, str], wrong: Mapping[str, FieldError]
) -> tuple[tuple[Words, Field], ...]:
    """The fields of the right value with their labels."""
    found = []
    for name, (label, kind, codes, _) in _parts(attribute).items():
        typed = posted.get(name, "")
        options = tuple(Option(code, words, chosen=typed == code) for code, words in _choices(kind, codes).items())
        found.append((label, Field(name, typed, wrong.get(name), options)))
    return tuple(found)


def errors(attribute: Attribute, posted: Mapping[str, str]) -> dict[str, FieldError]:
    """What is wrong with the typed value, by field."""
    wrong: dict[str, FieldError] = {}
    for name, (_, kind, codes, required) in _parts(attribute).items():
        text = posted.get(name, "").strip()
        if not text:
            wrong |= {name: FieldError.CORRECTION_EMPTY} if required else {}
            continue
        try:
            _read(kind, text, codes)
        except ValueError:
            wrong[name] = FieldError.VALUE_WRONG
    if attribute.kind.value == "eurocent" and not wrong and not attribute.may_be_negative:
        wrong |= {NAME: FieldError.VALUE_WRONG} if cents(posted[NAME]) < 0 else {}
    return wrong


def read(attribute: Attribute, posted: Mapping[str, str]) -> Value:
    """The typed value as the register keeps it; call it only when `errors` gives none."""
    parts = _parts(attribute)
    values = {
        name: _read(kind, posted[name].strip(), codes)
        for name, (_, kind, codes, _) in parts.items()
        if posted.get(name, "").strip()
    }
    if attribute.kind.value == "record":
        return {name.removeprefix(f"{NAME}_"): value for name, value in values.items()}
    return values[NAME]


_Part = tuple[Words, str, Mapping[str, Words], bool]


def _parts(attribute: Attribute) -> dict[str, _Part]:
    """Name of the field to its label, kind, codes and whether it must be filled."""
    if attribute.kind.value == "record":
        return {
            f"{NAME}_{one.name}": (
                Words(one.name.replace("_", " ").capitalize()),
                one.kind.value,
                {code: Words(words.nl, words.en) for code, words in one.codes.items()},
                one.required,
            )
            for one in attribute.fields.values()
        }
    codes = {code: Words(words.nl, words.en) for code, words in attribute.codes.items()}
    return {NAME: (Words(attribute.label.nl, attribute.label.en), attribute.kind.value, codes, True)}


def _choices(kind: str, codes: Mapping[str, Words]) -> Mapping[str, Words]:
    return {"yes": Words("Ja", "Yes"), "no": Words("Nee", "No")} if kind == "boolean" else codes


def _read(kind: str, text: str, codes: Mapping[str, Words]) -> str | int | bool:
    """One typed value; raises ValueError."""
    match kind:
        case "boolean":
            return {"yes": True, "no": False}[_one_of(text, ("yes", "no"))]
        case "code":
            return _one_of(text, tuple(codes))
        case "eurocent":
            return cents(text)
        case "number":
            return int(text.replace(".", ""))
        case "date":
            return date_typed(text).isoformat()
    return _one_of(text, tuple(codes)) if codes else text


def _one_of(text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise ValueError("not one of the choices")
    return text
