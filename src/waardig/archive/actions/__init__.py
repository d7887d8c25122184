"""Writes of the room: looking at what ended, a case as a folder, destruction lists and their execution."""

from waardig.archive.actions.appraising import appraise, ask_daily
from waardig.archive.actions.declaring import declaration
from waardig.archive.actions.destroying import destroy_line
from waardig.archive.actions.exporting import ArchiveCopy, export_case
from waardig.archive.actions.forgetting import forget_archived, forget_facts, forget_lines, forget_people
from waardig.archive.actions.holding import lift_hold, place_hold
from waardig.archive.actions.listing import approve, make_list, remove_line, withdraw
from waardig.archive.actions.restoring import destroy_again

__all__ = [
    "ArchiveCopy", "appraise", "approve", "ask_daily", "declaration", "destroy_again", "destroy_line", "export_case",
    "forget_archived", "forget_facts", "forget_lines", "forget_people", "lift_hold", "make_list", "place_hold",
    "remove_line", "withdraw",
]  # fmt: skip
