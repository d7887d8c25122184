"""Terms and choices that the law leaves to the municipality: content, not code.

Source: Awb 6:6, 7:3 d, 7:13.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Handling:
    """How long things take where the law sets no number.

    Attributes:
        committee: an advisory committee advises on objections (7:13).
        repair_weeks: weeks to send what an objection lacks (6:6).
        hearing_reply_weeks: weeks to say whether a hearing is wanted (7:3 d).
        second_look_days: working days for an answer to "please look again".
        warn_days: how many days before our last day a case counts as soon late.
    """

    committee: bool
    repair_weeks: int
    hearing_reply_weeks: int
    second_look_days: int
    warn_days: int
