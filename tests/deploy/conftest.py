"""The towns of the journeys, for the wheel that serves one."""

from tests.journeys.towns import after_the_round, before_the_round

__all__ = ["after_the_round", "before_the_round"]
