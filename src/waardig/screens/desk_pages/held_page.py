"""Post that could not go out: why, since when, and what a person can do with it."""

from __future__ import annotations

from waardig.cases.queries.desk import numbers_of
from waardig.inbox import queries as inbox
from waardig.inbox.terms import HeldDelivery, HeldReason, Reader
from waardig.kernel.days import day_of
from waardig.screens.desk_pages.queue_page import SIZE, paging
from waardig.screens.frames import address
from waardig.screens.pages import desk_work as pages
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Words

REASONS = {
    HeldReason.ADDRESS_MISSING: Words("Er is geen adres bekend.", "No address is known."),
    HeldReason.ADDRESS_DOUBTED: Words("Het adres wordt uitgezocht.", "The address is being looked into."),
    HeldReason.ADMINISTRATOR_APPEARED: Words("Er is nu een bewindvoerder.", "There is an administrator now."),
    HeldReason.DECEASED: Words("Deze persoon is overleden.", "This person has died."),
    HeldReason.ACCESS_REFUSED: Words("Het adres mocht niet worden gelezen.", "The address could not be read."),
    HeldReason.ADMINISTRATOR_ADDRESS_MISSING: Words(
        "Het adres van de bewindvoerder is niet bekend.", "The address of the administrator is not known."
    ),
    HeldReason.RETURNED_BY_POST: Words("De post bracht de brief terug.", "The letter was returned by post."),
}


def held_page(frame: DeskFrame, *, page: int = 1) -> pages.HeldPage:
    """Deliveries that wait for a person, longest waiting first."""
    total, held = inbox.held_count(), inbox.held(page=page, size=SIZE)
    numbers = numbers_of(one.message.case for one in held if one.message.case)
    return pages.HeldPage(
        desk=frame,
        back_href=address("desk:queue"),
        action=address("desk:held"),
        total=total,
        lines=tuple(_line(one, numbers.get(one.message.case, "") if one.message.case else "") for one in held),
        paging=paging("desk:held", page, total),
    )


def _line(held: HeldDelivery, number: str) -> pages.HeldLine:
    return pages.HeldLine(
        id=str(held.delivery.id),
        number=number,
        subject=Words(held.message.subject),
        why=REASONS[held.reason],
        since=day_of(held.since),
        to_administrator=held.message.reader is Reader.ADMINISTRATOR,
    )
