"""Reads of the values room: the decided dossier, how it stands, its safeguards, the public page."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, cast

from django.db import connection

from waardig.kernel.clock import business_today
from waardig.values.core import public, standing
from waardig.values.core.coverage import lane_gaps
from waardig.values.core.reading import dossier_of
from waardig.values.models import Measurement as MeasurementRow
from waardig.values.terms import (
    Dossier,
    Measurement,
    NoDossier,
    PublicView,
    Safeguard,
    Standing,
    State,
    Suspension,
)

__all__ = [
    "decided_dossier",
    "decided_versions",
    "latest_measurements",
    "measurements",
    "public_view",
    "safeguards",
    "standing_of",
    "suspensions",
    "unweighed_lanes",
    "weighed_attributes",
]


def decided_dossier(service: str) -> Dossier:
    """The last decision on a service, also when it has ended or was withdrawn.

    Raises:
        NoDossier: nothing was ever decided about it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT content FROM pol.dossier WHERE service = %s AND status <> 'draft'"
            " ORDER BY version DESC, recorded_at DESC LIMIT 1",
            [service],
        )
        row = cursor.fetchone()
    if row is None:
        raise NoDossier(service)
    return dossier_of(_json(row[0]))


def unweighed_lanes(service: str, lanes: Collection[str]) -> tuple[str, ...]:
    """The lanes that the decided weighing of a service is not about.

    Raises:
        NoDossier: nothing was ever decided about it.
    """
    return tuple(gap.name for gap in lane_gaps(decided_dossier(service), lanes))


def weighed_attributes(service: str) -> frozenset[str]:
    """The attributes that the last decision on a service is about; none when nothing was ever decided."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attributes FROM pol.dossier WHERE service = %s AND status <> 'draft'"
            " ORDER BY version DESC, recorded_at DESC LIMIT 1",
            [service],
        )
        row = cursor.fetchone()
    return frozenset(row[0]) if row else frozenset()


def suspensions(service: str) -> tuple[Suspension, ...]:
    """Every suspension of a service, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT service, suspended_on, suspended_by, reason, resumed_on, resumed_by, confirmed_by, resume_reason"
            " FROM pol.suspension WHERE service = %s ORDER BY suspended_at DESC",
            [service],
        )
        return tuple(Suspension(*row) for row in cursor.fetchall())


def standing_of(service: str, on: date | None = None) -> Standing:
    """How a service stands on a business date (today when not given); never raises for a missing decision."""
    try:
        dossier = decided_dossier(service)
    except NoDossier:
        reason = standing.not_decided()
        return Standing(State.CONCEPT, False, (reason,), standing.TEXTS[State.CONCEPT])
    return standing.standing(dossier, on or business_today(), suspensions(service))


def safeguards(service: str) -> tuple[Safeguard, ...]:
    """The typed safeguards of the last decision.

    Raises:
        NoDossier: nothing was decided about the service.
    """
    return decided_dossier(service).safeguards


def decided_versions(service: str) -> tuple[Dossier, ...]:
    """Every decision on a service, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT content FROM pol.dossier WHERE service = %s AND status <> 'draft'"
            " ORDER BY version DESC, recorded_at DESC",
            [service],
        )
        return tuple(dossier_of(_json(row[0])) for row in cursor.fetchall())


def measurements(service: str) -> tuple[Measurement, ...]:
    """Every measurement of a service, the oldest first."""
    rows = MeasurementRow.objects.filter(service=service).order_by("measured_on", "recorded_at", "id")
    return tuple(row.to_term() for row in rows)


def latest_measurements(service: str) -> dict[str, Measurement]:
    """The last measurement of each safeguard, by safeguard id."""
    rows = (
        MeasurementRow.objects.filter(service=service)
        .order_by("safeguard", "-measured_on", "-recorded_at", "-id")
        .distinct("safeguard")
    )
    return {row.safeguard: row.to_term() for row in rows}


def public_view(service: str, *, on: date | None = None) -> PublicView:
    """The public page of a service.

    Raises:
        NoDossier: nothing was decided about the service.
    """
    dossier = decided_dossier(service)
    stands = standing.standing(dossier, on or business_today(), suspensions(service))
    return public.public_view_of(dossier, stands, latest_measurements(service))


def _json(value: object) -> dict[str, Any]:
    """Django hands jsonb over as text in raw cursors."""
    return json.loads(value) if isinstance(value, str) else dict(cast("Mapping[str, Any]", value))
