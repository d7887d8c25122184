"""Objections, second looks, our term: asked for, as a file, at the counter and at the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.look.samples.desks import CASE_PAGE, DESK
from tests.look.samples.people import A521, OURS, PAGE1, TODAY, VOS, framed
from waardig.screens.pages import files as pages
from waardig.screens.pages.desk import CaseEvent
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.words import Amount, Deadline, Link, Words

ON = date(2025, 6, 23)
FACTS = (
    pages.FileFact(Words("Het besluit", "The decision"), Words("Afgewezen", "Refused")),
    pages.FileFact(Words("Van", "Of"), TODAY),
)
CHOICES = (Option("yes", Words("Ja", "Yes")), Option("no", Words("Nee", "No"), chosen=True))
FORM = pages.AskForm(
    action="/bezwaar/",
    step="object",
    title=Words("Uw bezwaar", "Your objection"),
    lead=Words("Bezwaar kost niets.", "Objecting costs nothing."),
    fields=(
        pages.AskedField(
            "text", Field("reasons", "Kort"), Words("Waarom?", "Why?"), Words("Kort mag.", "Short is fine.")
        ),
        pages.AskedField("text", Field("costs"), Words("Kosten", "Costs")),
        pages.AskedField("choice", Field("hearing", options=CHOICES), Words("Gesprek?", "A talk?")),
        pages.AskedField(
            "choice", Field("heard", options=CHOICES), Words("Gehoord?", "Heard?"), Words("Kies.", "Choose.")
        ),
        pages.AskedField("money", Field("amount"), Words("Bedrag", "Amount"), Words("In euro.", "In euro.")),
        pages.AskedField("money", Field("more"), Words("Meer", "More")),
        pages.AskedField("line", Field("received"), Words("Ontvangen op", "Received on"), Words("Een dag.", "A day.")),
        pages.AskedField("line", Field("place"), Words("Waar", "Where")),
    ),
    button=Words("Verstuur", "Send"),
)
WRONG = Field("held_on", "gisteren", FieldError.DAY_WRONG)
FORM_WRONG = replace(
    FORM, secondary=True, fields=(pages.AskedField("line", WRONG, Words("Ontvangen op", "Received on")),)
)
ASK = pages.AskPage(
    frame=framed("messages"),
    back_href="/berichten/",
    heading=Words("Maak bezwaar", "Object"),
    lead=Words("Bezwaar kost niets.", "Objecting costs nothing."),
    deadline=Deadline("resident", ON, 42),
    notice=None,
    facts=FACTS,
    form=FORM,
    errors=(),
)
ASK_LATE = replace(
    ASK,
    deadline=None,
    facts=(),
    notice=Words("De termijn was tot en met **23 juni 2025**.", "The term was until **23 June 2025**."),
    form=FORM_WRONG,
    errors=(WRONG,),
)
SAID = ("Het was maar een week werk.",)
PAPERS = (
    pages.FilePaper(Words("Het bezwaar", "The objection"), Words("Van de inwoner", "From the resident"), TODAY, SAID),
    pages.FilePaper(Words("Verslag", "Report"), Words("Van Petra van Dam", "From Petra van Dam"), TODAY, ()),
)
FILE = pages.FilePage(
    frame=framed("messages"),
    back_href="/berichten/",
    number="RW 2025 0002",
    about=None,
    heading=Words("Uw bezwaar", "Your objection"),
    lead=Words("Een andere medewerker kijkt opnieuw.", "Another official looks again."),
    done=False,
    deadline=OURS,
    notice=Words("Wij missen nog uw redenen.", "We still miss your reasons."),
    facts=FACTS,
    papers=PAPERS,
    forms=(FORM,),
    links=(Link(Words("Trek dit bezwaar in", "Withdraw"), "/intrekken/"),),
    errors=(),
)
FILE_LATE = replace(
    FILE,
    about=VOS,
    heading=Words("Wij zijn 3 dagen te laat", "We are 3 days late"),
    lead=Words("Dat ligt aan ons.", "That is our doing."),
    done=True,
    notice=None,
    facts=(pages.FileFact(Words("Bedrag tot nu", "So far"), Amount(31_000)),),
    papers=(),
    forms=(FORM_WRONG,),
    links=(),
    errors=(WRONG,),
)
COUNTER_ASK = pages.CounterAskPage(
    desk=DESK,
    back_href="/balie/",
    person=VOS,
    heading=ASK.heading,
    lead=ASK.lead,
    deadline=ASK.deadline,
    notice=ASK_LATE.notice,
    facts=FACTS,
    form=FORM_WRONG,
    errors=(WRONG,),
)
SAYS = Field("correct_value", "", FieldError.CORRECTION_EMPTY)
COUNTER_CORRECT = replace(
    COUNTER_ASK,
    heading=Words("Klopt dit niet?", "Is this wrong?"),
    lead=Words("Laat de inwoner meelezen.", "Let the resident read along."),
    deadline=None,
    notice=Words(
        "Wij beslissen niets met dit gegeven tot de inwoner antwoord heeft.",
        "We decide nothing with this value until the resident has an answer.",
    ),
    facts=(
        pages.FileFact(Words("Vermogen", "Wealth"), Amount(124_000)),
        pages.FileFact(Words("Sinds", "Since"), TODAY),
    ),
    form=pages.AskForm(
        action="/balie/loket/gegevens/1/klopt-niet/",
        step="report",
        title=Words("Wat zegt de inwoner?", "What does the resident say?"),
        lead=None,
        fields=(
            pages.AskedField("line", SAYS, Words("Wat moet het zijn?", "What should it be?")),
            pages.AskedField("text", Field("explanation"), Words("Uitleg (niet verplicht)", "Why (not required)")),
        ),
        button=Words("Leg de melding vast", "Record the report"),
    ),
    errors=(SAYS,),
)
LANGUAGE = Field(
    "language",
    "",
    FieldError.LANGUAGE_EMPTY,
    (
        Option("nl", Words("Nederlands", "Dutch")),
        Option("en", Words("Nederlands, met het Engels erbij", "Dutch and English")),
    ),
)
COUNTER_LANGUAGE = replace(
    COUNTER_ASK,
    heading=Words("Taal van berichten en brieven", "Language of messages and letters"),
    lead=Words("Laat de inwoner kiezen.", "Let the resident choose."),
    deadline=None,
    notice=Words("Vastgelegd: Nederlands.", "Recorded: Dutch."),
    facts=(),
    form=pages.AskForm(
        action="/balie/loket/taal/",
        step="language",
        title=Words("Taal van berichten en brieven", "Language of messages and letters"),
        lead=None,
        fields=(pages.AskedField("choice", LANGUAGE, Words("In welke taal?", "In which language?")),),
        button=Words("Leg de keuze vast", "Record the choice"),
    ),
    errors=(LANGUAGE,),
)
EVENTS = (CaseEvent(datetime(2025, 5, 12, 8, 0, tzinfo=UTC), Words("Bezwaar ontvangen", "Received"), "de inwoner"),)
DESK_FILE = pages.DeskFilePage(
    desk=DESK,
    back_href="/balie/bezwaren/",
    number="RW 2025 0002",
    person=VOS,
    heading=Words("Bezwaar", "Objection"),
    lead=Words("Kijk opnieuw naar alles.", "Look at everything again."),
    done=False,
    deadline=OURS,
    notice=Words("Een collega behandelt dit.", "A colleague handles this."),
    facts=FACTS,
    papers=PAPERS,
    computed=A521,
    groups=CASE_PAGE.groups,
    forms=(FORM, FORM_WRONG),
    events=EVENTS,
    errors=(WRONG,),
)
DESK_FILE_DONE = replace(
    DESK_FILE, done=True, notice=None, facts=(), papers=(), computed=None, groups=(), forms=(), errors=()
)
FIND = pages.FindOtherwisePage(
    desk=DESK,
    back_href="/balie/loket/",
    heading=Words("Zoeken zonder nummer", "Finding without a number"),
    lead=Words("Vul alles in.", "Fill in everything."),
    form=FORM,
    errors=(),
)
LINE = pages.FileLine(
    "RW 2025 0002", "/balie/bezwaren/1/", Words("Individuele inkomenstoeslag"), TODAY, ON, 3, Words("Bij Petra van Dam")
)
FILE_LIST = pages.FileListPage(
    desk=DESK,
    back_href="/balie/",
    heading=Words("Bezwaren", "Objections"),
    lead=Words("2 bezwaren wachten.", "2 objections wait."),
    lines=(LINE, replace(LINE, late=0, more=None, number="RW 2025 0003")),
    paging=PAGE1,
)
FILES = {
    "bezwaar-vraag": ASK,
    "bezwaar-vraag-laat": ASK_LATE,
    "bezwaar": FILE,
    "te-laat": FILE_LATE,
    "loket-bezwaar": COUNTER_ASK,
    "loket-klopt-niet": COUNTER_CORRECT,
    "loket-taal": COUNTER_LANGUAGE,
    "loket-zoeken": FIND,
    "loket-zoeken-fout": replace(FIND, form=FORM_WRONG, errors=(WRONG,)),
    "balie-bezwaar": DESK_FILE,
    "balie-bezwaar-klaar": DESK_FILE_DONE,
    "balie-bezwaren": FILE_LIST,
    "balie-bezwaren-leeg": replace(FILE_LIST, lines=()),
}
