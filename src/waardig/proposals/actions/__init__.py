"""Writes of the room: running a round."""

from waardig.proposals.actions.round import BATCH, run_round

__all__ = ["BATCH", "run_round"]
