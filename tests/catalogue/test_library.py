"""The shipped content against the law, the registers and the lists it names."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.catalogue.builders import LIBRARY, ROOT, ROOTS, SERVICE
from tests.shared_data import shared
from waardig.catalogue.actions import declared_versions
from waardig.catalogue.adapters.content import load
from waardig.law import queries as law
from waardig.registers.adapters.content import bindings
from waardig.registers.core.binding import attributes_needed, longest_window

DAY = date(2025, 4, 28)


def activities() -> list[Any]:
    """Every shipped activity."""
    return list(load(ROOTS).activities.values())


def register_attributes() -> dict[str, dict[str, Any]]:
    """Every attribute that a register file declares."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((LIBRARY / "registers").glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, declared in content["attributes"].items():
            found[f"{content['register']}.{name}"] = declared | {"register": content}
    return found


def test_every_attribute_of_an_activity_stands_in_a_register() -> None:
    known = register_attributes()

    unknown = {(activity.id, name) for activity in activities() for name in activity.attribute_ids if name not in known}

    assert unknown == set()


def test_the_round_reads_no_address_no_name_and_no_other_organisation() -> None:
    attributes = load(ROOTS).activities["iit.ronde"].attribute_ids

    assert len(attributes) == 15
    assert not {"brp.adres", "brp.naam", "uitkeringen.iban"} & attributes
    assert {name.split(".")[0] for name in attributes} == {"brp", "uitkeringen"}


def test_every_output_and_input_that_the_service_names_is_in_the_law() -> None:
    catalogue = load(ROOTS)
    service, page = catalogue.services[SERVICE], catalogue.why[SERVICE]
    book = law.law_book(ROOTS)

    needs = law.inputs_of(book, service.law, service.outputs.all, on=DAY, scope={"gemeente_code": "GM9999"})

    by_other_regulations = {"gemiddeld_maandinkomen", "aantal_kinderen", "leeftijd_jongste_kind"}
    known = {need.name for need in needs} | by_other_regulations
    named = {fact.input for step in (*page.steps, *page.also_checked) for fact in step.facts}
    named |= {line.change.input for line in page.counterfactuals} | {line.when_used for line in page.counterfactuals}
    named |= {one.input for one in service.assume_for} | {one.input for one in service.ask_at_yes if one.input}
    assert named - known == set()


def test_the_why_page_shows_every_condition_of_the_service() -> None:
    catalogue = load(ROOTS)
    page, outputs = catalogue.why[SERVICE], catalogue.services[SERVICE].outputs

    shown = [step.output for step in (*page.steps, *page.also_checked)]

    assert sorted(shown) == sorted([*outputs.conditions, outputs.amount])
    assert [step.topic.nl for step in page.steps if step.topic] == [
        "leeftijd", "inkomen", "spaargeld", "vorige toeslag", "woonsituatie",
    ]  # fmt: skip
    assert [step.kind for step in page.steps] == ["condition"] * 4 + ["open_norm", "amount"]


def test_every_message_of_the_service_has_a_text_in_both_languages() -> None:
    folder = LIBRARY / "services" / SERVICE / "messages"

    wanted = {f"{name}.{language}.md" for name in load(ROOTS).services[SERVICE].messages for language in ("nl", "en")}

    assert wanted - {path.name for path in folder.glob("*.md")} == set()


def test_nothing_is_assumed_against_a_person() -> None:
    catalogue = load(ROOTS)
    service = catalogue.services[SERVICE]
    book = law.law_book(ROOTS)
    facts = {one.input: law_fact(one.value) for one in service.assume_for}
    conditions = service.outputs.conditions

    result = law.evaluate(
        book, service.law, conditions, on=DAY, parameters={"gemeente_code": "GM9999"},
        facts={**facts, "leefvorm": law_fact("ALLEENSTAAND")},
    )  # fmt: skip

    assert {name for name in conditions if result.outputs[name].value is False} == set()
    assert result.outputs["vermogen_voldoet"].value is True


def law_fact(value: bool | int | str) -> Any:
    """A fact of the law room."""
    from waardig.law.terms import Fact

    return Fact(value)


