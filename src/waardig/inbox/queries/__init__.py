"""Reading messages: metadata in a constant number of queries, texts and letters with a ticket only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac

from waardig.access.terms import Ticket
from waardig.catalogue.queries import municipality
from waardig.inbox import models
from waardig.inbox.adapters import typst
from waardig.inbox.core.blocks import blocks_from_data, data_sha256
from waardig.inbox.core.filling import fill
from waardig.inbox.core.letter import Letter
from waardig.inbox.core.reuse import Reuse as Reuse
from waardig.inbox.core.template import Template
from waardig.inbox.core.translation import differences
from waardig.inbox.queries.counts import (
    EXPLAINED_BY as EXPLAINED_BY,
)
from waardig.inbox.queries.counts import (
    channels_of_run as channels_of_run,
)
from waardig.inbox.queries.counts import (
    delivery_counts as delivery_counts,
)
from waardig.inbox.queries.counts import (
    explained_count as explained_count,
)
from waardig.inbox.queries.counts import (
    history as history,
)
from waardig.inbox.queries.counts import (
    paper_counts as paper_counts,
)
from waardig.inbox.queries.templates import parsed as template_in
from waardig.inbox.terms import (
    Block,
    DeliveryState,
    Display,
    Event,
    Filled,
    HeldDelivery,
    HeldReason,
    Language,
    Message,
    MessagePage,
    MessageText,
    MessageUnknown,
    Preference,
    Reader,
    Sender,
    TemplateInvalid,
    TemplateProblem,
)
from waardig.kernel.content import content_roots
from waardig.registers.queries import take_documents


# -- messages ----------------------------------------------------------------------------------------------------------
def messages_for(
    person: UUID,
    *,
    reader: Reader = Reader.SELF,
    page: int = 1,
    size: int = 50,
    services: Collection[str] | None = None,
) -> MessagePage:
    """Messages of one person, newest first; an administrator's messages are another list than the person's own.

    Left out: what was cancelled, and what is held because an administrator appeared after it was written.

    Args:
        services: only messages of these, for a helper; None for all of them.
    """
    rows = _visible(person, reader)
    return _page(rows if services is None else rows.filter(service__in=services), page, size)


def messages_of_case(case: UUID, *, page: int = 1, size: int = 50) -> MessagePage:
    """Messages that belong to a case, newest first."""
    return _page(models.Message.objects.filter(case=case), page, size)


def message(identity: UUID) -> Message | None:
    """One message with its deliveries and events, or None."""
    found = _terms(models.Message.objects.filter(id=identity))
    return found[0] if found else None


def was_sent(key: str) -> bool:
    """Whether a message was sent under this key."""
    return models.Message.objects.filter(key=key).exists()


def message_by_code(code: str) -> Message | None:
    """The message on whose answer card this code stands, or None."""
    found = _terms(models.Message.objects.filter(answer_code_mac=answer_code_mac(code)))
    return found[0] if found else None


def answer_code_mac(code: str) -> str:
    """What is stored of an answer code: a keyed hash, so that the table does not open the answer page."""
    bare = "".join(code.split()).upper()
    return salted_hmac("waardig.inbox.answer_code", bare, algorithm="sha256").hexdigest()


def unopened_count(person: UUID) -> int:
    """How many of a person's own messages were not opened yet."""
    return _visible(person, Reader.SELF).exclude(event_rows__kind__in=["opened", "opened_by_representative"]).count()


def proof(identity: UUID) -> tuple[Event, ...]:
    """Everything that happened to a message, oldest first: what the sender must be able to show (Awb 2:10).

    Raises:
        MessageUnknown: there is no such message.
    """
    found = message(identity)
    if found is None:
        raise MessageUnknown(identity)
    return found.events


def _visible(person: UUID, reader: Reader) -> QuerySet[models.Message]:
    hidden = models.Delivery.objects.filter(message=OuterRef("id")).filter(
        Q(state=DeliveryState.CANCELLED) | Q(held_reason=HeldReason.ADMINISTRATOR_APPEARED)
    )
    return models.Message.objects.filter(~Exists(hidden), recipient=person, reader=reader)


def _page(rows: QuerySet[models.Message], page: int, size: int) -> MessagePage:
    start = (page - 1) * size
    return MessagePage(_terms(rows.order_by("-sent_at", "-id")[start : start + size]), page, size, rows.count())


def _terms(rows: QuerySet[models.Message]) -> tuple[Message, ...]:
    loaded = rows.prefetch_related("delivery_rows", "event_rows")
    return tuple(
        row.to_term(
            tuple(delivery.to_term() for delivery in row.delivery_rows.all()),
            tuple(event.to_term() for event in sorted(row.event_rows.all(), key=lambda event: event.pk)),
        )
        for row in loaded
    )


