"""A notice of default ends when we decide: the days of its penalty are then known (Awb 4:17, 4:18)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from waardig.cases import models
from waardig.cases.actions.opening import record
from waardig.cases.terms import CaseState, EventKind


def end_penalties(about: UUID, on: date) -> None:
    """The decision on this case was made known, or the case ended: penalties stop; joins the caller's transaction.

    What was decided within the two weeks of the notice costs nothing: that notice is done with.
    """
    for row in (
        models.Penalty.objects.select_for_update(of=("self",))
        .select_related("case")
        .filter(about_id=about, ended_on__isnull=True)
    ):
        row.ended_on = on
        row.save(update_fields=["ended_on"])
        if on <= row.first_day:
            row.case.state = CaseState.ANSWERED.value
            row.case.save(update_fields=["state"])
            record(row.case_id, EventKind.NOTHING_DUE, on, "system", "cases")
