"""Writes of the room: opening cases, answers of residents, corrections, decisions."""

from waardig.cases.actions.answering import apply, declare, decline, say_yes, told_sentences
from waardig.cases.actions.correcting import answer_correction, report_wrong
from waardig.cases.actions.deciding import confirm_grants, decide, view_case
from waardig.cases.actions.freshening import freshen_daily, freshen_soon
from waardig.cases.actions.giving_up import waive, withdraw
from waardig.cases.actions.granting import (
    Listed,
    draw_for_sample,
    drop_to_person,
    keep_listed,
    note_waiting,
    propose_instead,
    settle_listed,
)
from waardig.cases.actions.opening import lapse_proposals, open_cases
from waardig.cases.actions.reading import (
    Explained,
    Household,
    Reader,
    explain_household,
    inputs_of,
    judge_household,
    judge_inputs,
    read_household,
    source_of,
)
from waardig.cases.actions.starting import Started, may_start, record_application, start_application

__all__ = [
    "Explained",
    "Household",
    "Listed",
    "Reader",
    "Started",
    "answer_correction",
    "apply",
    "confirm_grants",
    "decide",
    "declare",
    "decline",
    "draw_for_sample",
    "drop_to_person",
    "explain_household",
    "freshen_daily",
    "freshen_soon",
    "inputs_of",
    "judge_household",
    "judge_inputs",
    "keep_listed",
    "lapse_proposals",
    "may_start",
    "note_waiting",
    "open_cases",
    "propose_instead",
    "read_household",
    "record_application",
    "report_wrong",
    "say_yes",
    "settle_listed",
    "source_of",
    "start_application",
    "told_sentences",
    "view_case",
    "waive",
    "withdraw",
]