# -- texts and letters, with a ticket ----------------------------------------------------------------------------------
def text(ticket: Ticket, identity: UUID) -> MessageText:
    """The text of a message as it was sent.

    Raises:
        MessageUnknown: no such text, or the ticket does not open it.
    """
    document = take_documents(ticket, [identity]).get(identity)
    if document is None or "blocks" not in document.content:
        raise MessageUnknown(identity)
    return text_from_content(identity, document.content)


def text_from_content(identity: UUID, content: Mapping[str, Any]) -> MessageText:
    """A stored text as blocks."""
    blocks = blocks_from_data(content["blocks"])
    sha256 = data_sha256(content["subject"], content["language"], content["blocks"])
    kept = MessageText(identity, content["subject"], content["language"], blocks, content["answer_code"], sha256)
    english = content.get("english")
    if not english:
        return kept
    other = data_sha256(english["subject"], "en", english["blocks"])
    return replace(kept, english=blocks_from_data(english["blocks"]), english_sha256=other)


def letter_pdf(ticket: Ticket, identity: UUID) -> bytes:
    """The letter of a message, exactly as it was printed.

    Raises:
        MessageUnknown: there is no letter, or the ticket does not open it.
    """
    letter = models.Letter.objects.filter(delivery__message=identity).values_list("id", flat=True).first()
    document = take_documents(ticket, [letter]).get(letter) if letter else None
    if document is None or document.payload is None:
        raise MessageUnknown(identity)
    return document.payload


def letter_copy(ticket: Ticket, found: Message) -> bytes:
    """A message as a letter for the archive: as it was printed, or else made now from the text that was kept.

    Raises:
        MessageUnknown: the ticket does not open it.
    """
    from waardig.inbox.adapters.typst import letter_pdf as typeset  # only who makes letters loads the typesetter

    try:
        return letter_pdf(ticket, found.id)
    except MessageUnknown:
        kept = text(ticket, found.id)
        address = ("Archiefexemplaar", "Dit bericht is digitaal verstuurd")
        return typeset(Letter(kept.blocks, sender(), address, found.sent_on, kept.language, english=kept.english))


# -- what waits for a person -------------------------------------------------------------------------------------------
def held(*, page: int = 1, size: int = 50) -> tuple[HeldDelivery, ...]:
    """Deliveries that wait for a person, longest waiting first."""
    start = (page - 1) * size
    rows = models.Delivery.objects.filter(state=DeliveryState.HELD).order_by("held_at", "id")[start : start + size]
    loaded = list(rows)
    messages = {m.id: m for m in _terms(models.Message.objects.filter(id__in=[row.message_id for row in loaded]))}
    return tuple(
        HeldDelivery(row.to_term(), messages[row.message_id], HeldReason(row.held_reason), row.held_at)
        for row in loaded
        if row.held_at is not None
    )


def held_count() -> int:
    """How many deliveries wait for a person."""
    return models.Delivery.objects.filter(state=DeliveryState.HELD).count()


# -- preferences -------------------------------------------------------------------------------------------------------
def preferences_of(wanted: Iterable[tuple[UUID, str]]) -> dict[tuple[UUID, str], Preference]:
    """The choice that holds now for each (person, type of message) that has one, in one query."""
    pairs = set(wanted)
    rows = models.Preference.objects.filter(
        person__in={person for person, _ in pairs}, message_type__in={kind for _, kind in pairs}
    ).order_by("version")
    return {(row.person, row.message_type): row.to_term() for row in rows if (row.person, row.message_type) in pairs}


def preference_history(person: UUID) -> tuple[Preference, ...]:
    """Every choice of a person, oldest first, with where and when it was made."""
    return tuple(row.to_term() for row in models.Preference.objects.filter(person=person).order_by("id"))


def display_of(person: UUID) -> Display | None:
    """How a person wants pages and letters; None when nothing was ever chosen."""
    row = models.Display.objects.filter(person=person).first()
    return row.to_term() if row else None


def wanting_large_print(persons: Iterable[UUID]) -> frozenset[UUID]:
    """Who of these wants letters in large print, in one query."""
    return frozenset(
        models.Display.objects.filter(person__in=set(persons), large=True).values_list("person", flat=True)
    )


def wanting_english(persons: Iterable[UUID]) -> frozenset[UUID]:
    """Who of these chose English beside the Dutch of messages and letters, in one query."""
    return frozenset(
        models.Display.objects.filter(person__in=set(persons), language="en").values_list("person", flat=True)
    )


