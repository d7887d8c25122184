"""What an official fills in to put a value right, when an objection against the answer to a report is upheld."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from waardig.cases.actions.restoring import Repairing
from waardig.cases.terms.ruling import Repair
from waardig.registers.terms import Attribute
from waardig.screens.desk_pages import typed_value
from waardig.screens.file_forms import choice
from waardig.screens.pages.files import AskedField
from waardig.screens.pages.forms import FieldError, Option
from waardig.screens.pages.words import Words

Typed = Mapping[str, str]
Wrong = Mapping[str, FieldError]
NAME = "repair"
VALUE = Option(Repair.VALUE.value, Words("Dit wordt de waarde", "Use this value"))
ABSENT = Option(Repair.ABSENT.value, Words("Dit is er niet", "There is none"))
HOLDER = Option(
    Repair.HOLDER.value,
    Words("Wie het bijhoudt, zoekt het opnieuw uit", "Who keeps it looks into it again"),
)
ONLY_WHEN = Words("Alleen bij (deels) gegrond.", "Only when (partly) upheld.")


def _options(attribute: Attribute) -> tuple[Option, ...]:
    typed = (VALUE,) if typed_value.can_type(attribute) else ()
    return (*typed, *((ABSENT,) if attribute.may_be_absent else ()), HOLDER)


def repair_fields(attribute: Attribute, typed: Typed, wrong: Wrong) -> list[AskedField]:
    """What happens with the value, and the value itself where it can be typed here."""
    what = Words("Wat gebeurt er met het gegeven?", "What happens with the data?")
    asked = [choice(NAME, what, _options(attribute), typed, wrong, ONLY_WHEN)]
    if typed_value.can_type(attribute):
        hint = typed_value.example_of(attribute)
        asked += [
            AskedField("choice" if field.options else "line", field, _named(label), hint)
            for label, field in typed_value.fields_of(attribute, typed, wrong)
        ]
    return asked


def _named(label: Words) -> Words:
    return replace(label, nl=f"De goede waarde: {label.nl.lower()}", en=f"The right value: {label.en.lower()}")


def read_repair(attribute: Attribute, typed: Typed) -> tuple[Repairing | None, dict[str, FieldError]]:
    """What was chosen, or what was wrong with it."""
    chosen = typed.get(NAME, "")
    if chosen not in {one.value for one in _options(attribute)}:
        return None, {NAME: FieldError.REPAIR_EMPTY}
    if chosen != Repair.VALUE.value:
        return Repairing(Repair(chosen)), {}
    wrong = typed_value.errors(attribute, typed)
    return (None, wrong) if wrong else (Repairing(Repair.VALUE, typed_value.read(attribute, typed)), {})
