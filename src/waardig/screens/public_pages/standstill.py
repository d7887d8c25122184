"""When a service stood still: since when, why, after which measurement, what went on, who let it go on again."""

from __future__ import annotations

from waardig.accountability.queries import measured
from waardig.accountability.terms import PublicMeasurement
from waardig.catalogue import queries as catalogue
from waardig.screens.pages import document as parts
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Words
from waardig.screens.public_pages.words import to_service, words
from waardig.values import queries as values
from waardig.values.terms import Suspension, Verdict

WENT_ON = Words(
    "Aanvragen, bezwaar, inzage en betalingen gingen gewoon door.",
    "Applications, objections, access and payments simply went on.",
)
COMPUTER = Words("de computer, omdat een voorwaarde niet klopte", "the computer, because a condition failed")
SOMEBODY = Words("een medewerker van de gemeente", "an official of the municipality")


def standstill_page(service: str, frame: Frame) -> parts.DocumentPage:
    """Every suspension of a service, the newest first.

    Raises:
        UnknownService: there is no such service.
        NoDossier: nothing was decided about it.
    """
    name = words(catalogue.service(service).name)
    titles = {guard.id: words(guard.title) for guard in values.safeguards(service)}
    history = measured.history(service)
    found = values.suspensions(service)
    shown = tuple(_one(one, history, titles) for one in found) or (
        parts.Text(None, (Words("Deze dienst stond nog nooit stil.", "This service never stood still."),)),
    )
    return parts.DocumentPage(
        frame=frame,
        back=to_service(service, name),
        title=Words(f"Wanneer stond dit stil? {name.nl}", f"When did this stand still? {name.en}"),
        lead=Words(
            "Klopt een voorwaarde niet? Dan stopt de dienst. Twee mensen moeten het eens zijn voor hij weer begint.",
            "Does a condition fail? Then the service stops. Two people must agree before it starts again.",
        ),
        parts=shown,
    )


def _one(one: Suspension, history: tuple[PublicMeasurement, ...], titles: dict[str, Words]) -> parts.Rows:
    rows = [
        parts.Row(Words("Sinds", "Since"), (one.suspended_on,)),
        parts.Row(Words("Door", "By"), (function_of(one.suspended_by),)),
        parts.Row(Words("Waarom", "Why"), (Words(one.reason),)),
        *_failed(one, history, titles),
        parts.Row(Words("Wat ging door", "What went on"), (WENT_ON,)),
    ]
    if one.resumed_on and one.resumed_by and one.confirmed_by:
        rows += [
            parts.Row(Words("Weer begonnen op", "Started again on"), (one.resumed_on,)),
            parts.Row(Words("Gevraagd door", "Asked by"), (function_of(one.resumed_by),)),
            parts.Row(Words("Goedgekeurd door", "Confirmed by"), (function_of(one.confirmed_by),)),
            parts.Row(Words("Waarom het weer mag", "Why it may go on"), (Words(one.resume_reason or ""),)),
        ]
        return parts.Rows(Words("Stond stil", "Stood still"), tuple(rows))
    return parts.Rows(Words("Staat nu stil", "Stands still now"), tuple(rows))


def _failed(one: Suspension, history: tuple[PublicMeasurement, ...], titles: dict[str, Words]) -> list[parts.Row]:
    """The measurements that failed on the day of the suspension."""
    failed = [m for m in history if m.on == one.suspended_on and m.verdict is Verdict.FAILS]
    return [
        parts.Row(
            Words("Voorwaarde die niet klopte", "Condition that failed"),
            (titles.get(m.safeguard, Words(m.safeguard)), *((words(m.words),) if m.words else ()), m.on),
        )
        for m in dict.fromkeys(failed)
    ]


def function_of(official: str) -> Words:
    """Who did something, by function and never by name."""
    if official == "system":
        return COMPUTER
    here = catalogue.municipality()
    known = here.officials.get(official)
    if known is None:
        return SOMEBODY
    team = here.teams[known.team].name
    return Words(f"een medewerker van {team.nl}", f"an official of the {team.en}")
