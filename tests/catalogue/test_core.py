"""Loading and checking content: what is right loads, what is wrong is named with file, line and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.builders import (
    ACTIVITIES,
    GENERAL,
    LIBRARY,
    MUNICIPALITY,
    ROOTS,
    SERVICE,
    SERVICE_FILE,
    WHY,
    Folder,
)
from waardig.catalogue.adapters.content import load
from waardig.catalogue.core.checking import population_attributes, population_kinds
from waardig.catalogue.core.explaining import holes
from waardig.catalogue.core.publishing import canonical, version_of
from waardig.catalogue.terms import Window
from waardig.kernel.content_file import ContentInvalid


def set_at(*place: str | int, to: Any) -> Callable[[dict[str, Any]], object]:
    """A change that puts a value at a place; None removes it."""

    def change(content: dict[str, Any]) -> None:
        inside: Any = content
        for step in place[:-1]:
            inside = inside[step]
        if to is None:
            del inside[place[-1]]
        else:
            inside[place[-1]] = to

    return change


def add(*place: str | int, item: Any) -> Callable[[dict[str, Any]], object]:
    """A change that appends to a list."""

    def change(content: dict[str, Any]) -> None:
        inside: Any = content
        for step in place:
            inside = inside[step]
        inside.append(item)

    return change


def test_the_library_and_the_town_load_without_a_problem() -> None:
    catalogue = load(ROOTS)

    assert set(catalogue.services) == set(catalogue.why) == {SERVICE, "meedoenregeling"}
    assert catalogue.municipality is not None
    assert {"inzage.gegevens", "iit.nagaan", "nagaan.zorgtoeslag"} <= set(catalogue.activities)
    assert {one.id for one in catalogue.activities.values() if one.needs_weighing} == {
        "iit.ronde", "meedoen.ronde", "meedoen.toekennen",
    }  # fmt: skip


def test_the_library_alone_has_no_municipality() -> None:
    assert load([LIBRARY]).municipality is None


def test_a_later_root_replaces_a_file_of_the_library(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.change(SERVICE_FILE, set_at("sample_percent", to=10))

    assert load(folder.roots).services[SERVICE].sample_percent == 10
    assert load(ROOTS).services[SERVICE].sample_percent == 5


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    before = load(folder.roots).municipality
    folder.change(MUNICIPALITY, set_at("phone", to="088 000 01 21"))
    after = load(folder.roots).municipality

    assert before is not None and after is not None
    assert (before.phone, after.phone) == ("088 000 01 20", "088 000 01 21")


FORBIDDEN = {
    "id": "brp.adres",
    "necessity": {"nl": "Zo maar.", "en": "Just so."},
    "collected_under": {"law": "Wet BRP", "article": "2.7", "jci": "jci1.3:c:BWBR0033715&artikel=2.7"},
}


@pytest.mark.parametrize(
    ("place", "change", "message"),
    [
        (ACTIVITIES, set_at("activities", 0, "purpose", to=None), "activities.0: 'purpose' missing here; add it"),
        (ACTIVITIES, set_at("activities", 0, "kind", to="plicht"), "'plicht' is not one of service, right, execution"),
        (ACTIVITIES, add("activities", 0, "attributes", item=FORBIDDEN), "'brp.adres' is forbidden in service.yaml"),
        (ACTIVITIES, set_at("activities", 0, "population", to={"kind": "anyone"}), "cannot be about anyone"),
        (ACTIVITIES, set_at("activities", 0, "attributes", 0, to=None), "the population uses uitkeringen.status"),
        (ACTIVITIES, set_at("activities", 0, "delivery", "daily_ceiling", to=None), "bulk needs a daily_ceiling"),
        (ACTIVITIES, set_at("activities", 0, "delivery", "persons_per_ask", to=501), "expected: persons in one ask"),
        (ACTIVITIES, set_at("activities", 1, "delivery", to={"form": "bulk", "persons_per_ask": 5, "daily_ceiling": 9}),
         "only a service, or an activity about those one represents, may be bulk"),
        (ACTIVITIES, set_at("activities", 0, "legal_basis", 0, "jci", to="artikel 36"), "a JCI 1.3 link such as"),
        (ACTIVITIES, set_at("activities", 0, "retention", "period", to="1 jaar"), "an ISO 8601 period such as"),
        (ACTIVITIES, set_at("activities", 0, "valid_from", to="1 januari"), "a date such as 2025-03-18"),
        (ACTIVITIES, set_at("activities", 1, "id", to="iit.beslissen"), "is also declared in"),
        (ACTIVITIES, set_at("activities", 0, "kind", to="right"), "'iit.ronde' is of kind right; it must be service"),
        (GENERAL, add("activities", 0, "attributes", item=FORBIDDEN), "'brp.adres' stands here twice; keep one"),
        (SERVICE_FILE, set_at("id", to="iit"), "id is 'iit' but the folder is 'individuele_inkomenstoeslag'"),
        (SERVICE_FILE, set_at("round_activity", to="iit.rondje"), "no activities.yaml declares 'iit.rondje'"),
        (SERVICE_FILE, set_at("round_activity", to=None), "first_look is how a round reads; add round_activity"),
        (SERVICE_FILE, set_at("sample_percent", to=0), "a whole percentage from 1 to 100"),
        (SERVICE_FILE, set_at("outputs", "figures", to=["inkomensgrens"]), "'vermogensgrens' is not among outputs"),
        (SERVICE_FILE, set_at("team", to="wonen"), "is handled by team 'wonen'; add this team"),
        (WHY, set_at("steps", 1, "rule", "nl", to="De grens is {grens}."), "{grens} is not declared"),
        (WHY, set_at("steps", 2, "rule", "en", to="The limit."), "stands in only one language of 'De grens is"),
        (WHY, set_at("steps", 5, "placeholders", "extra", to={"output": "inkomensgrens", "type": "eurocent"}),
         "placeholder extra is in no sentence; remove it"),
        (WHY, set_at("steps", 5, "placeholders", "woonsituatie", "otherwise", to=None), "a choice needs words and"),
        (WHY, set_at("steps", 2, "old", to=None), "old and old_after go together"),
        (WHY, set_at("counterfactuals", 0, "expect", "output", to="bestaat_niet"), "'bestaat_niet' is not among"),
        (MUNICIPALITY, set_at("mandates", 0, "official", to="n.niemand"), "'n.niemand' is not among officials"),
        (MUNICIPALITY, set_at("contact_person", to="n.niemand"), "'n.niemand' is not among officials"),
        (MUNICIPALITY, set_at("officials", 0, "team", to="wonen"), "team 'wonen' is not among teams"),
        (MUNICIPALITY, set_at("officials", 0, "roles", to=["gast"]), "loket.meekijken asks role loket; give it to"),
        (MUNICIPALITY, set_at("opening_hours", "phone", "monday", to="9-17"), "hours in quotes such as"),
        (MUNICIPALITY, set_at("processing_register", to="https://a.example/register"), "ends with /verwerkingen"),
        (MUNICIPALITY, set_at("oin", to="123"), "an OIN of 20 digits in quotes"),
    ],
)  # fmt: skip
def test_wrong_content_says_where_and_what_to_do(
    tmp_path: Path, place: str, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    folder = Folder(tmp_path)
    written = folder.change(place, change)

    with pytest.raises(ContentInvalid) as refused:
        load(folder.roots)

    found = [problem for problem in refused.value.problems if message in problem.message]
    assert found, str(refused.value)
    assert all(problem.line >= 1 and problem.file for problem in found)
    assert written.is_file()


def test_the_line_of_a_problem_is_the_line_in_the_file(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    written = folder.change(SERVICE_FILE, set_at("team", to="Team Inkomen"))
    line = next(n for n, text in enumerate(written.read_text().splitlines(), 1) if text.startswith("team:"))

    with pytest.raises(ContentInvalid) as refused:
        load(folder.roots)

    assert [(problem.file, problem.line) for problem in refused.value.problems] == [(str(written), line)]


def test_every_problem_of_every_file_comes_at_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.change(SERVICE_FILE, set_at("sample_percent", to=101))
    folder.change(MUNICIPALITY, set_at("code", to="Rietwaarden"))
    (folder.root / "services" / SERVICE / "why.yaml").write_text("steps: [", encoding="utf-8")

    with pytest.raises(ContentInvalid) as refused:
        load(folder.roots)

    assert sorted(Path(problem.file).name for problem in refused.value.problems) == [
        "municipality.yaml", "service.yaml", "why.yaml",
    ]  # fmt: skip


def test_a_word_that_stands_twice_is_refused(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    town = folder.root / MUNICIPALITY
    town.write_text(town.read_text(encoding="utf-8") + "\nphone: 088 000 01 99\n", encoding="utf-8")

    with pytest.raises(ContentInvalid, match="'phone' stands here twice; keep one"):
        load(folder.roots)


def test_an_official_decides_up_to_the_amount_of_the_mandate_and_not_a_cent_more() -> None:
    town = load(ROOTS).municipality
    assert town is not None
    on = date(2025, 5, 12)

    def may(official: str, amount: int, decision: str = "grant", service: str = SERVICE, day: date = on) -> bool:
        return town.mandate_for(official, service, decision, amount_eurocent=amount, on=day) is not None

    assert may("w.degraaf", 100_000)
    assert not may("w.degraaf", 100_001)
    assert may("p.vandam", 100_001)
    assert not may("f.yildiz", 1)
    assert not may("w.degraaf", 1, decision="recovery")
    assert not may("w.degraaf", 1, service="kwijtschelding")
    assert not may("w.degraaf", 1, day=date(2025, 1, 6))


def test_opening_hours_are_of_the_day() -> None:
    town = load(ROOTS).municipality
    assert town is not None

    assert town.hours_on("counter", date(2025, 5, 12)) == ("09:00", "19:00")
    assert town.hours_on("phone", date(2025, 5, 16)) == ("08:30", "16:00")
    assert town.hours_on("counter", date(2025, 5, 17)) is None
    assert town.hours_on("boat", date(2025, 5, 12)) is None


def test_the_wording_follows_the_income_that_the_regulation_uses() -> None:
    step = next(one for one in load(ROOTS).why[SERVICE].steps if one.id == "inkomen")

    assert step.rule_for(frozenset({"hoogste_maandinkomen"})).nl.startswith("Geen enkele maand")
    assert step.rule_for(frozenset({"gemiddeld_maandinkomen"})).nl.startswith("Uw gemiddelde inkomen")
    assert step.rule_for(frozenset()) == step.rule


def test_a_population_says_which_attributes_it_reads() -> None:
    population = load(ROOTS).activities["iit.ronde"].population

    assert population_kinds(population) == {"any", "client", "related"}
    assert population_attributes(population) == {
        "uitkeringen.status", "uitkeringen.laatste_iit", "uitkeringen.partner",
    }  # fmt: skip


def test_the_same_content_gives_the_same_version_and_a_changed_sentence_another(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.change(ACTIVITIES, set_at("activities", 0, "purpose", "nl", to="Iets anders doen."))
    catalogues = [load(ROOTS), load([*ROOTS]), load(folder.roots)]

    def uri(number: int, months: int = 36) -> str:
        town = catalogues[number].municipality
        assert town is not None
        activity = catalogues[number].activities["iit.ronde"]

        def window(_: Window) -> int:
            return months

        return version_of(activity, town, window, 1).uri

    assert uri(0) == uri(1)
    assert uri(0) != uri(2)
    assert uri(0) != uri(0, months=60)
    assert uri(0).startswith("https://www.rietwaarden.example/verwerkingen/iit.ronde/")


def test_holes_and_canonical_text() -> None:
    assert holes("{a} en {b_c}, geen") == ("a", "b_c")
    assert canonical({"b": [1, True], "a": {"d": None, "c": "é"}}) == '{"a":{"c":"é","d":null},"b":[1,true]}'
