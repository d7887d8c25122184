"""Register declarations: what the library declares, what a value must be, how it is shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.kernel.content import LIBRARY
from waardig.kernel.content_file import ContentInvalid
from waardig.registers.adapters.content import bindings, declarations
from waardig.registers.core.declaration import (
    Attribute,
    Group,
    UnknownAttribute,
)
from waardig.registers.core.incomplete_date import age_on, bounds, from_digits, is_date_text, years_later
from waardig.registers.core.quality import check_value
from waardig.registers.core.showing import shown

KNOWN = declarations([LIBRARY])
PERSON = "0b0e7f0c-9d5c-4a43-8f0e-0d6c7d0f6a11"


def attribute(name: str) -> Attribute:
    return KNOWN.attribute(name)


def test_the_library_declares_what_the_contract_names() -> None:
    named = {
        "brp": "naam geboortedatum adres geheimhouding overlijdensdatum partner kinderen curatele in_onderzoek",
        "uitkeringen": "status leefvorm partner norm inkomen vermogen laatste_iit bewindvoerder iban "
        "rechtmatig_verblijf uitsluiting",
        "belastingdienst": "toetsingsinkomen vermogen",
        "suwinet": "loon",
        "inbox": "bericht",
        "cases": "besluit",
    }
    for register, names in named.items():
        for name in names.split():
            assert attribute(f"{register}.{name}").register == register


def test_what_others_hold_is_never_read_in_bulk() -> None:
    outside = {a.id for a in KNOWN.all_attributes() if a.register in ("belastingdienst", "suwinet")}
    assert outside == {"belastingdienst.toetsingsinkomen", "belastingdienst.vermogen", "suwinet.loon"}
    assert outside <= KNOWN.never_in_bulk()


def test_the_round_binds_nothing_that_may_not_be_read_in_bulk() -> None:
    used = {a for b in bindings([LIBRARY]) for i in b.inputs.values() for a in (*i.attributes, *i.doubted_by)}
    assert not used & KNOWN.never_in_bulk()


def test_every_attribute_has_words_in_two_languages_a_holder_and_a_retention() -> None:
    for found in KNOWN.all_attributes():
        assert found.label.nl and found.label.en and found.holder.name.nl and found.retention.source
        if found.group is not None:
            assert found.holder.correction is not None, found.id


def test_my_data_shows_the_groups_in_order() -> None:
    groups = [a.group for a in KNOWN.all_attributes() if a.group is not None]
    assert groups == sorted(groups, key=list(Group).index)
    assert [a.id for a in KNOWN.all_attributes()][:2] == ["brp.naam", "brp.geboortedatum"]


def test_an_unknown_attribute_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnknownAttribute, match=r"No register declares the attribute brp\.schoenmaat"):
        attribute("brp.schoenmaat")


@pytest.mark.parametrize(
    ("name", "value", "nl", "en"),
    [
        ("uitkeringen.norm", 127818, "€ 1.278,18 per maand", "€1,278.18 per month"),
        ("uitkeringen.vermogen", 124000, "€ 1.240", "€1,240"),
        ("brp.geboortedatum", "1966-11-08", "8 november 1966", "8 November 1966"),
        ("brp.geboortedatum", "1978-06", "juni 1978", "June 1978"),
        ("brp.naam", {"voorletters": "G.", "geslachtsnaam": "Vos", "geslacht": "M"}, "G. Vos", "G. Vos"),
        (
            "brp.adres",
            {"straat": "Molenkade", "huisnummer": "12", "postcode": "1234 AB", "woonplaats": "Rietwaarden"},
            "Molenkade 12, 1234 AB Rietwaarden",
            "Molenkade 12, 1234 AB Rietwaarden",
        ),
        ("brp.adres", {"regel1": "12 Essex Road", "land": "Canada"}, "12 Essex Road, Canada", "12 Essex Road, Canada"),
        ("brp.kinderen", [{"geboortedatum": "2015-05-02"}], "geboren op 2 mei 2015", "born on 2 May 2015"),
        ("brp.kinderen", [], "Geen kinderen", "No children"),
        ("brp.partner", None, "Nee", "No"),
        ("brp.curatele", False, "Nee", "No"),
        ("uitkeringen.status", "lopend", "U krijgt bijstand", "You receive social assistance"),
        ("uitkeringen.laatste_iit", None, "Nog niet gekregen", "Not received yet"),
    ],
)  # fmt: skip
def test_a_value_is_shown_in_plain_words(name: str, value: object, nl: str, en: str) -> None:
    assert shown(attribute(name), value).replace("\u00a0", " ") == nl
    assert shown(attribute(name), value, "en") == en


def test_a_municipality_adds_an_attribute_without_code(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "uitkeringen.yaml").write_text(
        """