@pytest.mark.parametrize("activity", activities(), ids=lambda one: one.id)
def test_retention_is_a_result_of_the_selection_list(activity: Any) -> None:
    rows = json.loads(shared("data/selectielijst/selectielijst_2020.json").read_text(encoding="utf-8"))
    processes = {row["pk"]: row["fields"]["nummer"] for row in rows if row["model"].endswith("procestype")}
    results = {row["pk"]: row["fields"] for row in rows if row["model"].endswith("resultaat")}

    def number(pk: int) -> str:
        fields = results[pk]
        parent = fields["generiek_resultaat"]
        return f"{number(parent) if parent else processes[fields['proces_type']]}.{fields['nummer']}"

    kept = activity.retention
    named = {number(pk): fields for pk, fields in results.items()}[kept.result]

    assert kept.result.split(".")[0] == kept.process
    assert kept.result_name.startswith(named["naam"].strip())
    assert kept.appraisal == named["waardering"]
    assert kept.period == named["bewaartermijn"]


def test_the_service_stands_in_the_product_list_under_its_article() -> None:
    service = load(ROOTS).services[SERVICE]
    [path] = list(shared("data/upl").glob("*.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if row and row[0] == service.upl_name]

    assert len(rows) == 1
    assert service.upl_uri in rows[0]
    assert any(cell.endswith(f"artikel={service.article}") for cell in rows[0])


def test_every_article_named_is_in_the_statute_at_hand() -> None:
    missing = set()
    for activity in activities():
        for url in [basis.url for basis in activity.legal_basis] + [a.collected_under.url for a in activity.attributes]:
            found = re.search(r"(BWBR\d{7}).*&artikel=([^&]+)", url)
            if not found:
                continue
            texts = list(shared("data/statutes").glob(f"{found[1]}*.md"))
            if texts and not re.search(rf"^### Artikel\s+{re.escape(found[2])}\s*$", texts[0].read_text("utf-8"), re.M):
                missing.add((activity.id, url))

    assert missing == set()


def texts(value: Any, language: str = "nl") -> Iterator[str]:
    """Every text in one language inside content."""
    if isinstance(value, dict):
        if set(value) == {"nl", "en"}:
            yield value[language]
        else:
            for inner in value.values():
                yield from texts(inner, language)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, language)


def of_services() -> list[Path]:
    own = (ROOT / "demo/content").glob("*/services/*/*.yaml")
    return [*LIBRARY.glob("services/*/*.yaml"), *LIBRARY.glob("checks/*.yaml"), *own]


def test_dutch_sentences_are_short_and_use_plain_words() -> None:
    banned = re.compile(r"\b(klant|burger|notificatie|casus|product|tijdig|zo spoedig mogelijk|fraude)\w*", re.I)
    checked = 0
    for path in of_services():
        for text in texts(yaml.safe_load(path.read_text(encoding="utf-8"))):
            for sentence in re.split(r"(?<=[.?!:;])\s+", text):
                checked += 1
                assert len(sentence.split()) <= 15, f"{path.name}: {sentence}"
            assert not banned.search(text.replace("burgerservicenummer", "")), f"{path.name}: {text}"
    assert checked > 300


def test_english_sentences_are_short() -> None:
    sentences = [
        (path.name, sentence)
        for path in of_services()
        for text in texts(yaml.safe_load(path.read_text(encoding="utf-8")), "en")
        for sentence in re.split(r"(?<=[.?!:;])\s+", text)
    ]

    assert len(sentences) > 300
    assert [one for one in sentences if len(one[1].split()) > 20] == []


def test_the_round_may_read_everything_that_the_law_needs() -> None:
    needed = attributes_needed(bindings(ROOTS).of("participatiewet"))

    assert needed - load(ROOTS).activities["iit.ronde"].attribute_ids == set()


def test_the_round_reads_as_far_back_as_the_law_looks_and_the_application_no_less() -> None:
    months = longest_window(bindings(ROOTS).of("participatiewet"), {"referteperiode_maanden": 36})
    versions = {one.activity.id: one for one in declared_versions(ROOTS, on=DAY)}

    for activity in ("iit.ronde", "iit.aanvraag", "iit.beslissen"):
        windows = versions[activity].windows
        assert {name: windows.get(name) for name in months} == months, activity


def test_nothing_that_others_hold_may_be_read_in_bulk() -> None:
    never = {name for name, declared in register_attributes().items() if declared.get("bulk") == "never"}
    bulk = [activity for activity in activities() if activity.delivery.form == "bulk"]

    assert {"belastingdienst.toetsingsinkomen", "suwinet.loon"} <= never
    assert {(one.id, name) for one in bulk for name in one.attribute_ids & never} == set()
