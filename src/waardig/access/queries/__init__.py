"""Reads of the room: who opted out, what an activity may use, and what a decision for others rests on."""

from waardig.access.queries.evaluating import caller_of, callers, policy_asked, policy_of_version
from waardig.access.queries.permission import (
    attributes_of,
    business_date,
    opt_outs,
    opted_out,
    opted_out_before,
    standing_activities,
)

__all__ = [
    "attributes_of",
    "business_date",
    "caller_of",
    "callers",
    "opt_outs",
    "opted_out",
    "opted_out_before",
    "policy_asked",
    "policy_of_version",
    "standing_activities",
]
