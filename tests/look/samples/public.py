"""Pages of the public site made of parts, and questions of the public on both sides."""

from __future__ import annotations

from datetime import date

from tests.look.samples.desks import DESK
from tests.look.samples.people import TODAY, VISITOR
from waardig.screens.pages import document, questions
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.words import Amount, Deadline, Link, Words

DOCUMENT = document.DocumentPage(
    frame=VISITOR,
    back=Link(Words("Verantwoording", "Accountability"), "/verantwoording/"),
    title=Words("De ronde van 28 april 2025", "The round of 28 April 2025"),
    lead=Words("Dit deed de ronde.", "This is what the round did."),
    chip="in_use",
    note=Words("Besloten op 18 maart 2025.", "Decided on 18 March 2025."),
    parts=(
        document.Alert("river", Words("Oude versie.", "Old version."), Words("Zij geldt niet meer.", "It ended.")),
        document.Text(Words("Waarom?", "Why?"), (Words("Daarom.", "Because."),)),
        document.Rows(
            Words("Bedragen", "Amounts"),
            (
                document.Row(Words("Toegekend", "Granted"), (Amount(1825155), Words("Afgerond.", "Rounded."))),
                document.Row(Words("Broncode", "Source code"), ("https://x.nl",), "https://x.nl"),
            ),
        ),
        document.Chart("tekening", Words("Cijfers", "Figures"), (document.ChartBar(Words("Ja", "Yes"), "41", 340),)),
        document.Timeline(
            "verloop",
            Words("Metingen", "Measurements"),
            (document.TimelineRow(Words("Papier", "Paper"), ("verdict_met", "verdict_failed", "verdict_too_little")),),
        ),
        document.Table(
            "cijfers",
            Words("Cijfers", "Figures"),
            (Words("Wat", "What"), Words("Aantal", "Number"), Words("Oordeel", "Verdict")),
            (
                (
                    document.Cell(Words("Zeiden ja", "Said yes"), "/verantwoording/x/"),
                    document.Cell(41),
                    document.Cell(chip="verdict_met"),
                ),
            ),
            Words("Kleine aantallen tonen wij niet.", "Small numbers are not shown."),
            Link(Words("Download als CSV", "Download as CSV"), "/cijfers.csv"),
        ),
        document.Cards(
            Words("Meer", "More"),
            (document.Card(Words("Open data", "Open data"), "/open-data/", Words("Alles.", "All."), "in_use"),),
        ),
        document.Links(Words("Als bestand", "As a file"), (Link(Words("JSON", "JSON"), "/x.json"),)),
    ),
)
QUESTIONS = questions.QuestionsPage(
    frame=VISITOR,
    back=Link(Words("Individuele inkomenstoeslag", "Individual income supplement"), "/verantwoording/iit/"),
    service=Words("Individuele inkomenstoeslag", "Individual income supplement"),
    action="/vragen/",
    question=Field("question", "", FieldError.QUESTION_EMPTY),
    name=Field("name", "x" * 81, FieldError.NAME_TOO_LONG),
    errors=(Field("question", "", FieldError.QUESTION_EMPTY), Field("name", "", FieldError.NAME_TOO_LONG)),
    answer_by=date(2025, 5, 13),
    waiting=2,
    answered=(
        questions.AnsweredQuestion(
            "Waarom kreeg ik niets?", TODAY, "Wij zoeken alleen bij wie bijstand heeft.", TODAY, Words("Sanne Post")
        ),
    ),
)
DESK_QUESTIONS = questions.DeskQuestionsPage(
    desk=DESK,
    lines=(
        questions.QuestionLine("/balie/vragen/1/", Words("Individuele inkomenstoeslag"), TODAY, date(2025, 5, 13), 0),
        questions.QuestionLine("/balie/vragen/2/", Words("Individuele inkomenstoeslag"), TODAY, date(2025, 5, 1), 3),
    ),
)
DESK_QUESTION = questions.DeskQuestionPage(
    desk=DESK,
    back_href="/balie/openbare-vragen/",
    service=Words("Individuele inkomenstoeslag"),
    text="Waarom kreeg mijn buurvrouw wel een brief?",
    name="Toos",
    asked_on=TODAY,
    deadline=Deadline("ours", date(2025, 5, 13), 1, consequence=Words("Nog 1 dag.")),
    action="/balie/openbare-vragen/1/",
    outcome=Field(
        "outcome",
        "",
        FieldError.ANSWER_OR_NOT,
        (Option("answer", Words("Beantwoorden")), Option("decline", Words("Niet openbaar maken"))),
    ),
    published_text=Field("published_text", "Waarom kreeg iemand wel een brief?"),
    answer=Field("answer", "Ja.", FieldError.ANSWER_TOO_SHORT),
    errors=(Field("outcome", "", FieldError.ANSWER_OR_NOT), Field("answer", "Ja.", FieldError.ANSWER_TOO_SHORT)),
    signed_as="Sanne Post, Team Beleid",
)
