"""Paying in a child: prepares granted cases as a process, or plays everything from ordering to what came back.

Playing may be killed.

Each step looks at what stands in the database and goes on from there, as an official or a worker does after a stop.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.anything import declare_everything
from waardig.shell import system, wiring

ON = date(2025, 4, 28)
DECIDERS = 16
MOST = 6


def prepare() -> None:
    """A town in which people were granted money."""
    declare_everything()
    system.prepare(owner=True)
    system.migrate()
    from waardig.shell.town import publish_and_decide

    publish_and_decide(ON)
    wiring.bind()
    from django.db import transaction

    from tests.cases.builders import a_proposal, a_resident
    from tests.payments.builders import account
    from waardig.cases import models
    from waardig.kernel.clock import wall_now
    from waardig.outbox.actions import enqueue
    from waardig.outbox.terms import NewJob

    for number in range(DECIDERS):
        known = account(number if number != 7 else 6)  # two people with one account: both wait for a person
        case = a_proposal(a_resident(uitkeringen__iban=known).person)
        with transaction.atomic():
            decision = models.Decision.objects.create(
                id=case.id, case_id=case.id, outcome="grant", amount_eurocent=10_000 + number, decided_on=ON,
                decided_at=wall_now(), actor_kind="employee", official="w.degraaf", body="x", mandate="x",
                objection_until=ON, pay_by=ON, document=case.id,
            )  # fmt: skip
            enqueue([NewJob("payments.order", str(decision.id), {"decision": str(decision.id)})])


def play(to: str) -> None:
    """From ordering to what came back, with the files in this folder."""
    declare_everything()
    folder = Path(to)
    from waardig.outbox.actions import drain
    from waardig.payments import jobs, models

    drain(jobs.handlers(), batch=4, until_empty=True)
    if models.Order.objects.filter(state="ready", attempts=0).exists():
        _make_all()
    _release_and_export(folder)
    _statuses(1, folder)
    for row in models.Order.objects.filter(state="to_person", reason__startswith="bank:").order_by("number"):
        _again(row.id)
    _make_all()
    _release_and_export(folder)
    _statuses(2, folder)


def _make_all() -> None:
    from waardig.payments import actions
    from waardig.payments.terms import NothingToPay

    while True:
        try:
            actions.make_list("n.visser", on=ON, most=MOST)
        except NothingToPay:
            return


def _release_and_export(folder: Path) -> None:
    from waardig.payments import actions, queries
    from waardig.payments.terms import ListState

    for one in reversed(queries.lists(states=[ListState.DRAFT])[0]):
        actions.release(one.id, "j.dekker", on=ON, shown_eurocent=one.total_eurocent)
    for one in reversed(queries.lists(states=[ListState.RELEASED])[0]):
        for form in ("pain", "package"):
            for name, content in actions.export(one.id, form, "j.dekker").files.items():  # type: ignore[arg-type]
                _write(folder / name, content)


def _write(place: Path, content: bytes) -> None:
    """A file that is there already must hold the same bytes."""
    if place.exists():
        assert place.read_bytes() == content, place.name
    part = place.with_suffix(".part")
    part.write_bytes(content)
    part.replace(place)


def _statuses(attempt: int, folder: Path) -> None:
    """The bank's answer to each list of this attempt; every fifth payment of the first attempt is rejected."""
    from tests.payments.builders import pain002
    from waardig.payments import actions, queries
    from waardig.payments.terms import ListState

    for one in reversed(queries.lists(states=[ListState.RELEASED])[0]):
        lines = queries.lines_of(one.id)
        if lines[0].attempt != attempt:
            continue
        rejected: Callable[[int], bool] = lambda place: attempt == 1 and place % 5 == 0  # noqa: E731
        answer = pain002(
            *((line.order.number, *(("RJCT", "AM04") if rejected(line.place) else ("ACSC", ""))) for line in lines)
        )
        actions.take_in(answer, on=ON, actor="bank")


def _again(order: object) -> None:
    from waardig.payments import actions

    actions.pay_again(order, "n.visser", on=ON)  # type: ignore[arg-type]


if __name__ == "__main__":
    prepare()
