"""Berichten: the list of messages, newest first, with what still asks a choice."""

from __future__ import annotations

from waardig.cases import queries as cases
from waardig.cases.terms import Case, CaseKind, CaseState
from waardig.catalogue import queries as catalogue
from waardig.inbox import queries as inbox
from waardig.inbox.terms import Message, MessagePage, Reader
from waardig.screens.addresses import Addresses
from waardig.screens.message_pages import proposal_types, reads_own, sent_on_paper
from waardig.screens.pages import messages as pages
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Paging, Words
from waardig.screens.subject import Subject

NEUTRAL = Words("Bericht van uw gemeente", "Message from your municipality")
"""What a list says instead of a subject for who is shielded."""


def messages_page(subject: Subject, found: MessagePage, frame: Frame, addresses: Addresses) -> pages.MessagesPage:
    """One page of the list; a constant number of queries."""
    by_id = {case.id: case for case in cases.cases_of(subject.person)}
    unread = inbox.unopened_count(subject.person) if subject.reader is Reader.SELF else 0
    last = max(1, -(-found.total // found.size))
    return pages.MessagesPage(
        frame=frame,
        total=found.total,
        unread=unread,
        must_act=0,
        messages=tuple(
            _item(
                message, by_id.get(message.case) if message.case else None, subject, addresses, bool(frame.leave_href)
            )
            for message in found.messages
        ),
        paging=Paging(
            found.page,
            last,
            f"{addresses.messages}?pagina={found.page - 1}" if found.page > 1 else "",
            f"{addresses.messages}?pagina={found.page + 1}" if found.page < last else "",
        ),
        channels_href=addresses.channels,
    )


def _item(
    message: Message, case: Case | None, subject: Subject, addresses: Addresses, shielded: bool
) -> pages.MessageItem:
    here = catalogue.municipality()
    is_open = (
        case is not None
        and case.kind is CaseKind.PROPOSAL
        and case.state is CaseState.PROPOSED
        and message.message_type in proposal_types(case.service)
    )
    return pages.MessageItem(
        subject=NEUTRAL if shielded else Words(message.subject, message.english_subject),
        in_english=not shielded and bool(message.english_subject) and reads_own(subject),
        href=addresses.message(message.id),
        sent_on=message.sent_on,
        team=here.teams[case.team].name.nl if case and case.team in here.teams else here.name,
        unread=not message.is_opened,
        choose=is_open,
        on_paper=sent_on_paper(message),
        about=subject.about,
    )
