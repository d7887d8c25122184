"""Messages: the list, proposals in their states, decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.look.samples.people import A521, OURS, TODAY, VOS, framed
from waardig.inbox.terms import (
    Block,
    Bullets,
    DataRow,
    DataTable,
    Item,
    KeyInfo,
    KeyRow,
    Lead,
    MessageLinks,
    Notice,
    Paragraph,
    Question,
    Section,
    Signature,
    Span,
    Text,
    Title,
)
from waardig.inbox.terms import Option as Choice
from waardig.screens.pages import message, messages
from waardig.screens.pages.frame import ActingFor, SignedIn
from waardig.screens.pages.words import Deadline, Link, Paging, Words

MESSAGES = messages.MessagesPage(
    frame=framed("messages"),
    total=24,
    unread=2,
    must_act=1,
    channels_href="/post/",
    paging=Paging(1, 2, "", "/berichten/?pagina=2"),
    messages=(
        messages.MessageItem(
            Words("U moet iets doen vóór 21 mei: formulier"),
            "/b/4/",
            date(2025, 5, 12),
            "Team Inkomen",
            True,
            must_act=True,
        ),
        messages.MessageItem(
            Words("Bericht van uw gemeente"), "/b/1/", TODAY, "Team Inkomen", True, choose=True, on_paper=True
        ),
        messages.MessageItem(Words("Uw aanvraag is binnen"), "/b/5/", date(2025, 4, 22), "Team Inkomen"),
        messages.MessageItem(
            Words("Ons besluit op uw aanvraag", "Our decision on your application"),
            "/b/7/",
            date(2025, 4, 21),
            "Team Inkomen",
            in_english=True,
        ),
        messages.MessageItem(Words("Bericht van uw gemeente"), "/b/6/", date(2025, 4, 2), "Team Zorg", True, about=VOS),
    ),
)

MESSAGES_NONE = replace(MESSAGES, total=0, unread=0, must_act=0, messages=(), paging=Paging(1, 1), channels_href="")


def text(words: str) -> Text:
    """Words as one span, an amount or a date with its value."""
    if words.startswith("€"):
        return (Span(words, kind="money", value=words[2:].replace(".", "").replace(",", ".")),)
    return (Span(words),)


def bold(start: str, rest: str) -> Text:
    """Words that begin in bold."""
    return (Span(start, strong=True), Span(rest))


def paragraphs(*words: str) -> tuple[Item, ...]:
    """Paragraphs of a section."""
    return tuple(Paragraph(text(one)) for one in words)


def rows(*given: tuple[str, str, str]) -> tuple[KeyRow, ...]:
    """Rows of the key information."""
    return tuple(KeyRow(label, text(answer), text(note) if note else ()) for label, answer, note in given)


KEY = KeyInfo(
    "key",
    "Het belangrijkste",
    rows(
        ("Wat is het?", "Individuele inkomenstoeslag", "Geld voor mensen die lang een laag inkomen hebben."),
        ("Hoeveel?", "€ 521,97", "In één keer. U mag dit elke 12 maanden aanvragen."),
        (
            "Wat moet u doen?",
            "Kiezen: ja of nee",
            "Dat hoeft niet vandaag. Zegt u later ja? Dan kijken wij opnieuw, naar die dag.",
        ),
        ("Wie beslist?", "Wij: een medewerker van de gemeente", "Binnen 8 weken nadat u ja zegt."),
        ("Moet u het terugbetalen?", "Nee, als uw gegevens kloppen", ""),
        ("Zaaknummer", "RW 2025 0481", ""),
    ),
)

SIGNED = Signature(
    "sign", (text("Met vriendelijke groet,"), text("Team Inkomen"), text("Fatma Yıldız, gemeente Rietwaarden"))
)

LEAD = Lead("lead", text("Zegt u ja? Dan vraagt u dit geld aan. U hoeft niets op te zoeken."))

BLOCKS: tuple[Block, ...] = (
    Title("title", (Span("U hebt waarschijnlijk recht op "), Span("€\u00a0521,97", kind="money", value="521.97"))),
    LEAD,
    KEY,
    Section(
        "why",
        text("Waarom krijgt u dit bericht?"),
        (
            Bullets(
                (
                    text("U kreeg 3 jaar lang bijstand van ons."),
                    text("Uw inkomen was al die tijd lager dan € 1.406 per maand."),
                    text("U kreeg deze toeslag niet in de laatste 12 maanden."),
                )
            ),
        ),
    ),
    Question(
        "question",
        text("Wilt u deze toeslag aanvragen?"),
        (
            Choice(
                "yes",
                text("Ja, ik vraag dit aan"),
                bold("Bij ja", " vragen wij nog 3 dingen: met wie u woont, uw spaargeld en uw rekening."),
            ),
            Choice(
                "no", text("Nee, nu niet"), bold("Bij nee", " gebeurt er niets. U kunt later altijd nog ja zeggen.")
            ),
        ),
    ),
    Notice(
        "wrong",
        text("Klopt er iets niet?"),
        paragraphs("Zeg ja en geef door wat niet klopt. De dag dat u ja zegt, blijft de dag van uw aanvraag."),
    ),
    Section(
        "together",
        text("Liever samen?"),
        (
            Paragraph(
                (
                    Span("Bel "),
                    Span("088 000 01 20", kind="phone"),
                    Span(
                        " of kom naar het loket, Markt 1. Een medewerker ziet dan hetzelfde als u."
                        " U mag iemand meenemen."
                    ),
                )
            ),
        ),
    ),
    SIGNED,
)


def titled(title: str, *blocks: Block, lead: str = "U hoeft niets te doen.") -> message.MessageBody:
    """A message with this title."""
    return message.MessageBody("nl", (Title("title", text(title)), Lead("lead", text(lead)), *blocks))


TEXT = message.MessageBody("nl", BLOCKS)

LINKS = MessageLinks("/b/1/antwoord/", "/ja-maar/", "/herstel/", "/seintje/", "/waarom/1/")

SIDE = message.MessageSide(
    "Team Inkomen", TODAY, "/waarom/1/", "/gegevens/", "/verantwoording/iit/", "/b/1/print/", date(2030, 5, 12)
)

PROPOSAL = message.ProposalPage(
    frame=framed("messages"),
    back_href="/berichten/",
    message=TEXT,
    links=LINKS,
    about=None,
    yes=None,
    no=None,
    suspended_since=None,
    computed_on=None,
    corrected_on=None,
    side=SIDE,
)

COUPLE = replace(PROPOSAL, message=titled("U hebt samen waarschijnlijk recht op € 745,89", *BLOCKS[2:]))

ADMINISTRATOR = replace(
    PROPOSAL,
    frame=framed("messages", acting_for=ActingFor(VOS, "/voor-wie/"), signed_in=SignedIn("D. Kuipers", "/uit/")),
    about=VOS,
    message=titled("Meneer Vos heeft waarschijnlijk recht op € 521,97", *BLOCKS[2:]),
)

SAID_YES = replace(
    PROPOSAL,
    links=MessageLinks(why="/waarom/1/"),
    yes=message.Yes(TODAY, "RW 2025 0481", Deadline("ours", date(2025, 7, 7), 56), "/zaak/2/"),
)

SAID_NO = replace(PROPOSAL, no=message.No(TODAY, True), corrected_on=date(2025, 5, 6))

SUSPENDED = replace(PROPOSAL, suspended_since=date(2025, 5, 10), computed_on=date(2025, 4, 28))

DECISION = message.DecisionPage(
    frame=framed("messages"),
    back_href="/berichten/",
    about=None,
    amount=A521,
    pay_by=date(2025, 6, 30),
    paid_on=None,
    message=titled(
        "U krijgt € 521,97",
        KeyInfo(
            "key",
            "Het belangrijkste",
            rows(("Wat is het?", "Individuele inkomenstoeslag", ""), ("Zaaknummer", "RW 2025 0481", "")),
        ),
        Section(
            "reason", text("Waarom?"), paragraphs("U kreeg 3 jaar lang bijstand. Uw inkomen was al die tijd laag.")
        ),
        DataTable(
            "data",
            text("Welke gegevens gebruikten wij?"),
            ("Gegeven", "Waarde", "Bron en datum"),
            (
                DataRow("Leeftijd", text("58 jaar"), text("BRP, 28 april 2025")),
                DataRow("Spaargeld", text("€ 1.240"), text("U, 12 mei 2025")),
            ),
        ),
        SIGNED,
        lead="Uw aanvraag is toegekend. U hoeft niets te doen.",
    ),
    links=MessageLinks(),
    account_end="4300",
    decided_by=Words("Willem de Graaf, namens het college van burgemeester en wethouders."),
    objection=message.Objection(
        Deadline("resident", date(2025, 6, 30), 42, False, Words("Daarna kan bezwaar meestal niet meer.")),
        "/bezwaar/",
        "088 000 01 20",
    ),
    duties=(Words("Gaat u samenwonen? Geef dat binnen 1 week door."),),
    other=(),
    side=SIDE,
)

REFUSED = replace(
    DECISION,
    amount=None,
    pay_by=None,
    account_end="",
    duties=(),
    other=(Link(Words("Bijzondere bijstand"), "/bb/"), Link(Words("Praat met Team Inkomen"), "/bel-mij/")),
    message=titled(
        "U krijgt deze toeslag niet",
        *DECISION.message.blocks[2:],
        lead="U hoeft niets te doen. Hieronder staat waarom en wat wel kan.",
    ),
)

LETTER = message.LetterPage(
    frame=framed("messages"),
    back_href="/berichten/",
    about=None,
    deadline=OURS,
    next=Link(Words("Bekijk de zaak"), "/zaak/2/"),
    message=titled(
        "Wij hebben uw melding", Section("next", text("Wat gebeurt er nu?"), paragraphs("Wij zoeken het uit."))
    ),
    links=MessageLinks(),
    side=replace(SIDE, why_href="", data_href="", basis_href=""),
)
