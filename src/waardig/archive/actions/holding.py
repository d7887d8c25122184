"""An official keeps a case from being destroyed (a court case, an inspection, a complaint), and lifts that again."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from waardig.archive import models
from waardig.archive.core.listing import ROLE, reason_given
from waardig.archive.terms import HoldNotPossible, NotARecordKeeper, PlacedHold
from waardig.cases import queries as cases
from waardig.catalogue import queries as catalogue


def check_record_keeper(official: str) -> None:
    """Refuse who does not have the role of keeping records.

    Raises:
        NotARecordKeeper.
    """
    known = catalogue.municipality().officials.get(official)
    if known is None or ROLE not in known.roles:
        raise NotARecordKeeper(official)


def place_hold(number: str, official: str, reason: str, *, on: date) -> PlacedHold:
    """Keep a case, whatever its term, until somebody lifts it.

    Raises:
        CaseUnknown, NotARecordKeeper, ReasonMissing, HoldNotPossible (it is held already).
    """
    check_record_keeper(official)
    said, case = reason_given(reason), cases.case_by_number(number)
    with transaction.atomic():
        made = models.PlacedHold.objects.bulk_create(
            [models.PlacedHold(case=case.id, number=case.number, reason=said, placed_by=official, placed_on=on)],
            ignore_conflicts=True,
        )
        row = models.PlacedHold.objects.get(case=case.id, lifted_on__isnull=True)
        if (row.placed_by, row.reason, row.placed_on) != (made[0].placed_by, made[0].reason, made[0].placed_on):
            raise HoldNotPossible(number, held=True)
    return row.to_term()


def lift_hold(number: str, official: str, reason: str, *, on: date) -> None:
    """The case is not kept any longer than its term.

    Raises:
        NotARecordKeeper, ReasonMissing, HoldNotPossible (nobody holds it).
    """
    check_record_keeper(official)
    changed = models.PlacedHold.objects.filter(number=number, lifted_on__isnull=True).update(
        lifted_on=on, lifted_by=official, lift_reason=reason_given(reason)
    )
    if not changed:
        raise HoldNotPossible(number, held=False)
