"""Every wrong field of an entry is refused with its name and reason; compared with the published forms."""

from __future__ import annotations

from typing import Any

import pytest

from tests.accountability.reference_forms import FILLED, START, as_delivered, as_listed, real_entries, validator
from waardig.accountability.core.entry_check import form_of, problems
from waardig.accountability.core.entry_text import fit
from waardig.accountability.terms import RULES, Form, Kind

BOTH = list(Form)
BASE = {"name": "Rekenen", "organization": "Gemeente Rietwaarden", "status": "In gebruik"}
WHOLE: dict[Form, dict[str, Any]] = {
    Form.PUBLICATION: {
        **FILLED[Form.PUBLICATION], **BASE, "start_date": "2025-04", "purpose_and_impact": "Doel.",
        "impact_assessments": "DPIA",
    },
    Form.DELIVERY: {**FILLED[Form.DELIVERY], **BASE, "begin_date": "2025-04"},
}  # fmt: skip
WRONG: tuple[Any, ...] = (
    "", "x" * 6000, "3 april", "2025-13", "2025-4", "http://x.nl", "https://", "https://x", "geen adres",
    "https://x.nl/a b", "nld ", "2.0", 7, None, True, [], ["Bestaat niet"], [1], [{"title": "x"}], [{"link": "x"}],
    {"title": "x"},
)  # fmt: skip


def reasons(form: Form, **changes: Any) -> dict[str, str]:
    """What is wrong after these changes, by field; None as a value takes the field away."""
    values = {name: value for name, value in {**WHOLE[form], **changes}.items() if value is not None}
    return {one.field: one.reason for one in problems(form, values)}


@pytest.mark.parametrize("form", BOTH)
def test_a_whole_entry_has_nothing_wrong(form: Form) -> None:
    assert reasons(form) == {}


