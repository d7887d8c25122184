"""Writes of the room: running a round."""

from waardig.proposals.actions.round import BATCH, BULK_FROM, run_round

__all__ = ["BATCH", "BULK_FROM", "run_round"]
