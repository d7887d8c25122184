"""Rows that go in by COPY: all or none, with the defaults of model and database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from waardig.cases import models
from waardig.kernel.copied_rows import copy_rows

NOW = datetime(2025, 4, 28, 9, 30, tzinfo=UTC)


def _case(key: str) -> models.Case:
    return models.Case(
        id=uuid4(), number=f"RW {key}", key=key, kind="proposal", state="proposed", service="proef",
        opened_on=date(2025, 4, 28), reader="self", household_type='a\t"\\b\nc',
    )  # fmt: skip


def test_rows_read_back_as_they_were_made(db: None) -> None:
    rows = [_case(f"kopie:{n}") for n in range(3)]

    copy_rows(connection, rows)

    found = {row.id: row for row in models.Case.objects.filter(key__startswith="kopie:")}
    fields = [one.attname for one in models.Case._meta.concrete_fields]
    assert [[getattr(found[row.id], name) for name in fields] for row in rows] == [
        [getattr(row, name) for name in fields] for row in rows
    ]


def test_an_automatic_number_is_the_databases(db: None) -> None:
    case = _case("kopie:nummer")
    copy_rows(connection, [case])
    event = {"case_id": case.id, "on": case.opened_on, "at": NOW, "actor_kind": "system", "actor": "proef"}

    copy_rows(connection, [models.CaseEvent(kind=kind, **event) for kind in ("proposed", "said_yes")])

    numbers = list(models.CaseEvent.objects.filter(case=case).order_by("id").values_list("id", "kind"))
    assert [kind for _, kind in numbers] == ["proposed", "said_yes"]
    assert len({number for number, _ in numbers}) == 2


def test_a_key_that_is_there_already_stores_none(db: None) -> None:
    copy_rows(connection, [_case("kopie:1")])

    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows(connection, [_case("kopie:2"), _case("kopie:1")])

    assert list(models.Case.objects.filter(key__startswith="kopie:").values_list("key", flat=True)) == ["kopie:1"]


def test_a_party_without_its_case_is_refused(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows(connection, [models.CaseParty(case_id=UUID(int=7), person=uuid4(), role="applicant")])
        connection.check_constraints()


def test_no_rows_are_no_statement(db: None) -> None:
    copy_rows(connection, [])
