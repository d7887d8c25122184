"""Pure parts of the message box: templates, blocks, the life of a delivery."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.inbox import terms
from waardig.inbox.core.blocks import blocks_from_data, blocks_to_data, case_number, content_sha256, plain, words_of
from waardig.inbox.core.delivery import (
    address_lines,
    administrator_lines,
    channel_for,
    is_deceased,
    state_after,
    step,
)
from waardig.inbox.core.filling import fill
from waardig.inbox.core.letter import spaced_code
from waardig.inbox.core.template import Template, parse_template
from waardig.inbox.terms import (
    Block,
    Channel,
    DataRow,
    DeliveryState,
    EventKind,
    Span,
    StepNotAllowed,
    TemplateInvalid,
)

FRONT = """---
language: nl
message_type: x
subject: Bericht van uw gemeente
placeholders: {amount: money, day: day, couple: flag, name: text, count: number, facts: list, rows: rows, case: case}
---
"""
START = FRONT + "# Titel\n\nEerste regel.\n\n"
VALUES: dict[str, Any] = {
    "amount": 52197, "day": date(2025, 5, 23), "couple": False, "name": "G. Vos", "count": 3, "facts": ["een", "twee"],
    "rows": (DataRow("Leeftijd", (Span("58"),), (Span("BRP"),)),), "case": "RW 2025 0481",
}  # fmt: skip


def read(body: str, front: str = FRONT) -> Template:
    return parse_template(front + body, "m.nl.md")


def filled(body: str, **changes: Any) -> tuple[Block, ...]:
    return fill(read(body), {**VALUES, **changes}).blocks


def last(body: str, **changes: Any) -> Any:
    return filled("# Titel\n\nEerste regel.\n\n" + body, **changes)[-1]


def problem(text: str) -> str:
    with pytest.raises(TemplateInvalid) as refused:
        fill(parse_template(text, "m.nl.md"), VALUES)
    return str(refused.value.problem)


def test_amounts_and_dates_become_words_with_a_machine_value() -> None:
    title, lead = filled("# U krijgt {amount}\n\nUiterlijk {day}, {count} keer.\n")

    assert isinstance(title, terms.Title) and isinstance(lead, terms.Lead)
    assert title.text == (Span("U krijgt "), Span("€\u00a0521,97", False, "money", "521.97"))
    assert lead.text[1] == Span("vrijdag 23\u00a0mei 2025", False, "date", "2025-05-23")
    assert plain(lead.text) == "Uiterlijk vrijdag 23\u00a0mei 2025, 3 keer."


def test_a_value_is_text_and_never_markup() -> None:
    name = "**Jan** <script>alert(1)</script> {amount} [x](y) `z` #set"
    section = last("## Aan {name} {#a}\n\nDag {name}.\n\n- {facts}\n", name=name, facts=[name])

    assert section.heading == (Span("Aan "), Span(name))
    assert section.items[0].text == (Span("Dag "), Span(name), Span("."))
    assert section.items[1].items == ((Span(name),),)


@given(st.text(max_size=200))
def test_any_text_as_value_stays_exactly_that_text(value: str) -> None:
    section = last("## Kop {#a}\n\nVoor {name} na.\n", name=value)

    assert plain(section.items[0].text) == f"Voor {value} na."
    assert blocks_from_data(blocks_to_data([section])) == (section,)


def test_conditions_keep_or_drop_a_title_a_sentence_an_item_and_a_row() -> None:
    body = (
        "# {unless couple}Alleen\n# {if couple}Samen\n\nRegel.\n{if couple}Paar.\n\n"
        "## K {#k kind=keyinfo}\n\n| a | b | c |\n|---|---|---|\n| {if couple}P | p | |\n| Q | q | |\n\n"
        "## L {#l}\n\n- {if couple}een\n- twee\n"
    )

    single, pair = filled(body, couple=False), filled(body, couple=True)

    assert [plain(block.text) for block in single[:2]] == ["Alleen", "Regel."]  # type: ignore[union-attr]
    assert [plain(block.text) for block in pair[:2]] == ["Samen", "Regel. Paar."]  # type: ignore[union-attr]
    assert [len(block[2].rows) for block in (single, pair)] == [1, 2]  # type: ignore[union-attr]
    assert [len(block[3].items[0].items) for block in (single, pair)] == [1, 2]  # type: ignore[union-attr]


def test_options_have_a_value_a_label_and_what_follows() -> None:
    question = last(
        "## Wilt u dit? {#q kind=question}\n\n{paper}Kruis aan.\n\n- yes: Ja\n  **Bij ja** komt geld.\n- no: Nee\n"
    )

    assert [(one.value, plain(one.label), plain(one.note)) for one in question.options] == [
        ("yes", "Ja", "Bij ja komt geld."),
        ("no", "Nee", ""),
    ]
    assert list(words_of(question, "screen")) == ["Wilt u dit?", "Bij ja komt geld."]
    assert list(words_of(question, "paper")) == ["Wilt u dit?", "Kruis aan.", "Bij ja komt geld."]


def test_a_data_table_takes_its_rows_from_the_values() -> None:
    table = last(
        "## Gegevens {#d kind=data only=paper}\n\n| Gegeven | Waarde | Bron |\n|---|---|---|\n| {rows} | | |\n"
    )

    assert (table.columns, table.rows, table.only) == (("Gegeven", "Waarde", "Bron"), VALUES["rows"], "paper")
    assert list(words_of(table, "screen")) == []


def test_the_case_number_is_found_in_the_key_information() -> None:
    key = last("## K {#k kind=keyinfo}\n\n| a | b | c |\n|---|---|---|\n| Zaaknummer | {case} | |\n")

    assert case_number([key]) == "RW\u00a02025\u00a00481"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Titel\n", "m.nl.md:1: starts without front matter"),
        (FRONT.replace("language: nl", "language: fr") + "# T\n\nx\n", "m.nl.md:1: language is 'fr'"),
        (FRONT.replace("subject: B", "subject: {amount} B") + "# T\n\nx\n", "m.nl.md:1: front matter is not YAML"),
        (FRONT.replace("uw gemeente", "uw {amount} gemeente") + "# T\n\nx\n", "m.nl.md:1: subject must be neutral"),
        (FRONT.replace("money", "euro") + "# T\n\nx\n", "m.nl.md:1: 'euro' is not a valid PlaceholderType"),
        (FRONT.replace("message_type: x\n", "") + "# T\n\nx\n", "m.nl.md:1: front matter must have exactly"),
        (FRONT + "Geen titel.\n", "m.nl.md:7: a message needs a title"),
        (START + "## Kop zonder id\n\nx\n", "m.nl.md:11: a heading needs an id"),
        (START + "## Kop {#a soort=x}\n", "m.nl.md:11: 'soort=x' is not known"),
        (START + "## Kop {#a}\n\nx\n\n## Kop {#a}\n\ny\n", "m.nl.md:15: block id 'a' is used twice"),
        (START + "### Kop {#a}\n", "m.nl.md:11: use '# ' for the title"),
        (START + "## Kop {#a}\n\nEen.\nTwee {bedrag}.\n", "m.nl.md:14: unknown placeholder {bedrag}"),
        (START + "## Kop {#a}\n\n{if paar}x\n", "m.nl.md:13: unknown flag 'paar'"),
        (START + "## Kop {#a}\n\n[klik](http://x)\n", "m.nl.md:13: 'link' is not allowed"),
        (START + "## Kop {#a}\n\n<b>x</b>\n", "m.nl.md:13: 'html_inline' is not allowed"),
        (START + "## Kop {#a}\n\n*schuin*\n", "m.nl.md:13: 'em' is not allowed"),
        (START + "## Kop {#a}\n\n1. een\n", "m.nl.md:13: 'ordered_list' is not allowed"),
        (START + "## Kop {#a}\n\n- een\n  - twee\n", "m.nl.md:14: a list holds plain items only"),
        (START + "## Kop {#a}\n\nx {couple} y\n", "m.nl.md:13: {couple} is a flag"),
        (START + "## Kop {#k kind=keyinfo}\n\nx\n", "m.nl.md:11: 'k' needs one table of 3 columns"),
        (START + "## Kop {#q kind=question}\n\n- Ja\n", "m.nl.md:13: an option is written"),
        (START + "## Kop {#q kind=question}\n\nx\n", "m.nl.md:11: 'q' needs a list of options"),
        (START + "## Kop {#d kind=data}\n\nx\n", "m.nl.md:11: 'd' needs a table with one row"),
        (FRONT + "# {if couple}Titel\n\nx\n", "m.nl.md:7: 0 titles remain"),
        (FRONT + "# Een\n# Twee\n\nx\n", "m.nl.md:7: 2 titles remain"),
    ],
)  # fmt: skip
def test_an_error_in_a_template_names_file_line_and_remedy(text: str, said: str) -> None:
    assert problem(text).startswith(said)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("amount", "521,97", "m.nl.md:7: {amount} is a str; money needs int"),
        ("amount", True, "m.nl.md:7: {amount} is a bool; money needs int"),
        ("amount", None, "m.nl.md:7: no value was given for {amount} (money)"),
    ],
)
def test_a_missing_or_wrong_value_is_an_error_and_never_a_blank(name: str, value: object, said: str) -> None:
    with pytest.raises(TemplateInvalid) as refused:
        filled("# U krijgt {amount}\n\nx\n", **{name: value})

    assert str(refused.value.problem) == said


def test_a_value_that_is_not_used_may_be_absent() -> None:
    assert len(fill(read("# T\n\nx\n"), {}).blocks) == 2


def test_the_hash_changes_with_a_word_and_not_with_anything_else() -> None:
    one, other = filled("# T\n\nEen.\n"), filled("# T\n\nTwee.\n")

    assert content_sha256("s", "nl", one) == content_sha256("s", "nl", filled("# T\n\nEen.\n"))
    assert len({content_sha256("s", "nl", one), content_sha256("s", "nl", other), content_sha256("s", "en", one)}) == 3


# -- delivery ----------------------------------------------------------------------------------------------------------
WENT_OUT = {DeliveryState.PUBLISHED, DeliveryState.HANDED_TO_PRINT, DeliveryState.HANDED_TO_POST}


@given(st.lists(st.sampled_from(list(EventKind)), max_size=12))
def test_nothing_goes_out_twice_and_a_refused_step_changes_nothing(tries: list[EventKind]) -> None:
    state, happened = DeliveryState.PENDING, list[EventKind]()
    for event in tries:
        try:
            state = step(state, event)
        except StepNotAllowed:
            continue
        happened.append(event)

    assert state_after(happened) == state
    out = [event for event in happened if event in (EventKind.PUBLISHED, EventKind.HANDED_TO_PRINT)]
    assert len(out) <= 1
    assert (state in WENT_OUT) <= (len(out) == 1)
    assert not (EventKind.CANCELLED in happened and out)


def test_reading_is_an_event_of_the_message_and_moves_no_delivery() -> None:
    assert state_after([EventKind.ACCEPTED, EventKind.PUBLISHED, EventKind.OPENED]) == DeliveryState.PUBLISHED
    with pytest.raises(StepNotAllowed):
        step(DeliveryState.PUBLISHED, EventKind.OPENED)


def test_paper_until_chosen_and_always_for_an_administrator() -> None:
    assert channel_for(None, for_administrator=False) == Channel.PAPER
    assert channel_for(Channel.DIGITAL, for_administrator=False) == Channel.DIGITAL
    assert channel_for(Channel.DIGITAL, for_administrator=True) == Channel.PAPER


NAME = {"voorletters": "W.", "voorvoegsel": "de", "geslachtsnaam": "Wit", "geslacht": "V"}
ADDRESS = {"straat": "Markt", "huisnummer": "1 a", "postcode": "1234ab", "woonplaats": "Rietwaarden"}


def test_the_window_shows_name_street_and_town() -> None:
    assert address_lines(NAME, ADDRESS, "nl") == ("Mevrouw W. de Wit", "Markt 1 a", "1234 AB Rietwaarden")
    assert address_lines(NAME, ADDRESS, "en") == ("Ms W. de Wit", "Markt 1 a", "1234 AB Rietwaarden")
    assert address_lines({"geslachtsnaam": "Wit", "geslacht": "O"}, ADDRESS, "nl") == (
        "Wit", "Markt 1 a", "1234 AB Rietwaarden",
    )  # fmt: skip


def test_an_address_abroad_keeps_its_own_lines() -> None:
    abroad = {"regel1": "Hauptstrasse 1", "regel2": "48529 Nordhorn", "land": "Duitsland"}

    assert address_lines(NAME, abroad, "nl") == (
        "Mevrouw W. de Wit", "Hauptstrasse 1", "48529 Nordhorn", "Duitsland",
    )  # fmt: skip


@pytest.mark.parametrize("missing", ["straat", "huisnummer", "woonplaats"])
def test_an_incomplete_address_is_no_address(missing: str) -> None:
    assert address_lines(NAME, {**ADDRESS, missing: ""}, "nl") is None
    assert address_lines(None, ADDRESS, "nl") is None
    assert address_lines(NAME, None, "nl") is None
    assert administrator_lines({"naam": "Kuipers", "adres": {**ADDRESS, missing: ""}}) is None


def test_an_administrator_has_an_address_as_text_or_as_record() -> None:
    assert administrator_lines({"naam": "K", "adres": "Postbus 5, 1234 AB R"}) == ("K", "Postbus 5", "1234 AB R")
    assert administrator_lines({"naam": "K", "adres": ADDRESS}) == ("K", "Markt 1 a", "1234 AB Rietwaarden")
    assert administrator_lines({"naam": "K"}) is None
    assert administrator_lines(None) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, False), ("2025-04-28", True), ("2025-04-29", False), ("2025-04", True), ("2024", True), ("", False)],
)
def test_an_incomplete_date_of_death_counts_as_death(value: str | None, expected: bool) -> None:
    assert is_deceased(value, date(2025, 4, 28)) is expected


def test_an_answer_code_is_shown_in_groups_of_four() -> None:
    assert spaced_code("k7qm 2frp") == "K7QM\u00a02FRP"
