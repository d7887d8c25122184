"""The language of messages at the counter: the resident's own choice, recorded for them."""

from __future__ import annotations

from waardig.screens.addresses import COUNTER
from waardig.screens.desk_pages.counter import Visit
from waardig.screens.frames import address
from waardig.screens.message_language import LANGUAGES, chosen_language, language_field
from waardig.screens.pages.files import AskedField, AskForm, CounterAskPage
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Words

ACTIVITY = "loket.taal"
HEADING = Words("Taal van berichten en brieven", "Language of messages and letters")
LEAD = Words(
    "Laat de inwoner kiezen. Dit geldt voor nieuwe berichten. De Nederlandse tekst telt altijd.",
    "Let the resident choose. This holds for new messages. The Dutch text always counts.",
)


def language_page(visit: Visit, frame: DeskFrame, said: str | None = None, *, saved: bool = False) -> CounterAskPage:
    """The choice as it is now, or what was posted with what was wrong."""
    now = chosen_language(visit.subject.person)
    field = language_field(now if said is None else said)
    kept = LANGUAGES[now]
    done = Words(f"Vastgelegd: {kept.nl}.", f"Recorded: {kept.en}.")
    label = Words(
        "In welke taal wil de inwoner berichten en brieven?",
        "In which language does the resident want messages and letters?",
    )
    return CounterAskPage(
        desk=frame,
        back_href=COUNTER.home,
        person=visit.subject.name,
        heading=HEADING,
        lead=LEAD,
        deadline=None,
        notice=done if saved else None,
        facts=(),
        form=AskForm(
            action=address("desk:counter_language"),
            step="language",
            title=HEADING,
            lead=None,
            fields=(AskedField("choice", field, label),),
            button=Words("Leg de keuze vast", "Record the choice"),
        ),
        errors=(field,) if field.error else (),
    )
