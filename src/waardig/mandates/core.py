"""May somebody act for another? A pure judgement over what the register states now.

Laws of this core: nobody gains a right when an authority is taken away; an authority that ended at t gives nothing from
t on; nothing outside its scopes is ever allowed. For oneself nothing is needed: a person under administration may
always see and send in what is theirs; whether the administrator should have done it is for a person to judge.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from waardig.identity.terms import Kind, Level, Who
from waardig.mandates.terms import (
    EVERYTHING,
    Action,
    Appointment,
    Authority,
    CourtOrder,
    Mandate,
    Origin,
    Rules,
    Ruling,
)


def may_act(
    who: Who, person: UUID, action: Action, authorities: Iterable[Authority], on: date, *, theme: str = ""
) -> Ruling:
    """Judge one action of one caller for one person.

    Args:
        authorities: what the register states now; others' authorities among them change nothing.
        on: the business date of the action.
        theme: what it is about, "" when anything that the authority covers will do.

    Returns:
        A ruling with reason: `self`, `authority`, `not_signed_in`, `level_too_low`, `chain_not_taken`,
        `not_a_representative`, `no_authority`, `ended`, `not_yet`, `outside_scope`.

    Source: BW 1:431 (administration), 1:441 (the administrator represents), 1:449 (its end), 3:60 and 3:72 (a mandate
    and its end); eHerkenning level 3, DigiD substantial.
    """
    if who.person == person:
        return Ruling(True, "self")
    refused = _unfit(who)
    if refused:
        return Ruling(False, refused)
    about = [one for one in authorities if _concerns(one, who, person)]
    for authority in about:
        if authority.holds(on) and authority.covers(action, theme):
            return Ruling(True, "authority", authority)
    return Ruling(False, _why_not(about, on))


def _unfit(who: Who) -> str:
    if not who.is_signed_in:
        return "not_signed_in"
    if who.kind is Kind.EMPLOYEE or (who.organisation is None and who.person is None):
        return "not_a_representative"
    if who.level is None or who.level < Level.SUBSTANTIAL:
        return "level_too_low"
    if who.organisation and who.organisation.intermediaries:
        return "chain_not_taken"  # the court appoints the administrator; a chain does not pass that on (BW 1:435)
    if who.acting_for is not None:
        return "chain_not_taken"  # who acts for one person does not act for another through them (BW 3:63, 3:64)
    return ""


def _concerns(authority: Authority, who: Who, person: UUID) -> bool:
    if authority.represented != person:
        return False
    if who.organisation is not None:
        return authority.representative_kvk == who.organisation.kvk
    return authority.representative is not None and authority.representative == who.person


def _why_not(about: list[Authority], on: date) -> str:
    if not about:
        return "no_authority"
    if any(one.holds(on) for one in about):
        return "outside_scope"
    if all(one.starts_on is not None and on < one.starts_on for one in about):
        return "not_yet"
    return "ended"


# -- a mandate that a person gives -------------------------------------------------------------------------------------
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody reads as another one (no I, O, 0, 1)."""
CODE_LENGTH = 10


def code_from(draws: Sequence[int]) -> str:
    """A code of two groups, from random numbers that the caller drew.

    Example:
        >>> code_from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
        'ABCDE-FGHJK'
    """
    letters = "".join(ALPHABET[draw % len(ALPHABET)] for draw in draws)
    return f"{letters[:5]}-{letters[5:]}"


def bare_code(typed: str) -> str:
    """A code as it was typed, without spaces, dashes and lower case.

    Example:
        >>> bare_code("abcde fghjk ")
        'ABCDEFGHJK'
    """
    return "".join(one for one in typed.upper() if one.isalnum())


def first_day(origin: Origin, on: date, rules: Rules) -> date:
    """From when it counts: at once when the principal signed in; after days to think when it came in otherwise."""
    return on if origin is Origin.WEB else on + timedelta(days=rules.cooling_off_days)


def end_of(starts_on: date, months: int) -> date:
    """The first day on which a mandate of so many months no longer holds.

    Example:
        >>> end_of(date(2025, 1, 31), 1)
        datetime.date(2025, 2, 28)
    """
    year, month = divmod(starts_on.month - 1 + months, 12)
    last = monthrange(starts_on.year + year, month + 1)[1]
    return date(starts_on.year + year, month + 1, min(starts_on.day, last))


def why_not_give(themes: Collection[str], months: int, rules: Rules) -> str:
    """Why a mandate cannot be asked for like this; "" when it can."""
    if not themes or any(rules.theme(one) is None for one in themes):
        return "themes_missing"
    return "" if months in rules.terms_months else "term_unknown"


def why_not_accept(mandate: Mandate, helper: UUID, level: Level | None, helped: Collection[UUID], rules: Rules) -> str:
    """Why this person cannot become the helper; "" when they can.

    Args:
        helped: whom they help already.
    """
    if mandate.principal == helper:
        return "own_code"
    if level is None or level < Level.parse(rules.level):
        return "level_too_low"
    if mandate.principal not in helped and len(set(helped)) >= rules.most_persons:
        return "too_many"
    return ""


# -- what a court ruled ------------------------------------------------------------------------------------------------
def why_not_appoint(order: CourtOrder, on: date) -> str:
    """Why a ruling cannot be registered like this; "" when it can.

    Source: BW 1:383 and 1:435 (the court appoints the curator, the administrator).
    """
    if not order.court.strip() or not order.reference.strip():
        return "order_incomplete"
    wrong = order.ruled_on > on or order.starts_on < order.ruled_on
    over = order.until is not None and order.until < max(order.starts_on, on)
    return "order_days" if wrong or over else ""


def themes_of(appointment: Appointment, rules: Rules) -> tuple[str, ...]:
    """What it is about: a curator represents in everything, an administrator where it is about money (BW 1:441)."""
    return (EVERYTHING,) if appointment is Appointment.CURATOR else rules.administrator_themes
