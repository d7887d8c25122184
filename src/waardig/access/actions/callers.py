"""Who may ask: an owner's act, because a caller is policy. The token is told once and kept as its SHA-256."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from django.db import IntegrityError, connections, transaction

from waardig.access.terms import Caller, CallerRefused


def add_caller(caller: Caller) -> str:
    """Register a caller and give its token; the token cannot be shown again.

    Raises:
        CallerRefused: the name is taken, an activity is not in the register, the OIN is none, or this is not the owner.
    """
    token = secrets.token_urlsafe(32)
    with transaction.atomic(using=_owner()), connections["owner"].cursor() as cursor:
        _require_activities(sorted(caller.activities))
        try:
            cursor.execute(
                "INSERT INTO pol.caller (id, name, organisation, token_sha256, rights, activities, standing,"
                " valid_until) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    *(caller.id, caller.name, caller.organisation, hashlib.sha256(token.encode()).digest()),
                    *(sorted(caller.rights), sorted(caller.activities), caller.standing, caller.valid_until),
                ],
            )
        except IntegrityError:
            raise CallerRefused(
                "caller_invalid",
                f"De aanroeper {caller.id} bestaat al, of een gegeven klopt niet.",
                f"The caller {caller.id} exists already, or one of its values is not valid.",
                "Use a new name in small letters, an OIN of 20 digits, and a standing activity that is one of its own."
                " Who reads the log needs one.",
            ) from None
    return token


def end_caller(name: str) -> bool:
    """End a caller at once; False when it had ended already.

    Raises:
        CallerRefused: there is no such caller, or this is not the owner.
    """
    with transaction.atomic(using=_owner()), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT ended_at FROM pol.caller WHERE id = %s", [name])
        row = cursor.fetchone()
        if row is None:
            raise CallerRefused(
                "caller_unknown",
                f"Er is geen aanroeper {name}.",
                f"There is no caller {name}.",
                "See waardig access caller list.",
            )
        cursor.execute("UPDATE pol.caller SET ended_at = now() WHERE id = %s AND ended_at IS NULL", [name])
        return bool(cursor.rowcount)


def _owner() -> str:
    if "owner" not in connections:
        raise CallerRefused(
            "owner_needed",
            "Dit mag alleen de beheerder van de database.",
            "Only the owner of the database may do this.",
            "Run this with DATABASE_OWNER_URL set.",
        )
    return "owner"


def _require_activities(wanted: Sequence[str]) -> None:
    with connections["owner"].cursor() as looking:
        looking.execute("SELECT DISTINCT id FROM pol.activity WHERE id = ANY (%s)", [list(wanted)])
        missing = sorted(set(wanted) - {row[0] for row in looking.fetchall()})
    if missing:
        raise CallerRefused(
            "activity_unknown",
            f"Deze verwerkingen staan niet in het register: {', '.join(missing)}.",
            f"These activities are not in the register: {', '.join(missing)}.",
            "Publish the content that declares them first: waardig migrate.",
        )
