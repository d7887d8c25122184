"""Bindings: from register facts to the facts a law asks, absent and unknown kept apart."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waardig.kernel.content import LIBRARY
from waardig.kernel.content_file import ContentInvalid
from waardig.kernel.period import month_start, months_back
from waardig.law.terms import Fact
from waardig.registers.adapters.content import bindings
from waardig.registers.core.binding import attributes_needed, bind, bind_explained, longest_window, outputs_needed
from waardig.registers.core.binding_terms import Binding, BoundInput, InputBinding, NothingBound

ON = date(2025, 4, 28)
SINCE = date(2019, 1, 1)
IIT = bindings([LIBRARY]).of("participatiewet")
WINDOW = {"referteperiode_maanden": 36}
PARTNER = {"person": "0b0e7f0c-9d5c-4a43-8f0e-0d6c7d0f6a11"}


@dataclass(frozen=True)
class AFact:
    attribute: str
    value: object
    valid_from: date | None = SINCE
    valid_to: date | None = None
    established_on: date | None = None
    under_investigation: bool = False
    fact_id: UUID = field(default_factory=uuid4)


def alone(*more: AFact) -> list[AFact]:
    """A single client with three years of benefit; facts given replace those of the same attribute."""
    named = {fact.attribute for fact in more}
    plain = [
        AFact("brp.geboortedatum", "1966-11-08"),
        AFact("brp.in_onderzoek", False),
        AFact("uitkeringen.partner", None),
        AFact("uitkeringen.leefvorm", "ALLEENSTAAND"),
        AFact("uitkeringen.status", "lopend"),
        AFact("uitkeringen.norm", 124303, SINCE, date(2024, 12, 31)),
        AFact("uitkeringen.norm", 127818, date(2025, 1, 1)),
        AFact("uitkeringen.vermogen", 124000, date(2024, 2, 3), None, date(2024, 2, 3)),
        AFact("uitkeringen.laatste_iit", "2024-03-14", date(2024, 3, 14)),
        AFact("uitkeringen.woont_in_gemeente", True),
        AFact("uitkeringen.rechtmatig_verblijf", True),
        AFact("uitkeringen.uitsluiting", False),
    ]
    return [*(fact for fact in plain if fact.attribute not in named), *more]


def together(*more: AFact) -> list[AFact]:
    return alone(AFact("uitkeringen.partner", PARTNER), AFact("uitkeringen.leefvorm", "PAAR"), *more)


def bound(name: str, person: list[AFact], partner: list[AFact] | None = None, months: int = 36) -> BoundInput:
    parameters = {"referteperiode_maanden": months}
    return bind_explained(IIT, person, partner, as_of=ON, parameters=parameters, inputs=[name])[name]


def test_gerrit_is_bound_with_sources_and_dates() -> None:
    facts = bind(IIT, alone(), as_of=ON, parameters=WINDOW)

    assert facts["hoogste_maandinkomen"] == Fact(127818, "ok", "uitkeringen", ON, SINCE)
    assert facts["vermogen"] == Fact(124000, "ok", "uitkeringen", ON, date(2024, 2, 3))
    assert facts["datum_laatste_toekenning"] == Fact("2024-03-14", "ok", "uitkeringen", ON, date(2024, 3, 14))
    assert facts["geboortedatum"] == Fact("1966-11-08", "ok", "brp", ON, SINCE)
    assert facts["leefvorm"].value == "ALLEENSTAAND"
    assert facts["maanden_bijstand"].value == 36
    assert facts["gemiddeld_maandinkomen"].value == (33 * 124303 + 3 * 127818 + 18) // 36
    assert (facts["woont_in_gemeente"].value, facts["rechtmatig_verblijf"].value, facts["uitgesloten"].value) == (
        True,
        True,
        False,
    )
    assert all(fact.presumed is False for fact in facts.values())


def test_a_partner_who_is_not_there_is_absent_and_not_unknown() -> None:
    assert bound("geboortedatum_partner", alone()).fact.reason == "absent"


def test_a_partner_nobody_established_is_unknown() -> None:
    nobody = [fact for fact in alone() if fact.attribute != "uitkeringen.partner"]
    for name in ("geboortedatum_partner", "vermogen", "hoogste_maandinkomen"):
        assert (bound(name, nobody).fact.reason, bound(name, nobody).why) == ("unknown", "partner_onbekend")


def test_a_partner_who_was_not_read_is_unknown() -> None:
    found = bound("vermogen", together())
    assert (found.fact.reason, found.why) == ("unknown", "partner_niet_gelezen")


def test_facts_of_somebody_who_is_no_partner_are_not_looked_at() -> None:
    assert bound("vermogen", alone(), alone()).fact.value == 124000


def test_wealth_of_partners_is_one_sum_with_the_oldest_date() -> None:
    other = together(AFact("uitkeringen.vermogen", 6000, date(2023, 1, 9), None, date(2023, 1, 9)))
    found = bound("vermogen", together(), other)
    assert (found.fact.value, found.fact.since, len(found.fact_ids)) == (130000, date(2023, 1, 9), 2)


def test_wealth_never_established_is_unknown_for_one_or_both() -> None:
    without = [fact for fact in alone() if fact.attribute != "uitkeringen.vermogen"]
    assert bound("vermogen", without).why == "ontbreekt"
    partner = [fact for fact in together() if fact.attribute != "uitkeringen.vermogen"]
    found = bound("vermogen", together(), partner)
    assert (found.fact.value, found.fact.reason, found.why) == (None, "unknown", "ontbreekt")


@pytest.mark.parametrize("name", ["vermogen", "leefvorm", "geboortedatum", "hoogste_maandinkomen", "maanden_bijstand"])
def test_a_fact_under_investigation_is_unknown_with_that_reason(name: str) -> None:
    doubted = [replace(fact, under_investigation=True) for fact in alone() if fact.attribute != "uitkeringen.partner"]
    found = bound(name, [*doubted, AFact("uitkeringen.partner", None)])
    assert (found.fact.value, found.fact.reason, found.why) == (None, "unknown", "in_onderzoek")


def test_an_address_under_investigation_makes_residence_unknown() -> None:
    found = bound("woont_in_gemeente", alone(AFact("brp.in_onderzoek", True)))
    assert (found.fact.reason, found.why) == ("unknown", "in_onderzoek")


def test_a_spell_under_investigation_outside_the_window_does_not_count() -> None:
    old = AFact("uitkeringen.norm", 97427, SINCE, date(2022, 3, 31), under_investigation=True)
    rest = AFact("uitkeringen.norm", 124303, date(2022, 4, 1))
    assert bound("hoogste_maandinkomen", alone(old, rest)).fact.value == 124303


def test_the_last_of_two_grants_counts_for_a_couple() -> None:
    other = together(AFact("uitkeringen.laatste_iit", "2024-11-02", date(2024, 11, 2)))
    assert bound("datum_laatste_toekenning", together(), other).fact.value == "2024-11-02"


def test_never_granted_is_absent_and_one_partner_granted_counts() -> None:
    never = AFact("uitkeringen.laatste_iit", None)
    assert bound("datum_laatste_toekenning", alone(never)).fact.reason == "absent"
    assert bound("datum_laatste_toekenning", together(never), together()).fact.value == "2024-03-14"


def test_the_window_is_whole_months_before_the_month_of_the_day() -> None:
    early = AFact("uitkeringen.norm", 999999, SINCE, date(2022, 3, 31))
    inside = AFact("uitkeringen.norm", 100000, date(2022, 4, 1), date(2025, 3, 31))
    late = AFact("uitkeringen.norm", 888888, date(2025, 4, 1))
    assert bound("hoogste_maandinkomen", alone(early, inside, late)).fact.value == 100000
    assert bound("hoogste_maandinkomen", alone(early, inside, late), months=37).fact.value == 999999


def test_incomes_of_partners_add_up_per_month_and_the_norm_fills_up() -> None:
    person = together(
        AFact("uitkeringen.norm", 90000, SINCE),
        AFact("uitkeringen.inkomen", 50000, date(2024, 5, 1), date(2024, 5, 31)),
    )
    partner = together(
        AFact("uitkeringen.norm", 90000, SINCE),
        AFact("uitkeringen.inkomen", 140000, date(2024, 5, 1), date(2024, 6, 30)),
    )
    found = bound("hoogste_maandinkomen", person, partner)
    assert found.fact.value == 190000  # in May the wages of both are more than the norm of both
    assert bound("gemiddeld_maandinkomen", person, partner).fact.value == (35 * 180000 + 190000 + 18) // 36


def test_months_nobody_knows_make_the_income_unknown_and_are_named() -> None:
    before = AFact("uitkeringen.norm", 120000, SINCE, date(2024, 1, 31))
    after = AFact("uitkeringen.norm", 120000, date(2024, 4, 1))
    found = bound("hoogste_maandinkomen", alone(before, after))
    assert (found.fact.reason, found.why) == ("unknown", "maanden_ontbreken")
    assert found.months_missing == (date(2024, 2, 1), date(2024, 3, 1))


def test_a_month_with_income_nought_is_known() -> None:
    nothing = AFact("uitkeringen.inkomen", 0, SINCE, date(2024, 3, 31))
    norm = AFact("uitkeringen.norm", 120000, date(2024, 4, 1))
    assert bound("hoogste_maandinkomen", alone(nothing, norm)).fact.value == 120000


def test_a_month_of_which_days_are_missing_is_unknown() -> None:
    late = AFact("uitkeringen.norm", 120000, date(2022, 4, 2))
    assert bound("hoogste_maandinkomen", alone(late)).months_missing == (date(2022, 4, 1),)


def test_a_change_halfway_a_month_counts_by_days() -> None:
    first = AFact("uitkeringen.norm", 90000, SINCE, date(2024, 4, 10))
    second = AFact("uitkeringen.norm", 120000, date(2024, 4, 11), date(2024, 4, 30))
    third = AFact("uitkeringen.norm", 90000, date(2024, 5, 1))
    assert bound("hoogste_maandinkomen", alone(first, second, third)).fact.value == 30000 + 80000


def test_no_spell_at_all_is_never_established() -> None:
    nothing = [fact for fact in alone() if fact.attribute != "uitkeringen.norm"]
    assert bound("hoogste_maandinkomen", nothing).why == "ontbreekt"
    assert len(bound("hoogste_maandinkomen", nothing).months_missing) == 36


def test_months_of_benefit_count_only_whole_months() -> None:
    status = AFact("uitkeringen.status", "lopend", date(2024, 1, 15))
    assert bound("maanden_bijstand", alone(status)).fact.value == 14


@pytest.mark.parametrize(
    ("born", "value", "why"),
    [
        ("1975", "1975-01-01", ""),
        ("1978-06", "1978-06-01", ""),
        ("2004", None, "onvolledige_datum"),  # 20 or 21
        ("1958", None, "onvolledige_datum"),  # 66 or 67
        ("2004-04", None, "onvolledige_datum"),  # 21 on the 1st, 20 until after the 28th
        ("2004-03", "2004-03-01", ""),
        ("2004-04-28", "2004-04-28", ""),
    ],
)
def test_an_incomplete_date_of_birth_is_unknown_only_when_it_decides(born: str, value: str | None, why: str) -> None:
    found = bound("geboortedatum", alone(AFact("brp.geboortedatum", born)))
    assert (found.fact.value, found.why) == (value, why)


def test_what_is_needed_follows_from_the_inputs() -> None:
    assert attributes_needed(IIT, ["geboortedatum"]) == {"brp.geboortedatum"}
    assert attributes_needed(IIT, ["vermogen"]) == {"uitkeringen.vermogen", "uitkeringen.partner"}
    assert attributes_needed(IIT, ["woont_in_gemeente"]) == {"uitkeringen.woont_in_gemeente", "brp.in_onderzoek"}
    assert outputs_needed(IIT) == {"referteperiode_maanden"}
    assert outputs_needed(IIT, ["vermogen"]) == frozenset()
    assert longest_window(IIT, WINDOW) == {
        "uitkeringen.norm": 36,
        "uitkeringen.inkomen": 36,
        "uitkeringen.status": 36,
    }


def test_an_input_nobody_bound_is_refused() -> None:
    with pytest.raises(NothingBound, match="aantal_honden"):
        bind(IIT, alone(), as_of=ON, parameters=WINDOW, inputs=["aantal_honden"])
    with pytest.raises(NothingBound):
        bindings([LIBRARY]).of("hondenwet")


OWN = """
law: participatiewet
inputs:
  aantal_kinderen:
    take: list
    from: brp.kinderen
    each: geboortedatum
    as: age
    below: 18
    aggregate: count
  leeftijd_jongste_kind: {take: list, from: brp.kinderen, each: geboortedatum, as: age, below: 18, aggregate: min}
  leeftijd_oudste_kind: {take: list, from: brp.kinderen, each: geboortedatum, as: age, below: 18, aggregate: max}
  heeft_bewindvoerder: {take: exists, from: uitkeringen.bewindvoerder, unit: boolean}
  is_vrouw: {take: current, from: brp.naam, field: geslacht, equals: [V], unit: boolean}
  woonvorm: {take: current, from: uitkeringen.leefvorm, codes: {ALLEENSTAAND: alleen, PAAR: samen}}
  laagste_maandinkomen: {take: months, from: uitkeringen.norm, window: 12, aggregate: min, unit: eurocent}
