"""Binding many households by SQL equals binding them one by one, or says that a household is odd."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.registers.test_binding import AFact
from waardig.registers.adapters.content import bindings, declarations
from waardig.registers.core.binding import bind
from waardig.registers.core.binding_sql import NotInBulk, bulk
from waardig.registers.core.binding_terms import Binding, InputBinding

LIBRARY = Path(__file__).resolve().parents[2] / "src" / "waardig" / "library"
IIT, KNOWN = bindings([LIBRARY]).of("participatiewet"), declarations([LIBRARY])
ON = date(2025, 4, 28)
LINK = {"person": "0b0e7f0c-9d5c-4a43-8f0e-0d6c7d0f6a11"}
OWN = Binding(
    "eigen",
    "uitkeringen.partner",
    {
        one.name: one
        for one in (
            InputBinding("laatste_norm", "months", ("uitkeringen.norm",), window=5, missing_month="zero", of="both"),
            InputBinding("laagste", "months", ("uitkeringen.norm",), window=4, aggregate="min", within_month="sum"),
            InputBinding("som", "months", ("uitkeringen.norm", "uitkeringen.inkomen"), window=3, aggregate="sum"),
            InputBinding("is_er", "exists", ("uitkeringen.vermogen",), missing="absent"),
            InputBinding("was_er", "exists", ("uitkeringen.laatste_iit",)),
            InputBinding("vorm", "current", ("uitkeringen.leefvorm",), codes={"PAAR": "P", "ALLEENSTAAND": "A"}),
            InputBinding("paar", "current", ("uitkeringen.leefvorm",), equals=("PAAR",), of="partner"),
            InputBinding("grootste", "current", ("uitkeringen.vermogen",), of="both", joint="max", unit="eurocent"),
            InputBinding("een_van_twee", "current", ("uitkeringen.uitsluiting",), of="both", joint="any"),
            InputBinding("beide", "current", ("uitkeringen.rechtmatig_verblijf",), of="both", joint="all",
                         doubted_by=("brp.in_onderzoek",)),
        )
    },
)  # fmt: skip


@st.composite
def spells(draw: st.DrawFn, attribute: str, values: st.SearchStrategy[object]) -> list[AFact]:
    """Spells that follow each other, with gaps, open ends, halves of months and doubt."""
    start: date | None = draw(st.none() | st.dates(date(2021, 12, 1), date(2025, 4, 20)))
    found = []
    for length in draw(st.lists(st.integers(1, 400), max_size=5)):
        begin = start or date(2021, 12, 1)
        end = None if draw(st.integers(0, 5)) == 0 else begin + timedelta(days=length)
        doubt = draw(st.integers(0, 19)) == 0
        found.append(AFact(attribute, draw(values), start, end, None, doubt))
        if end is None:
            break
        start = end + timedelta(days=draw(st.sampled_from([1, 1, 1, 2, 40])))
    return [fact for fact in found if (fact.valid_from or ON) <= ON]


def a_person() -> st.SearchStrategy[list[AFact]]:
    parts = [
        spells("brp.geboortedatum", st.sampled_from(["1966-11-08", "1978-06", "1950", None])),
        spells("brp.in_onderzoek", st.sampled_from([False, False, False, True, None])),
        spells("uitkeringen.leefvorm", st.sampled_from(["PAAR", "ALLEENSTAAND", 'd\'r "x"', None])),
        spells("uitkeringen.status", st.sampled_from(["lopend", "lopend", "beeindigd"])),
        spells("uitkeringen.norm", st.integers(0, 300000)),
        spells("uitkeringen.inkomen", st.integers(-5000, 300000) | st.none()),
        spells("uitkeringen.vermogen", st.integers(-100, 10**9) | st.none()),
        spells("uitkeringen.laatste_iit", st.sampled_from(["2024-03-14", "2025-01-31", None])),
        spells("uitkeringen.woont_in_gemeente", st.booleans()),
        spells("uitkeringen.rechtmatig_verblijf", st.booleans() | st.none()),
        spells("uitkeringen.uitsluiting", st.booleans()),
    ]
    steady = [AFact("uitkeringen.norm", 127818, date(2020, 1, 1)), AFact("uitkeringen.status", "lopend", None)]
    mixed = st.tuples(*parts).map(lambda groups: [fact for group in groups for fact in group])
    named = {fact.attribute for fact in steady}
    return st.one_of(mixed, mixed.map(lambda facts: [*(f for f in facts if f.attribute not in named), *steady]))


Household = tuple[list[AFact], list[AFact] | None]


@st.composite
def a_household(draw: st.DrawFn) -> Household:
    """Alone, together, together with somebody who was not read, or nobody knows."""
    person = draw(a_person())
    link = draw(st.sampled_from(["none", "none", "present", "present", "unread", "unknown", "doubted"]))
    if link != "unknown":
        value = None if link == "none" else LINK
        person = [*person, AFact("uitkeringen.partner", value, None, None, None, link == "doubted")]
    return person, draw(a_person()) if link in ("present", "doubted") else None


def state_of(household: Household) -> str:
    person, partner = household
    link = next((fact for fact in person if fact.attribute == "uitkeringen.partner"), None)
    if link is None or link.under_investigation:
        return "unknown"
    return "none" if link.value is None else "unread" if partner is None else "present"


def in_bulk(households: Sequence[Household], binding: Binding, months: int) -> list[dict[str, object]]:
    """The rows of the SQL, in the order of the households."""
    connection = duckdb.connect()
    rows = [
        (
            2 * h + place,
            f.attribute,
            json.dumps(f.value, ensure_ascii=False),
            f.valid_from,
            f.valid_to,
            f.under_investigation,
        )
        for h, people in enumerate(households)
        for place, facts in enumerate(people)
        for f in facts or []
    ]
    kinds = {"n": "INT", "attribute": "TEXT", "value": "TEXT", "since": "DATE", "until": "DATE", "doubt": "BOOLEAN"}
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in kinds]
    picks = ", ".join(f"unnest(CAST(${n} AS {kind}[])) AS {name}" for n, (name, kind) in enumerate(kinds.items(), 1))
    connection.execute(f"CREATE TABLE fact AS SELECT {picks}", columns)
    connection.execute("CREATE TABLE household (h INT, first INT, partner INT, state TEXT)")
    states = [state_of(one) for one in households]
    connection.executemany(
        "INSERT INTO household VALUES (?, ?, ?, ?)",
        [[h, 2 * h, 2 * h + 1 if state == "present" else None, state] for h, state in enumerate(states)],
    )
    made = bulk(binding, KNOWN, list(binding.inputs), as_of=ON, parameters={"referteperiode_maanden": months})
    found = connection.execute(f"{made.select} ORDER BY household.h")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(a_household(), min_size=1, max_size=6), st.integers(1, 40), st.sampled_from([IIT, OWN]))
def test_binding_in_bulk_equals_binding_one_by_one(households: list[Household], months: int, binding: Binding) -> None:
    rows = in_bulk(households, binding, months)

    assert len(rows) == len(households)
    for row, (person, partner) in zip(rows, households, strict=True):
        if row["odd"]:
            continue
        exact = bind(binding, person, partner, as_of=ON, parameters={"referteperiode_maanden": months})
        for name, fact in exact.items():
            expected = (fact.value if fact.reason == "ok" else None, fact.reason)
            assert (row[name], row[f"{name}__reason"]) == expected, name


def test_ordinary_households_are_not_odd() -> None:
    steady = [
        AFact("brp.geboortedatum", "1966-11-08"), AFact("brp.in_onderzoek", False), AFact("uitkeringen.partner", None),
        AFact("uitkeringen.leefvorm", "ALLEENSTAAND"), AFact("uitkeringen.status", "lopend"),
        AFact("uitkeringen.norm", 124303, date(2020, 1, 1), date(2024, 12, 31)),
        AFact("uitkeringen.norm", 127818, date(2025, 1, 1)), AFact("uitkeringen.vermogen", 124000),
        AFact("uitkeringen.laatste_iit", "2024-03-14"),
    ]  # fmt: skip
    (row,) = in_bulk([(steady, None)], IIT, 36)

    assert row["odd"] is False
    assert (row["hoogste_maandinkomen"], row["gemiddeld_maandinkomen"]) == (
        127818,
        (33 * 124303 + 3 * 127818 + 18) // 36,
    )
    assert (row["maanden_bijstand"], row["vermogen"], row["datum_laatste_toekenning"]) == (36, 124000, "2024-03-14")
    assert row["geboortedatum_partner__reason"] == "absent"


def test_an_incomplete_date_is_left_to_the_exact_rule() -> None:
    (row,) = in_bulk([([AFact("brp.geboortedatum", "1978-06")], None)], IIT, 36)

    assert row["odd"] is True


def test_a_list_is_not_bound_in_bulk() -> None:
    binding = Binding("w", None, {"x": InputBinding("x", "list", ("uitkeringen.norm",))})

    with pytest.raises(NotInBulk, match="take: list"):
        bulk(binding, KNOWN, ["x"], as_of=ON, parameters={})
