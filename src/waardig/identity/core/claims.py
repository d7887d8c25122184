"""Checks on an identity token whose signature was already verified: OpenID Connect Core 3.1.3.7 and OIDC NL GOV.

Invariant: what is returned was issued by the expected issuer, for us, now, for this very sign-in, at a level that
suffices. Refusals carry the name of the check, never a value of the token.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from waardig.identity.core.levels import level_of
from waardig.identity.terms import Level, LevelTooLow, TokenRefused

MAX_AGE = timedelta(minutes=10)


@dataclass(frozen=True)
class Expected:
    """What the token must say. `leeway_seconds` is how far the clocks of issuer and us may differ."""

    issuer: str
    client_id: str
    nonce: str
    level: Level
    now: datetime
    leeway_seconds: int = 30


def checked_level(claims: Mapping[str, Any], expected: Expected) -> Level:
    """Check every claim that makes a token ours, and say how sure the issuer is.

    Returns:
        The level of assurance of this sign-in, at least `expected.level`.

    Raises:
        TokenRefused: wrong issuer, audience, authorised party, nonce, times, or no subject.
        LevelTooLow: the level is unknown or below what is needed.
    """
    if claims.get("iss") != expected.issuer:
        raise TokenRefused("wrong_issuer")
    _check_audience(claims, expected.client_id)
    _check_times(claims, expected)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not compare_digest(nonce.encode(), expected.nonce.encode()):
        raise TokenRefused("wrong_nonce")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject:
        raise TokenRefused("no_subject")
    return _sufficient(claims.get("acr"), expected.level)


def _sufficient(acr: object, needed: Level) -> Level:
    level = level_of(acr)
    if level is None:
        raise TokenRefused("unknown_level")
    if level < needed:
        raise LevelTooLow(needed, level)
    return level


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    audience = claims.get("aud")
    named = [audience] if isinstance(audience, str) else audience
    if not isinstance(named, list) or client_id not in named:
        raise TokenRefused("wrong_audience")
    authorised = claims.get("azp")
    if authorised is None and len(named) > 1:
        raise TokenRefused("no_authorised_party")
    if authorised is not None and authorised != client_id:
        raise TokenRefused("wrong_authorised_party")


def _check_times(claims: Mapping[str, Any], expected: Expected) -> None:
    now, leeway = expected.now.timestamp(), expected.leeway_seconds
    expires, issued = _moment(claims, "exp"), _moment(claims, "iat")
    if now >= expires + leeway:
        raise TokenRefused("expired")
    if issued > now + leeway:
        raise TokenRefused("issued_in_the_future")
    if issued < now - MAX_AGE.total_seconds() - leeway:
        raise TokenRefused("issued_too_long_ago")
    if "nbf" in claims and _moment(claims, "nbf") > now + leeway:
        raise TokenRefused("not_valid_yet")


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenRefused(f"no_{name}")
    return float(value)
