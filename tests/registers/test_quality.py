"""What a value must be: its form, its characters, its bounds and its days; what does not fit is told, not shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from waardig.kernel.content import LIBRARY
from waardig.registers.adapters.content import declarations
from waardig.registers.core.declaration import LARGEST, Attribute
from waardig.registers.core.quality import DEEPEST, WrongValue, check_value, problem_with

KNOWN = declarations([LIBRARY])
PERSON = "0b0e7f0c-9d5c-4a43-8f0e-0d6c7d0f6a11"
CONTROL = "the text holds a control character, or one that turns the direction of reading"
UNSTORED = "the text holds a character that cannot be stored"


def attribute(name: str) -> Attribute:
    return KNOWN.attribute(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("brp.naam", {"geslachtsnaam": "Vos", "geslacht": "M"}),
        ("brp.geboortedatum", "1966-11-08"),
        ("brp.geboortedatum", "1978-06"),
        ("brp.geboortedatum", "1970"),
        ("brp.overlijdensdatum", None),
        ("brp.partner", None),
        ("brp.partner", {"person": PERSON}),
        ("brp.kinderen", [{"geboortedatum": "2015-05-02"}]),
        ("brp.kinderen", []),
        ("brp.adres", {"straat": "Molenkade", "huisnummer": "12a", "postcode": "1234 AB", "woonplaats": "Rietwaarden"}),
        ("uitkeringen.norm", 0),
        ("uitkeringen.vermogen", -5000),
        ("uitkeringen.iban", "NL91ABNA0417164300"),
        ("uitkeringen.status", "beeindigd"),
        ("inbox.bericht", {"subject": "Bericht"}),
    ],
)
def test_a_value_that_fits_is_accepted(name: str, value: object) -> None:
    check_value(attribute(name), value)


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("brp.naam", {"geslacht": "M"}, "the field geslachtsnaam is required"),
        ("brp.naam", {"geslachtsnaam": "Vos", "bijnaam": "x"}, "unknown field bijnaam"),
        ("brp.naam", {"geslachtsnaam": "Vos", "geslacht": "X"}, "geslacht: unknown code; known are M, V, O"),
        ("brp.geboortedatum", "2025-02-30", "an existing date (YYYY-MM-DD) is required"),
        ("brp.geboortedatum", None, "a value is required"),
        ("uitkeringen.laatste_iit", "2024-03", "an existing date (YYYY-MM-DD) is required"),
        ("brp.geheimhouding", "nee", "true or false is required"),
        ("brp.geheimhouding", 1, "true or false is required"),
        ("uitkeringen.norm", True, "a whole number is required"),
        ("uitkeringen.norm", 12.5, "a whole number is required"),
        ("uitkeringen.norm", -1, "the amount cannot be negative"),
        ("uitkeringen.leefvorm", "SAMEN", "unknown code; known are ALLEENSTAAND, ALLEENSTAANDE_OUDER, PAAR"),
        ("uitkeringen.partner", {}, "the field person is required"),
        ("uitkeringen.partner", {"person": "7"}, "person: a person id is required"),
        ("uitkeringen.bewindvoerder", {"naam": "X", "kvk": "123"}, "kvk: the text does not have the required form"),
        ("brp.kinderen", "geen", "a list is required"),
        ("brp.kinderen", [{"geboortedatum": "x"}], "item 1: geboortedatum: an existing date (YYYY-MM-DD) is required"),
        ("inbox.bericht", "tekst", "a document is a JSON object"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_without_showing_it(name: str, value: object, problem: str) -> None:
    assert problem_with(attribute(name), value) == problem
    with pytest.raises(WrongValue) as refused:
        check_value(attribute(name), value)
    assert refused.value.attribute == name
    if isinstance(value, str):
        assert value not in str(refused.value)


@pytest.mark.parametrize("letter", ["\0", "\n", "\t", "\x85", "\ud800", "\u202e", "\u2066"])
@pytest.mark.parametrize("place", ["a{}b", "{}", "ab{}"])
def test_a_letter_that_no_name_has_is_refused_wherever_it_stands(letter: str, place: str) -> None:
    text = place.format(letter)
    told = problem_with(attribute("brp.naam"), {"geslachtsnaam": text})
    assert told in {f"geslachtsnaam: {CONTROL}", "geslachtsnaam: text is required"}
    assert problem_with(attribute("uitkeringen.iban"), f"NL91ABNA0417164300{letter}") == CONTROL


@pytest.mark.parametrize("text", ["Şahin-Ōe", "d'Artagnan \u2019s", "\u0639\u0644\u064a", "e\u0301", "\U0001f600"])
def test_a_name_in_any_script_fits(text: str) -> None:
    check_value(attribute("brp.naam"), {"geslachtsnaam": text})


@pytest.mark.parametrize("value", [{"a": "x\0"}, {"x\0": 1}, {"a": [{"b": ["\udfff"]}]}])
def test_a_document_that_cannot_be_stored_is_refused(value: dict[str, Any]) -> None:
    assert problem_with(attribute("inbox.bericht"), value) == UNSTORED


def test_a_document_may_have_lines_and_levels_but_not_without_end() -> None:
    value: Any = "Regel 1\nRegel 2"
    for _ in range(DEEPEST):
        value = {"a": value}
    check_value(attribute("inbox.bericht"), value)
    assert problem_with(attribute("inbox.bericht"), {"a": [value]}) == f"a document has at most {DEEPEST} levels"


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("brp.geboortedatum", "1849-12-31", "the date is before 1850-01-01"),
        ("brp.geboortedatum", "1849", "the date is before 1850-01-01"),
        ("brp.geboortedatum", "1850", None),
        ("brp.geboortedatum", "2025-04-28", None),
        ("brp.geboortedatum", "2025-04-29", "the date is in the future"),
        ("brp.geboortedatum", "2025-04", None),
        ("brp.geboortedatum", "2025-05", "the date is in the future"),
        ("brp.kinderen", [{"geboortedatum": "2026"}], "item 1: geboortedatum: the date is in the future"),
        ("brp.naam", {"geslachtsnaam": "a" * 200}, None),
        ("brp.naam", {"geslachtsnaam": "a" * 201}, "geslachtsnaam: the text is longer than 200 characters"),
        ("handelsregister.naam", "a" * 1001, "the text is longer than 1000 characters"),
        ("uitkeringen.inkomen", LARGEST, None),
        ("uitkeringen.inkomen", LARGEST + 1, f"the number is at most {LARGEST}"),
        ("uitkeringen.vermogen", -LARGEST - 1, f"the amount is at least {-LARGEST}"),
        ("kentekenregister.voertuigen", [{"kenteken": "AB12CD", "catalogusprijs": -1}],
         "item 1: catalogusprijs: the amount cannot be negative"),
        ("brp.naam", {"geslachtsnaam": "Vos", "x\0": 1}, "a field has an unknown name"),
        ("brp.naam", {"geslachtsnaam": "Vos", "geslacht": ["M"]}, "geslacht: unknown code; known are M, V, O"),
    ],
)  # fmt: skip
def test_the_quality_rules_of_a_declaration_are_held(name: str, value: object, problem: str | None) -> None:
    assert problem_with(attribute(name), value, on=date(2025, 4, 28)) == problem


def test_without_a_day_of_recording_no_day_is_too_late() -> None:
    check_value(attribute("brp.geboortedatum"), "9999-12-31")
