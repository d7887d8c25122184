"""The forms of what a court ruled: whom it appointed for a resident, and that it ended; read and wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from waardig.mandates.terms import Appointment, CourtOrder
from waardig.screens.file_forms import choice, line, read_day
from waardig.screens.mandates_page import APPOINTED
from waardig.screens.pages.files import AskForm
from waardig.screens.pages.forms import FieldError, Option
from waardig.screens.pages.words import Words

Typed = Mapping[str, str]
Wrong = Mapping[str, FieldError]
DAY = Words("Bijvoorbeeld 23-06-2025.", "For example 23-06-2025.")
NO_END = Words("Staat er geen einddatum in de uitspraak? Laat dit leeg.", "No last day in the ruling? Leave it empty.")
WORKS_HERE = Words(
    "Personeelsnummer, als deze persoon bij de gemeente werkt (niet verplicht)",
    "Employee number, if this person works for the municipality (not required)",
)
NOT_ABOUT_THEM = Words("Deze persoon beslist dan niet over de inwoner.", "They then decide nothing about the resident.")
KINDS = (
    Option(
        Appointment.CURATOR.value,
        APPOINTED[Appointment.CURATOR],
        Words("Mag alles regelen (curatele).", "May arrange everything (guardianship)."),
    ),
    Option(
        Appointment.ADMINISTRATOR.value,
        APPOINTED[Appointment.ADMINISTRATOR],
        Words("Mag regelen wat over geld gaat (bewind).", "May arrange what is about money (administration)."),
    ),
)
HEADING = Words("Wie wees de rechter aan?", "Whom did the court appoint?")
LEAD = Words(
    "Neem alles over van de uitspraak. De inwoner en de ander krijgen er allebei een brief over.",
    "Copy everything from the ruling. The resident and the other both get a letter about it.",
)
END_HEADING = Words("De rechter stopte dit", "The court ended this")
END_LEAD = Words(
    "Alleen een uitspraak van de rechter stopt dit. De inwoner en de ander krijgen bericht.",
    "Only a ruling of a court ends this. The resident and the other get a message.",
)


def register_form(action: str, typed: Typed, wrong: Wrong) -> AskForm:
    """Whom a court appointed, by number, and what the ruling says."""
    number = Words("BSN van de curator of bewindvoerder", "BSN of the guardian or administrator")
    fields = (
        choice("appointment", Words("Wat besliste de rechter?", "What did the court rule?"), KINDS, typed, wrong),
        line("bsn", number, typed, wrong),
        line("court", Words("Welke rechtbank", "Which court"), typed, wrong),
        line("reference", Words("Kenmerk van de uitspraak", "Reference of the ruling"), typed, wrong),
        line("ruled_on", Words("Dag van de uitspraak", "Day of the ruling"), typed, wrong, DAY),
        line("starts_on", Words("Het geldt vanaf", "It counts from"), typed, wrong, DAY),
        line("until", Words("Laatste dag", "Last day"), typed, wrong, NO_END),
        line("works_here", WORKS_HERE, typed, wrong, NOT_ABOUT_THEM),
    )
    title = Words("De uitspraak", "The ruling")
    return AskForm(action, "appoint", title, None, fields, Words("Leg dit vast", "Register this"))


def read_order(typed: Typed) -> tuple[CourtOrder | None, dict[str, FieldError]]:
    """What the ruling says as typed, or what was wrong."""
    kind = next((one for one in Appointment if one.value == typed.get("appointment")), None)
    wrong: dict[str, FieldError] = {} if kind else {"appointment": FieldError.APPOINTMENT_EMPTY}
    for name, most in (("court", 120), ("reference", 60)):
        if not 0 < len(typed.get(name, "").strip()) <= most:
            wrong[name] = FieldError.RULING_EMPTY
    days = {name: read_day(typed.get(name, "")) for name in ("ruled_on", "starts_on", "until")}
    for name in ("ruled_on", "starts_on"):
        if days[name] is None:
            wrong[name] = FieldError.DAY_WRONG
    if typed.get("until", "").strip() and days["until"] is None:
        wrong["until"] = FieldError.DAY_WRONG
    ruled, starts = days["ruled_on"], days["starts_on"]
    if wrong or kind is None or ruled is None or starts is None:
        return None, wrong
    return CourtOrder(kind, typed["court"].strip(), typed["reference"].strip(), ruled, starts, days["until"]), {}


def end_form(action: str, typed: Typed, wrong: Wrong) -> AskForm:
    """The ruling that ends it."""
    fields = (
        line("reference", Words("Kenmerk van de uitspraak", "Reference of the ruling"), typed, wrong),
        line("ruled_on", Words("Dag van de uitspraak", "Day of the ruling"), typed, wrong, DAY),
    )
    button = Words("Leg vast dat het stopt", "Record that it ends")
    return AskForm(action, "end", END_HEADING, None, fields, button, True)


def read_end(typed: Typed) -> tuple[tuple[str, date] | None, dict[str, FieldError]]:
    """Reference and day of the ruling that ends it, or what was wrong."""
    reference, ruled_on = typed.get("reference", "").strip(), read_day(typed.get("ruled_on", ""))
    wrong: dict[str, FieldError] = {} if 0 < len(reference) <= 60 else {"reference": FieldError.RULING_EMPTY}
    if ruled_on is None:
        wrong["ruled_on"] = FieldError.DAY_WRONG
    return ((reference, ruled_on) if ruled_on is not None and not wrong else None), wrong
