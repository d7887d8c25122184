"""A round among people of whom one chose English: announcement and decision in both languages, the others as ever."""

from __future__ import annotations

from uuid import UUID

import psycopg
import pytest

from tests.cases.builders import REASONS, TODAY
from tests.inbox.builders import a_reading_ticket
from tests.proposals.builders import a_client, announced, confirmed, judge_sample, listed, weighed
from waardig.access.actions import set_business_date
from waardig.inbox.actions import set_display
from waardig.inbox.core.blocks import words_of
from waardig.inbox.queries import messages_of_case, text


@pytest.fixture(autouse=True)
def _weighed(owner: psycopg.Connection) -> None:
    weighed()


def words_in(identity: UUID, person: UUID, *, english: bool) -> str:
    told = text(a_reading_ticket(person), identity)
    blocks = told.english if english else told.blocks
    return " ".join(word for block in blocks for word in words_of(block, "screen")).replace("\u00a0", " ")


def test_an_announcement_is_in_both_languages_for_who_chose_english_and_for_nobody_else() -> None:
    chose, other = a_client(), a_client()
    set_display(chose, large=False, shielded=None, where="web", language="en")

    hers, theirs = announced(chose, other)

    (told,), (dutch,) = (messages_of_case(case.id).messages for case in (hers, theirs))
    set_business_date(TODAY)
    english = words_in(told.id, chose, english=True)
    assert (told.has_english, dutch.has_english) == (True, False)
    assert "You will probably get €150" in english and "Thursday 24 April 2025" in english
    assert "U krijgt waarschijnlijk € 150" in words_in(told.id, chose, english=False)
    assert words_in(dutch.id, other, english=True) == ""


def test_a_confirmed_grant_is_in_both_languages_and_an_officials_own_words_are_in_dutch_only() -> None:
    people = [a_client() for _ in range(8)]
    for person in people:
        set_display(person, large=False, shielded=None, where="web", language="en")
    cases = dict(zip(people, announced(*people), strict=True))
    identity = listed()
    judge_sample(identity)
    confirmed(identity)

    set_business_date(TODAY)
    found = [
        (person, one)
        for person, case in cases.items()
        for one in messages_of_case(case.id).messages
        if one.template.endswith(("decision_unasked", "decision_other"))
    ]
    assert len(found) == 8 and 0 < sum(one.has_english for _, one in found) < 8
    for person, one in found:
        own = REASONS in words_in(one.id, person, english=False)
        assert one.has_english is not own
        if not own:
            told = words_in(one.id, person, english=True)
            assert "€150" in told and "Into the account ending in 4300." in told and "artikel" not in told
