"""What a canonical export says about an objection, its hearing, a second look or a penalty: no id, no words."""

from __future__ import annotations

from datetime import date

from waardig.cases import models

OBJECTION = (
    "channel received_on posted_on is_timely has_reasons has_late_reason asked_on repair_until repaired_on"
    " wants_hearing hearing_reply_by asks_costs handler first_official postponed_on withdrawn forwarded_to"
)
HEARING = "state on at by_phone invited_on papers_until inspection_from held_on invitations"
REVIEW = (
    "decided_by first_official new_outcome new_amount_eurocent payable_eurocent hearing_ground costs_eurocent"
    " costs_ground costs_to_lawyer"
)
SECOND_LOOK = "first_official answer_by objection_until outcome answered_by"
PENALTY = "channel received_on due_on decide_before first_day last_day ended_on"


def objection_history(row: models.Case) -> dict[str, object]:
    """The rows beside a case, where there are any, in a fixed order."""
    found: dict[str, object] = {}
    for name, fields in (
        ("objection", OBJECTION),
        ("hearing", HEARING),
        ("second_look", SECOND_LOOK),
        ("penalty", PENALTY),
    ):
        if hasattr(row, name):
            found[name] = _fields(getattr(row, name), fields)
    decision = getattr(row, "decision", None)
    if decision is not None and hasattr(decision, "review"):
        found["review"] = _fields(decision.review, REVIEW)
    papers = sorted((paper.kind, paper.added_on.isoformat(), paper.by) for paper in row.papers.all())
    return found | ({"papers": [list(paper) for paper in papers]} if papers else {})


def _fields(row: object, names: str) -> dict[str, object]:
    values = {name: getattr(row, name) for name in names.split()}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
