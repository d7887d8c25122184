"""Reads of the catalogue: content of this installation and the published versions of activities."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db import connection

from waardig.catalogue.adapters import content
from waardig.catalogue.adapters.granting import check_granting
from waardig.catalogue.adapters.law_months import months_from_law
from waardig.catalogue.core.publishing import version_of
from waardig.catalogue.core.reading import activity_of
from waardig.catalogue.terms import (
    Activity,
    ActivityVersion,
    Check,
    Handling,
    Municipality,
    NotPublished,
    RegisteredVersion,
    Service,
    UnknownActivity,
    UnknownCheck,
    UnknownService,
    WhyPage,
)
from waardig.kernel.content import content_roots
from waardig.kernel.content_file import ContentInvalid, ContentProblem
from waardig.kernel.legal_source import Status
from waardig.law import queries as law
from waardig.law.terms import RuleSet

__all__ = [
    "WeighedScope",
    "activities",
    "activity",
    "check",
    "checks",
    "handling",
    "municipality",
    "published",
    "registered",
    "rule_set",
    "service",
    "services",
    "weighed_scope",
    "why_page",
]


@dataclass(frozen=True)
class WeighedScope:
    """What a service does unasked, as a weighing must cover it: rules, attributes, activity versions, recipients.

    Attributes:
        activities: activity id to the address of the version that the content gives.
        unverified: laws with a text or amount that nobody verified.
        lanes: how people get it.
    """

    rule_set: str
    attributes: frozenset[str]
    activities: Mapping[str, str]
    recipients: frozenset[str]
    unverified: tuple[str, ...]
    lanes: tuple[str, ...] = ()


def services() -> tuple[Service, ...]:
    """Every service of the content, by id.

    Raises:
        ContentInvalid: a content file has problems.
    """
    return tuple(content.load(content_roots()).services[name] for name in sorted(_services()))


def _services() -> frozenset[str]:
    return frozenset(content.load(content_roots()).services)


def service(service_id: str) -> Service:
    """One service.

    Raises:
        UnknownService: no service.yaml has this id.
    """
    found = content.load(content_roots()).services
    if service_id not in found:
        raise UnknownService(service_id, found)
    return found[service_id]


def activities() -> tuple[Activity, ...]:
    """Every activity that the content declares."""
    return tuple(content.load(content_roots()).activities.values())


def activity(activity_id: str) -> Activity:
    """One activity as the content declares it.

    Raises:
        UnknownActivity: no activities.yaml declares it.
    """
    found = content.load(content_roots()).activities
    if activity_id not in found:
        raise UnknownActivity(activity_id, found)
    return found[activity_id]


def municipality() -> Municipality:
    """The municipality that runs this installation.

    Raises:
        ContentInvalid: no content folder has a municipality.yaml.
    """
    found = content.load(content_roots()).municipality
    if found is None:
        where = str(content_roots()[-1] / "municipality.yaml")
        raise ContentInvalid(
            [ContentProblem(where, 1, "there is no municipality.yaml; name its folder in WAARDIG_CONTENT")]
        )
    return found


def handling() -> Handling:
    """Terms and choices that the law leaves to the municipality.

    Raises:
        ContentInvalid: no content folder has services/_algemeen/handling.yaml.
    """
    found = content.load(content_roots()).handling
    if found is None:
        where = str(content_roots()[0] / content.HANDLING)
        raise ContentInvalid([ContentProblem(where, 1, "there is no handling.yaml; copy the one of the library")])
    return found


def why_page(service_id: str) -> WhyPage:
    """The steps of the Why page of a service.

    Raises:
        UnknownService: the service has no why.yaml.
    """
    found = content.load(content_roots()).why
    if service_id not in found:
        raise UnknownService(service_id, found)
    return found[service_id]


def checks() -> tuple[Check, ...]:
    """Every self-check of the content, by id; our own services first."""
    found = content.load(content_roots()).checks.values()
    return tuple(sorted(found, key=lambda one: (one.service is None, one.id)))


def check(check_id: str) -> Check:
    """One self-check.

    Raises:
        UnknownCheck: no check.yaml and no file in checks/ has this id.
    """
    found = content.load(content_roots()).checks
    if check_id not in found:
        raise UnknownCheck(check_id, found)
    return found[check_id]


def rule_set(service_id: str, on: date) -> RuleSet:
    """Everything that decides the outputs of a service in this municipality on a day, under one fingerprint.

    Raises:
        UnknownService: there is no such service.
        LawsInvalid, PresumesAgainst: the law content is not right.
    """
    return _rules(law.law_book(content_roots()), service(service_id), on)


def _rules(book: law.LawBook, of: Service, on: date) -> RuleSet:
    scope = {"gemeente_code": municipality().code}
    return law.rule_set(book, of.law, of.outputs.all, on=on, scope=scope)


def weighed_scope(service_id: str, on: date) -> WeighedScope:
    """What a weighing of this service must cover on a day: all its activities of kind service.

    Raises:
        UnknownService: there is no such service.
        ContentInvalid, LawsInvalid, PresumesAgainst: the content is not right.
    """
    book = law.law_book(content_roots())
    found = content.load(content_roots())
    check_granting(book, {service_id: service(service_id)}, found.unasked, on=on)
    rules = _rules(book, service(service_id), on)
    months = months_from_law(book, code=municipality().code, on=on)
    weighed = [one for one in activities() if one.service == service_id and one.needs_weighing]
    versions = [version_of(one, municipality(), months, 1) for one in weighed]
    return WeighedScope(
        rule_set=rules.hash,
        attributes=frozenset().union(*(one.attribute_ids for one in weighed)),
        activities={version.activity.id: version.uri for version in versions},
        recipients=frozenset(recipient.name.nl for one in weighed for recipient in one.recipients),
        unverified=tuple(ref.id for ref in rules.laws if ref.status is Status.UNVERIFIED),
        lanes=tuple(lane.value for lane in service(service_id).lanes),
    )


def published(activity_id: str) -> ActivityVersion:
    """The active published version of an activity, as the gate uses it.

    Raises:
        NotPublished: no version of it is active.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version, uri, service, controller, organisation, windows, register_entry, sha256"
            " FROM pol.activity WHERE id = %s AND status = 'active' ORDER BY version DESC LIMIT 1",
            [activity_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise NotPublished(activity_id)
    version, uri, service_id, controller, organisation, windows, entry, sha256 = row
    return ActivityVersion(
        activity=activity_of(_json(entry), service_id),
        version=version,
        uri=uri,
        controller=controller,
        organisation=organisation,
        windows=_json(windows),
        sha256=sha256,
    )


def registered(activity_id: str | None = None) -> tuple[RegisteredVersion, ...]:
    """Every version of every activity that was ever published (or of one), by activity, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version, uri, service, controller, organisation, windows, register_entry, sha256,"
            " status, valid_from, valid_to, published_at FROM pol.activity"
            " WHERE status <> 'draft' AND (%s::text IS NULL OR id = %s)"
            " ORDER BY id, status, version DESC",
            [activity_id, activity_id],
        )
        rows = cursor.fetchall()
    return tuple(_registered(row) for row in rows)


def _registered(row: tuple[Any, ...]) -> RegisteredVersion:
    version, uri, service_id, controller, organisation, windows, entry, sha256, *held = row
    activity = activity_of(_json(entry), service_id)
    found = ActivityVersion(activity, version, uri, controller, organisation, _json(windows), sha256)
    return RegisteredVersion(found, *held)


def _json(value: object) -> dict[str, Any]:
    """Django hands jsonb over as text in raw cursors."""
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else dict(cast("Mapping[str, Any]", value))
    return found
