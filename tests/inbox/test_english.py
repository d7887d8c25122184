"""English beside the Dutch text, for who chose it: kept together, printed together, and the Dutch text counts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import psycopg
import pypdf
import pytest

from tests.archive.builders import said_of
from tests.inbox.builders import SERVICE, TODAY, a_message, a_reading_ticket, a_resident, send, values
from tests.inbox.test_messages import SENDER, WINDOW, message
from waardig.access.actions import set_business_date
from waardig.inbox import jobs
from waardig.inbox.actions import set_display
from waardig.inbox.adapters.typst import letter_pdf
from waardig.inbox.core.blocks import content_sha256
from waardig.inbox.core.letter import Letter
from waardig.inbox.queries import (
    display_of,
    filled_in_english,
    refuse_differing_english,
    sender,
    text,
    wanting_english,
)
from waardig.inbox.queries import message as message_of
from waardig.inbox.queries.counts import history
from waardig.inbox.terms import TemplateInvalid
from waardig.kernel.content import LIBRARY
from waardig.outbox.actions import drain

ENGLISH = message("proposal", "en")
FIVE_YEARS = date(2030, 4, 28)
"""The last day of the term of `machtiging.beheren` after 28 April 2025."""
HEAD = "---\nlanguage: {}\nmessage_type: x\nsubject: Wij schrijven u\nplaceholders: {}\n---\n# {}\n\nHallo.\n\n"
QUESTION = "## Kop {#keuze kind=question}\n\n- yes: Ja\n- no: Nee\n"


def pages_of(letter: Letter) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pypdf.PdfReader(BytesIO(letter_pdf(letter))).pages]


def chose_english(person: UUID) -> None:
    set_display(person, large=False, shielded=None, where="web", language="en")


def two_files(folder: Path, dutch: str, english: str) -> Path:
    place = folder / "services" / SERVICE / "messages"
    place.mkdir(parents=True)
    (place / "proposal.nl.md").write_text(HEAD.format("nl", "{}", "Dag") + dutch)
    (place / "proposal.en.md").write_text(HEAD.format("en", "{}", "Hello") + english)
    return folder


def test_both_texts_are_kept_together_each_with_its_fingerprint(db: None) -> None:
    person = a_resident()
    (sent,) = send(a_message(person, english=ENGLISH))

    found, told = message_of(sent.id), text(a_reading_ticket(person), sent.id)

    assert found is not None and found.has_english and found.language == "nl"
    assert told.english == ENGLISH.blocks and told.blocks == a_message(person).blocks
    assert found.english_sha256 == told.english_sha256 == content_sha256(ENGLISH.subject, "en", ENGLISH.blocks)
    assert found.content_sha256 == told.sha256 != told.english_sha256
    (row,) = history()
    assert (row["english_sha256"], row["english_subject"]) == (told.english_sha256, ENGLISH.subject)
    assert (found.subject, found.english_subject) == (a_message(person).subject, ENGLISH.subject)


def test_who_did_not_choose_english_has_nothing_more_than_before(db: None, owner: psycopg.Connection) -> None:
    (sent,) = send(a_message(a_resident()))

    found = message_of(sent.id)

    assert found is not None and (found.has_english, found.english_sha256, found.english_subject) == (False, "", "")
    kept = owner.execute("SELECT content FROM reg.document WHERE id = %s", [sent.id]).fetchone()
    assert kept is not None and set(json.loads(kept[0])) == {"subject", "language", "blocks", "answer_code"}
    assert {"english_sha256", "english_subject"}.isdisjoint(next(iter(history())))


def test_of_a_message_without_a_case_both_texts_go_on_the_day_after_its_term(
    db: None, owner: psycopg.Connection
) -> None:
    person = a_resident()
    send(a_message(person, english=ENGLISH, activity="machtiging.beheren"))
    assert drain(jobs.handlers(sender), until_empty=True).failed == 0
    texts = [a_message(person).subject, ENGLISH.subject]
    before = [said_of(owner, one) for one in texts]
    assert [set(found) for found in before] == [{"reg.document", "public.inbox_message"}] * 2

    set_business_date(FIVE_YEARS)
    assert jobs.forget()[1] == 0
    set_business_date(FIVE_YEARS + timedelta(days=1))
    assert jobs.forget()[1] == 1

    assert [said_of(owner, one) for one in texts] == [{}, {}]


def test_a_key_again_after_english_was_chosen_gives_the_message_of_then(db: None) -> None:
    person = a_resident()
    (first,) = send(a_message(person))

    (again,) = send(a_message(person, english=ENGLISH))

    assert (again.id, again.new) == (first.id, False)
    assert text(a_reading_ticket(person), first.id).english == ()


def test_only_a_stored_choice_counts_and_large_print_leaves_it_alone(db: None) -> None:
    chose, other = a_resident(), a_resident()
    chose_english(chose)
    set_display(chose, large=True, shielded=None, where="counter")
    set_display(other, large=True, shielded=None, where="counter")

    shown = display_of(chose)
    assert wanting_english([chose, other]) == {chose}
    assert shown is not None and (shown.language, shown.large) == ("en", True)


def test_the_letter_has_the_dutch_text_first_and_the_english_after_it() -> None:
    dutch = message("proposal")
    one = Letter(dutch.blocks, SENDER, WINDOW, TODAY, answer_code="K7QM2FRP")

    alone, both = pages_of(one), pages_of(replace(one, english=ENGLISH.blocks))

    assert both[0].count("English? A translation stands after the Dutch text.") == 1
    assert "English?" not in " ".join(alone)
    start = next(i for i, page in enumerate(both) if "This is a translation of our letter of 28 April 2025." in page)
    assert start >= len(alone) and "The Dutch text before it is the one that counts." in both[start]
    assert "€ 521,97" in " ".join(both[:start]) and "€521.97" in " ".join(both[start:])
    assert "€521.97" not in " ".join(both[:start]) and "€ 521,97" not in " ".join(both[start:])
    assert sum("K7QM" in page for page in both) == 1


def test_the_foot_of_a_page_is_in_the_language_of_that_page() -> None:
    dutch = message("decision_grant")
    both = pages_of(Letter(dutch.blocks, SENDER, WINDOW, TODAY, english=message("decision_grant", "en").blocks))

    start = next(i for i, page in enumerate(both) if "This is a translation" in page)
    for number, page in enumerate(both, 1):
        foot = ("Page", "of", "Bladzijde") if number > start else ("Bladzijde", "van", "Page")
        assert f"{foot[0]} {number} {foot[1]} {len(both)}" in page
        assert f"{foot[2]} {number}" not in page


def test_each_part_of_the_letter_says_its_language() -> None:
    dutch = message("decision_grant")
    letter = Letter(dutch.blocks, SENDER, WINDOW, TODAY, english=message("decision_grant", "en").blocks)

    reader = pypdf.PdfReader(BytesIO(letter_pdf(letter)))

    assert reader.trailer["/Root"]["/Lang"] == "nl"
    assert "'/Lang': 'en'" in str(_objects(reader))


def _objects(reader: pypdf.PdfReader) -> list[pypdf.generic.PdfObject]:
    return [found for n in range(1, len(reader.xref[0]) + 5000) if (found := _object(reader, n)) is not None]


def _object(reader: pypdf.PdfReader, number: int) -> pypdf.generic.PdfObject | None:
    known = number in reader.xref.get(0, {}) or number in reader.xref_objStm
    return reader.get_object(number) if known else None


def test_who_chose_english_reads_on_a_dutch_letter_where_help_is() -> None:
    letter = Letter(message("proposal").blocks, SENDER, WINDOW, TODAY, wants_english=True)

    assert "This letter is in Dutch. Do you need help in English? Call 088 000 01 20." in pages_of(letter)[0]


def test_an_english_text_comes_from_the_folder_of_the_dutch_one(tmp_path: Path) -> None:
    two_files(tmp_path, "", "")
    mine = filled_in_english(SERVICE, "proposal", values(), roots=[LIBRARY, tmp_path])
    (tmp_path / "services" / SERVICE / "messages" / "proposal.en.md").unlink()

    assert mine is not None and mine.blocks[0].text[0].text == "Hello"  # type: ignore[union-attr,index]
    assert filled_in_english(SERVICE, "proposal", values(), roots=[LIBRARY, tmp_path]) is None
    refuse_differing_english([tmp_path])


@pytest.mark.parametrize(
    ("dutch", "english", "reason"),
    [
        (QUESTION, "", "en.md:1: blocks are title, lead; Dutch: title, lead, keuze"),
        (QUESTION, QUESTION.replace("- no: Nee\n", ""), "block keuze: has the buttons yes; Dutch: yes, no"),
        (QUESTION, QUESTION.replace("- no:", "- later:"), "block keuze: has the buttons yes, later; Dutch: yes, no"),
        ("## A {#a}\n\nB.\n", "## A {#a kind=notice}\n\nB.\n", "block a: is notice whose=yours; Dutch: section whose="),
    ],
)
def test_an_english_text_that_offers_something_else_is_refused(
    tmp_path: Path, dutch: str, english: str, reason: str
) -> None:
    with pytest.raises(TemplateInvalid) as refused:
        refuse_differing_english([two_files(tmp_path, dutch, english)])

    assert reason in str(refused.value) and "proposal.en.md" in str(refused.value)


def test_an_english_text_that_leaves_out_a_value_is_refused(tmp_path: Path) -> None:
    folder = two_files(tmp_path, "", "") / "services" / SERVICE / "messages"
    for language, body in (("nl", "U krijgt {amount}."), ("en", "You get money.")):
        head = HEAD.format(language, "{amount: money}", "Dag") + "## A {#a}\n\n"
        (folder / f"proposal.{language}.md").write_text(head + body + "\n")

    with pytest.raises(TemplateInvalid, match=r"block a: does not use amount, which the Dutch does"):
        refuse_differing_english([tmp_path])
