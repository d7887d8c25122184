"""The laws reproduce published government figures, to the cent, at their limits."""

from __future__ import annotations

from datetime import date

import pytest

from tests.law_content.builders import (
    COUPLE,
    RIETWAARDEN,
    SINGLE,
    book,
    care_allowance,
    supplement,
    supplement_amount,
)
from waardig.law.queries import inputs_of, rule_set
from waardig.law.terms import LawNotInForce, MissingImplementation, Status, Value

MIDDEN_DRENTHE, KERKRADE, FICTIONAL = "GM1731", "GM0928", "GM9999"
PARTNER = {"geboortedatum_partner": "1981-01-01"}


@pytest.mark.parametrize(
    ("income", "computed", "awarded"),
    [
        (0, 157342, 157300),
        (28406, 157342, 157300),
        (30000, 135504, 135500),
        (39715, 2409, 2400),
        (39719, 2354, 2400),
        (39720, 2340, 0),
    ],
)
def test_zorgtoeslag_2025_of_a_single_person(income: int, computed: int, awarded: int) -> None:
    assert care_allowance("2025-06-01", SINGLE, toetsingsinkomen=income * 100) == (computed, awarded)


@pytest.mark.parametrize(
    ("own", "partner", "awarded"),
    [(0, 0, 301000), (14203, 14203, 301000), (50206, 0, 2400), (206, 50000, 2400), (50207, 0, 0), (35000, 20000, 0)],
)
def test_zorgtoeslag_2025_of_partners_counts_their_income_together(own: int, partner: int, awarded: int) -> None:
    found = care_allowance("2025-06-01", COUPLE, toetsingsinkomen=own * 100, toetsingsinkomen_partner=partner * 100)

    assert found[1] == awarded


def test_zorgtoeslag_2025_of_partners_is_computed_to_the_cent() -> None:
    assert care_allowance("2025-06-01", COUPLE, toetsingsinkomen=2840600) == (301021, 301000)


@pytest.mark.parametrize(("household", "limit"), [(SINGLE, 37496), (COUPLE, 47368)], ids=["single", "partners"])
def test_zorgtoeslag_2024_ends_exactly_at_the_published_income_limits(household: dict[str, Value], limit: int) -> None:
    assert care_allowance("2024-06-01", household, toetsingsinkomen=limit * 100)[1] == 2400
    assert care_allowance("2024-06-01", household, toetsingsinkomen=(limit + 1) * 100)[1] == 0


@pytest.mark.parametrize("gemeente_code", [MIDDEN_DRENTHE, FICTIONAL])
@pytest.mark.parametrize(
    ("leefvorm", "limit", "amount"),
    [("ALLEENSTAAND", 140600, 52197), ("ALLEENSTAANDE_OUDER", 150643, 66882), ("PAAR", 200857, 74589)],
)
def test_inkomenstoeslag_2025_by_the_printed_table(gemeente_code: str, leefvorm: str, limit: int, amount: int) -> None:
    client: dict[str, Value] = {"leefvorm": leefvorm, **(PARTNER if leefvorm == "PAAR" else {})}

    assert supplement_amount("2025-06-01", gemeente_code, hoogste_maandinkomen=limit, **client) == amount
    assert supplement_amount("2025-06-01", gemeente_code, hoogste_maandinkomen=limit + 1, **client) == 0


@pytest.mark.parametrize(
    ("leefvorm", "limit", "amount"),
    [("ALLEENSTAAND", 134160, 49806), ("ALLEENSTAANDE_OUDER", 143744, 63819), ("PAAR", 191657, 71173)],
)
def test_inkomenstoeslag_midden_drenthe_2024(leefvorm: str, limit: int, amount: int) -> None:
    client: dict[str, Value] = {"leefvorm": leefvorm, **(PARTNER if leefvorm == "PAAR" else {})}

    assert supplement_amount("2024-09-01", MIDDEN_DRENTHE, hoogste_maandinkomen=limit, **client) == amount
    assert supplement_amount("2024-09-01", MIDDEN_DRENTHE, hoogste_maandinkomen=limit + 1, **client) == 0


