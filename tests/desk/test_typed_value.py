"""A register value as an official types it."""

from __future__ import annotations

import pytest

from waardig.kernel.content import content_roots
from waardig.registers.queries import declarations
from waardig.screens.desk_pages import typed_value
from waardig.screens.pages.forms import FieldError


@pytest.mark.parametrize(
    ("attribute", "typed", "value"),
    [
        ("uitkeringen.vermogen", "1.240,50", 124_050),
        ("brp.geboortedatum", "8 november 1966", "1966-11-08"),
        ("brp.geboortedatum", "8-11-1966", "1966-11-08"),
        ("brp.geboortedatum", "1966-11-08", "1966-11-08"),
        ("brp.curatele", "no", False),
        ("uitkeringen.leefvorm", "PAAR", "PAAR"),
        ("opgave.huishouden", "Mijn zus woont hier.", "Mijn zus woont hier."),
    ],
)
def test_each_kind_of_value_is_read_as_people_type_it(attribute: str, typed: str, value: object) -> None:
    known = declarations(content_roots()).attribute(attribute)

    assert typed_value.errors(known, {"corrected": typed}) == {}
    assert typed_value.read(known, {"corrected": typed}) == value


@pytest.mark.parametrize(
    ("attribute", "typed"),
    [
        ("uitkeringen.vermogen", "veel"),
        ("uitkeringen.norm", "-1"),
        ("brp.geboortedatum", "31 februari 1966"),
        ("brp.geboortedatum", "gisteren"),
        ("brp.curatele", "misschien"),
        ("uitkeringen.leefvorm", "WOONGROEP"),
    ],
)
def test_a_value_that_does_not_fit_is_an_error_of_its_field(attribute: str, typed: str) -> None:
    known = declarations(content_roots()).attribute(attribute)

    assert typed_value.errors(known, {"corrected": typed}) == {"corrected": FieldError.VALUE_WRONG}


def test_a_record_is_typed_by_its_fields_and_only_the_required_ones_must_be_there() -> None:
    name = declarations(content_roots()).attribute("brp.naam")
    typed = {"corrected_voorletters": "G.", "corrected_geslachtsnaam": "de Vos", "corrected_geslacht": "M"}

    assert typed_value.can_type(name)
    assert typed_value.errors(name, typed) == {}
    assert typed_value.read(name, typed) == {"voorletters": "G.", "geslachtsnaam": "de Vos", "geslacht": "M"}
    assert typed_value.errors(name, {}) != {}


def test_a_link_to_a_person_and_a_list_are_not_typed_here() -> None:
    known = declarations(content_roots())

    assert not typed_value.can_type(known.attribute("uitkeringen.partner"))
    assert not typed_value.can_type(known.attribute("brp.kinderen"))
