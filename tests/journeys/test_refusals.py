"""What may not happen does not happen: a round without a weighing, a decision by a computer, a rule against people.

Each test asserts that nobody was read and nothing was proposed or decided, and that the refusal stands in the log.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

import pytest

from tests import conftest as foundation
from tests.journeys.towns import SERVICE, Town, inside
from waardig.access.terms import AccessRefused, Actor

TODAY = date(2025, 4, 28)
DECISION = f"services/{SERVICE}/decision.yaml"
REGULATION = "laws/nl/gemeentelijke_verordening/individuele_inkomenstoeslag_rietwaarden/2025-01-01.yaml"
POLICY_RULE = "laws/nl/beleidsregel/beleidsregel_uitzicht_rietwaarden/2025-01-01.yaml"
LIBRARY = Path(foundation.RIETWAARDEN).parents[2] / "library"
LOOKED = {"log.line", "log.detail", "log.waiting", "gate.ticket", "gate.daily_use", "gate.selected"}
"""What a refusal leaves behind."""


@pytest.fixture
def ready(before_the_round: Town, django_db_blocker: Any) -> Iterator[Town]:
    """A town ready for its round, with this test working inside it."""
    with inside(before_the_round, django_db_blocker):
        yield before_the_round


@pytest.fixture
def proposed(after_the_round: Town, django_db_blocker: Any) -> Iterator[Town]:
    """A town after its round, with this test working inside it."""
    with inside(after_the_round, django_db_blocker):
        yield after_the_round


@contextmanager
def _content(town: Town, folder: Path, blocker: Any) -> Iterator[Town]:
    """The same town with a copy of its content that may be changed."""
    shutil.copytree(town.content, folder / "own")
    changed = replace(town, content=folder / "own")
    with inside(changed, blocker):
        yield changed


def _change(town: Town, place: str, old: str, new: str) -> None:
    path = town.content / place
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{place} does not hold {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _run() -> None:
    from waardig.proposals.actions import run_round

    run_round(SERVICE)


def _round_is_refused(town: Town, *codes: str) -> None:
    """The round says no with exactly these codes; nobody was read, nothing was made, the refusal was logged."""
    before = town.counts()

    with pytest.raises(AccessRefused) as refusal:
        _run()

    assert tuple(reason.code for reason in refusal.value.reasons) == codes
    _nothing_happened(town, before)
    assert town.all("SELECT reasons, activity FROM log.detail WHERE decision = 'refuse'") == [
        (list(codes), "iit.ronde")
    ]


def _nothing_happened(town: Town, before: dict[str, int]) -> None:
    assert set(town.sent_nothing().values()) == {0}
    assert town.value("SELECT count(*) FROM proposals_run") == 0
    assert town.value("SELECT count(*) FROM log.detail WHERE run IS NOT NULL") == 0, "nobody was read"
    after = town.counts()
    assert {name for name in after if after[name] != before[name]} <= LOOKED


def _decided_with(town: Town, **columns: Any) -> None:
    """A newer version of the decided dossier in which only these columns differ."""
    names = [
        row[0]
        for row in town.all(
            "SELECT column_name::text FROM information_schema.columns"
            " WHERE table_schema = 'pol' AND table_name = 'dossier' ORDER BY ordinal_position"
        )
    ]
    taken = ", ".join("version + 1" if n == "version" else "%s" if n in columns else n for n in names)
    town.change(
        f"INSERT INTO pol.dossier ({', '.join(names)}) SELECT {taken} FROM pol.dossier",  # noqa: S608
        *[columns[name] for name in names if name in columns],
    )


def test_a_round_without_a_decided_dossier_is_refused(ready: Town) -> None:
    ready.change("UPDATE pol.dossier SET status = 'withdrawn'")

    _round_is_refused(ready, "weighing_missing")


@pytest.mark.parametrize(
    ("gap", "code"),
    [
        ({"dpia_reference": None}, "dpia_missing"),
        ({"dpia_on": TODAY + timedelta(days=1)}, "dpia_missing"),
        ({"advice_reference": None}, "advice_missing"),
        ({"advice_on": None}, "advice_missing"),
        ({"announced_on": None}, "announcement_missing"),
        ({"announced_on": TODAY - timedelta(days=33)}, "announcement_running"),
        ({"expires_on": TODAY - timedelta(days=1)}, "weighing_expired"),
        ({"status": "draft", "decided_on": None}, None),
    ],
)
def test_a_round_without_a_condition_of_its_weighing_is_refused(
    ready: Town, gap: dict[str, Any], code: str | None
) -> None:
    _decided_with(ready, **gap)

    if code is None:  # a draft beside a decision takes nothing away
        _run()
        assert ready.sent_nothing()["cases_case"] > 0
        return
    _round_is_refused(ready, code)


def test_a_round_on_the_first_day_after_the_announcement_may_run(ready: Town) -> None:
    _decided_with(ready, announced_on=TODAY - timedelta(days=34))

    _run()

    assert ready.sent_nothing()["cases_case"] > 0


def test_a_round_over_a_wider_population_than_was_weighed_is_refused(
    before_the_round: Town, django_db_blocker: Any, tmp_path: Path
) -> None:
    from waardig.catalogue.actions import publish
    from waardig.kernel.content import content_roots

    with _content(before_the_round, tmp_path, django_db_blocker) as town:
        own = town.content / f"services/{SERVICE}/activities.yaml"
        shutil.copy(LIBRARY / f"services/{SERVICE}/activities.yaml", own)
        _change(town, f"services/{SERVICE}/activities.yaml", "values: [lopend]", "values: [lopend, beeindigd]")
        publish(content_roots())

        _round_is_refused(town, "weighing_other_version")


def test_a_round_that_wants_one_more_attribute_than_was_weighed_is_refused(ready: Town) -> None:
    covered = ready.value("SELECT attributes FROM pol.dossier WHERE service = 'individuele_inkomenstoeslag'")
    _decided_with(ready, attributes=[name for name in covered if name != "uitkeringen.vermogen"])

    before = ready.counts()
    with pytest.raises(AccessRefused) as refusal:
        _run()

    assert [reason.code for reason in refusal.value.reasons] == ["weighing_other_attributes"]
    assert set(ready.sent_nothing().values()) == {0}
    assert ready.value("SELECT count(*) FROM log.detail WHERE run IS NOT NULL") == 0
    after = ready.counts()
    assert {name for name in after if after[name] != before[name]} <= {*LOOKED, "public.proposals_run"}
    assert ready.value("SELECT count(*) FROM log.detail WHERE decision = 'refuse'") > 0


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        (REGULATION, "value: 140600", "value: 140601"),
        (REGULATION, "value: 52197", "value: 52198"),
        (REGULATION, "value: 36\n", "value: 24\n"),
    ],
    ids=["a cent of the limit", "a cent of the amount", "the period"],
)
def test_rules_that_changed_after_the_decision_are_not_covered(
    before_the_round: Town, django_db_blocker: Any, tmp_path: Path, place: str, old: str, new: str
) -> None:
    with _content(before_the_round, tmp_path, django_db_blocker) as town:
        _change(town, place, old, new)

        _round_is_refused(town, "weighing_other_rule_set")


def test_a_suspended_service_stands_still_and_a_given_yes_still_gets_its_decision(proposed: Town) -> None:
    from waardig.cases import queries as cases
    from waardig.cases.actions import apply, decide
    from waardig.cases.terms import CaseState, DecisionOutcome, Declaration
    from waardig.outbox.jobs import run_worker
    from waardig.shell import wiring
    from waardig.values.actions import suspend

    suspend(SERVICE, "de cijfers kloppen niet meer", "p.vandam", on=TODAY)
    refused_before = proposed.value("SELECT count(*) FROM log.detail WHERE decision = 'refuse'")
    items = proposed.value("SELECT count(*) FROM proposals_run_item")
    with pytest.raises(AccessRefused) as refusal:
        _run()
    assert [reason.code for reason in refusal.value.reasons] == ["suspended"]
    assert proposed.value("SELECT count(*) FROM log.detail WHERE decision = 'refuse'") == refused_before + 1
    assert proposed.value("SELECT count(*) FROM proposals_run_item") == items

    case = _a_proposal()
    apply(case, Declaration(True, "", 10_000, "NL13WAAR0000000001"), actor=_resident(case), on=TODAY)
    run_worker(wiring.handlers(), Event(), until_empty=True)
    assert cases.case(case).state in (CaseState.PREPARED, CaseState.BY_HAND)
    amount = cases.case(case).amount_eurocent
    decided = decide(
        case,
        _official(),
        DecisionOutcome.GRANT,
        actor_kind="employee",
        reasons=_REASONS,
        amount_eurocent=amount,
        on=TODAY,
    )

    assert decided.outcome is DecisionOutcome.GRANT and decided.amount_eurocent == amount
    assert cases.case(case).state is CaseState.DECIDED
    sent = proposed.value('SELECT count(*) FROM inbox_message WHERE "case" = %s', case)
    assert sent == 3, "proposal, receipt and decision"


_REASONS = "Mevrouw heeft al jaren bijstand en er is niets dat op een hoger inkomen wijst."


def _official() -> Any:
    from waardig.cases.terms import Official

    return Official("w.degraaf", "Willem de Graaf", "beslisser", 100_000)


def _a_proposal() -> UUID:
    """The first proposal with an amount to somebody who answers without an administrator."""
    from waardig.cases import queries as cases
    from waardig.cases.terms import CaseState

    waiting, _ = cases.waiting([CaseState.PROPOSED], size=1000)
    return next(case.id for case in waiting if case.reader == "self" and case.lane == "yes_is_enough")


def _resident(case: UUID) -> Actor:
    from waardig.cases import queries as cases

    return Actor("resident", str(cases.case(case).applicant))


@pytest.mark.parametrize("outcome", ["refuse", "grant"])
@pytest.mark.parametrize("actor_kind", ["system", "resident", "organisation"])
def test_no_decision_is_taken_without_a_person(proposed: Town, outcome: str, actor_kind: str) -> None:
    from waardig.cases.actions import apply, decide
    from waardig.cases.terms import AutomaticDecision, DecisionOutcome, Declaration

    case = _a_proposal()
    apply(case, Declaration(True, "", 10_000, "NL13WAAR0000000001"), actor=_resident(case), on=TODAY)
    before, state = proposed.counts(), proposed.all("SELECT state, amount_eurocent FROM cases_case WHERE id = %s", case)

    with pytest.raises(AutomaticDecision):
        decide(
            case, _official(), DecisionOutcome(outcome), actor_kind=actor_kind, reasons=_REASONS,
            amount_eurocent=50_000, on=TODAY,
        )  # fmt: skip

    assert proposed.all("SELECT state, amount_eurocent FROM cases_case WHERE id = %s", case) == state
    assert proposed.value("SELECT count(*) FROM cases_decision") == 0
    logged = proposed.all("SELECT reasons, activity FROM log.detail WHERE decision = 'refuse' AND case_id = %s", case)
    assert logged == [(["automatic_decision"], "iit.beslissen")]
    after = proposed.counts()
    assert {name for name in after if after[name] != before[name]} == {"log.line", "log.detail", "log.waiting"}


def test_the_database_itself_takes_no_decision_of_a_computer(proposed: Town) -> None:
    with pytest.raises(Exception, match="cases_decision_by_a_person"):
        proposed.change(
            "INSERT INTO cases_decision (id, case_id, outcome, decided_on, decided_at, actor_kind, official, body,"
            " mandate, objection_until, rule_set, document)"
            " VALUES (gen_random_uuid(), %s, 'refuse', %s, now(), 'system', 'x', 'x', 'x', %s, '', gen_random_uuid())",
            _a_proposal(), TODAY, TODAY,
        )  # fmt: skip

    assert proposed.value("SELECT count(*) FROM cases_decision") == 0


def _presumes_against(town: Town) -> Path:
    """The policy rule says no where it may only stay silent."""
    _change(town, POLICY_RULE, "default: null", "default: false")
    return town.content / POLICY_RULE


def test_a_policy_rule_that_presumes_against_a_person_stops_everything(
    before_the_round: Town, django_db_blocker: Any, tmp_path: Path
) -> None:
    from waardig.values.actions import check

    with _content(before_the_round, tmp_path, django_db_blocker) as town:
        file = _presumes_against(town)
        before = town.counts()

        checked = town.waardig("law", "check", str(file))
        _, problems = check(town.content / DECISION)
        ran = town.waardig("round", "run", "--json")

        assert checked.returncode == 1
        assert re.search(r"2025-01-01\.yaml:\d+", checked.stdout + checked.stderr)
        assert "presumes_against" in [problem.code for problem in problems]
        assert ran.returncode == 1 and json.loads(ran.stdout)["refused"] == "presumes_against"
        _nothing_happened(town, before)


def _dossier_problems(town: Town) -> list[str]:
    from waardig.values.actions import check, decide
    from waardig.values.terms import DossierIncomplete

    before = town.counts()
    _, problems = check(town.content / DECISION)
    with pytest.raises(DossierIncomplete):
        decide(town.content / DECISION)
    assert town.counts() == before
    return [problem.code for problem in problems]


def test_a_dossier_with_one_option_only_cannot_be_decided(
    before_the_round: Town, django_db_blocker: Any, tmp_path: Path
) -> None:
    with _content(before_the_round, tmp_path, django_db_blocker) as town:
        town.change("UPDATE pol.dossier SET status = 'withdrawn'")
        text = (town.content / DECISION).read_text(encoding="utf-8")
        first, second = text.index("  - id: niets-doen"), text.index("  - id: uitrekenen")
        (town.content / DECISION).write_text(text[:first] + text[second:], encoding="utf-8")

        codes = _dossier_problems(town)

        assert "too_few_options" in codes
        _round_is_refused(town, "weighing_missing")


def test_a_dossier_with_a_harmed_value_without_a_safeguard_cannot_be_decided(
    before_the_round: Town, django_db_blocker: Any, tmp_path: Path
) -> None:
    with _content(before_the_round, tmp_path, django_db_blocker) as town:
        town.change("UPDATE pol.dossier SET status = 'withdrawn'")
        _change(town, DECISION, "    safeguards: [afmelden, mens-beslist, uitleg-compleet]\n", "")

        codes = _dossier_problems(town)

        assert "harm_without_safeguard" in codes
        _round_is_refused(town, "weighing_missing")
