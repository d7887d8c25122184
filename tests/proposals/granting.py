"""The story of granting without an application, to be killed anywhere: started again it goes on where it stopped.

`play` announces, lists, judges the sample, confirms the list and lets the jobs decide.
"""

from __future__ import annotations

from datetime import date

SERVICE = "meedoenregeling"
ANNOUNCED, LISTED = date(2025, 4, 3), date(2025, 4, 25)
REASONS = "Ik keek zelf het inkomen, de kinderen en de maanden bijstand na. Alles past bij de verordening."


def play() -> None:
    """Every step is a call that may be repeated; none looks at how far an earlier process came."""
    from waardig.access.actions import set_business_date
    from waardig.proposals import queries
    from waardig.proposals.actions import list_grants, run_round

    if queries.newest_list(SERVICE) is None:
        set_business_date(ANNOUNCED)
        run_round(SERVICE, batch=2)
        work()
    set_business_date(LISTED)
    list_grants(SERVICE)
    decide_list()
    work()


def decide_list() -> None:
    """Judge what the sample asks, then confirm what can be confirmed."""
    from tests.proposals.builders import WILLEM
    from waardig.cases.actions import decide
    from waardig.cases.terms import DecisionOutcome
    from waardig.proposals import queries
    from waardig.proposals.actions import confirm_list
    from waardig.proposals.terms import LineStanding

    found = queries.newest_list(SERVICE)
    assert found is not None
    for line in queries.lines_of(found.id, WILLEM, on=LISTED):
        if line.standing is LineStanding.TO_JUDGE:
            decide(
                line.case, WILLEM, DecisionOutcome.GRANT, actor_kind="employee", reasons=REASONS,
                amount_eurocent=line.amount_eurocent, on=LISTED,
            )  # fmt: skip
    lines = queries.lines_of(found.id, WILLEM, on=LISTED)
    if queries.confirmable(lines):
        confirm_list(found.id, WILLEM, typed_eurocent=queries.control_total(lines), on=LISTED)


def work() -> None:
    """What waits in the outbox: decisions, orders of payment, terms of the archive; letters are not made here."""
    from waardig.outbox.actions import drain
    from waardig.shell import wiring

    drain({topic: do for topic, do in wiring.handlers().items() if not topic.startswith("inbox.")}, until_empty=True)
