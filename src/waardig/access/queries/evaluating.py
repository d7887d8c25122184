"""What a decision for others rests on: the caller behind a token, and the policy tables as they stand now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from waardig.access.core.policies import policy_of
from waardig.access.queries.permission import business_date
from waardig.access.terms import Caller, Policy, Standstill
from waardig.kernel.clock import wall_now
from waardig.kernel.days import AMSTERDAM
from waardig.values.queries import suspensions

_CALLER = "SELECT id, name, organisation, rights, activities, standing, valid_until, ended_at FROM pol.caller"


def caller_of(token: str) -> Caller | None:
    """The caller that a bearer token belongs to; None when there is none, or it ended, or its last day here is past."""
    found = _callers(_CALLER + " WHERE token_sha256 = %s", [hashlib.sha256(token.encode()).digest()])
    today = wall_now().astimezone(AMSTERDAM).date()
    return next((one for one in found if not one.ended_at and (one.valid_until or today) >= today), None)


def callers() -> tuple[Caller, ...]:
    """Every caller, also those that ended, by name."""
    return _callers(_CALLER + " ORDER BY id", [])


def policy_asked(asked: str, caller: Caller) -> Policy | None:
    """The policy that a request names; None when it is not in the register.

    Args:
        asked: address of a version, address of an activity in the register (then the version in force), or its id.
    """
    row = _row(
        "SELECT to_jsonb(a)::text FROM pol.activity a WHERE %(asked)s IN (a.uri, a.id)"
        " OR regexp_replace(a.uri, '/[^/]+$', '') = rtrim(%(asked)s, '/')"
        " ORDER BY (a.status = 'active' AND a.valid_from <= %(on)s AND coalesce(a.valid_to >= %(on)s, true)) DESC,"
        " a.version DESC LIMIT 1",
        {"asked": asked, "on": business_date()},
    )
    if row is None:
        return None
    policy = policy_of(row, _row(_DECIDED, {"service": row["service"]}) if row["kind"] == "service" else None)
    return replace(
        policy,
        standstill=_standstill(policy.service) if policy.kind == "service" else None,
        never_in_bulk=_never_in_bulk(policy.attributes),
        for_caller=policy.id in caller.activities,
    )


def policy_of_version(uri: str, weighing: str | None) -> Policy | None:
    """A published version with a version of a weighing ("id/version"), to decide again; None when it is not there."""
    row = _row("SELECT to_jsonb(a)::text FROM pol.activity a WHERE a.uri = %(uri)s", {"uri": uri})
    if row is None:
        return None
    dossier, _, version = (weighing or "").rpartition("/")
    weighed = _row(
        "SELECT to_jsonb(d)::text FROM pol.dossier d WHERE d.id = %(id)s AND d.version = %(version)s",
        {"id": dossier, "version": int(version or 0)},
    )
    return None if weighing and weighed is None else policy_of(row, weighed)


# As gate.weighing_of: the last decision on the service counts, and a withdrawn one leaves none.
_DECIDED = """
    SELECT to_jsonb(d)::text FROM (
        SELECT * FROM pol.dossier x WHERE x.service = %(service)s AND x.status <> 'draft'
        ORDER BY x.version DESC, x.recorded_at DESC LIMIT 1) d
    WHERE d.status = 'decided'
"""


def _standstill(service: str) -> Standstill | None:
    """Why the service stands still: its oldest suspension that nobody resumed."""
    still = [one for one in suspensions(service) if one.resumed_on is None]
    return Standstill(still[-1].suspended_on, still[-1].reason) if still else None


def _never_in_bulk(attributes: frozenset[str]) -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT attribute FROM pol.never_in_bulk WHERE attribute = ANY (%s)", [sorted(attributes)])
        return frozenset(name for (name,) in cursor.fetchall())


def _row(statement: str, parameters: dict[str, Any]) -> dict[str, Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    found: dict[str, Any] | None = json.loads(row[0]) if row else None
    return found


def _callers(statement: str, parameters: Sequence[bytes]) -> tuple[Caller, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    return tuple(
        Caller(name, full, organisation, frozenset(rights), frozenset(activities), *rest)
        for name, full, organisation, rights, activities, *rest in rows
    )
