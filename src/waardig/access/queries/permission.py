"""Questions about permission: the business date, the attributes of an activity, who opted out of what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast
from uuid import UUID

from django.db import connection

from waardig.access.terms import OptOut
from waardig.kernel.clock import wall_now
from waardig.kernel.days import day_of
from waardig.logbook.queries import call_gate, call_gate_binary


def business_date() -> date:
    """The date the gate judges by: fixed in a demonstration or test, otherwise today in the Netherlands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fixed_on FROM pol.clock")
        row = cursor.fetchone()
    return cast("date", row[0]) if row else day_of(wall_now())


def attributes_of(activity: str) -> frozenset[str]:
    """The attributes that the version of an activity in force may use; none when there is no such version."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attributes FROM pol.activity WHERE id = %(id)s AND status = 'active' AND valid_from <= %(on)s "
            "AND coalesce(valid_to >= %(on)s, true) ORDER BY version DESC LIMIT 1",
            {"id": activity, "on": business_date()},
        )
        row = cursor.fetchone()
    return frozenset(row[0]) if row else frozenset()


def standing_activities() -> frozenset[str]:
    """The standing activities that the owner gave to callers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT standing FROM pol.caller WHERE standing IS NOT NULL")
        return frozenset(cast("str", standing) for (standing,) in cursor.fetchall())


def opt_outs(person: UUID) -> tuple[OptOut, ...]:
    """Every opt-out of a person, also ended ones, oldest first."""
    rows = call_gate("SELECT subject, since, until, channel FROM gate.opt_outs_of(%s)", [person])
    return tuple(OptOut(*row) for row in cast("list[tuple[str, date, date | None, str]]", rows))


def opted_out_before(persons: Sequence[UUID], subjects: Sequence[str], day: date) -> int:
    """How many of these people had opted out of any of these subjects before a day, and still had on it."""
    ((found,),) = call_gate_binary(
        "SELECT gate.opted_out_before(%b::uuid[], %b::text[], %b::date)", [list(persons), list(subjects), day]
    )
    return cast("int", found)


def opted_out(person: UUID) -> frozenset[str]:
    """The subjects a person has opted out of on the business date."""
    today = business_date()
    return frozenset(
        one.subject for one in opt_outs(person) if one.since <= today and (one.until is None or one.until >= today)
    )
