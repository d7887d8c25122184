"""Reactions at the desk: each text with its counts, what was written about it, and closing one."""

from __future__ import annotations

from waardig.catalogue import queries as catalogue
from waardig.feedback import queries as feedback
from waardig.feedback.terms import Counted, Reader, TextState, Topic, TopicUnknown, WrittenReaction
from waardig.screens.frames import address
from waardig.screens.pages import feedback as pages
from waardig.screens.pages.forms import Field, FieldError
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Link, Paging, Words
from waardig.screens.public_pages.questions import official_words

SIZE = 20
POLICY = Words("Beleid", "Policy")


def feedback_list(frame: DeskFrame, reader: Reader, *, only_open: bool, page: int) -> pages.DeskFeedbackPage:
    """The texts of this author that somebody reacted to, most unread on top.

    Raises:
        TopicUnknown: this employee is the author of nothing.
    """
    if not feedback.reads(reader):
        raise TopicUnknown
    found = feedback.counted(reader)
    shown = [one for one in found if one.open or not only_open]
    href = address("desk:feedback")
    other = (
        Link(Words("Laat alle teksten zien", "Show all texts"), href)
        if only_open
        else Link(Words("Laat alleen zien wat nog te lezen is", "Show only what is unread"), f"{href}?toon=open")
    )
    return pages.DeskFeedbackPage(
        desk=frame,
        total=len(shown),
        waiting=sum(one.open for one in found),
        lines=tuple(_line(one) for one in shown[(page - 1) * SIZE : page * SIZE]),
        other=other,
        paging=_paging(href, page, len(shown), "toon=open" if only_open else ""),
    )


def _line(one: Counted) -> pages.FeedbackLine:
    return pages.FeedbackLine(
        href=address("desk:feedback_topic", one.topic.key),
        name=_name(one.topic),
        file=one.topic.file,
        author=_author(one.topic),
        yes=one.yes,
        no=one.no,
        open=one.open,
    )


def topic_page(frame: DeskFrame, reader: Reader, key: str, *, handled: bool, page: int) -> pages.DeskFeedbackTopicPage:
    """One text with what was written about it, unread or read.

    Raises:
        TopicUnknown: there is none of this key, or somebody else is its author: the same answer for both.
    """
    topic = _own(reader, key)
    found = next((one for one in feedback.counted(reader) if one.topic.key == key), Counted(topic))
    counts, state = feedback.written_counts(key), TextState.HANDLED if handled else TextState.OPEN
    href = address("desk:feedback_topic", key)
    other = (
        Link(Words("Laat zien wat nog gelezen moet worden", "Show what is unread"), href)
        if handled
        else Link(
            Words(f"Laat zien wat al gelezen is ({counts[TextState.HANDLED]})",
                  f"Show what was read ({counts[TextState.HANDLED]})"),
            f"{href}?toon=gelezen",
        )
    )  # fmt: skip
    return pages.DeskFeedbackTopicPage(
        desk=frame,
        back_href=address("desk:feedback"),
        name=_name(topic),
        file=topic.file,
        author=_author(topic),
        yes=found.yes,
        no=found.no,
        shows_handled=handled,
        lines=tuple(_written(one) for one in feedback.written(key, state, page=page, size=SIZE)),
        other=other,
        paging=_paging(href, page, counts[state], "toon=gelezen" if handled else ""),
    )


def text_page(
    frame: DeskFrame, reader: Reader, found: WrittenReaction, *, typed: str = "", error: FieldError | None = None
) -> pages.DeskFeedbackTextPage:
    """One written reaction with the form that closes it."""
    done = Field("done", typed, error)
    return pages.DeskFeedbackTextPage(
        desk=frame,
        back_href=address("desk:feedback_topic", found.topic),
        name=_name(_own(reader, found.topic)),
        line=_written(found),
        kept_until=found.kept_until,
        action=address("desk:feedback_text", found.id),
        done=done,
        errors=(done,) if error else (),
        signed_as=official_words(reader.official),
    )


def _own(reader: Reader, key: str) -> Topic:
    found = next((one for one in feedback.of_reader(reader) if one.key == key), None)
    if found is None:
        raise TopicUnknown
    return found


def _written(one: WrittenReaction) -> pages.WrittenLine:
    is_open = one.state is TextState.OPEN
    return pages.WrittenLine(
        href=address("desk:feedback_text", one.id) if is_open else "",
        on=one.on,
        clear=one.clear,
        language="en" if one.language == "en" else "nl",
        text=one.text,
        done=one.done,
        handled_on=one.handled_on,
        by=None if is_open else official_words(one.official),
    )


def _name(topic: Topic) -> Words:
    return Words(topic.name.nl, topic.name.en)


def _author(topic: Topic) -> Words:
    team = catalogue.municipality().teams.get(topic.team)
    return Words(team.name.nl, team.name.en) if team else POLICY


def _paging(href: str, page: int, total: int, query: str) -> Paging:
    """Where a list stands, with the addresses of the pages beside it in the same list."""
    last = max(1, -(-total // SIZE))
    base = f"{href}?{query}&" if query else f"{href}?"
    return Paging(
        number=page,
        total=last,
        previous_href=f"{base}pagina={page - 1}" if page > 1 else "",
        next_href=f"{base}pagina={page + 1}" if page < last else "",
    )
