"""An official keeps a case from being destroyed (a court case, an inspection, a complaint), and lifts that again.

A hold has a day on which somebody looks again. It does not end by itself on that day: what is destroyed cannot come
back, and a court may be later than was thought. Each step is a line in the log of the people of the case.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from waardig.archive import models
from waardig.archive.core.listing import ROLE, reason_given
from waardig.archive.terms import HoldDayPast, HoldNotPossible, NotARecordKeeper, PlacedHold
from waardig.cases import queries as cases
from waardig.catalogue import queries as catalogue
from waardig.logbook.actions import write_lines
from waardig.logbook.terms import Actor, NewLine

ACTIVITY = "archief.langer"


def check_record_keeper(official: str) -> None:
    """Refuse who does not have the role of keeping records.

    Raises:
        NotARecordKeeper.
    """
    known = catalogue.municipality().officials.get(official)
    if known is None or ROLE not in known.roles:
        raise NotARecordKeeper(official)


def place_hold(number: str, official: str, reason: str, *, on: date, until: date | None = None) -> PlacedHold:
    """Keep a case, whatever its term, until somebody lifts it; the same again changes nothing.

    Args:
        until: the day on which an official looks whether it must still be kept.

    Raises:
        CaseUnknown, NotARecordKeeper, ReasonMissing, HoldDayPast, HoldNotPossible (it is held already).
    """
    check_record_keeper(official)
    said, case = reason_given(reason), cases.case_by_number(number)
    if until is not None and until <= on:
        raise HoldDayPast(until)
    with transaction.atomic():
        row, is_new = models.PlacedHold.objects.get_or_create(
            case=case.id, lifted_on=None,
            defaults={"number": case.number, "reason": said, "placed_by": official, "placed_on": on, "until": until},
        )  # fmt: skip
        if is_new:
            _log(case.persons, official, f"bewaart uw zaak {case.number} langer", case.id)
        elif (row.placed_by, row.reason, row.placed_on, row.until) != (official, said, on, until):
            raise HoldNotPossible(number, held=True)
    return row.to_term()


def lift_hold(number: str, official: str, reason: str, *, on: date) -> None:
    """The case is not kept any longer than its term.

    Raises:
        NotARecordKeeper, ReasonMissing, HoldNotPossible (nobody holds it).
    """
    check_record_keeper(official)
    said = reason_given(reason)
    with transaction.atomic():
        row = models.PlacedHold.objects.select_for_update().filter(number=number, lifted_on__isnull=True).first()
        if row is None:
            raise HoldNotPossible(number, held=False)
        row.lifted_on, row.lifted_by, row.lift_reason = on, official, said
        row.save(update_fields=["lifted_on", "lifted_by", "lift_reason"])
        _log(cases.case(row.case).persons, official, f"bewaart uw zaak {number} niet langer", row.case)


def _log(people: tuple[UUID, ...], official: str, name: str, case: UUID) -> None:
    actor = Actor("employee", official, ROLE)
    write_lines([NewLine(ACTIVITY, person, name=name, actor=actor, case=case) for person in people])
