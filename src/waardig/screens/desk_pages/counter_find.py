"""Who stands here, without a number: the form, who was met, and the choice when that is more than one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from waardig.access.actions import ask
from waardig.access.terms import AccessRefused, Actor, Request
from waardig.identity.terms import Who
from waardig.kernel.clock import business_today, wall_now
from waardig.registers.actions import persons_at_address
from waardig.registers.queries import take
from waardig.screens import file_forms as forms
from waardig.screens.desk_pages.counter import IDENTIFIED, ON_THE_PHONE, ROLE
from waardig.screens.frames import address
from waardig.screens.pages.files import AskForm, FindOtherwisePage
from waardig.screens.pages.forms import FieldError, Option
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Words

ACTIVITY = "loket.zoeken"
KEY = "counter_met"
LASTS = timedelta(minutes=10)
POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")
HOUSE = re.compile(r"[1-9][0-9]{0,4}")
SHOWN = frozenset({"brp.naam", "brp.adres"})


@dataclass(frozen=True)
class Met:
    """Who was met a moment ago at this counter, and which document was seen."""

    persons: tuple[UUID, ...]
    identified_by: str


def errors_in(typed: forms.Typed) -> dict[str, FieldError]:
    """What is missing or wrong: all of it is needed, and a document was seen."""
    wrong: dict[str, FieldError] = {}
    if forms.read_day(typed.get("birth_date", "").strip()) is None:
        wrong["birth_date"] = FieldError.DAY_WRONG
    if not POSTCODE.fullmatch(_postcode(typed)):
        wrong["postcode"] = FieldError.POSTCODE_WRONG
    if not HOUSE.fullmatch(typed.get("house_number", "").strip()):
        wrong["house_number"] = FieldError.HOUSE_NUMBER_WRONG
    if typed.get("identified_by") not in _documents():
        wrong["identified_by"] = FieldError.IDENTIFICATION_EMPTY
    return wrong


def _postcode(typed: forms.Typed) -> str:
    return typed.get("postcode", "").replace(" ", "").upper()


def _documents() -> Mapping[str, Words]:
    return {key: words for key, words in IDENTIFIED.items() if key != ON_THE_PHONE}


def find(who: Who, typed: forms.Typed) -> tuple[tuple[UUID, ...], dict[str, FieldError]]:
    """Who is met (one line in the log of each), or what to say when that is nobody, too many or too often today."""
    born = forms.read_day(typed["birth_date"].strip())
    if born is None:
        return (), {"birth_date": FieldError.DAY_WRONG}
    actor = Actor("employee", who.id, ROLE)
    try:
        met = persons_at_address(born, _postcode(typed), typed["house_number"].strip(), activity=ACTIVITY, actor=actor)
    except AccessRefused as refused:
        if refused.code != "lookups_too_many":
            raise
        return (), {"birth_date": FieldError.LOOKUPS_TOO_MANY}
    if met.count > len(met.persons):
        return (), {"birth_date": FieldError.PERSONS_TOO_MANY}
    return met.persons, {} if met.persons else {"birth_date": FieldError.ADDRESS_NOT_FOUND}


def keep(session: SessionBase, persons: tuple[UUID, ...], identified_by: str) -> None:
    """Keep who was met for ten minutes, in the session and in no address."""
    session[KEY] = {"persons": [str(one) for one in persons], "by": identified_by, "since": wall_now().isoformat()}


def kept_in(session: SessionBase) -> Met | None:
    """Who was met here less than ten minutes ago."""
    kept = session.get(KEY)
    if not isinstance(kept, dict) or wall_now() - datetime.fromisoformat(str(kept["since"])) >= LASTS:
        session.pop(KEY, None)
        return None
    return Met(tuple(UUID(one) for one in kept["persons"]), str(kept["by"]))


def chosen(kept: Met, said: str) -> UUID | None:
    """The person behind a choice; a choice is a place in the list, never an id."""
    places = {str(place): one for place, one in enumerate(kept.persons, 1)}
    return places.get(said)


def find_page(
    frame: DeskFrame, typed: forms.Typed | None = None, wrong: forms.Wrong | None = None
) -> FindOtherwisePage:
    """The form with what was typed."""
    said, errors = typed or {}, wrong or {}
    options = tuple(
        Option(key, Words(one.nl[:1].upper() + one.nl[1:], one.en[:1].upper() + one.en[1:]))
        for key, one in _documents().items()
    )
    form = AskForm(
        action=address("desk:find_otherwise"),
        step="find",
        title=Words("Wie staat bij u?", "Who is with you?"),
        lead=None,
        fields=(
            forms.line("birth_date", Words("Geboortedatum", "Birth date"), said, errors,
                       Words("Bijvoorbeeld 8-11-1966.", "For example 8-11-1966.")),
            forms.line("postcode", Words("Postcode", "Postcode"), said, errors,
                       Words("Bijvoorbeeld 1234 AB.", "For example 1234 AB.")),
            forms.line("house_number", Words("Huisnummer", "House number"), said, errors,
                       Words("Alleen het getal, zonder letter.", "The number only, without a letter.")),
            forms.choice("identified_by", Words("Welk document zag u?", "Which document did you see?"), options, said,
                         errors),
        ),
        button=Words("Zoek", "Search"),
    )  # fmt: skip
    return FindOtherwisePage(
        desk=frame,
        back_href=address("desk:find"),
        heading=Words("Zoeken zonder nummer", "Finding without a number"),
        lead=Words(
            "Vul alles in. Wie een geheim adres heeft, vindt u zo niet. Vraag dan het nummer.",
            "Fill in everything. Who has a secret address is not found this way: ask for the number.",
        ),
        form=form,
        errors=forms.errors_of(form),
    )


def choice_page(frame: DeskFrame, who: Who, kept: Met, *, posted: bool) -> FindOtherwisePage:
    """Who of these; each of them finds a line in their log."""
    actor = Actor("employee", who.id, ROLE)
    facts = take(ask(Request(ACTIVITY, SHOWN, kept.persons, actor, business_today())))
    held = {(one.person, one.attribute): one.value for one in facts if isinstance(one.value, dict)}
    options = tuple(
        Option(str(place), _shown(held.get((one, "brp.naam"), {}), held.get((one, "brp.adres"), {})))
        for place, one in enumerate(kept.persons, 1)
    )
    wrong = {"person": FieldError.PERSON_EMPTY} if posted else {}
    asked = forms.choice("person", Words("Wie is het?", "Who is it?"), options, {}, wrong)
    button = Words("Open het overzicht", "Open the overview")
    form = AskForm(address("desk:find_choice"), "choose", asked.label, None, (asked,), button)
    return FindOtherwisePage(
        desk=frame,
        back_href=address("desk:find_otherwise"),
        heading=Words("Wij vinden meer mensen", "We find more people"),
        lead=Words("Kijk op het document en kies wie bij u staat.", "Look at the document and choose who is with you."),
        form=form,
        errors=forms.errors_of(form),
    )


def _shown(name: Mapping[str, object], home: Mapping[str, object]) -> Words:
    initials = str(name.get("voorletters") or "")
    addition = re.sub(r"^ *[0-9]+", "", str(home.get("huisnummer") or "")).strip()
    nl, en = (f", toevoeging {addition}", f", addition {addition}") if addition else ("", "")
    none = Words("Geen voorletters", "No initials")
    return Words(f"{initials or none.nl}{nl}", f"{initials or none.en}{en}")
