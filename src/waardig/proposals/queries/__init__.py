"""Reading rounds and lists: what ran, what it found per outcome, what waits for a person, what an official confirms."""

from waardig.proposals.core.granting import confirmable, control_total, deviating, unjudged
from waardig.proposals.queries.left import left_counts, left_of, left_waiting
from waardig.proposals.queries.lists import (
    confirmations_of,
    judges_of,
    lines_of,
    list_history,
    list_of,
    lists_waiting,
    newest_list,
)
from waardig.proposals.queries.rounds import (
    amounts_of,
    for_a_person,
    history,
    latest_run,
    opted_out_of,
    outcomes,
    persons_of,
    proposals_of,
    proposed_eurocent,
    reasons_of,
    runs,
)

__all__ = [
    "amounts_of",
    "confirmable",
    "confirmations_of",
    "control_total",
    "deviating",
    "for_a_person",
    "history",
    "judges_of",
    "latest_run",
    "left_counts",
    "left_of",
    "left_waiting",
    "lines_of",
    "list_history",
    "list_of",
    "lists_waiting",
    "newest_list",
    "opted_out_of",
    "outcomes",
    "persons_of",
    "proposals_of",
    "proposed_eurocent",
    "reasons_of",
    "runs",
    "unjudged",
]
