"""The safeguards of the weighing are measured where things happen: a normal round passes, a broken one stops itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from threading import Event
from typing import Any

import pytest

from tests.journeys.towns import SERVICE, Town, inside
from waardig.access.terms import AccessRefused

TODAY = date(2025, 4, 28)
LATER = TODAY + timedelta(days=3)
"""When letters should have gone out."""


@pytest.fixture
def ran(after_the_round: Town, django_db_blocker: Any) -> Iterator[Town]:
    """A town after its round, letters not printed yet, with this test working inside it."""
    with inside(after_the_round, django_db_blocker):
        yield after_the_round


def _print_letters() -> None:
    from waardig.outbox.jobs import run_worker
    from waardig.shell import wiring

    run_worker(wiring.handlers(), Event(), until_empty=True)


def _ticked(on: date) -> tuple[dict[str, str], bool]:
    """Verdict by kind of safeguard, and whether the service was stopped by it."""
    from waardig.values.actions import tick

    found = tick(SERVICE, on=on)
    return {one.kind: one.finding.verdict.value for one in found.measurements}, found.suspended


def test_after_a_normal_round_every_safeguard_holds(ran: Town) -> None:
    _print_letters()

    verdicts, suspended = _ticked(LATER)

    assert set(verdicts) == {"W01", "W02", "W03", "W04", "W08", "W09", "W10", "W11", "W12", "W14", "W15"}
    assert {kind for kind, verdict in verdicts.items() if verdict == "fails"} == set()
    assert {verdicts[kind] for kind in ("W01", "W02", "W03", "W09", "W10", "W11", "W12", "W14", "W15")} == {"passes"}
    assert not suspended
    assert ran.value("SELECT count(*) FROM pol.suspension") == 0


def _letters_not_printed(_town: Town) -> date:
    return LATER


def _a_round_after_the_horizon(_town: Town) -> date:
    _print_letters()
    return date(2027, 3, 19)


def _a_message_without_its_explanation(town: Town) -> date:
    _print_letters()
    town.change(
        "UPDATE inbox_message SET message_type = 'iets.anders'"
        " WHERE id = (SELECT id FROM inbox_message WHERE run IS NOT NULL LIMIT 1)"
    )
    return LATER


def _digital_without_a_choice(town: Town) -> date:
    _print_letters()
    town.change(
        "UPDATE inbox_delivery SET preference_version = NULL"
        " WHERE id = (SELECT id FROM inbox_delivery WHERE channel = 'digital' LIMIT 1)"
    )
    return LATER


def _a_read_that_led_to_nothing(town: Town) -> date:
    _print_letters()
    town.change(
        'DELETE FROM proposals_run_item WHERE id = (SELECT id FROM proposals_run_item WHERE "case" IS NULL LIMIT 1)'
    )
    return LATER


@pytest.mark.parametrize(
    ("break_it", "kind"),
    [
        (_letters_not_printed, "W11"),
        (_digital_without_a_choice, "W11"),
        (_a_message_without_its_explanation, "W12"),
        (_a_round_after_the_horizon, "W09"),
        (_a_read_that_led_to_nothing, "W02"),
    ],
)
def test_a_broken_safeguard_stops_the_service_and_the_next_round_is_refused(
    ran: Town, break_it: Any, kind: str
) -> None:
    from waardig.proposals.actions import run_round

    on = break_it(ran)

    verdicts, suspended = _ticked(on)

    assert verdicts[kind] == "fails"
    assert suspended
    by, reason = ran.all("SELECT suspended_by, reason FROM pol.suspension")[0]
    assert by == "system" and reason
    assert ran.value("SELECT count(*) FROM pol.suspension") == 1
    ran.change("UPDATE pol.suspension SET suspended_on = %s", TODAY)
    with pytest.raises(AccessRefused) as refusal:
        run_round(SERVICE)
    assert "suspended" in [reason.code for reason in refusal.value.reasons]


def test_letters_are_due_only_after_their_days_and_the_dead_are_not_late(ran: Town) -> None:
    from waardig.inbox.queries import paper_counts

    paper = ran.told["paper"]

    early = paper_counts(SERVICE, due_before=TODAY - timedelta(days=1), within_days=2)
    late = paper_counts(SERVICE, due_before=TODAY, within_days=2)
    ran.change(
        "UPDATE inbox_delivery SET state = 'held', held_reason = 'deceased', held_at = now()"
        " WHERE id = (SELECT id FROM inbox_delivery WHERE channel = 'paper' LIMIT 1)"
    )
    without_the_dead = paper_counts(SERVICE, due_before=TODAY, within_days=2)
    _print_letters()
    printed = paper_counts(SERVICE, due_before=TODAY, within_days=2)

    assert early == {"due": 0, "in_time": 0, "digital_without_choice": 0}
    assert late == {"due": paper, "in_time": 0, "digital_without_choice": 0}
    assert without_the_dead["due"] == paper - 1
    assert (printed["due"], printed["in_time"]) == (paper - 1, paper - 1)


def test_every_proposal_of_a_round_is_counted_as_explained(ran: Town) -> None:
    from waardig.inbox.queries import explained_count

    assert explained_count(SERVICE) == ran.told["proposals"] > 10
    assert explained_count("een_andere_dienst") == 0
