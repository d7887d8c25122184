"""Child that destroys: prepares an approved list, or does the worker's jobs.

Playing is done in a process of its own each time a line comes in, so that only that one is killed and nothing is read
and imported again: first its number is printed, then how it ended.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from datetime import date
from uuid import UUID, uuid5

from tests.anything import declare_everything
from waardig.shell import system, wiring

ON, ROUND = date(2025, 4, 28), date(2025, 4, 1)
WHEN = date(2041, 1, 1)
NOES, REFUSALS, PEOPLE = 14, 2, 1_100
HERE = UUID("6f1d0a52-7c1e-5f0e-9a43-0d1d3cf0c0de")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=["prepare", "unlisted", "play"])
    given = parser.parse_args()
    declare_everything()
    system.prepare(owner=given.step != "play")
    if given.step == "play":
        _play()
    elif given.step == "prepare":
        _prepare(NOES, REFUSALS)
        _approve()
    else:
        _prepare(3, 1)


def _play() -> None:
    wiring.bind()
    from django.db import connections

    from waardig.archive import jobs
    from waardig.outbox.actions import drain

    connections.close_all()
    for _ in sys.stdin:
        worker = os.fork()
        if not worker:
            try:
                drain(jobs.handlers(), batch=3, until_empty=True)
            except Exception:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(worker, flush=True)
        _, status = os.waitpid(worker, 0)
        print("killed" if os.WIFSIGNALED(status) else "failed" if status else "finished", flush=True)


def _prepare(noes: int, refusals: int) -> None:
    system.migrate()
    from waardig.shell.town import publish_and_decide

    publish_and_decide(ON)
    wiring.bind()
    from tests.cases.builders import TODAY, a_proposal, a_resident, by_hand, decide, resident
    from waardig.access.actions import set_business_date
    from waardig.archive import actions
    from waardig.cases import actions as cases

    set_business_date(TODAY)
    for _ in range(noes):
        person = a_resident().person
        cases.decline(a_proposal(person).id, actor=resident(person), on=TODAY, never_again=False)
    for _ in range(refusals):
        decide(by_hand())
    _round()
    set_business_date(WHEN)
    actions.appraise()


def _approve() -> None:
    from waardig.archive import actions

    made = actions.make_list("m.kuiper", on=WHEN)
    actions.approve(made.id, "d.smits", on=WHEN, shown=made.sha256)


def _round() -> None:
    from waardig.kernel.clock import wall_now
    from waardig.proposals import models

    run = models.Run.objects.create(
        id=uuid5(HERE, "run"), service="individuele_inkomenstoeslag", as_of=ROUND, rule_set="x",
        started_at=wall_now(), finished_at=wall_now(),
        known_at=wall_now(),
    )  # fmt: skip
    models.RunItem.objects.bulk_create(
        models.RunItem(
            run=run, person=uuid5(HERE, str(number)), outcome="not_entitled", reason="inkomen" if number % 3 else "norm"
        )
        for number in range(PEOPLE)
    )


if __name__ == "__main__":
    main()
