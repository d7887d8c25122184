"""Every address there is, asked by every kind of caller: none shows a canary without a line, none names a person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.identity.signing_in import a_resident, an_employee, an_office, signed_in_client
from tests.shell.canary.addressing import Asked, Caller, Sweep, software
from tests.shell.canary.conftest import Planted, told, with_visitor
from tests.shell.canary.furnishing import furnish
from tools.reference_code import addresses
from waardig.identity.terms import Role


@pytest.fixture(scope="package")
def asked(planted: Planted) -> Asked:
    """The answers of all addresses to all callers."""
    furnish(planted.people[0], planted.log)
    own, other = planted.people[0], planted.people[4]
    callers = [
        Caller("anonymous", lambda _owner: Client()),
        Caller("resident own", lambda owner: signed_in_client(a_resident(UUID(owner))), personal=True),
        Caller("resident other", lambda _owner: signed_in_client(a_resident(UUID(other)))),
        Caller("organisation", lambda _owner: signed_in_client(an_office(planted.office))),
        *(Caller(role.value, _employee(role)) for role in Role),
        Caller(
            "counter", lambda owner: with_visitor(signed_in_client(an_employee("loket")), planted.canaries, owner),
            personal=True,
        ),
        *software(planted.tokens),
    ]  # fmt: skip
    return Sweep(own, planted.canaries, planted.log, planted.tokens).ask_all(callers)


def _employee(role: Role) -> Any:
    return lambda _owner: signed_in_client(an_employee(role))


def test_every_address_of_the_resolver_is_asked_by_every_kind_of_caller(asked: Asked) -> None:
    callers = {who for _, who in asked.statuses}
    missing = [(path, who) for path, _, _ in addresses() for who in callers if not asked.statuses.get((path, who))]
    assert not missing
    assert len(callers) == len(Role) + 9


def test_no_address_shows_what_the_log_does_not_allow(asked: Asked) -> None:
    shown = [f"{who}\n{told(seen.unlogged)}" for who, seen in asked.seen.items() if seen.unlogged]
    assert not shown, "\n".join(shown)
    assert [one for seen in asked.seen.values() for one in seen.errors] == []


def test_no_address_shows_a_citizen_service_number(asked: Asked) -> None:
    assert [one for seen in asked.seen.values() for one in seen.numbers] == []


def test_software_gets_pseudonyms_only_and_no_value(asked: Asked) -> None:
    assert asked.lines == {"software log_read"}
    assert asked.persons == []
    for who, seen in asked.seen.items():
        assert not (who.startswith("software") and seen.shown), told(seen.shown)


def test_what_has_an_id_in_its_address_was_opened_by_somebody(asked: Asked) -> None:
    """Else it was asked with ids that are not there, and the rest proves little of it."""
    with_ids = {path for path, _, _ in addresses() if "<uuid:" in path or "<slug:line>" in path}

    assert len(with_ids) >= 50
    assert {path for path in with_ids if path not in asked.opened} == set()


def test_only_the_right_token_opens_what_is_for_software(asked: Asked) -> None:
    rights = {
        "access/v1/evaluation": "evaluate", "access/v1/evaluations": "evaluate",
        "logboek/v1/processing-activities": "log_read",
    }  # fmt: skip
    for path, right in rights.items():
        for (asked_path, who), statuses in asked.statuses.items():
            if asked_path == path:
                assert (200 in statuses) == (who == f"software {right}"), (path, who, statuses)


def test_the_log_went_on_to_a_collector_without_a_person_in_it(planted: Planted) -> None:
    sent = [one.SerializeToString() for one in planted.collector.requests]
    text = " ".join(str(one) for one in planted.collector.requests)

    assert len(planted.collector.spans) >= 500
    assert not planted.canaries.found_in(text) | planted.canaries.numbers_in(text)
    people = {form for person in planted.log.persons.values() for form in (person.encode(), UUID(person).bytes)}
    assert not [person for person in people for one in sent if person in one]