@pytest.mark.parametrize(
    ("on", "leefvorm", "norm", "amount"),
    [
        ("2024-03-01", "ALLEENSTAAND", 121964, 44500),
        ("2024-09-01", "ALLEENSTAAND", 124303, 44500),
        ("2024-09-01", "ALLEENSTAANDE_OUDER", 124303, 51300),
        ("2024-03-01", "PAAR", 174234, 62700),
        ("2024-09-01", "PAAR", 177575, 62700),
    ],
)
def test_kerkrade_2024_gives_up_to_the_norm_and_nothing_at_105_percent(
    on: str, leefvorm: str, norm: int, amount: int
) -> None:
    client: dict[str, Value] = {"leefvorm": leefvorm, **(PARTNER if leefvorm == "PAAR" else {})}

    assert supplement_amount(on, KERKRADE, hoogste_maandinkomen=norm, **client) == amount
    assert supplement_amount(on, KERKRADE, hoogste_maandinkomen=norm * 105 // 100, **client) == 0


def test_no_supplement_at_age_20_or_at_pension_age() -> None:
    assert supplement_amount("2025-06-01", FICTIONAL, geboortedatum="2004-06-02") == 0
    assert supplement_amount("2025-06-01", FICTIONAL, geboortedatum="2004-06-01") == 52197
    assert supplement_amount("2025-06-01", FICTIONAL, geboortedatum="1958-06-02") == 52197
    assert supplement_amount("2025-06-01", FICTIONAL, geboortedatum="1958-06-01") == 0


def test_a_grant_less_than_twelve_months_ago_gives_nothing_yet_and_the_day_from_which() -> None:
    found = supplement(
        "2025-06-01",
        FICTIONAL,
        "hoogte_individuele_inkomenstoeslag",
        "aanvragen_mogelijk_vanaf",
        datum_laatste_toekenning="2024-11-15",
    ).outputs

    assert found["hoogte_individuele_inkomenstoeslag"].value == 0
    assert found["aanvragen_mogelijk_vanaf"].value == "2025-11-15"
    assert supplement_amount("2025-11-15", FICTIONAL, datum_laatste_toekenning="2024-11-15") == 52197


@pytest.mark.parametrize(
    "fact", ["hoogste_maandinkomen", "vermogen", "datum_laatste_toekenning", "geboortedatum", "rechtmatig_verblijf"]
)
def test_a_fact_that_is_not_known_never_becomes_a_no(fact: str) -> None:
    outcome = supplement("2025-06-01", FICTIONAL, without=fact).outputs["hoogte_individuele_inkomenstoeslag"]

    assert (outcome.value, outcome.reason) == (None, f"unknown:{fact}")


def test_without_presumption_the_open_norm_is_left_to_a_person() -> None:
    outcome = supplement("2025-06-01", FICTIONAL, maanden_bijstand=35).outputs["hoogte_individuele_inkomenstoeslag"]

    assert (outcome.value, outcome.reason) == (None, "unknown:geen_uitzicht_op_inkomensverbetering")


def test_nothing_is_computed_for_a_year_without_a_published_table() -> None:
    for gemeente_code, on in ((KERKRADE, "2025-01-01"), (MIDDEN_DRENTHE, "2026-01-01")):
        with pytest.raises((MissingImplementation, LawNotInForce)):
            supplement(on, gemeente_code)


def test_the_reference_period_needs_no_facts() -> None:
    scope = {"gemeente_code": FICTIONAL}

    assert inputs_of(book(), "participatiewet", ["referteperiode_maanden"], on=date(2025, 6, 1), scope=scope) == ()


def test_the_round_asks_nothing_but_the_facts_of_the_contract() -> None:
    scope = {"gemeente_code": FICTIONAL}
    needed = inputs_of(
        book(), "participatiewet", ["hoogte_individuele_inkomenstoeslag"], on=date(2025, 6, 1), scope=scope
    )

    assert {need.name for need in needed} == {
        "datum_laatste_toekenning",
        "geboortedatum",
        "geboortedatum_partner",
        "hoogste_maandinkomen",
        "leefvorm",
        "maanden_bijstand",
        "rechtmatig_verblijf",
        "uitgesloten",
        "vermogen",
        "woont_in_gemeente",
    }


@pytest.mark.parametrize(
    ("gemeente_code", "status"), [(FICTIONAL, Status.OLDER_TEXT), (MIDDEN_DRENTHE, Status.UNVERIFIED)]
)
def test_an_invented_policy_rule_blocks_a_real_municipality_and_not_the_fictional_one(
    gemeente_code: str, status: Status
) -> None:
    found = rule_set(
        book(),
        "participatiewet",
        ["hoogte_individuele_inkomenstoeslag"],
        on=date(2025, 6, 1),
        scope={"gemeente_code": gemeente_code},
    )

    assert found.worst_status == status


def test_the_fictional_regulations_say_that_they_are_fictional() -> None:
    for path in sorted((RIETWAARDEN / "laws").rglob("2025-01-01.yaml")):
        assert "fictieve gemeente" in path.read_text("utf8"), path
