"""Reading rounds: what ran, what it found per outcome, what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from waardig.proposals import models
from waardig.proposals.core.household import FOR_NO_PERSON
from waardig.proposals.terms import Excluded, ItemOutcome, RoundUnknown, RunView


def runs(service: str | None = None) -> tuple[RunView, ...]:
    """Rounds, newest first; of one service when named."""
    waiting = Count("items", filter=Q(items__reason=Excluded.FACTS_TOO_OLD.value))
    rows = models.Run.objects.annotate(count=Count("items"), waiting=waiting).order_by("-as_of", "-started_at")
    if service:
        rows = rows.filter(service=service)
    summed = models.Tally.objects.values_list("run_id").annotate(count=Sum("count"))
    gone = dict(summed)
    return tuple(
        RunView(
            row.id, row.service, row.as_of, row.dry_run, row.started_at, row.finished_at,
            row.count + gone.get(row.id, 0), row.rule_set,
            row.waiting,
        )
        for row in rows
    )  # fmt: skip


def latest_run(service: str) -> RunView:
    """The newest real round of a service; raises RoundUnknown."""
    found = next((run for run in runs(service) if not run.dry_run), None)
    if found is None:
        raise RoundUnknown(f"service {service} had none yet")
    return found


def outcomes(run: UUID) -> dict[ItemOutcome, int]:
    """How many persons had each outcome."""
    rows = models.RunItem.objects.filter(run_id=run).values("outcome").annotate(count=Count("id"))
    found = {ItemOutcome(row["outcome"]): int(row["count"]) for row in rows}
    for row in models.Tally.objects.filter(run_id=run):
        found[ItemOutcome(row.outcome)] = found.get(ItemOutcome(row.outcome), 0) + row.count
    return found


def proposed_eurocent(run: UUID) -> int:
    """The sum of all proposals of a run, in eurocent."""
    total = models.RunItem.objects.filter(run_id=run).aggregate(total=Sum("amount_eurocent"))["total"]
    gone = models.Tally.objects.filter(run_id=run).aggregate(total=Sum(F("amount_eurocent") * F("count")))["total"]
    return int(total or 0) + int(gone or 0)


def for_a_person(run: UUID) -> tuple[tuple[UUID, str], ...]:
    """Whom the round left for a person to look at, with the reason code; in a fixed order."""
    codes = [e.value for e in Excluded if e not in FOR_NO_PERSON]
    rows = models.RunItem.objects.filter(run_id=run)
    waiting = rows.filter(outcome=ItemOutcome.TO_PERSON.value) | rows.filter(
        outcome=ItemOutcome.EXCLUDED.value, reason__in=codes
    )
    return tuple(waiting.order_by("person").values_list("person", "reason"))


def history() -> Iterator[dict[str, Any]]:
    """Every outcome of every real round in a stable order, without random ids and wall clock times."""
    for run in models.Run.objects.filter(dry_run=False).order_by("service", "as_of"):
        about = {"service": run.service, "as_of": run.as_of.isoformat(), "rule_set": run.rule_set}
        yield {"kind": "run", **about, "finished": run.finished_at is not None, "opted_out": run.opted_out}
        for item in models.RunItem.objects.filter(run=run).select_related("left").order_by("person"):
            yield {
                "kind": "outcome",
                "service": run.service,
                "as_of": run.as_of.isoformat(),
                "person": str(item.person),
                "outcome": item.outcome,
                "reason": item.reason,
                "amount_eurocent": item.amount_eurocent,
                "assumed": item.assumed,
                "has_case": item.case is not None,
                "lane": item.lane,
                **_done(item),
            }
        for gone in models.Tally.objects.filter(run=run).order_by("outcome", "reason", "amount_eurocent", "has_case"):
            yield {
                "kind": "outcomes_destroyed",
                **about,
                "outcome": gone.outcome,
                "reason": gone.reason,
                "amount_eurocent": gone.amount_eurocent,
                "has_case": gone.has_case,
                "count": gone.count,
            }


def _done(item: models.RunItem) -> dict[str, Any]:
    """What an official did with an outcome that was left to a person."""
    done: models.LeftStep | None = getattr(item, "left", None)
    if done is None:
        return {}
    return {"left": {"step": done.step, "because": done.because, "official": done.official, "second": done.second}}


def persons_of(run: UUID) -> tuple[UUID, ...]:
    """Everybody a run has an outcome for."""
    return tuple(models.RunItem.objects.filter(run_id=run).order_by("person").values_list("person", flat=True))


def opted_out_of(run: UUID) -> int:
    """How many clients a run left out because they had opted out."""
    return models.Run.objects.filter(id=run).values_list("opted_out", flat=True).first() or 0


def proposals_of(run: UUID) -> int:
    """How many households a run approached, in whatever lane."""
    approached = (ItemOutcome.PROPOSED.value, ItemOutcome.ASKED.value)
    gone = models.Tally.objects.filter(run_id=run, outcome__in=approached).aggregate(count=Sum("count"))["count"]
    return models.RunItem.objects.filter(run_id=run, outcome__in=approached).count() + int(gone or 0)


def reasons_of(run: UUID) -> dict[tuple[ItemOutcome, str], int]:
    """How many persons without a proposal of their own had each outcome with each reason; one query."""
    rows = models.RunItem.objects.filter(run_id=run).filter(
        Q(case__isnull=True) | Q(outcome=ItemOutcome.WITH_PARTNER.value)
    )
    counted = rows.values("outcome", "reason").annotate(count=Count("id"))
    found = {(ItemOutcome(row["outcome"]), row["reason"]): int(row["count"]) for row in counted}
    gone = models.Tally.objects.filter(run_id=run).filter(Q(has_case=False) | Q(outcome=ItemOutcome.WITH_PARTNER.value))
    for row in gone:
        key = (ItemOutcome(row.outcome), row.reason)
        found[key] = found.get(key, 0) + row.count
    return found


def amounts_of(run: UUID) -> dict[int, int]:
    """How many households were told each amount, in eurocent; one query."""
    rows = models.RunItem.objects.filter(run_id=run, case__isnull=False, amount_eurocent__isnull=False)
    counted = rows.values("amount_eurocent").annotate(count=Count("case", distinct=True))
    found = {row["amount_eurocent"] or 0: int(row["count"]) for row in counted}
    for row in models.Tally.objects.filter(run_id=run, has_case=True, amount_eurocent__gt=0):
        found[row.amount_eurocent] = found.get(row.amount_eurocent, 0) + row.count
    return found


def kept_of(run: UUID) -> int:
    """How many outcomes are still kept of a run, each with its person; what was destroyed is a count only."""
    return models.RunItem.objects.filter(run_id=run).count()


def kept_without_case(run: UUID) -> int:
    """How many outcomes of people without a case of their own are still kept of a run."""
    return models.RunItem.objects.filter(run_id=run, case__isnull=True).count()


def people_without_case(run: UUID, *, most: int) -> tuple[UUID, ...]:
    """Some of those people, in a fixed order."""
    rows = models.RunItem.objects.filter(run_id=run, case__isnull=True).order_by("person")
    return tuple(rows.values_list("person", flat=True)[:most])
