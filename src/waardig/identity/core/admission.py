"""May this person see a page that is meant for this audience, and in which role?"""

from __future__ import annotations

from enum import StrEnum

from waardig.identity.terms import Audience, Kind, Who


class Verdict(StrEnum):
    """What happens next: show the page, ask to sign in, ask to sign in more surely, or refuse."""

    WELCOME = "welcome"
    SIGN_IN = "sign_in"
    STEP_UP = "step_up"
    OTHER_AUDIENCE = "other_audience"


def verdict(who: Who, audience: Audience) -> Verdict:
    """Judge by kind, then role, then level: a stronger sign-in never helps the wrong audience."""
    if audience.is_public:
        return Verdict.WELCOME
    if not who.is_signed_in:
        return Verdict.SIGN_IN
    if who.kind not in audience.kinds:
        return Verdict.OTHER_AUDIENCE
    if who.kind is Kind.EMPLOYEE and audience.roles and not (audience.roles & who.roles):
        return Verdict.OTHER_AUDIENCE
    if audience.level is not None and (who.level is None or who.level < audience.level):
        return Verdict.STEP_UP
    return Verdict.WELCOME


def role_for(who: Who, audience: Audience) -> str:
    """The role in which an employee sees a page: the one the page asks, or the only one they have; else none."""
    fitting = sorted(who.roles & audience.roles) if audience.roles else sorted(who.roles)
    return fitting[0] if (audience.roles and fitting) or len(fitting) == 1 else ""
