"""Publishing content: the activities it declares become immutable versions in the policy tables of the gate.

Only the owner of the tables publishes (Django alias `owner`, which web and worker never have).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connections, transaction

from waardig.catalogue.adapters.content import Catalogue, load
from waardig.catalogue.adapters.granting import check_granting
from waardig.catalogue.adapters.law_months import months_from_law
from waardig.catalogue.core.publishing import row_of, version_of
from waardig.catalogue.terms import ActivityVersion, Municipality, OwnerNeeded
from waardig.kernel.clock import business_today
from waardig.kernel.content_file import ContentInvalid, ContentProblem
from waardig.law.queries import law_book

__all__ = ["Published", "declared_versions", "publish"]
_JSON = frozenset({"legal_basis", "necessity", "windows", "population", "actors", "register_entry"})


@dataclass(frozen=True)
class Published:
    """What a publication did, by activity id."""

    new: tuple[str, ...]
    unchanged: tuple[str, ...]
    ended: tuple[str, ...]


def declared_versions(roots: Sequence[Path], *, on: date | None = None) -> tuple[ActivityVersion, ...]:
    """The versions that publishing this content gives, without publishing; version numbers are 1.

    Raises:
        ContentInvalid: with every problem.
    """
    catalogue = load(roots)
    town = _town(catalogue, roots)
    book, day = law_book(roots), on or business_today()
    check_granting(book, catalogue.services, catalogue.unasked, on=day)
    months = months_from_law(book, code=town.code, on=day)
    return tuple(version_of(activity, town, months, 1) for activity in catalogue.activities.values())


def publish(roots: Sequence[Path], *, on: date | None = None) -> Published:
    """Publish the content: same content is no new version, changed content is a new version with its own address.

    An activity that the content no longer declares is ended. Content that was published before becomes active again
    under its old address.

    Args:
        on: business date on which the law gives the months of a window; today when not given.

    Raises:
        ContentInvalid: with every problem; nothing is published.
        OwnerNeeded: this process may not publish.
    """
    versions = declared_versions(roots, on=on)
    if "owner" not in connections:
        raise OwnerNeeded
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('waardig.catalogue.publish'))")
        cursor.execute("SELECT id, version, status, sha256 FROM pol.activity")
        known = cursor.fetchall()
        new = [one for one in versions if _publish_one(cursor, one, known)]
        ended = {row[0] for row in known if row[2] == "active"} - {one.activity.id for one in versions}
        cursor.execute("UPDATE pol.activity SET status = 'ended' WHERE id = ANY(%s)", [sorted(ended)])
    fresh = {one.activity.id for one in new}
    return Published(
        new=tuple(sorted(fresh)),
        unchanged=tuple(sorted({one.activity.id for one in versions} - fresh)),
        ended=tuple(sorted(ended)),
    )


def _town(catalogue: Catalogue, roots: Sequence[Path]) -> Municipality:
    if catalogue.municipality is None:
        where = str(roots[-1] / "municipality.yaml")
        raise ContentInvalid(
            [ContentProblem(where, 1, "there is no municipality.yaml; name its folder in WAARDIG_CONTENT")]
        )
    return catalogue.municipality


def _publish_one(cursor: Any, one: ActivityVersion, known: Sequence[tuple[Any, ...]]) -> bool:
    """Insert the version when its content is new; make its older equal active again otherwise."""
    own = [row for row in known if row[0] == one.activity.id]
    same = next((row for row in own if row[3] == one.sha256), None)
    if same and same[2] == "active":
        return False
    eve = one.activity.valid_from - timedelta(days=1)
    cursor.execute(
        "UPDATE pol.activity SET status = 'ended', valid_to = GREATEST(valid_from, %s)"
        " WHERE id = %s AND status = 'active'",
        [eve, one.activity.id],
    )
    if same:
        cursor.execute(
            "UPDATE pol.activity SET status = 'active', valid_to = NULL WHERE id = %s AND version = %s",
            [one.activity.id, same[1]],
        )
        return True
    _insert(cursor, {**row_of(one), "version": max((row[1] for row in own), default=0) + 1})
    return True


_INSERT = """
    INSERT INTO pol.activity (
        id, version, uri, service, kind, status, valid_from, valid_to, name_nl, name_en, purpose_nl, purpose_en,
        controller, organisation, legal_basis, attributes, necessity, windows, population, actors, bulk, max_persons,
        may_correct, automated, algorithm, confidential_until, retention, register_entry, sha256
    ) VALUES (
        %(id)s, %(version)s, %(uri)s, %(service)s, %(kind)s, %(status)s, %(valid_from)s, %(valid_to)s, %(name_nl)s,
        %(name_en)s, %(purpose_nl)s, %(purpose_en)s, %(controller)s, %(organisation)s, %(legal_basis)s::jsonb,
        %(attributes)s::text[], %(necessity)s::jsonb, %(windows)s::jsonb, %(population)s::jsonb, %(actors)s::jsonb,
        %(bulk)s, %(max_persons)s, %(may_correct)s, %(automated)s, %(algorithm)s, %(confidential_until)s, %(retention)s,
        %(register_entry)s::jsonb, %(sha256)s
    )
"""


def _insert(cursor: Any, row: dict[str, Any]) -> None:
    cursor.execute(
        _INSERT,
        {name: json.dumps(value, ensure_ascii=False) if name in _JSON else value for name, value in row.items()},
    )
