"""Every outcome has its run; the database sees to it once a statement."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, transaction

from waardig.proposals import models

UNKNOWN = UUID(int=7)


def _an_item() -> models.RunItem:
    moment = datetime(2025, 4, 28, 9, tzinfo=UTC)
    run = models.Run.objects.create(
        id=uuid4(), service="proef", as_of=date(2025, 4, 28), rule_set="a" * 64, started_at=moment, known_at=moment
    )
    return models.RunItem.objects.create(run=run, person=uuid4(), outcome="not_entitled")


def test_an_outcome_without_its_run_is_refused_and_none_of_the_statement_stays(db: None) -> None:
    there = _an_item()
    items = [models.RunItem(run_id=run, person=uuid4(), outcome="not_entitled") for run in (there.run_id, UNKNOWN)]

    with pytest.raises(IntegrityError, match="an outcome without its run"), transaction.atomic():
        models.RunItem.objects.bulk_create(items)

    assert list(models.RunItem.objects.values_list("id", flat=True)) == [there.id]


def test_an_outcome_cannot_move_to_a_run_that_is_not_there(db: None) -> None:
    there = _an_item()

    with pytest.raises(IntegrityError, match="an outcome without its run"), transaction.atomic():
        models.RunItem.objects.filter(id=there.id).update(run_id=UNKNOWN)

    assert models.RunItem.objects.get(id=there.id).run_id == there.run_id


def test_a_run_with_outcomes_stays(db: None, owner: psycopg.Connection) -> None:
    there = _an_item()

    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="a run with outcomes stays"):
        owner.execute("DELETE FROM proposals_run WHERE id = %s", [there.run_id])

    assert models.Run.objects.filter(id=there.run_id).exists()
