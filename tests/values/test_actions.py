"""Deciding, stopping, resuming and measuring, with the database as the application role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from django.db import ProgrammingError, connection
from psycopg import sql

from tests.values.builders import DECISION, SERVICE, TOWN, a_decision, changed, codes, written
from waardig.catalogue.queries import weighed_scope
from waardig.law.terms import PresumesAgainst
from waardig.values import actions, queries
from waardig.values.cli import weighing
from waardig.values.models import Measurement as MeasurementRow
from waardig.values.terms import (
    METER,
    SCOPE_SOURCE,
    AlreadyDecided,
    Calendar,
    DecisionCount,
    DossierIncomplete,
    Facts,
    FourEyes,
    NoDossier,
    NotSuspended,
    OptOutCount,
    OwnerNeeded,
    ReasonMissing,
    Safeguard,
    Scope,
    State,
    UnknownService,
    Verdict,
)

FIRST_DAY = date(2025, 4, 28)
WHY = "Een bewoner kreeg een brief die niet klopte."


class FixedScope:
    """What runs, as the test says; or the refusal of the law room."""

    def __init__(self, scope: Scope | None = None, refusal: Exception | None = None) -> None:
        self.scope, self.refusal = scope, refusal

    def scope_of(self, service: str, on: date) -> Scope:
        if self.refusal:
            raise self.refusal
        if self.scope:
            return self.scope
        found = weighed_scope(service, on)
        return Scope(found.rule_set, found.attributes, found.activities, found.recipients, found.unverified)


class CountingMeter:
    """Facts by kind of safeguard; None for the others."""

    def __init__(self, **facts: Facts) -> None:
        self.by_kind = facts

    def facts(self, service: str, safeguard: Safeguard, on: date) -> Facts | None:
        return self.by_kind.get(safeguard.kind)


def small_scope(content: dict[str, Any]) -> Scope:
    """A scope that this content covers."""
    covers = content["covers"]
    return Scope(covers["rule_set"], frozenset(covers["attributes"]), covers["activities"], frozenset())


@pytest.fixture
def policy(db: None, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection]:
    """The policy tables without a decision."""
    monkeypatch.setenv("WAARDIG_CONTENT", str(TOWN))
    owner.execute("DELETE FROM pol.dossier")
    SCOPE_SOURCE.bind(FixedScope())
    METER.bind(CountingMeter())
    yield owner


def count(owner: psycopg.Connection, table: str) -> int:
    """Rows of a table."""
    row = owner.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("pol", table))).fetchone()
    return row[0] if row else 0


def decide_small(folder: Path, **changes: Any) -> None:
    """Decide the small dossier of the builders."""
    content = a_decision(**changes)
    SCOPE_SOURCE.bind(FixedScope(small_scope(content)))
    actions.decide(written(folder, content))


def test_the_town_decides_and_deciding_again_changes_nothing(policy: psycopg.Connection) -> None:
    first = actions.decide(DECISION, on=FIRST_DAY)
    again = actions.decide(DECISION, on=FIRST_DAY)

    assert (first.new, again.new, first.sha256) == (True, False, again.sha256)
    row = policy.execute(
        "SELECT service, status, decided_on, announced_on, announcement_days, expires_on, evaluate_by, rule_sets,"
        " activities, cardinality(attributes), cardinality(purposes) FROM pol.dossier"
    ).fetchall()
    rules = weighed_scope(SERVICE, FIRST_DAY).rule_set
    assert row == [
        (SERVICE, "decided", date(2025, 3, 18), date(2025, 3, 25), 34, date(2027, 2, 27), date(2026, 3, 18),
         [rules], ["iit.ronde"], 15, 1)
    ]  # fmt: skip


def test_what_was_decided_reads_back_the_same(policy: psycopg.Connection) -> None:
    decided = actions.decide(DECISION, on=FIRST_DAY)

    dossier = queries.decided_dossier(SERVICE)

    assert dossier.sha256 == decided.sha256
    assert [guard.kind for guard in queries.safeguards(SERVICE)] == [
        "W04", "W03", "W01", "W02", "W10", "W11", "W12", "W08", "W14", "W09", "W15",
    ]  # fmt: skip
    assert queries.standing_of(SERVICE, FIRST_DAY).may_run
    assert not queries.standing_of(SERVICE, date(2025, 4, 27)).may_run


def test_the_decided_purposes_are_the_published_versions(policy: psycopg.Connection) -> None:
    actions.decide(DECISION, on=FIRST_DAY)

    covered = policy.execute(
        "SELECT a.id, a.uri = ANY (d.purposes) FROM pol.activity a JOIN pol.dossier d USING (service)"
        " WHERE a.kind = 'service' AND a.status = 'active'"
    ).fetchall()

    assert covered == [("iit.ronde", True)]


def test_an_incomplete_dossier_is_refused_with_all_reasons_and_nothing_is_recorded(
    policy: psycopg.Connection, tmp_path: Path
) -> None:
    content = changed(a_decision(dpia=None, advice=None), "options", 0)
    SCOPE_SOURCE.bind(FixedScope(Scope("cd" * 32, frozenset({"suwinet.loon"}), {}, frozenset(), ("awb",))))

    with pytest.raises(DossierIncomplete) as refused:
        actions.decide(written(tmp_path, content))

    assert codes(refused.value.reasons) == [
        "too_few_options", "doing_nothing_missing", "advice_missing", "dpia_missing", "unverified_law",
        "not_covered_rule_set", "not_covered_attribute",
    ]  # fmt: skip
    assert count(policy, "dossier") == 0


def test_a_policy_rule_that_presumes_against_people_stands_in_the_way(
    policy: psycopg.Connection, tmp_path: Path
) -> None:
    SCOPE_SOURCE.bind(FixedScope(refusal=PresumesAgainst("beleidsregel", "1", "uitzicht", file="b.yaml", line=12)))

    with pytest.raises(DossierIncomplete) as refused:
        actions.decide(written(tmp_path, a_decision()))

    assert codes(refused.value.reasons) == ["presumes_against"]
    assert "b.yaml:12" in refused.value.reasons[0].text_en
    assert count(policy, "dossier") == 0


def test_a_decided_version_never_changes(policy: psycopg.Connection, tmp_path: Path) -> None:
    decide_small(tmp_path)

    with pytest.raises(AlreadyDecided):
        decide_small(tmp_path, title={"nl": "Anders", "en": "Otherwise"})
    decide_small(tmp_path, title={"nl": "Anders", "en": "Otherwise"}, version=2)

    assert queries.decided_dossier(SERVICE).title.nl == "Anders"
    assert count(policy, "dossier") == 2


def test_a_withdrawn_decision_leaves_none(policy: psycopg.Connection, tmp_path: Path) -> None:
    decide_small(tmp_path)
    decide_small(tmp_path, version=2, withdrawn_on="2025-04-28")

    assert queries.standing_of(SERVICE, FIRST_DAY).state is State.WITHDRAWN
    assert policy.execute("SELECT (gate.weighing_of(%s)).id", [SERVICE]).fetchall() == [(None,)]


def test_without_a_decision_the_service_stands_as_a_concept(policy: psycopg.Connection) -> None:
    stands = queries.standing_of(SERVICE, FIRST_DAY)

    assert (stands.state, stands.may_run, codes(stands.reasons)) == (State.CONCEPT, False, ["not_decided"])
    with pytest.raises(NoDossier):
        queries.public_view(SERVICE)


def test_the_application_role_cannot_write_a_decision(policy: psycopg.Connection) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO pol.dossier (id, version) VALUES ('x', 1)")
    connection.close()

    assert count(policy, "dossier") == 0


def test_anybody_in_charge_stops_a_service_and_two_others_let_it_go_on(
    policy: psycopg.Connection, tmp_path: Path
) -> None:
    decide_small(tmp_path)

    actions.suspend(SERVICE, WHY, "f.yildiz", on=FIRST_DAY)
    stopped = queries.standing_of(SERVICE, FIRST_DAY)
    actions.resume(SERVICE, reason=WHY, asked_by="f.yildiz", confirmed_by="p.vandam", on=date(2025, 5, 1))

    assert (stopped.state, stopped.may_run) == (State.SUSPENDED, False)
    assert stopped.suspension is not None
    assert stopped.suspension.reason == WHY
    assert queries.standing_of(SERVICE, date(2025, 4, 30)).state is State.SUSPENDED
    assert queries.standing_of(SERVICE, date(2025, 5, 1)).may_run


@pytest.mark.parametrize(
    ("asked_by", "confirmed_by"),
    [("p.vandam", "p.vandam"), ("p.vandam", "f.yildiz"), ("p.vandam", "a.auteur"), ("system", "p.vandam"),
     ("p.vandam", "system"), ("", "p.vandam")],
)  # fmt: skip
def test_resuming_needs_two_people_who_neither_stopped_nor_wrote_it(
    policy: psycopg.Connection, tmp_path: Path, asked_by: str, confirmed_by: str
) -> None:
    decide_small(tmp_path)
    actions.suspend(SERVICE, WHY, "f.yildiz", on=FIRST_DAY)

    with pytest.raises(FourEyes):
        actions.resume(SERVICE, reason=WHY, asked_by=asked_by, confirmed_by=confirmed_by, on=FIRST_DAY)

    assert not queries.standing_of(SERVICE, FIRST_DAY).may_run


def test_stopping_and_resuming_need_a_reason(policy: psycopg.Connection, tmp_path: Path) -> None:
    decide_small(tmp_path)

    with pytest.raises(ReasonMissing):
        actions.suspend(SERVICE, "  stop    ", "f.yildiz", on=FIRST_DAY)
    with pytest.raises(NotSuspended):
        actions.resume(SERVICE, reason=WHY, asked_by="w.degraaf", confirmed_by="p.vandam", on=FIRST_DAY)

    assert count(policy, "suspension") == 0


def test_stopping_a_service_that_is_not_there_says_so(policy: psycopg.Connection) -> None:
    with pytest.raises(UnknownService, match="kwijtschelding"):
        actions.suspend("kwijtschelding", WHY, "f.yildiz", on=FIRST_DAY)

    assert count(policy, "suspension") == 0


def test_without_the_address_of_the_owner_nothing_is_decided(
    policy: psycopg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide_small(tmp_path)
    actions.suspend(SERVICE, WHY, "f.yildiz", on=FIRST_DAY)
    monkeypatch.setattr(actions, "connections", {})

    with pytest.raises(OwnerNeeded):
        decide_small(tmp_path, version=2)
    with pytest.raises(OwnerNeeded):
        actions.resume(SERVICE, reason=WHY, asked_by="w.degraaf", confirmed_by="p.vandam", on=FIRST_DAY)

    assert count(policy, "dossier") == 1
    assert not queries.standing_of(SERVICE, FIRST_DAY).may_run


def test_measurements_are_added_and_never_changed(policy: psycopg.Connection, tmp_path: Path) -> None:
    decide_small(tmp_path)
    METER.bind(CountingMeter(W04=DecisionCount(31, 0), W10=OptOutCount(12, 0)))

    actions.measure(SERVICE, on=date(2025, 5, 9))
    METER.bind(CountingMeter(W04=DecisionCount(40, 0), W10=OptOutCount(13, 0)))
    actions.measure(SERVICE, on=date(2025, 5, 12))

    latest = queries.latest_measurements(SERVICE)
    assert {key: one.finding.n for key, one in latest.items()} == {"mens": 40, "afmelden": 13}
    assert MeasurementRow.objects.count() == 4
    for change in (
        "UPDATE values_measurement SET n = 0",
        "DELETE FROM values_measurement",
        "TRUNCATE values_measurement",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(change)
        connection.close()
    assert MeasurementRow.objects.count() == 4


def test_a_failing_safeguard_stops_the_service_once(policy: psycopg.Connection, tmp_path: Path) -> None:
    decide_small(tmp_path)
    METER.bind(CountingMeter(W04=DecisionCount(31, 0), W10=OptOutCount(12, 2)))

    first = actions.tick(SERVICE, on=date(2025, 5, 2))
    second = actions.tick(SERVICE, on=date(2025, 5, 3))

    assert (first.suspended, second.suspended) == (True, False)
    assert [one.finding.verdict for one in first.measurements] == [Verdict.PASSES, Verdict.FAILS]
    [stop] = queries.suspensions(SERVICE)
    assert (stop.suspended_by, stop.suspended_on) == (actions.SYSTEM, date(2025, 5, 2))
    assert stop.reason == "Wie niet wil, wordt niet gezocht: 12 afmeldingen, 10 overgeslagen"


def test_a_safeguard_that_nobody_measures_stops_the_service_after_a_week(
    policy: psycopg.Connection, tmp_path: Path
) -> None:
    decide_small(tmp_path)
    METER.bind(CountingMeter(W04=DecisionCount(0, 0)))

    assert not actions.tick(SERVICE, on=date(2025, 5, 5)).suspended
    METER.bind(CountingMeter())
    assert actions.tick(SERVICE, on=date(2025, 5, 13)).suspended


def test_passing_safeguards_leave_the_service_alone(policy: psycopg.Connection) -> None:
    actions.decide(DECISION, on=FIRST_DAY)
    METER.bind(CountingMeter(W09=Calendar(FIRST_DAY, 1)))

    done = actions.tick(SERVICE, on=FIRST_DAY)

    assert not done.suspended
    assert len(done.measurements) == 11
    assert queries.standing_of(SERVICE, FIRST_DAY).may_run


def test_the_public_page_has_what_was_weighed_chosen_and_measured(policy: psycopg.Connection) -> None:
    actions.decide(DECISION, on=FIRST_DAY)
    METER.bind(CountingMeter(W10=OptOutCount(12, 0)))
    actions.measure(SERVICE, on=FIRST_DAY)

    view = queries.public_view(SERVICE, on=FIRST_DAY)

    assert (view.served_weight, view.harmed_weight) == (14, 7)
    assert [option.name.nl for option in view.options if option.chosen] == ["Zelf uitrekenen en voorstellen"]
    assert view.harmed[0].because.nl == "Wij lezen 15 gegevens zonder dat u het vroeg."
    assert view.answer.nl == "Het college vond dat goed, onder 11 voorwaarden."
    measured = {one.kind: (one.measured.nl, one.verdict) for one in view.conditions if one.measured}
    assert measured["W10"] == ("12 afmeldingen, 12 overgeslagen", Verdict.PASSES)


def test_a_suspended_service_says_so_in_public(policy: psycopg.Connection) -> None:
    actions.decide(DECISION, on=FIRST_DAY)
    actions.suspend(SERVICE, WHY, "f.yildiz", on=FIRST_DAY)

    view = queries.public_view(SERVICE, on=FIRST_DAY)

    assert (view.state, view.suspended_since, view.suspended_because) == (State.SUSPENDED, FIRST_DAY, WHY)


def test_the_command_checks_decides_shows_suspends_and_resumes(policy: psycopg.Connection) -> None:
    run = CliRunner().invoke

    checked = run(weighing, ["check", "--on", "2025-04-28"])
    decided = run(weighing, ["decide", str(DECISION), "--json"])
    shown = run(weighing, ["show", SERVICE, "--on", "2025-04-28"])
    stopped = run(weighing, ["suspend", SERVICE, "--reason", WHY, "--by", "f.yildiz", "--on", "2025-04-28"])
    goes_on = run(weighing, ["resume", SERVICE, "--reason", WHY, "--asked-by", "w.degraaf", "--confirmed-by",
                             "p.vandam", "--on", "2025-04-28"])  # fmt: skip

    assert (checked.exit_code, decided.exit_code, shown.exit_code) == (0, 0, 0), checked.output + decided.output
    assert "complete and covered" in checked.output
    assert "W10 Who opts out is not looked for: not measured" in shown.output
    assert (stopped.exit_code, goes_on.exit_code) == (0, 0)
    assert queries.standing_of(SERVICE, FIRST_DAY).may_run


def test_the_check_prints_the_delta_with_what_to_do(policy: psycopg.Connection, tmp_path: Path) -> None:
    content = a_decision()
    scope = small_scope(content)
    SCOPE_SOURCE.bind(
        FixedScope(Scope(scope.rule_set, scope.attributes | {"suwinet.loon"}, scope.activities, scope.recipients))
    )

    result = CliRunner().invoke(weighing, ["check", str(written(tmp_path, content))])

    assert result.exit_code == 1
    assert "not_covered_attribute: Attribute suwinet.loon is not covered." in result.output
    assert "-> Remove it from the activity." in result.output
    assert "attributes: [brp.geboortedatum, suwinet.loon, uitkeringen.status]" in result.output
