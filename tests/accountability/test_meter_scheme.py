"""Every typed safeguard of the second service (a scheme of the municipality itself) is measured from real rows.

A story without application is told and each safeguard holds. Then its rows are broken: it fails until all is back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from tests.cases.builders import GERRIT
from tests.proposals import builders as scheme
from tests.proposals.builders import LISTED, SERVICE
from waardig.accountability.adapters import meter
from waardig.accountability.adapters.meter import RoomsMeter
from waardig.accountability.queries import algorithms
from waardig.accountability.terms import EntryRefused, Form, NotRegistered
from waardig.kernel.errors import Refusal
from waardig.outbox.actions import drain
from waardig.shell import wiring
from waardig.values.actions import measure
from waardig.values.terms import METER, Verdict

LATER = LISTED + timedelta(days=3)
KINDS = {"W01", "W02", "W03", "W04", "W08", "W09", "W10", "W11", "W12", "W14", "W15"}


@dataclass(frozen=True)
class Broken:
    """Rows that somebody changed behind the product's back, and how they are put back."""

    kind: str
    change: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    on: date = LATER
    verdict: Verdict = Verdict.FAILS


@pytest.fixture
def told(db: None) -> UUID:
    """Three households announced and granted, with their letters; one household with too much income."""
    METER.bind(RoomsMeter())
    scheme.weighed()
    people = [scheme.a_client(brp__adres=GERRIT["brp.adres"]) for _ in range(3)]
    scheme.a_client(uitkeringen__inkomen=200_000)
    scheme.announced(*people)
    drain(wiring.handlers(), until_empty=True)
    identity = scheme.listed()
    scheme.judge_sample(identity)
    if scheme.total(identity):
        scheme.confirmed(identity)
    drain(wiring.handlers(), until_empty=True)
    return people[0]


def verdicts(on: date) -> dict[str, Verdict]:
    """What each safeguard says on a day."""
    return {one.kind: one.finding.verdict for one in measure(SERVICE, on=on)}


def test_every_safeguard_holds_after_a_story_that_went_well(told: UUID) -> None:
    found = verdicts(LATER)

    assert set(found) == KINDS
    assert {kind for kind, verdict in found.items() if verdict is Verdict.FAILS} == set()
    always = KINDS - {"W04", "W08"}  # few refusals and few drawn cases say too little, never that it fails
    assert {kind: found[kind] for kind in always} == dict.fromkeys(always, Verdict.PASSES)


def changed_activity(change: str, undo: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A published version that was changed after all; the database refuses that while its trigger stands."""
    off = "ALTER TABLE pol.activity {} TRIGGER keep_version"
    row = "UPDATE pol.activity SET {} WHERE id = 'meedoen.ronde'"
    return (off.format("DISABLE"), row.format(change)), (row.format(undo), off.format("ENABLE"))


def attribute(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return changed_activity(
        f"attributes = array_append(attributes, '{name}')", f"attributes = array_remove(attributes, '{name}')"
    )


BY_A_PERSON = "CONSTRAINT cases_decision_by_a_person"
SAMPLED = "UPDATE cases_case SET state = '{}' WHERE id IN (SELECT case_id FROM cases_assessment WHERE sampled)"
BROKEN = (
    Broken("W01", *attribute("brp.geslacht")),
    Broken(
        "W02",
        ("CREATE TEMP TABLE gone AS SELECT * FROM proposals_run_item WHERE \"case\" IS NULL LIMIT 1",
         "DELETE FROM proposals_run_item WHERE id IN (SELECT id FROM gone)"),
        ("INSERT INTO proposals_run_item SELECT * FROM gone", "DROP TABLE gone"),
    ),
    Broken("W03", *attribute("brp.gezag")),
    Broken(
        "W04",
        (f"ALTER TABLE cases_decision DROP {BY_A_PERSON}",
         "UPDATE cases_decision SET outcome = 'refuse', actor_kind = 'system'"),
        ("UPDATE cases_decision SET outcome = 'grant', actor_kind = 'employee'",
         f"ALTER TABLE cases_decision ADD {BY_A_PERSON} CHECK (actor_kind = 'employee')"),
    ),
    Broken("W08", (SAMPLED.format("by_hand"),), (SAMPLED.format("decided"),), LISTED + timedelta(days=30)),
    Broken("W09", on=date(2027, 3, 19)),
    Broken(
        "W10",
        ("INSERT INTO gate.opt_out (person, subject, since, channel)"
         " SELECT person, 'meedoenregeling', DATE '2025-03-01', 'portal' FROM proposals_run_item LIMIT 1",),
        ("DELETE FROM gate.opt_out",),
    ),
    Broken(
        "W11",
        ("UPDATE inbox_delivery SET channel = 'digital'",),
        ("UPDATE inbox_delivery SET channel = 'paper'",),
    ),
    Broken(
        "W12",
        ("CREATE TEMP TABLE said AS SELECT id, message_type FROM inbox_message WHERE run IS NOT NULL LIMIT 1",
         "UPDATE inbox_message SET message_type = 'iets.anders' WHERE id IN (SELECT id FROM said)"),
        ("UPDATE inbox_message m SET message_type = s.message_type FROM said s WHERE s.id = m.id", "DROP TABLE said"),
    ),
    Broken("W14", on=date(2026, 6, 1)),
    Broken(
        "W15",
        *changed_activity(
            "register_entry = register_entry || '{\"purpose\": {\"nl\": \"Iets anders.\", \"en\": \"Else.\"}}',"
            " purpose_nl = purpose_nl",
            "register_entry = kept.entry FROM (SELECT entry FROM public_entry) AS kept",
        ),
        verdict=Verdict.WARNS,
    ),
    Broken("W15", on=date(2027, 2, 7)),
)  # fmt: skip


def test_each_safeguard_fails_on_its_own_rows_and_holds_again_when_they_are_put_back(
    told: UUID, owner: psycopg.Connection
) -> None:
    assert {one.kind for one in BROKEN} == KINDS
    owner.execute(
        "CREATE TEMP TABLE public_entry AS SELECT register_entry AS entry FROM pol.activity WHERE id = 'meedoen.ronde'"
    )
    for broken in BROKEN:
        for statement in broken.change:
            owner.execute(statement.encode())
        try:
            found = verdicts(broken.on)[broken.kind]
        finally:
            for statement in broken.undo:
                owner.execute(statement.encode())
        assert (broken.kind, found) == (broken.kind, broken.verdict)
    assert {kind for kind, verdict in verdicts(LATER).items() if verdict is Verdict.FAILS} == set()


@pytest.mark.parametrize(
    "refused",
    [NotRegistered(SERVICE, "no register.yaml"), EntryRefused(SERVICE, Form.DELIVERY, ())],
    ids=["no", "wrong"],
)
def test_an_entry_that_is_missing_or_refused_fails_the_safeguard_of_the_register(
    told: UUID, refused: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_delivery(service: str, form: Form, on: date | None = None) -> dict[str, object]:
        if form is Form.DELIVERY:
            raise refused
        return algorithms.checked_entry(service, form, on)

    monkeypatch.setattr(meter, "checked_entry", no_delivery)

    assert verdicts(LATER)["W15"] is Verdict.FAILS
