"""Who is told what about a mandate, in plain words; the calendar of every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest

from tests.conftest import TODAY
from tests.inbox.builders import a_message, send
from tests.inbox.builders import a_resident as a_person
from waardig.access.actions import ask
from waardig.access.terms import Actor, Request
from waardig.contact import jobs
from waardig.contact.actions import note_child
from waardig.contact.core import notices_of
from waardig.contact.queries import birthdays
from waardig.identity.terms import Level
from waardig.inbox import queries as inbox
from waardig.inbox.core.blocks import words_of
from waardig.inbox.core.plain import complaints
from waardig.inbox.terms import Channel, Language
from waardig.kernel.content import LIBRARY
from waardig.mandates.actions import accept, confirm, end, invite
from waardig.mandates.queries import one
from waardig.mandates.terms import Action, Mandate, MandateEvent, MandateState, Origin
from waardig.outbox.actions import drain
from waardig.registers.actions import store_facts
from waardig.registers.terms import NewFact

WIT = {"voorletters": "T.", "voorvoegsel": "de", "geslachtsnaam": "Wit", "geslacht": "V"}
INGRID = {"voorletters": "I.", "voorvoegsel": "de", "geslachtsnaam": "Wit", "geslacht": "V"}
NAMES = (
    "mandate_asked",
    "mandate_started",
    "mandate_ends",
    "mandate_helper",
    "helper_notice",
    "question_answer",
    "eighteen",
    "eighteen_today",
    "eighteen_parent",
)
FLAGS = ("may_answer", "not_at_once", "started", "ends_soon", "stopped", "over", "died")


def pair(action: Action = Action.ANSWER, origin: Origin = Origin.WEB) -> Mandate:
    toos, ingrid = a_person(name=WIT), a_person(name=INGRID)
    actor = Actor("resident", str(toos)) if origin is Origin.WEB else Actor("employee", "f.yildiz", "loket")
    made = invite(toos, themes=["geld"], action=action, months=12, actor=actor, on=TODAY, origin=origin)
    accept(made.code, ingrid, level=Level.SUBSTANTIAL, on=TODAY)
    return confirm(made.mandate.id, toos, on=TODAY) if origin is Origin.WEB else one(made.mandate.id)  # type: ignore[return-value]


def work() -> None:
    assert drain(jobs.handlers(), until_empty=True).failed == 0


def told(person: UUID) -> list[tuple[str, str]]:
    """Type and first words of every message, oldest first."""
    found = []
    for message in reversed(inbox.messages_for(person).messages):
        ticket = ask(
            Request("bericht.lezen", frozenset({"inbox.bericht"}), (person,), Actor("resident", str(person)), TODAY)
        )
        text = inbox.text(ticket, message.id)
        found.append((message.message_type, " ".join(next(iter(words_of(text.blocks[0], "screen"))).split())))
    return found


def test_both_hear_that_it_began_and_the_principal_on_paper(db: None) -> None:
    mandate = pair()
    work()
    work()  # a repeat writes nothing

    assert told(mandate.principal) == [
        ("algemeen.machtiging", "I. de Wit wil u helpen"),
        ("algemeen.machtiging", "I. de Wit mag u helpen"),
    ]
    assert mandate.helper is not None
    assert told(mandate.helper) == [
        ("algemeen.machtiging_helper", "U mag T. de Wit helpen vanaf maandag 28 april 2025")
    ]
    channels = {d.channel for m in inbox.messages_for(mandate.principal).messages for d in m.deliveries}
    assert channels == {Channel.PAPER}


def test_given_at_the_counter_there_is_one_letter_with_the_days_to_think(db: None) -> None:
    mandate = pair(origin=Origin.COUNTER)
    work()

    assert told(mandate.principal) == [("algemeen.machtiging", "I. de Wit mag u helpen")]


def test_both_hear_that_it_stopped(db: None) -> None:
    mandate = pair()
    end(mandate.id, actor=Actor("employee", "f.yildiz", "loket"), by=None, on=TODAY)
    work()

    assert told(mandate.principal)[-1] == ("algemeen.machtiging", "I. de Wit helpt u niet meer")
    assert mandate.helper is not None
    assert told(mandate.helper)[-1] == ("algemeen.machtiging_helper", "U helpt T. de Wit niet meer")


def test_a_death_ends_the_mandate_and_only_the_living_are_written_to(db: None) -> None:
    mandate = pair()
    work()
    store_facts([NewFact(mandate.principal, "brp.overlijdensdatum", "2025-04-20", TODAY)])
    before = len(inbox.messages_for(mandate.principal).messages)

    _calendar()
    work()

    assert one(mandate.id).state is MandateState.ENDED  # type: ignore[union-attr]
    assert len(inbox.messages_for(mandate.principal).messages) == before
    assert mandate.helper is not None
    assert told(mandate.helper)[-1] == ("algemeen.machtiging_helper", "Een machtiging is gestopt")


def _calendar() -> None:
    from django.db import transaction

    with transaction.atomic():
        jobs.keep_daily(TODAY)
    work()


def test_a_helper_hears_of_a_message_without_its_subject(db: None) -> None:
    mandate = pair()
    work()

    send(a_message(mandate.principal, key="proposal:1"))
    work()

    assert mandate.helper is not None
    newest = inbox.messages_for(mandate.helper).messages[0]
    assert newest.subject == "Er is een bericht voor iemand die u helpt"
    assert told(mandate.helper)[-1] == ("algemeen.seintje_helper", "Er is een bericht voor T. de Wit")


def test_nobody_hears_of_a_message_outside_the_themes(db: None) -> None:
    toos, ingrid = a_person(name=WIT), a_person(name=INGRID)
    made = invite(toos, themes=["post"], action=Action.VIEW, months=1, actor=Actor("resident", str(toos)), on=TODAY)
    accept(made.code, ingrid, level=Level.SUBSTANTIAL, on=TODAY)
    confirm(made.mandate.id, toos, on=TODAY)
    work()
    before = inbox.messages_for(ingrid).total

    send(a_message(toos, key="proposal:2"))
    work()

    assert inbox.messages_for(ingrid).total == before


@pytest.mark.parametrize("event", list(MandateEvent))
def test_nothing_is_ever_written_to_who_died(event: MandateEvent) -> None:
    toos, ingrid = uuid4(), uuid4()
    mandate = Mandate(
        uuid4(), toos, ingrid, frozenset({"geld"}), Action.VIEW, 12, Origin.WEB, MandateState.ACTIVE, TODAY, TODAY
    )

    assert toos not in {notice.recipient for notice in notices_of(mandate, event, [toos])}
    assert notices_of(mandate, event, [toos, ingrid]) == ()
    assert notices_of(replace(mandate, helper=None), event, []) == ()


def values(**flags: bool) -> dict[str, Any]:
    here = {"phone": "088 000 01 20", "desk": "het loket, Markt 1", "team": "Loket", "employee": "Fatma Yıldız"}
    dates = {"starts_on": TODAY, "last_day": date(2026, 4, 27), "birthday": date(2025, 6, 28), "asked_on": TODAY}
    dates |= {"answer": ("Wij keken naar uw inkomen.",), "case_number": "RW-C 2025 0001"}  # type: ignore[dict-item]
    return {
        "other": "T. de Wit", "themes": ("Geld en toeslagen",), "municipality": "Rietwaarden", **here, **dates,
        **dict.fromkeys(FLAGS, False), **flags,
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("flag", [flag for flag in FLAGS if flag not in ("may_answer", "not_at_once")])
def test_every_notice_is_plain_dutch_and_has_an_english_twin(name: str, flag: str) -> None:
    for language in get_args(Language):
        known = inbox.template("_algemeen", name, language=language).placeholders
        given = {key: value for key, value in values(**{flag: True, "may_answer": True}).items() if key in known}
        if flag in known or name not in ("mandate_ends", "mandate_helper"):
            filled = inbox.filled("_algemeen", name, given, language=language)
            assert len(filled.subject) <= 50
            if language == "nl":
                assert complaints(filled.blocks, allow_articles=frozenset()) == ()


def test_the_templates_of_the_library_are_whole() -> None:
    assert inbox.template_problems([LIBRARY]) == ()


def test_the_calendar_is_asked_once_a_day(db: None) -> None:
    from django.db import transaction

    with transaction.atomic():
        assert [jobs.keep_daily(TODAY), jobs.keep_daily(TODAY), jobs.keep_daily(TODAY + timedelta(days=1))] == [2, 0, 2]


def test_parent_and_child_hear_two_months_before_and_the_child_again_on_the_day(db: None) -> None:
    child, parent = a_person(), a_person()
    note_child(child, parent, date(2025, 6, 28))
    note_child(child, parent, date(2025, 6, 28))

    _calendar()

    assert told(child) == [("algemeen.achttien", "U wordt 18 op zaterdag 28 juni 2025")]
    assert told(parent) == [("algemeen.achttien_ouder", "Uw kind wordt 18 op zaterdag 28 juni 2025")]
    assert [one.template for one in birthdays(date(2025, 6, 28))] == ["eighteen_today"]
    assert birthdays(date(2025, 4, 26)) == () and birthdays(date(2025, 8, 1)) == ()