# -- sender ------------------------------------------------------------------------------------------------------------
def sender() -> Sender:
    """Who sends, from the municipality's content; the coat of arms is `logo.svg` in the last folder that has it.

    Raises:
        ContentInvalid: no content folder has a municipality.yaml.
    """
    town = municipality()
    post = f"{town.post.street}, {town.post.postcode} {town.post.city}"
    logos = [root / "logo.svg" for root in content_roots() if (root / "logo.svg").is_file()]
    return Sender(
        name=town.name,
        kind_nl=town.kind.nl,
        kind_en=town.kind.en,
        postal_address=post,
        phone=town.phone,
        return_address=town.answer_number or post,
        answer_url=f"{settings.BASE_URL.rstrip('/')}/antwoord",
        logo_svg=logos[-1].read_text(encoding="utf-8") if logos else "",
    )


# -- templates ---------------------------------------------------------------------------------------------------------
def filled(
    service: str,
    name: str,
    values: Mapping[str, Any],
    *,
    language: Language = "nl",
    roots: Sequence[Path] | None = None,
    reuse: Reuse | None = None,
) -> Filled:
    """A message template of a service, filled with values.

    Args:
        name: file name without language ('proposal'). values: by placeholder, typed as `inbox.terms.PlaceholderType`.
        roots: content folders, by default library and WAARDIG_CONTENT; the last with it wins. reuse: of a batch.

    Raises:
        TemplateInvalid: no such template, an error in it, or a value that is missing or of the wrong type.
    """
    known = reuse or Reuse()
    find = partial(template, service, name, language=language, roots=roots)
    return fill(known.template((service, name, language), find), values, known)


def filled_in_english(
    service: str,
    name: str,
    values: Mapping[str, Any],
    *,
    roots: Sequence[Path] | None = None,
    reuse: Reuse | None = None,
) -> Filled | None:
    """The English text beside the Dutch one, or None when the folder that the Dutch one comes from has none.

    An English text of another folder tells something else than the Dutch that this municipality wrote itself.
    """
    places = content_roots() if roots is None else roots
    dutch = [root for root in places if _file(root, service, name, "nl").is_file()]
    if not dutch or not _file(dutch[-1], service, name, "en").is_file():
        return None
    return filled(service, name, values, language="en", roots=dutch[-1:], reuse=reuse)


def _file(root: Path, service: str, name: str, language: Language) -> Path:
    return root / "services" / service / "messages" / f"{name}.{language}.md"


def template(service: str, name: str, *, language: Language = "nl", roots: Sequence[Path] | None = None) -> Template:
    """A message template of a service, parsed.

    Raises:
        TemplateInvalid: no such template, or an error in it.
    """
    relative = Path("services") / service / "messages" / f"{name}.{language}.md"
    found = [root / relative for root in (content_roots() if roots is None else roots) if (root / relative).is_file()]
    if not found:
        raise TemplateInvalid(TemplateProblem(str(relative), 1, "no content folder has this file"))
    return template_in(found[-1], found[-1].stat().st_mtime_ns)


def template_problems(roots: Sequence[Path]) -> tuple[TemplateProblem, ...]:
    """What is wrong in the message templates of content folders: each by itself, and the two languages together."""
    problems: list[TemplateProblem] = []
    files = sorted(file for root in roots for file in root.glob("services/*/messages/*.*.md"))
    parsed: dict[Path, Template] = {}
    for file in files:
        try:
            parsed[file] = template_in(file, file.stat().st_mtime_ns)
        except TemplateInvalid as invalid:
            problems.append(invalid.problem)
    for file, one in parsed.items():
        other = parsed.get(file.with_name(file.name.replace(f".{one.language}.", _OTHER[one.language])))
        if not file.name.endswith(f".{one.language}.md"):
            problems.append(TemplateProblem(one.file, 1, f"the file name does not end in .{one.language}.md"))
        elif other is None:
            problems.append(TemplateProblem(one.file, 1, _MISSING))
        elif one.language == "nl":
            problems += differences(one, other)
    return tuple(problems)


def refuse_differing_english(roots: Sequence[Path]) -> None:
    """Before content is taken into use: an English text that asks or offers other things than the Dutch is refused.

    A municipality's own Dutch text without an English one is no problem: its readers see the Dutch text.

    Raises:
        TemplateInvalid: with file, line and reason.
    """
    for problem in template_problems(roots):
        if problem.message != _MISSING:
            raise TemplateInvalid(problem)


_MISSING = "the other language is missing"
_OTHER: Mapping[str, str] = {"nl": ".en.", "en": ".nl."}


def printed_form(blocks: Sequence[Block], *, on: date, language: Language = "nl") -> bytes:
    """Blocks on paper for nobody in particular, as PDF/UA-1: a form to take along; nothing is stored."""
    return typst.letter_pdf(Letter(blocks=tuple(blocks), sender=sender(), address=(), on=on, language=language))
