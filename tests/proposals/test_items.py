"""Every outcome has its run; the database sees to it once a statement."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, transaction

from waardig.proposals import models
from waardig.proposals.actions.many import store_plain
from waardig.proposals.core.plain import Alike

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


def test_who_has_an_outcome_in_the_run_keeps_it_and_the_others_of_the_batch_get_theirs(db: None) -> None:
    there = _an_item()
    couple = (str(there.person), str(uuid4()))
    single = str(uuid4())
    found = [
        Alike("excluded", "deceased", "", couple[:1], couple[1:]),
        Alike("not_entitled", "te_veel_vermogen", "leefvorm", (single,)),
    ]

    for _ in range(2):
        store_plain(there.run, found, batch=500)

    kept = models.RunItem.objects.filter(run=there.run).values_list("person", "outcome", "reason", "assumed")
    assert sorted(kept) == sorted([
        (there.person, "not_entitled", "", ""),
        (UUID(couple[1]), "excluded", "deceased", ""),
        (UUID(single), "not_entitled", "te_veel_vermogen", "leefvorm"),
    ])  # fmt: skip


def test_an_outcome_of_a_run_that_is_not_there_is_not_written_again_without_it(db: None) -> None:
    unknown = models.Run(id=UNKNOWN)

    with pytest.raises(IntegrityError, match="an outcome without its run"):
        store_plain(unknown, [Alike("not_entitled", "te_veel_vermogen", "", (str(uuid4()),))], batch=500)

    assert not models.RunItem.objects.exists()
