"""The people and the frame that all samples share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from waardig.screens.pages.frame import Frame, HumanHelp, LanguageSwitch, LegalLinks, Municipality, Navigation, SignedIn
from waardig.screens.pages.words import Amount, Deadline, Paging, PersonName, Words

TODAY = date(2025, 5, 12)

VOS = PersonName("G. Vos", "Vos", "Gerrit Vos", "meneer")

LONG = "Wilhelmina-Alexandrina van Oosterhuis-van den Heuvel tot Beichlingen"

RIETWAARDEN = Municipality("Rietwaarden", "/")

LANGUAGES = LanguageSwitch("/taal/", "/")

IIT = Words("individuele inkomenstoeslag", "individual income supplement")

A521 = Amount(52197, "once")

PAGE1 = Paging(1, 1)

HELP = HumanHelp(
    "088 000 01 20", "Loket in het stadhuis, Markt 1", "17.00", "19.00", 4, False, "/bel-mij/", "Fatma Yıldız"
)

LEGAL = LegalLinks("/zo-werkt-het/", "/toegankelijkheid/", "/privacy/", "/verantwoording/")

VISITOR = Frame("nl", RIETWAARDEN, replace(HELP, contact=""), LEGAL, LANGUAGES)


def framed(current: str = "home", **changes: object) -> Frame:
    """The frame of Gerrit Vos with one of the four links current."""
    links = Navigation(current, "/overzicht/", "/berichten/", "/gegevens/", "/gebruik/", 2)  # type: ignore[arg-type]
    frame = Frame("nl", RIETWAARDEN, HELP, LEGAL, LANGUAGES, SignedIn("G. Vos", "/uitloggen/"), links)
    return replace(frame, **changes)  # type: ignore[arg-type]


OURS = Deadline("ours", date(2025, 6, 17), 36)
