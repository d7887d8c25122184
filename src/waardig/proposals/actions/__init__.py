"""Writes of the room: running a round."""

from waardig.proposals.actions.round import run_round

__all__ = ["run_round"]
