"""After yes or no: declaration, choices, channels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.look.samples.people import A521, IIT, TODAY, VOS, framed
from tests.look.samples.reasons import APRIL
from waardig.screens.pages import choices, declaration
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.words import Amount, Deadline, Words

KNOWN = (
    declaration.Known(Words("Leeftijd"), Words("58 jaar"), Words("Uit de BRP"), APRIL),
    declaration.Known(Words("Telefoon"), "06 00 00 01 23", Words("Door u opgegeven"), None, "/wijzig/"),
)


def a_question(question: str, step: int, *fields: Field, **more: object) -> declaration.DeclarationPage:
    """One declaration question."""
    page = declaration.DeclarationPage(
        question=question,
        frame=framed("messages"),
        back_href="/terug/",
        action="/ja/",
        service=IIT,
        step=step,
        steps=3,  # type: ignore[arg-type]
        yes_on=TODAY,
        fields={field.name: field for field in fields},
        errors=tuple(f for f in fields if f.error),
        joint=False,
        account_end="",
        known=KNOWN,
        about=None,
    )
    return replace(page, **more)  # type: ignore[arg-type]


HOUSEHOLD = Field(
    "household",
    options=(
        Option("ALLEENSTAAND", Words("Ik woon alleen", "I live alone")),
        Option(
            "ALLEENSTAANDE_OUDER",
            Words("Ik woon met mijn kind of kinderen", "I live with my child or children"),
            None,
            True,
        ),
        Option(
            "PAAR",
            Words("Ik woon samen met mijn partner", "I live with my partner"),
            Words("Ook als u niet getrouwd bent."),
        ),
    ),
)

ACCOUNT = Field(
    "account",
    options=(
        Option("known", Words("De rekening die eindigt op … 4300")),
        Option("other", Words("Een andere rekening")),
    ),
)

UNKNOWN = a_question(
    "hoogste_maandinkomen",
    1,
    Field("told", "veel", FieldError.TOLD_NOT_A_NUMBER),
    steps=1,
    unknown=declaration.Unknown(
        "hoogste_maandinkomen",
        "eurocent",
        Words("Wat was uw hoogste inkomen in 1 maand, in de laatste 3 jaar?"),
        Words("Netto, zonder vakantiegeld. Woont u samen? Tel het inkomen van u samen op."),
        Words("Van sommige maanden kennen wij uw inkomen niet."),
    ),
)

ANSWERS = (
    declaration.AnswerRow("household", Words("U alleen"), "/ja/1/"),
    declaration.AnswerRow("wealth", Amount(124000), "/ja/2/"),
    declaration.AnswerRow("account", "NL91 ABNA 0417 1643 00", "/ja/3/"),
    declaration.AnswerRow("note", None, "/ja/4/"),
)

DECLARE_CHECK = declaration.DeclareCheckPage(
    frame=framed("messages"),
    back_href="/ja/3/",
    action="/ja/na/",
    service=IIT,
    yes_on=TODAY,
    answers=ANSWERS,
    known=KNOWN,
    about=VOS,
)

DECLARE_DONE = declaration.DeclareReceiptPage(
    frame=framed("messages"),
    case_number="RW 2025 0481",
    service=IIT,
    amount=A521,
    received_on=TODAY,
    team="Team Inkomen",
    deadline=Deadline("ours", date(2025, 7, 7), 56),
    answers=tuple(replace(row, change_href="") for row in ANSWERS),
    print_href="/print/",
    home_href="/overzicht/",
    about=None,
)

DECLARE_DONE_SHORT = replace(DECLARE_DONE, amount=None)

DECLINE = choices.DeclinePage(frame=framed("messages"), back_href="/b/1/", action="/nee/", service=IIT, about=VOS)

DECLINED = choices.DeclinedPage(
    frame=framed("messages"),
    case_number="RW 2025 0481",
    on=TODAY,
    scope="never",
    service=IIT,
    message_href="/b/1/",
    opt_in_href="/seintje/",
    home_href="/overzicht/",
)

SUBJECT = choices.OptOutSubject(
    "iit", Words("Individuele inkomenstoeslag"), Words("Wij kijken elk jaar of u deze toeslag misloopt.")
)

OPT_OUT = choices.OptOutPage(
    frame=framed(),
    back_href="/overzicht/",
    action="/seintje/",
    changed=None,
    changed_on=None,
    check_href="/nagaan/",
    subjects=(SUBJECT, replace(SUBJECT, id="zt", words=Words("Zorgtoeslag"), off_since=date(2025, 5, 2))),
)

OPTED_OUT = replace(OPT_OUT, changed=replace(SUBJECT, off_since=TODAY), changed_on=TODAY)


def channel(
    name: str, words: str, chosen: str, chosen_on: date | None, error: FieldError | None = None
) -> choices.ChannelChoice:
    """One message type with digital or paper."""
    options = (
        Option("digital", Words("Digitaal", "Digital"), None, chosen == "digital"),
        Option("paper", Words("Op papier", "On paper"), None, chosen == "paper"),
    )
    return choices.ChannelChoice(Words(words), Field(name, chosen, error, options), chosen_on)


CHANNELS = choices.ChannelsPage(
    frame=framed(),
    back_href="/overzicht/",
    action="/post/",
    errors=(),
    saved=True,
    fallback_days=14,
    choices=(
        channel("proposal", "Voorstellen", "paper", None),
        channel("decision", "Besluiten", "digital", date(2024, 5, 6)),
    ),
)

CHANNELS_ERROR = replace(
    CHANNELS,
    saved=False,
    fallback_days=0,
    errors=(Field("proposal", "", FieldError.CHANNEL_EMPTY),),
    choices=(channel("proposal", "Voorstellen", "", None, FieldError.CHANNEL_EMPTY),),
)