"""


def own(tmp_path: Path, text: str = OWN) -> Binding:
    (tmp_path / "bindings").mkdir()
    (tmp_path / "bindings" / "participatiewet.yaml").write_text(text)
    return bindings([LIBRARY, tmp_path]).of("participatiewet")


def test_a_municipality_binds_other_inputs_without_code(tmp_path: Path) -> None:
    binding = own(tmp_path)
    children = [{"geboortedatum": d} for d in ("2015-05-02", "2018-12-20", "2001-01-01", "2010")]
    person = alone(
        AFact("brp.kinderen", children),
        AFact("brp.naam", {"geslachtsnaam": "Mulder", "geslacht": "V"}),
        AFact("uitkeringen.bewindvoerder", None),
    )
    facts = bind(binding, person, as_of=ON, parameters={}, inputs=[n for n in binding.inputs if n not in IIT.inputs])

    assert {name: fact.value for name, fact in facts.items()} == {
        "aantal_kinderen": None,  # one child was born in 2010, day unknown: 14 or 15
        "leeftijd_jongste_kind": None,
        "leeftijd_oudste_kind": None,
        "heeft_bewindvoerder": False,
        "is_vrouw": True,
        "woonvorm": "alleen",
        "laagste_maandinkomen": 124303,
    }
    complete = [*(f for f in person if f.attribute != "brp.kinderen"), AFact("brp.kinderen", children[:3])]
    facts = bind(binding, complete, as_of=ON, parameters={}, inputs=["aantal_kinderen", "leeftijd_jongste_kind"])
    assert [fact.value for fact in facts.values()] == [2, 6]
    assert binding.inputs["vermogen"] == IIT.inputs["vermogen"]


def test_no_children_is_nought_and_no_youngest_child_is_absent(tmp_path: Path) -> None:
    binding = own(tmp_path)
    facts = bind(
        binding,
        alone(AFact("brp.kinderen", [])),
        as_of=ON,
        parameters={},
        inputs=["aantal_kinderen", "leeftijd_jongste_kind"],
    )
    assert (facts["aantal_kinderen"].value, facts["leeftijd_jongste_kind"].reason) == (0, "absent")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x: {take: current, from: brp.schoenmaat}", "brp.schoenmaat stands in no register"),
        ("x: {take: current, from: brp.naam, of: both, joint: sum}", "cannot be summed"),
        ("x: {take: months, from: brp.geboortedatum, window: 12, aggregate: max}", "is no amount"),
        ("x: {take: list, from: brp.naam, each: a, aggregate: count}", "is no list"),
        ("x: {take: list, from: brp.kinderen, each: naam, aggregate: count}", "has no field naam"),
        ("x: {take: current, from: brp.naam, field: bijnaam}", "has no field bijnaam"),
        ("x: {take: current, from: brp.naam, unit: eurocent}", "is no amount in eurocents"),
        ("x: {take: current, from: uitkeringen.norm, window: 12}", "x"),
        ("x: {take: months, from: uitkeringen.norm, aggregate: max}", "'window' missing"),
    ],
)
def test_a_binding_that_cannot_work_is_refused_with_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(ContentInvalid) as refused:
        own(tmp_path, f"law: participatiewet\ninputs:\n  {line}\n")
    assert message in str(refused.value)
    assert "participatiewet.yaml:3" in str(refused.value)


def test_a_window_must_be_a_number_of_months() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        bind(IIT, alone(), as_of=ON, parameters={"referteperiode_maanden": 0}, inputs=["hoogste_maandinkomen"])


@st.composite
def a_history(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Spells of whole months that follow each other from January 2019: (number of months, amount)."""
    return draw(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 300000)), min_size=1, max_size=12))


