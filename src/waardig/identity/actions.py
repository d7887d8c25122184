"""Writes: begin and complete a sign-in, keep a session alive, sign out. Door.

Invariant: a citizen service number lives only inside `_resident`, between the verified token and the port
PersonRegister; it is never stored, logged or put in a session, URL or error. Every sign-in and every refused one
writes a line under the activity `aanmelden` before the person sees anything.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import salted_hmac

from waardig.identity.adapters import oidc
from waardig.identity.core import subjects
from waardig.identity.core.claims import Expected, checked_level
from waardig.identity.core.failures import WINDOW, is_too_many
from waardig.identity.core.pages import safe_next
from waardig.identity.models import SignInFailure
from waardig.identity.queries import SIGNED_IN, actor_of, who_of
from waardig.identity.terms import (
    PERSON_REGISTER,
    SETUP,
    Kind,
    Level,
    Means,
    PersonUnknown,
    ProviderUnreachable,
    SignInCancelled,
    SignInExpired,
    SignInRefused,
    TokenRefused,
    TooManyFailures,
    Who,
)
from waardig.kernel.clock import wall_now
from waardig.kernel.errors import Refusal
from waardig.logbook.actions import write_lines
from waardig.logbook.terms import NewLine

ACTIVITY = "aanmelden"
_PENDING = "sign_in_under_way"
_PENDING_AT_MOST = 5
_PENDING_FOR = timedelta(minutes=10)
_TOUCH_AFTER = timedelta(seconds=30)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Destination:
    """Where a sign-in leads. Args: next_page a path of this site; level what that page needs; persona in a demo."""

    redirect_uri: str
    next_page: str = "/"
    level: Level = Level.LOW
    persona: str = ""


@dataclass(frozen=True)
class SignedIn:
    """A completed sign-in: who, and the page that was asked."""

    who: Who
    next_page: str


def begin_sign_in(session: SessionBase, means_id: str, destination: Destination, *, now: datetime) -> str:
    """Start a sign-in and say where to send the browser.

    Raises:
        MeansUnknown, ProviderUnreachable.
    """
    means = SETUP.get().means_by_id(means_id)
    request = oidc.SignInRequest(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(64),
        redirect_uri=destination.redirect_uri,
        level=max(destination.level, means.level),
        login_hint=destination.persona if SETUP.get().is_trial else "",
    )
    address = oidc.authorization_url(means, request)
    pending: dict[str, Any] = session.get(_PENDING, {})
    for state in list(pending)[: max(0, len(pending) - _PENDING_AT_MOST + 1)]:
        del pending[state]
    pending[request.state] = {
        "means": means.id,
        "nonce": request.nonce,
        "verifier": request.verifier,
        "redirect_uri": request.redirect_uri,
        "level": int(request.level),
        "next": safe_next(destination.next_page, "/"),
        "begun_at": now.isoformat(),
    }
    session[_PENDING] = pending
    return address


def complete_sign_in(
    session: SessionBase, answer: Mapping[str, str], *, kinds: frozenset[Kind], source: str, now: datetime
) -> SignedIn:
    """Take the answer that the browser brought back from the issuer and open a new session.

    Args:
        session: the session of this browser; on success it is emptied and gets a new key (no session fixation).
        answer: the query of the callback: `state` with `code`, or with `error`.
        kinds: who may sign in through this face.
        source: the address of the browser, used for nothing but counting failures (kept as a keyed digest).

    Raises:
        SignInRefused: one of its subclasses; nobody is signed in then, an earlier sign-in stays, a line is written.
    """
    place = salted_hmac("waardig.identity.source", source, algorithm="sha256").hexdigest()
    try:
        _refuse_when_too_many(place, now)
        signed_in = _checked(session, answer, kinds, now)
    except SignInRefused as refusal:
        _record_refusal(refusal, place, now)
        raise
    _write_line("logde in", signed_in.who)
    session.flush()
    session[SIGNED_IN] = _kept(signed_in.who, now)
    return signed_in


def sign_out(session: SessionBase, *, return_to: str, now: datetime) -> str:
    """End the session here and say where to end it at the issuer too; "" when the issuer has no such place.

    Args:
        return_to: absolute address where the issuer sends the browser afterwards.
    """
    who = who_of(session, now)
    session.flush()
    if not who.is_signed_in:
        return ""
    _write_line("logde uit", who)
    return oidc.end_session_url(SETUP.get().means_by_id(who.means), return_to)


def touch_session(session: SessionBase, now: datetime, *, always: bool = False) -> None:
    """Note that somebody is still here; at most one write in 30 seconds unless `always` (one tap for more time)."""
    kept = session.get(SIGNED_IN)
    if kept and (always or now - datetime.fromisoformat(kept["last_seen"]) >= _TOUCH_AFTER):
        session[SIGNED_IN] = {**kept, "last_seen": now.isoformat()}


def _checked(session: SessionBase, answer: Mapping[str, str], kinds: frozenset[Kind], now: datetime) -> SignedIn:
    kept = _take_pending(session, answer.get("state", ""), now)
    means = SETUP.get().means_by_id(kept["means"])
    if means.kind not in kinds:
        raise TokenRefused("means_of_another_face")
    if "iss" in answer and answer["iss"] != means.issuer:  # RFC 9207, against mixing up two issuers
        raise TokenRefused("answer_of_another_issuer")
    if answer.get("error") == "access_denied":
        raise SignInCancelled
    if "error" in answer or not answer.get("code"):
        raise TokenRefused("issuer_reports_an_error")
    request = oidc.SignInRequest(
        state=answer["state"],
        nonce=kept["nonce"],
        verifier=kept["verifier"],
        redirect_uri=kept["redirect_uri"],
        level=Level(kept["level"]),
    )
    claims = oidc.claims_for_code(means, request, answer["code"])
    expected = Expected(means.issuer, means.client_id, request.nonce, request.level, now, means.leeway_seconds)
    return SignedIn(_identified(claims, means, checked_level(claims, expected)), kept["next"])


def _take_pending(session: SessionBase, state: str, now: datetime) -> dict[str, Any]:
    pending: dict[str, Any] = session.get(_PENDING, {})
    kept = pending.pop(state, None)
    session[_PENDING] = pending
    if kept is None or now - datetime.fromisoformat(kept["begun_at"]) > _PENDING_FOR:
        raise SignInExpired
    return dict(kept)


def _identified(claims: Mapping[str, Any], means: Means, level: Level) -> Who:
    if means.kind is Kind.RESIDENT:
        return _resident(claims, means, level)
    if means.kind is Kind.ORGANISATION:
        organisation = subjects.organisation(claims, means)
        return Who(means.kind, None, organisation.name, level, means.id, organisation)
    found = subjects.employee(claims)
    return Who(
        means.kind,
        name=found.name,
        level=level,
        means=means.id,
        employee_number=found.number,
        roles=found.roles,
        mandate_limit_eurocent=found.mandate_limit_eurocent,
    )


def _resident(claims: Mapping[str, Any], means: Means, level: Level) -> Who:
    number = subjects.resident_bsn(claims, means)
    try:
        person = PERSON_REGISTER.get().person_for_bsn(number)
    except Refusal as refusal:
        raise ProviderUnreachable(f"register_refused:{refusal.code}") from None
    if person is None:
        raise PersonUnknown
    return Who(means.kind, person, level=level, means=means.id)


def _kept(who: Who, now: datetime) -> dict[str, Any]:
    organisation = who.organisation
    return {
        "kind": who.kind.value,
        "person": str(who.person) if who.person else "",
        "name": who.name,
        "level": int(who.level or 0),
        "means": who.means,
        "employee_number": who.employee_number,
        "roles": sorted(who.roles),
        "mandate_limit_eurocent": who.mandate_limit_eurocent,
        "organisation": {
            "kvk": organisation.kvk,
            "acting_subject": organisation.acting_subject,
            "name": organisation.name,
            "intermediaries": list(organisation.intermediaries),
        }
        if organisation
        else None,
        "signed_in_at": now.isoformat(),
        "last_seen": now.isoformat(),
    }


def _write_line(name: str, who: Who) -> None:
    write_lines([NewLine(ACTIVITY, who.person, name, actor=actor_of(who))])


def _refuse_when_too_many(place: str, now: datetime) -> None:
    failed = SignInFailure.objects.filter(source=place, failed_at__gt=now - WINDOW)
    if is_too_many(list(failed.values_list("failed_at", flat=True)), now):
        raise TooManyFailures(int(WINDOW.total_seconds() // 60))


def _record_refusal(refusal: SignInRefused, place: str, now: datetime) -> None:
    _log.warning("sign-in refused: %s", refusal.reason)
    if refusal.counts:
        SignInFailure.objects.filter(failed_at__lt=now - timedelta(days=1)).delete()
        SignInFailure.objects.create(source=place, failed_at=now)
    if isinstance(refusal, TooManyFailures):  # refused unread: a line for each would let anybody fill the log
        return
    write_lines([NewLine(ACTIVITY, None, "inloggen lukte niet", decision="refuse", reasons=(refusal.reason,))])


def check_guessing(place: str) -> None:
    """Refuse when too much was guessed wrong from this place (a keyed digest), for codes of letters as for sign-ins.

    Raises:
        TooManyFailures.
    """
    _refuse_when_too_many(place, wall_now())


def record_wrong_guess(place: str) -> None:
    """Keep that a code was guessed wrong from this place."""
    now = wall_now()
    SignInFailure.objects.filter(failed_at__lt=now - timedelta(days=1)).delete()
    SignInFailure.objects.create(source=place, failed_at=now)
