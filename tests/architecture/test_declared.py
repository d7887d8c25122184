"""Every address, job and command says under which activities it handles data, and each of them is there and active."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection

from tests.architecture.test_urls import ADDRESSES
from waardig.catalogue import queries as catalogue
from waardig.kernel.declared import (
    AT_SOURCE,
    OF_CALLERS,
    OF_CHECKS,
    SERVICE_ROLES,
    Role,
    Uses,
    declaring,
    reads,
    service_role,
    uses,
    uses_of,
)
from waardig.shell import wiring
from waardig.shell.cli import every_command
from waardig.shell.declaring import activities_of, name_of

ADD = (
    'Say under which processing activities it handles data (waardig.kernel.declared): @uses("contact.verzoek") under '
    'the other decorators of a view or command, uses=declaring("contact.verzoek") for a job; '
    'service_role("application_activity") for what each service names itself, @uses() when it handles no data of '
    "anybody. What a page uses is in the refusal `activity_not_declared` of its test, and in "
    "docs/reference/declared-activities.md for pages like it. Then: make docs."
)
DEMO_DAY = date(2025, 4, 28)


def everything() -> Iterator[tuple[str, Uses | None]]:
    """What there is, by name, with its declaration."""
    yield from ((f"/{address} ({name_of(view)})", uses_of(view)) for address, view in ADDRESSES)
    yield from ((f"job {topic}", uses_of(handler)) for topic, handler in wiring.handlers().items())
    yield from ((leaf.name, leaf.uses) for leaf in every_command())


ALL = sorted(everything(), key=lambda one: one[0])


def problems(name: str, uses: Uses, active: dict[str, frozenset[str]]) -> Iterator[str]:
    """What is wrong with a declaration, given the attributes of each active activity."""
    for activity in sorted(uses.activities):
        if activity not in active:
            yield f"{name}: {activity} is no activity that is active on {DEMO_DAY}"
        elif surplus := uses.attributes.get(activity, frozenset()) - active[activity]:
            yield f"{name}: {activity} does not hold {', '.join(sorted(surplus))}"
    for role in sorted(uses.roles - {OF_CALLERS}):
        if missing := activities_of(role) - set(active):
            yield f"{name}: {role} names {', '.join(sorted(missing))}, not active on {DEMO_DAY}"
        if not activities_of(role):
            yield f"{name}: {role} names nothing"


@pytest.fixture
def active(db: None) -> dict[str, frozenset[str]]:
    """The attributes of every activity that is active on the day of the demonstration."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (id) id, attributes FROM pol.activity WHERE status = 'active' AND valid_from <= %s"
            " AND coalesce(valid_to >= %s, true) ORDER BY id, version DESC",
            [DEMO_DAY, DEMO_DAY],
        )
        return {activity: frozenset(attributes) for activity, attributes in cursor.fetchall()}


def test_every_address_job_and_command_declares_its_activities() -> None:
    assert len(ALL) > 200
    assert [name for name, declared in ALL if declared is None] == [], ADD


def test_every_declared_activity_is_active_and_holds_what_is_declared(active: dict[str, frozenset[str]]) -> None:
    found = [problem for name, declared in ALL if declared for problem in problems(name, declared, active)]

    assert found == [], ADD


def test_every_service_has_every_role_or_says_that_it_has_none(active: dict[str, frozenset[str]]) -> None:
    for service in catalogue.services():
        named = {
            name: getattr(service, name, None) or getattr(service.without_application, "activity", None)
            for name in SERVICE_ROLES
            if name == "unasked_activity" or getattr(service, name)
        }
        for name, activity in named.items():
            if activity is not None:
                assert activity in activities_of(service_role(name)) & set(active), (service.id, name)


def test_who_is_not_signed_in_uses_no_activity_of_a_service() -> None:
    from waardig.identity.adapters.middleware import audience_of

    roles = {
        (name_of(view), str(role))
        for _, view in ADDRESSES
        if (audience := audience_of(view)) and audience.is_public and (declared := uses_of(view))
        for role in declared.roles - {OF_CALLERS, OF_CHECKS}
    }

    assert roles == set()


def test_public_pages_use_nothing_but_the_name_of_who_signed_in() -> None:
    pages = [
        (address, uses_of(view)) for address, view in ADDRESSES if name_of(view).startswith("waardig.faces.public.")
    ]

    assert len(pages) > 20
    assert {str(declared) for _, declared in pages} == {"", "inzage.gegevens (brp.geheimhouding, brp.naam)"}


def test_the_check_of_declarations_finds_what_is_wrong(active: dict[str, frozenset[str]]) -> None:
    def found(*declared: Any) -> list[str]:
        return list(problems("x", declaring(*declared), active))

    assert found("bezwaar", reads("inzage.gegevens", "brp.naam"), OF_CHECKS, AT_SOURCE) == []
    assert found("bestaat.niet") == ["x: bestaat.niet is no activity that is active on 2025-04-28"]
    assert found(reads("loket.zoeken", "uitkeringen.iban")) == ["x: loket.zoeken does not hold uitkeringen.iban"]
    assert found(Role("service", "decision_activity")) == []


def test_a_view_without_a_declaration_is_found() -> None:
    def silent() -> None: ...

    @uses()
    def none() -> None: ...

    assert uses_of(silent) is None and uses_of(none) == declaring()
