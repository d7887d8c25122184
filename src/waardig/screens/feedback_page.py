"""Was this text clear? The form, what is wrong with what was typed, and the way back: no address of what was read."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import NoReverseMatch, reverse

from waardig.feedback import queries as feedback
from waardig.feedback.terms import Personal, Topic, TopicKind
from waardig.screens.frames import address
from waardig.screens.pages.feedback import FeedbackPage
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Link, Words

CLEAR = (
    ("yes", Words("Ja, dit is duidelijk", "Yes, this is clear")),
    ("no", Words("Nee, niet alles", "No, not all of it")),
)
PERSONAL = {
    Personal.BSN: FieldError.PERSONAL_BSN,
    Personal.ACCOUNT: FieldError.PERSONAL_ACCOUNT,
    Personal.EMAIL: FieldError.PERSONAL_EMAIL,
    Personal.PHONE: FieldError.PERSONAL_PHONE,
    Personal.CASE: FieldError.PERSONAL_CASE,
}


def feedback_page(
    topic: Topic,
    frame: Frame,
    *,
    posted: Mapping[str, str] | None = None,
    wrong: Mapping[str, FieldError] | None = None,
    given: bool = False,
) -> FeedbackPage:
    """The form about one text, as it was typed; shown again it keeps its number, so that it counts once."""
    typed, errors = posted or {}, wrong or {}
    chosen = typed.get("clear", "")
    clear = Field(
        "clear",
        chosen,
        errors.get("clear"),
        tuple(Option(value, words, chosen=value == chosen) for value, words in CLEAR),
    )
    text = Field("text", typed.get("text", ""), errors.get("text"))
    is_old = FieldError.FORM_OLD in errors.values()
    return FeedbackPage(
        frame=frame,
        back=_back(topic),
        name=Words(topic.name.nl, topic.name.en),
        is_message=topic.kind is TopicKind.MESSAGE,
        action=f"{address('portal:feedback')}?over={topic.key}",
        clear=clear,
        text=text,
        number=typed.get("number", "") if typed and not is_old else feedback.new_number(),
        errors=tuple(field for field in (clear, text) if field.error),
        given=given,
    )


def _back(topic: Topic) -> Link:
    """Back to the page itself when its address says nothing more; under a message to all messages."""
    if topic.kind is TopicKind.MESSAGE:
        return Link(Words("Naar uw berichten", "To your messages"), address("portal:messages"))
    face, name, *service = topic.key.split(".")
    for arguments in ((), service):
        try:
            return Link(Words(topic.name.nl, topic.name.en), reverse(f"{face}:{name}", args=arguments))
        except NoReverseMatch:
            continue
    return Link(Words("Naar het begin", "To the start"), address("portal:home"))
