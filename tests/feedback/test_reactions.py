"""A reaction counts once, says nothing of who gave it, reaches its author and goes after its term."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Event
from uuid import uuid4

import psycopg
import pytest
from django.db import models as django_models
from django.db import transaction

from tests.conftest import TODAY
from tests.feedback.builders import HOME, PAYING, POLICY, PROPOSAL, SAID, TEAM, WHY, a_text, kept, react
from waardig.accountability.queries import canonical
from waardig.feedback import actions, jobs, models, queries
from waardig.feedback.terms import (
    KEEP_DAYS,
    LONGEST,
    LONGEST_DONE,
    PER_SENDER_AN_HOUR,
    FormUsedUp,
    PersonalInText,
    ReactionHandled,
    ReactionTooLong,
    ReactionUnknown,
    TextState,
    TooManyReactions,
    TopicUnknown,
)
from waardig.kernel.clock import wall_now
from waardig.outbox.jobs import run_worker
from waardig.outbox.models import Job


def test_yes_and_no_are_counted_for_each_text_and_month_and_a_text_stands_apart(db: None) -> None:
    react(clear=True)
    react()
    react(text=SAID)
    actions.give(PROPOSAL, clear=False, number=queries.new_number(), on=date(2025, 5, 2))

    rows = models.Count.objects.order_by("month").values_list("topic", "month", "yes", "no")
    (found,) = queries.written(PROPOSAL, TextState.OPEN)
    assert list(rows) == [(PROPOSAL, date(2025, 4, 1), 1, 2), (PROPOSAL, date(2025, 5, 1), 0, 1)]
    assert (found.text, found.on, found.clear, found.language) == (SAID, TODAY, False, "nl")
    (line,) = queries.counted(TEAM)
    assert (line.topic.key, line.yes, line.no, line.open) == (PROPOSAL, 1, 3, 1)


def test_nothing_that_is_kept_says_who_or_at_which_moment() -> None:
    names = {
        model.__name__: {field.name for field in model._meta.get_fields()} for model in (models.Count, models.Text)
    }
    moments = [
        field
        for model in (models.Count, models.Text)
        for field in model._meta.get_fields()
        if isinstance(field, django_models.DateTimeField)
    ]

    assert names["Count"] == {"id", "topic", "month", "yes", "no"}
    assert names["Text"] == {
        "id", "topic", "given_on", "clear", "language", "text", "state", "kept_until", "done", "official", "handled_on",
    }  # fmt: skip
    assert moments == []


def test_a_reaction_writes_no_line_in_the_log(db: None, owner: psycopg.Connection) -> None:
    react(text=SAID)

    assert owner.execute("SELECT count(*) FROM log.line").fetchone() == (0,)


def test_the_same_form_counts_once(db: None) -> None:
    number = queries.new_number()

    first, again = react(text=SAID, number=number), react(text=SAID, clear=True, number=number)

    assert (first, again) == (True, False)
    assert kept() == (1, 1, 1)
    assert models.Count.objects.values_list("yes", "no").get() == (0, 1)


@pytest.mark.parametrize("number", ["", "verzonnen", "abc:1:def"])
def test_a_form_that_was_not_made_here_is_refused_and_nothing_is_kept(db: None, number: str) -> None:
    with pytest.raises(FormUsedUp):
        actions.give(HOME, clear=True, number=number)
    assert kept() == (0, 0, 0)


def test_a_form_of_more_than_a_day_old_is_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    number = queries.new_number()
    monkeypatch.setattr("waardig.feedback.adapters.form_number.FORM_HOURS", 0)

    with pytest.raises(FormUsedUp):
        actions.give(HOME, clear=True, number=number)
    assert kept() == (0, 0, 0)


@pytest.mark.parametrize(
    ("key", "text", "refusal"),
    [
        ("portal.bestaat_niet", "", TopicUnknown),
        (HOME, "x" * (LONGEST + 1), ReactionTooLong),
        (HOME, "Mijn nummer is 999990019.", PersonalInText),
        (HOME, "Bel 06 00 00 01 23", PersonalInText),
        (HOME, "Het gaat om RW 2025 0481", PersonalInText),
    ],
)
def test_what_is_refused_is_not_counted_and_the_form_can_be_sent_again(
    db: None, key: str, text: str, refusal: type[Exception]
) -> None:
    number = queries.new_number()

    with pytest.raises(refusal) as refused:
        react(key, text, number=number)

    assert kept() == (0, 0, 0)
    assert "999990019" not in str(refused.value)
    assert react(HOME, number=number)


def test_a_flood_from_one_place_stops_and_another_place_goes_on(db: None) -> None:
    for _ in range(PER_SENDER_AN_HOUR):
        react(HOME, sender="hier")

    with pytest.raises(TooManyReactions):
        react(HOME, sender="hier")
    assert react(HOME, sender="daar")
    assert models.Count.objects.get().no == PER_SENDER_AN_HOUR + 1


def test_the_mark_of_a_place_is_gone_after_its_hour(db: None) -> None:
    react(HOME, sender="hier")
    models.UsedForm.objects.update(hour=actions._hour(wall_now()) - timedelta(hours=1))

    react(HOME, sender="daar")

    assert list(models.UsedForm.objects.order_by("hour").values_list("sender", flat=True)) == ["", "daar"]


def test_more_texts_than_can_be_read_are_refused_and_a_count_goes_on(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "OPEN_A_TOPIC", 1)
    react(text=SAID)

    with pytest.raises(TooManyReactions):
        react(text=SAID)
    assert kept() == (1, 1, 1)
    assert react()


def test_each_author_sees_their_own_and_policy_sees_all_most_unread_first(db: None) -> None:
    react(HOME)
    react(HOME)
    react(WHY, SAID)
    react(PROPOSAL, SAID)
    react(PROPOSAL, SAID)

    assert [one.topic.key for one in queries.counted(TEAM)] == [PROPOSAL, WHY]
    assert [one.topic.key for one in queries.counted(POLICY)] == [PROPOSAL, WHY, HOME]
    assert queries.counted(PAYING) == ()
    assert [queries.waiting_count(one) for one in (TEAM, POLICY, PAYING)] == [3, 3, 0]
    assert [queries.reads(one) for one in (TEAM, POLICY, PAYING)] == [True, True, False]


def test_an_author_closes_a_reaction_once_and_a_colleague_changes_nothing(db: None) -> None:
    identity = a_text()

    closed = actions.handle(identity, TEAM, done=" Wij schrijven nu: wat u kunt missen. ", on=TODAY)
    with pytest.raises(ReactionHandled):
        actions.handle(identity, POLICY, done="Anders")

    assert (closed.state, closed.done) == (TextState.HANDLED, "Wij schrijven nu: wat u kunt missen.")
    assert (closed.official, closed.handled_on) == ("w.degraaf", TODAY)
    assert queries.reaction(identity, POLICY) == closed
    assert queries.waiting_count(TEAM) == 0
    assert queries.written_counts(PROPOSAL) == {TextState.OPEN: 0, TextState.HANDLED: 1}


def test_who_is_not_the_author_can_neither_read_nor_close_it(db: None) -> None:
    of_policy, of_team = a_text(HOME), a_text(PROPOSAL)

    for identity, reader in ((of_policy, TEAM), (of_team, PAYING), (uuid4(), POLICY)):
        with pytest.raises(ReactionUnknown):
            queries.reaction(identity, reader)
        with pytest.raises(ReactionUnknown):
            actions.handle(identity, reader)
    assert models.Text.objects.filter(state="open").count() == 2


@pytest.mark.parametrize(
    ("done", "refusal"), [("x" * (LONGEST_DONE + 1), ReactionTooLong), ("Gebeld met 06 00 00 01 23", PersonalInText)]
)
def test_what_was_done_names_no_resident_and_is_short(db: None, done: str, refusal: type[Exception]) -> None:
    identity = a_text()

    with pytest.raises(refusal):
        actions.handle(identity, TEAM, done=done)
    assert queries.reaction(identity, TEAM).state is TextState.OPEN


def test_a_text_that_was_taken_away_stays_with_who_makes_policy(db: None) -> None:
    react(PROPOSAL, SAID)
    for model in (models.Count, models.Text):
        model.objects.update(topic="bericht.oud.brief")

    (line,) = queries.counted(POLICY)
    assert (line.topic.key, line.topic.name.nl) == ("bericht.oud.brief", "Bestaat niet meer: bericht.oud.brief")
    assert (queries.counted(TEAM), queries.waiting_count(TEAM), queries.waiting_count(POLICY)) == ((), 0, 1)
    with pytest.raises(TopicUnknown):
        react("bericht.oud.brief")


def test_a_text_goes_after_a_year_handled_or_not_and_its_count_stays(db: None) -> None:
    a_text()
    actions.handle(a_text(), TEAM, done="Aangepast", on=TODAY)
    last = TODAY + timedelta(days=KEEP_DAYS)

    assert (actions.forget(last, wall_now()), models.Text.objects.count()) == (0, 2)
    assert (actions.forget(last + timedelta(days=1), wall_now()), models.Text.objects.count()) == (2, 0)
    assert actions.forget(last + timedelta(days=1), wall_now()) == 0
    assert models.Count.objects.get().no == 2


def test_a_form_number_goes_when_it_can_no_longer_be_used(db: None) -> None:
    number = queries.new_number()
    react(HOME, number=number, sender="hier")
    now = wall_now()

    assert actions.forget(TODAY, now + timedelta(hours=24)) == 0
    assert models.UsedForm.objects.get().sender == ""
    assert react(HOME, number=number) is False
    assert actions.forget(TODAY, now + timedelta(hours=26)) == 1


def test_the_work_of_a_day_is_asked_once_and_forgets(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    a_text()
    with transaction.atomic():
        assert (jobs.forget_daily(TODAY), jobs.forget_daily(TODAY)) == (1, 0)
    monkeypatch.setattr(jobs, "business_today", lambda: TODAY + timedelta(days=KEEP_DAYS + 1))

    run_worker(jobs.handlers(), Event(), until_empty=True)

    assert models.Text.objects.count() == 0
    assert Job.objects.values_list("topic", "state").get() == (jobs.FORGET, "done")


def test_the_canonical_export_holds_counts_and_a_fingerprint_of_a_text(db: None) -> None:
    react(clear=True)
    actions.handle(a_text(), TEAM, done="Aangepast", on=TODAY)

    found = [one for one in canonical() if str(one["kind"]).startswith("feedback")]

    assert found[0] == {"kind": "feedback", "topic": PROPOSAL, "month": "2025-04-01", "yes": 1, "no": 1}
    assert (found[1]["kind"], found[1]["state"], found[1]["done"]) == ("feedback_text", "handled", "Aangepast")
    assert len(found) == 2 and SAID not in str(found)