register: uitkeringen
name: {nl: Onze administratie, en: Our administration}
holder: {id: inkomen, name: {nl: Team Inkomen, en: Income team}}
key: bsn
source: eigen
attributes:
  kostendelers:
    type: number
    sensitivity: sensitive
    label: {nl: Medebewoners, en: Co-residents}
    retention: {period: P10Y, from: end, source: eigen}
"""
    )
    known = declarations([LIBRARY, tmp_path])

    check_value(known.attribute("uitkeringen.kostendelers"), 3)
    assert known.attribute("uitkeringen.norm").unit == "eurocent per month"


def test_a_wrong_declaration_is_refused_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    file = tmp_path / "registers" / "eigen.yaml"
    file.write_text("register: eigen\nname: {nl: a, en: b}\nholder: {id: x, name: {nl: a, en: b}}\nkey: bsn\n")
    with pytest.raises(ContentInvalid) as refused:
        declarations([LIBRARY, tmp_path])
    assert "'source', 'attributes' missing here" in str(refused.value)
    assert str(file) in str(refused.value)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_a_complete_date_and_its_digits_come_back(day: date) -> None:
    assert bounds(day.isoformat()) == (day, day)
    assert is_date_text(day.isoformat(), incomplete=False)
    assert from_digits(day.strftime("%Y%m%d")) == day.isoformat()


@given(st.dates(date(1900, 1, 1), date(2060, 12, 31)), st.integers(0, 110))
def test_somebody_has_an_age_from_that_birthday_on(born: date, years: int) -> None:
    birthday = years_later(born, years)
    assert age_on(born, birthday) == years
    assert years == 0 or age_on(born, date.fromordinal(birthday.toordinal() - 1)) == years - 1


@given(st.text(max_size=12))
def test_no_text_makes_the_date_reader_fail(text: str) -> None:
    found = bounds(text)
    assert found is None or found[0] <= found[1]
    from_digits(text)


def test_a_term_that_counts_from_a_relation_needs_to_know_what_shows_one(tmp_path: Path) -> None:
    folder = tmp_path / "registers"
    folder.mkdir()
    text = (LIBRARY / "registers" / "uitkeringen.yaml").read_text(encoding="utf-8")
    start = text.index("relation:\n")
    folder.joinpath("eigen.yaml").write_text(
        text[:start].replace("register: uitkeringen", "register: eigen") + text[text.index("\nattributes:") :],
        encoding="utf-8",
    )

    with pytest.raises(ContentInvalid, match="counts from a relation or a death"):
        declarations([tmp_path])


@pytest.mark.parametrize(
    ("kind", "rules"),
    [
        ("date", "{least: 1}"),
        ("number", "{longest: 3}"),
        ("text", "{not_after: today}"),
        ("date", '{not_before: "1850-13-01"}'),
        ("date", '{not_after: "2030-01-01"}'),
        ("text", "{longest: 0}"),
        ("text", "{}"),
    ],
)
def test_a_quality_rule_that_says_nothing_about_its_kind_is_refused(tmp_path: Path, kind: str, rules: str) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "uitkeringen.yaml").write_text(
        (LIBRARY / "registers" / "uitkeringen.yaml").read_text()
        + f"""
  proef:
    type: {kind}
    quality: {rules}
    sensitivity: sensitive
    label: {{nl: Proef, en: Trial}}
    retention: {{period: P10Y, from: end, source: eigen}}
"""
    )
    with pytest.raises(ContentInvalid, match="quality"):
        declarations([tmp_path])
