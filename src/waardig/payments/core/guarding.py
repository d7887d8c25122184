"""To whom and to which account: what is known, and what a person looks at first. Never an accusation.

Source: Awb 4:89 (payment on the account that the creditor names); AVG art. 22 (no automatic adverse consequence).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from waardig.payments.core.sepa import compact_iban, latin
from waardig.payments.terms import Doubt
from waardig.registers.terms import RegisterFact

NAME, DIED = "brp.naam", "brp.overlijdensdatum"
KNOWN, DECLARED = "uitkeringen.iban", "opgave.iban"
ATTRIBUTES = frozenset({NAME, DIED, KNOWN, DECLARED})


@dataclass(frozen=True)
class Payee:
    """Who is paid, on which account; `fact` is the account as the register keeps it, the one that can be checked."""

    name: str
    iban: str
    fact: UUID


@dataclass(frozen=True)
class Looked:
    """What was found for one order: a payee, or why a person looks first; the account fact that it is about."""

    payee: Payee | None
    doubt: Doubt | None
    account: UUID | None = None


def look(
    facts: Iterable[RegisterFact], *, declared_in: str, on: date, new_account_days: int, checked: UUID | None
) -> Looked:
    """The payee of one order.

    Args:
        facts: of the beneficiary, as the gate gave them.
        declared_in: the source of what was declared with the case; that account goes first.
        checked: the account that an official looked at and found right; nothing about it is doubted again.
    """
    own = list(facts)
    if any(one.attribute == DIED and one.value for one in own):
        return Looked(None, Doubt.PERSON_DIED)
    name = _name(own)
    if not name:
        return Looked(None, Doubt.NAME_MISSING)
    account = _account(own, declared_in, on)
    if account is None:
        return Looked(None, Doubt.ACCOUNT_MISSING)
    iban = compact_iban(str(account.value))
    if iban is None:
        return Looked(None, Doubt.ACCOUNT_WRONG)
    payee = Payee(name, iban, account.fact_id)
    if account.fact_id == checked:
        return Looked(payee, None, account.fact_id)
    if account.under_investigation:
        return Looked(None, Doubt.ACCOUNT_DOUBTED, account.fact_id)
    is_known = iban in _older_than(own, on - timedelta(days=new_account_days))
    return Looked(payee, None, account.fact_id) if is_known else Looked(None, Doubt.ACCOUNT_NEW, account.fact_id)


def _name(facts: Sequence[RegisterFact]) -> str:
    value = next((one.value for one in facts if one.attribute == NAME and isinstance(one.value, dict)), {})
    parts = (value.get(part) for part in ("voorletters", "voorvoegsel", "geslachtsnaam")) if value else ()
    return latin(" ".join(str(part) for part in parts if part), 70)


def _account(facts: Sequence[RegisterFact], declared_in: str, on: date) -> RegisterFact | None:
    """The account declared with this case, or else the one that the administration knows today."""
    declared = [f for f in facts if f.attribute == DECLARED and f.source == declared_in and f.value]
    known = [f for f in facts if f.attribute == KNOWN and f.value and (f.valid_to is None or f.valid_to >= on)]
    return max(declared or known, key=lambda f: (f.recorded_at, f.valid_from or date.min), default=None)


def _older_than(facts: Sequence[RegisterFact], day: date) -> set[str | None]:
    return {
        compact_iban(str(fact.value))
        for fact in facts
        if fact.attribute in (KNOWN, DECLARED) and fact.value and (fact.valid_from or date.min) <= day
    }


def shared(payees: Mapping[UUID, tuple[UUID, Payee]], checked: Mapping[UUID, UUID | None]) -> frozenset[UUID]:
    """The orders whose account is used by another person too, unless an official looked at it.

    Args:
        payees: by order: the beneficiary and the payee.
        checked: by order: the account that was looked at.
    """
    people: dict[str, set[UUID]] = defaultdict(set)
    for beneficiary, payee in payees.values():
        people[payee.iban].add(beneficiary)
    return frozenset(
        order
        for order, (_, payee) in payees.items()
        if len(people[payee.iban]) > 1 and checked.get(order) != payee.fact
    )
