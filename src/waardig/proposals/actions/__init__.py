"""Writes of the room: running a round, listing announced grants, confirming a list."""

from waardig.proposals.actions.confirming import confirm_list, grant_part, release_list
from waardig.proposals.actions.left import (
    LookedAt,
    ask_resident,
    begin_by_hand,
    confirm_closing,
    look_at,
    names_in,
    propose_closing,
)
from waardig.proposals.actions.listing import LIST_SIZE, list_grants
from waardig.proposals.actions.round import BATCH, BULK_FROM, run_round

__all__ = [
    "BATCH",
    "BULK_FROM",
    "LIST_SIZE",
    "LookedAt",
    "ask_resident",
    "begin_by_hand",
    "confirm_closing",
    "confirm_list",
    "grant_part",
    "list_grants",
    "look_at",
    "names_in",
    "propose_closing",
    "release_list",
    "run_round",
]