@pytest.mark.parametrize(
    ("form", "field", "value", "reason"),
    [
        (Form.PUBLICATION, "name", "x" * 100, "has 100 characters; at most 99 fit"),
        (Form.DELIVERY, "name", "x" * 101, "has 101 characters; at most 100 fit"),
        (Form.PUBLICATION, "name", " ", "is required and empty"),
        (Form.PUBLICATION, "name", None, "is required and missing"),
        (Form.PUBLICATION, "start_date", "april 2025", "'april 2025' is no month; write it like 2025-04"),
        (Form.DELIVERY, "begin_date", "2025-13", "'2025-13' is no month; write it like 2025-04"),
        (Form.DELIVERY, "begin_date", None, "is required when the status is 'In gebruik' and missing"),
        (Form.DELIVERY, "end_date", "2025-05", "may not stand with status 'In gebruik'; remove it"),
        (Form.PUBLICATION, "schema", "1.0", "'1.0' is not one of '1.0.0'"),
        (Form.DELIVERY, "standard_version", "1.0.0", "'1.0.0' is not one of '1.0'"),
        (
            Form.DELIVERY, "publication_category", "Impactvolle algoritmes (Categorie B)",
            "'Impactvolle algoritmes (Categorie B)' is not one of "
            "'Hoog-risico AI-systeem', 'Impactvolle algoritmes', 'Overige algoritmes'",
        ),
        (Form.DELIVERY, "website", "http://x.nl", "'http://x.nl' is not an absolute https address"),
        (Form.PUBLICATION, "link", "/verantwoording/", "'/verantwoording/' is not an absolute https address"),
        (Form.PUBLICATION, "link", "https://u:p@x.nl", "'https://u:p@x.nl' is not an absolute https address"),
        (Form.PUBLICATION, "contact", "bel ons", "'bel ons' is neither an e-mail address nor an https address"),
        (Form.DELIVERY, "category", ["Zorg"], "'Zorg' is not a theme of the register"),
        (Form.DELIVERY, "goal", "<script>x</script>", "holds mark-up that is not allowed: script"),
        (Form.DELIVERY, "lawfulBasis", "Pw", "the form does not know it; did you mean lawful_basis?"),
        (Form.PUBLICATION, "qqq", "x", "the form does not know it; remove it"),
        (Form.PUBLICATION, "theme", "Werk", "must be a list of texts"),
        (Form.PUBLICATION, "supplier", 7, "must be text, not int"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_refused_with_its_reason(form: Form, field: str, value: Any, reason: str) -> None:
    assert reasons(form, **{field: value}) == {field: reason}


def test_each_item_of_a_list_of_links_is_checked_by_itself() -> None:
    found = reasons(
        Form.DELIVERY, lawful_basis_grouping=[{"title": "Pw", "link": "https://x.nl"}, {"title": "", "url": "y"}]
    )

    assert found == {
        "lawful_basis_grouping[1].url": "the form does not know it; remove it",
        "lawful_basis_grouping[1].title": "is required and missing",
        "lawful_basis_grouping[1].link": "is required and missing",
    }
    assert reasons(Form.DELIVERY, impacttoetsen_grouping=[{"title": "DPIA"}]) == {}


def test_an_ended_algorithm_needs_its_last_month() -> None:
    ended = reasons(Form.PUBLICATION, status="Buiten gebruik")

    assert ended == {"end_date": "is required when the status is 'Buiten gebruik' and missing"}
    assert reasons(Form.PUBLICATION, status="Buiten gebruik", end_date="2026-01") == {}


def test_a_link_that_leads_nowhere_is_refused_with_where_it_went() -> None:
    values = {**WHOLE[Form.PUBLICATION], "link": "https://x.nl/weg"}

    (found,) = problems(Form.PUBLICATION, values, lambda link: "there is no such page on this site")

    assert (found.field, found.reason) == (
        "link",
        "'https://x.nl/weg' leads nowhere: there is no such page on this site",
    )


@pytest.mark.parametrize("form", BOTH)
def test_the_form_is_recognised_by_its_own_fields(form: Form) -> None:
    assert form_of(WHOLE[form]) is form


@pytest.mark.parametrize("form", BOTH)
def test_an_entry_of_one_form_is_refused_by_the_other(form: Form) -> None:
    other = Form.DELIVERY if form is Form.PUBLICATION else Form.PUBLICATION

    assert problems(other, WHOLE[form]) != ()


@pytest.mark.parametrize("form", BOTH)
def test_our_model_has_exactly_the_fields_of_the_published_form(form: Form) -> None:
    published = validator(form).schema

    ours = {rule.name: rule for rule in RULES[form]}

    assert set(ours) == set(published["properties"])
    assert {name for name, rule in ours.items() if rule.required} == set(published["required"])
    for name, rule in ours.items():
        said = published["properties"][name]
        if rule.kind in (Kind.TEXT, Kind.LINK, Kind.MONTH, Kind.CONTACT):
            assert rule.longest == said.get("maxLength"), name
        if rule.kind is Kind.CHOICE:
            assert list(rule.choices) == said.get("enum", [said.get("const")]), name


@pytest.mark.parametrize("form", BOTH)
def test_whatever_the_published_form_refuses_is_refused_here_too(form: Form) -> None:
    reference, agreed = validator(form), 0
    for rule in RULES[form]:
        for value in WRONG:
            values = {**WHOLE[form], rule.name: value}
            if not reference.is_valid(values):
                assert problems(form, values) != (), (rule.name, value)
                agreed += 1

    assert agreed > 150


@pytest.mark.parametrize("form", BOTH)
def test_150_real_entries_are_judged_as_the_published_form_judges_them(form: Form) -> None:
    """Each difference is ours to explain: an ended algorithm without its last month is the only one."""
    reference = validator(form)
    differences = []
    for entry in real_entries():
        for made in (as_listed(entry, form), as_delivered(entry, form)):
            wrong = problems(form, made)
            if (not wrong) != reference.is_valid(made):
                differences.append((entry["status"], tuple(one.field for one in wrong)))

    assert len(real_entries()) == 150
    assert set(differences) == {("buiten_gebruik", ("end_date",))}
    assert len(differences) == 10


@pytest.mark.parametrize("form", BOTH)
def test_the_words_of_the_public_list_are_not_those_of_the_form(form: Form) -> None:
    for entry in real_entries():
        wrong = {one.field for one in problems(form, as_listed(entry, form))}
        assert "status" in wrong
        assert START[form] not in wrong


def test_a_text_that_is_too_long_ends_at_a_whole_sentence_and_says_where_to_read_on() -> None:
    sentences = ["Dit is de eerste zin.", "Dit is de tweede zin.", "Dit is de derde zin."]

    assert fit(sentences, 100) == " ".join(sentences)
    assert fit(sentences, 62, "https://x.nl") == "Dit is de eerste zin. Lees alles op https://x.nl"
    assert fit(["Een woord dat veel te lang is"], 12) == "Een woord…"