def facts_of(history: list[tuple[int, int]]) -> list[AFact]:
    start, found = SINCE, []
    for months, amount in history:
        end = month_start(start, months)
        found.append(AFact("uitkeringen.norm", amount, start, end - timedelta(days=1)))
        start = end
    return found


def by_month(history: list[tuple[int, int]]) -> dict[date, int]:
    start, found = SINCE, {}
    for months, amount in history:
        found |= {month_start(start, n): amount for n in range(months)}
        start = month_start(start, months)
    return found


@settings(max_examples=150, deadline=None)
@given(a_history(), a_history(), st.integers(1, 60))
def test_joint_month_income_is_the_sum_month_by_month_or_unknown(
    one: list[tuple[int, int]], other: list[tuple[int, int]], months: int
) -> None:
    found = bound("hoogste_maandinkomen", together(*facts_of(one)), together(*facts_of(other)), months)

    window = months_back(ON, months)
    mine, theirs = by_month(one), by_month(other)
    missing = tuple(m for m in window if m not in mine or m not in theirs)
    if missing:
        assert found.fact.value is None
        assert found.months_missing == missing
    else:
        assert found.fact.value == max(mine[m] + theirs[m] for m in window)


@settings(max_examples=80, deadline=None)
@given(a_history(), st.integers(0, 11), st.integers(1, 27))
def test_cutting_a_spell_in_two_changes_nothing(history: list[tuple[int, int]], index: int, day: int) -> None:
    spells = facts_of(history)
    spell = spells[index % len(spells)]
    cut = (spell.valid_from or SINCE) + timedelta(days=day)
    parts = [replace(spell, valid_to=cut - timedelta(days=1)), replace(spell, valid_from=cut)]
    split = [*(s for s in spells if s is not spell), *parts]

    whole, halves = (bound("hoogste_maandinkomen", alone(*s), months=24).fact.value for s in (spells, split))
    assert whole == halves or (isinstance(whole, int) and isinstance(halves, int) and abs(whole - halves) <= 1)


@settings(max_examples=80, deadline=None)
@given(st.permutations(alone()))
def test_the_order_of_facts_does_not_matter(facts: list[AFact]) -> None:
    assert bind(IIT, facts, as_of=ON, parameters=WINDOW) == bind(IIT, sorted(
        facts, key=lambda f: (f.attribute, f.valid_from or date.min)), as_of=ON, parameters=WINDOW)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(sorted(IIT.inputs)), min_size=1))
def test_binding_looks_at_nothing_but_the_attributes_it_names(names: set[str]) -> None:
    needed = attributes_needed(IIT, names)
    kept = [fact for fact in alone() if fact.attribute in needed]
    assert bind(IIT, kept, as_of=ON, parameters=WINDOW, inputs=names) == bind(
        IIT, alone(), as_of=ON, parameters=WINDOW, inputs=names
    )


def test_a_binding_made_by_hand_works_like_one_from_a_file() -> None:
    binding = Binding("w", None, {"x": InputBinding("x", "current", ("uitkeringen.norm",))})
    assert bind(binding, alone(), as_of=ON, parameters={})["x"].value == 127818
