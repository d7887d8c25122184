"""Samples of how somebody wants to see the site, and of the page where one lands after leaving at once."""

from __future__ import annotations

from dataclasses import replace

from tests.look.samples.homes import HOME
from tests.look.samples.letters import MESSAGES
from tests.look.samples.people import VISITOR, framed
from waardig.screens.pages.choices import DisplayPage
from waardig.screens.pages.entrance import NeutralPage
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.words import Words

SHIELDED = framed("home", leave_href="/weg/", large=True)
YES = Option("yes", Words("Ja", "Yes"), chosen=True)
NO = Option("no", Words("Nee", "No"))
LANGUAGES = (
    Option("nl", Words("Nederlands", "Dutch"), chosen=True),
    Option("en", Words("Nederlands, met het Engels erbij", "Dutch, with English beside it")),
)
DISPLAY = DisplayPage(
    SHIELDED, "/", "/weergave/", Field("large", "yes", None, (YES, NO)), Field("shielded", "yes", None, (YES, NO)),
    Field("language", "nl", None, LANGUAGES), (),
    True, True,
)  # fmt: skip
WRONG = Field("large", "", FieldError.ANSWER_EMPTY, (NO,))
DISPLAY_ERROR = replace(DISPLAY, frame=framed("home"), large=WRONG, errors=(WRONG,), saved=False, secret_address=False)
NEUTRAL = NeutralPage(
    VISITOR,
    "Markt 1",
    ((Words("Maandag", "Monday"), "09.00 - 17.00"), (Words("Zondag", "Sunday"), "")),
    "088 000 01 20",
)
HOME_SHIELDED = replace(HOME, frame=SHIELDED)
MESSAGES_SHIELDED = replace(MESSAGES, frame=framed("messages", leave_href="/weg/"))
