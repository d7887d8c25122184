"""Samples: is this clear, and what its author reads at the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.look.samples.desks import DESK
from tests.look.samples.people import TODAY, VISITOR
from waardig.screens.pages import feedback as pages
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import FeedbackLink
from waardig.screens.pages.words import Link, Page, Paging, Words

CHOICES = (
    Option("yes", Words("Ja, dit is duidelijk", "Yes, this is clear")),
    Option("no", Words("Nee, niet alles", "No, not all of it"), chosen=True),
)
PROPOSAL = Words("Wij hebben een voorstel voor u", "We have a proposal for you")
FILE = "individuele_inkomenstoeslag/proposal"
TEAM = Words("Team Inkomen", "Income team")
SAID = "Ik begrijp het woord draagkracht niet."
ASKED = replace(VISITOR, feedback=FeedbackLink("/reactie/?over=portal.privacy"))

FORM = pages.FeedbackPage(
    frame=VISITOR,
    back=Link(Words("Naar uw berichten", "To your messages"), "/berichten/"),
    name=PROPOSAL,
    is_message=True,
    action="/reactie/?over=bericht.individuele_inkomenstoeslag.proposal",
    clear=Field("clear", "no", None, CHOICES),
    text=Field("text", SAID),
    number="abc:def",
    errors=(),
)
_WRONG = Field("text", "Mijn nummer is 123.", FieldError.PERSONAL_BSN)
OPEN = pages.WrittenLine("/balie/reacties/tekst/1/", TODAY, clear=False, language="nl", text=SAID)
DONE = pages.WrittenLine(
    "",
    TODAY,
    clear=True,
    language="en",
    text="Clear, but long.",
    done="Ingekort.",
    handled_on=date(2025, 4, 29),
    by=Words("Willem de Graaf, Team Inkomen"),
)
LIST = pages.DeskFeedbackPage(
    desk=DESK,
    total=2,
    waiting=3,
    lines=(
        pages.FeedbackLine("/balie/reacties/a/", PROPOSAL, FILE, TEAM, 40, 12, 3),
        pages.FeedbackLine("/balie/reacties/b/", Words("Overzicht", "Overview"), "", Words("Beleid"), 8, 0, 0),
    ),
    other=Link(Words("Laat alleen zien wat nog te lezen is", "Only what is unread"), "/balie/reacties/?toon=open"),
    paging=Paging(1, 2, next_href="/balie/reacties/?pagina=2"),
)
TOPIC = pages.DeskFeedbackTopicPage(
    desk=DESK,
    back_href="/balie/reacties/",
    name=PROPOSAL,
    file=FILE,
    author=TEAM,
    yes=40,
    no=12,
    shows_handled=False,
    lines=(OPEN,),
    other=Link(Words("Laat zien wat al gelezen is (1)", "Show what was read (1)"), "?toon=gelezen"),
    paging=Paging(1, 1),
)
TEXT = pages.DeskFeedbackTextPage(
    desk=DESK,
    back_href="/balie/reacties/a/",
    name=PROPOSAL,
    line=OPEN,
    kept_until=date(2026, 4, 28),
    action="/balie/reacties/tekst/1/",
    done=Field("done", "Ingekort."),
    errors=(),
    signed_as=Words("Willem de Graaf, Team Inkomen"),
)
_LONG = Field("done", "x", FieldError.DONE_TOO_LONG)

REACTING: dict[str, Page] = {
    "reactie": FORM,
    "reactie-pagina": replace(FORM, frame=ASKED, is_message=False, name=Words("Privacy", "Privacy")),
    "reactie-fout": replace(FORM, text=_WRONG, errors=(_WRONG,)),
    "reactie-dank": replace(FORM, given=True),
    "balie-reacties": LIST,
    "balie-reacties-leeg": replace(LIST, total=0, waiting=0, lines=(), paging=Paging(1, 1)),
    "balie-reacties-tekst": TOPIC,
    "balie-reacties-gelezen": replace(TOPIC, shows_handled=True, lines=(DONE, replace(DONE, done=""))),
    "balie-reacties-niets": replace(TOPIC, lines=(), file=""),
    "balie-reactie": TEXT,
    "balie-reactie-fout": replace(TEXT, line=replace(OPEN, clear=True), done=_LONG, errors=(_LONG,)),
}
