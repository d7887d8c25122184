"""Safeguards (waarborgen W01-W15): conditions that the computer guards, each with its own sentence and check.

A safeguard is its parameters. Its sentence for residents, the place where it is enforced and the check of a measurement
all come from those parameters: what is promised is what is guarded. Facts are passed in; nothing here reads anything.
"""

from typing import TypeAlias

from waardig.values.terms.safeguards.data import (
    ForbiddenAttributes,
    ForbiddenData,
    Minimal,
    PublicAndAssessed,
    PurposeBinding,
    Retention,
)
from waardig.values.terms.safeguards.people import HumanDecides, MeaningfulReview, RandomSample
from waardig.values.terms.safeguards.reach import Channel, Explanation, Horizon, OptOut

Safeguard: TypeAlias = (
    ForbiddenAttributes
    | PurposeBinding
    | Minimal
    | HumanDecides
    | MeaningfulReview
    | RandomSample
    | Horizon
    | OptOut
    | Channel
    | Explanation
    | Retention
    | PublicAndAssessed
)

__all__ = [
    "Channel",
    "Explanation",
    "ForbiddenAttributes",
    "ForbiddenData",
    "Horizon",
    "HumanDecides",
    "MeaningfulReview",
    "Minimal",
    "OptOut",
    "PublicAndAssessed",
    "PurposeBinding",
    "RandomSample",
    "Retention",
    "Safeguard",
]
