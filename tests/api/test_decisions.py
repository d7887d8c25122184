"""Who may ask, about what, and what stays of it: a decision is in the log first, and nobody's number is in it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

import psycopg
import pytest
from django.db import transaction
from django.test import Client

from tests.access.builders import INCOME, RULES, STATUS, TODAY, a_weighed_service, publish_activity
from tests.api.callers import OIN, a_caller, a_declared, records, sent
from waardig.access.actions import end_caller, forget_evaluations, replay
from waardig.access.jobs import handlers, replay_daily
from waardig.access.queries import caller_of, callers, evaluating
from waardig.access.terms import CallerRefused
from waardig.kernel.bsn import is_bsn
from waardig.logbook.terms import LogbookUnavailable
from waardig.outbox.actions import drain

ONE, MANY = "/access/v1/evaluation", "/access/v1/evaluations"
REGISTER = "https://example.nl/verwerkingen"
BSN = "999993653"


def question(**changes: Any) -> dict[str, Any]:
    """A round that wants to read status and income, as its enforcement point asks it."""
    named = {"processing_activity_id": f"{REGISTER}/proef.ronde/1", "rule_set": RULES}
    return {
        "subject": {"type": "system", "id": "ronde-1", "properties": {"role": "ronde"}},
        "action": {"name": "read", "properties": named},
        "resource": {"type": "person", "id": "zaak-7", "properties": {"attributes": [STATUS, INCOME]}},
        **changes,
    }


def codes(answer: Any) -> list[str]:
    """The codes of the reasons against."""
    return [reason["code"] for reason in answer.json()["context"]["reasons"]]


@pytest.fixture
def ronde(owner: psycopg.Connection) -> str:
    """A caller that may ask about a weighed service."""
    return a_caller(a_weighed_service(owner, register_entry={}))


def test_an_act_that_fits_the_activity_is_a_yes_with_its_versions(ronde: str, owner: psycopg.Connection) -> None:
    answer = sent(ronde, ONE, question())

    assert answer.json()["decision"] is True
    context = answer.json()["context"]
    assert context["reasons"] == []
    assert context["versions"] == {
        "processing_activity_id": f"{REGISTER}/proef.ronde/1", "weighing": "weging-proef/1",
    }  # fmt: skip
    assert [one["code"] for one in context["obligations"]] == ["population"]
    assert answer["API-Version"] == "1.0.0"


def test_no_is_told_in_plain_words_and_names_what_was_too_much(ronde: str) -> None:
    wanted = {"type": "person", "id": "zaak-7", "properties": {"attributes": [STATUS, "brp.naam"]}}

    answer = sent(ronde, ONE, question(resource=wanted))

    reason = answer.json()["context"]["reasons"][0]
    assert reason["code"] == "attributes_surplus"
    assert reason["text"] == "Er is meer gevraagd dan proef.ronde nodig heeft: brp.naam."


def test_a_suspended_service_gets_no_at_once(ronde: str, owner: psycopg.Connection) -> None:
    owner.execute(
        "INSERT INTO pol.suspension (service, suspended_on, suspended_by, reason) VALUES ('proef', %s, 'x', 'klacht')",
        (TODAY,),
    )

    assert codes(sent(ronde, ONE, question())) == ["suspended"]


def test_without_an_activity_the_answer_is_no_and_says_what_is_missing(ronde: str) -> None:
    answer = sent(ronde, ONE, question(action={"name": "read"}))

    assert (answer.status_code, answer.json()["decision"]) == (200, False)
    assert codes(answer) == ["activity_missing"]
    assert "processing_activity_id" in answer.json()["context"]["reasons"][0]["text"]


def test_a_caller_cannot_choose_the_activity_of_somebody_else(ronde: str, owner: psycopg.Connection) -> None:
    publish_activity(owner, id="proef.ander", kind="right", bulk=False, register_entry={})
    named = {"processing_activity_id": f"{REGISTER}/proef.ander/1"}

    assert codes(sent(ronde, ONE, question(action={"name": "read", "properties": named}))) == ["activity_not_yours"]
    assert codes(sent(ronde, ONE, question(action={"name": "read", "properties": {
        "processing_activity_id": f"{REGISTER}/proef.geen/1"}}))) == ["activity_unknown"]  # fmt: skip


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer onzin", "Basic eDp5"])
def test_who_has_no_valid_token_is_not_heard(ronde: str, header: str, owner: psycopg.Connection) -> None:
    answer = Client().post(ONE, question(), content_type="application/json", headers={"Authorization": header})

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert records(owner) == []


def test_a_caller_that_ended_or_is_past_its_last_day_is_not_heard(owner: psycopg.Connection) -> None:
    activity = a_declared(owner, None)
    ended = a_caller(activity, id="gestopt")
    past = a_caller(activity, id="verlopen", valid_until=date.today() - timedelta(days=1))
    last_day = a_caller(activity, id="laatste-dag", valid_until=date.today())

    assert end_caller("gestopt") and not end_caller("gestopt")

    assert caller_of(ended) is None
    assert caller_of(past) is None
    assert (caller_of(last_day) or callers()[0]).id == "laatste-dag"
    assert sent(ended, ONE, question()).status_code == 401


def test_a_last_day_ends_at_midnight_here(owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    token = a_caller(a_declared(owner, None), valid_until=date(2026, 1, 1))

    def at(moment: str) -> str | None:
        monkeypatch.setattr(evaluating, "wall_now", lambda: datetime.fromisoformat(moment))
        found = caller_of(token)
        return found.id if found else None

    assert at("2026-01-01T22:59:00+00:00") == callers()[0].id
    assert at("2026-01-01T23:30:00+00:00") is None


def test_a_token_is_kept_as_a_hash_only(ronde: str, owner: psycopg.Connection) -> None:
    (row,) = owner.execute("SELECT to_jsonb(c)::text FROM pol.caller c").fetchone() or ("",)

    assert len(ronde) >= 43
    assert ronde not in row
    assert ronde.encode().hex() not in row


def test_a_caller_without_the_right_is_refused(owner: psycopg.Connection) -> None:
    activity = a_declared(owner, None)
    reader = a_caller(activity, rights=frozenset({"log_read"}), standing=activity)

    assert sent(reader, ONE, question()).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "Met Hoofdletter"},
        {"organisation": "123"},
        {"standing": "proef.ander"},
        {"rights": frozenset({"alles"})},
        {"rights": frozenset({"log_read"})},
    ],
)
def test_a_caller_that_is_not_right_is_not_registered(owner: psycopg.Connection, wrong: dict[str, Any]) -> None:
    activity = a_declared(owner, None)

    with pytest.raises(CallerRefused) as refused:
        a_caller(activity, **wrong)

    assert refused.value.code == "caller_invalid"
    assert callers() == ()


def test_a_caller_for_an_activity_that_is_not_published_is_refused(owner: psycopg.Connection) -> None:
    with pytest.raises(CallerRefused, match=r"proef\.geen") as refused:
        a_caller("proef.geen")

    assert refused.value.code == "activity_unknown"


def test_what_is_too_large_or_too_many_is_refused(ronde: str) -> None:
    large = sent(ronde, ONE, question(context={"note": "x" * 500_001}))
    many = sent(ronde, MANY, {"evaluations": [question()] * 101})

    assert (large.status_code, large["Content-Type"]) == (413, "application/problem+json")
    assert (many.status_code, many.json()["code"]) == (400, "evaluation_invalid")
    assert sent(ronde, MANY, {"evaluations": [question()] * 100}).status_code == 200


def test_only_post_is_answered(ronde: str) -> None:
    answer = Client().get(ONE, headers={"Authorization": f"Bearer {ronde}"})

    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")


def test_a_decision_is_a_record_in_the_trace_of_the_caller(ronde: str, owner: psycopg.Connection) -> None:
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    other = "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    answer = sent(ronde, ONE, question(context={"traceparent": parent}), traceparent=other)
    sent(ronde, ONE, question(), traceparent=other)
    sent(ronde, MANY, {"evaluations": [question(), question()]}, traceparent="onzin")

    first, second, third = records(owner)
    assert first["trace_id"] == "\\x0af7651916cd43dd8448eb211c80319c"
    assert first["parent_span_id"] == "\\xb7ad6b7169203331"
    assert answer["traceparent"] == f"00-0af7651916cd43dd8448eb211c80319c-{first['span_id'][2:]}-01"
    assert second["trace_id"] == "\\x1af7651916cd43dd8448eb211c80319c"
    assert (third["event_name"], third["parent_span_id"]) == ("adl.access_evaluations", None)
    assert len(third["body"]["adl.core.response"]["evaluations"]) == 2
    assert first["attributes"] == {
        "adl.core.policies": [f"{REGISTER}/proef.ronde/1"],
        "adl.core.configuration": first["attributes"]["adl.core.configuration"],
        "waardig.caller.id": "proef-pep",
    }
    assert {one["status"] for one in (first, second, third)} == {"Ok"}


def test_no_number_of_a_person_stays_anywhere(
    ronde: str, owner: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    assert is_bsn(BSN)
    everywhere = question(
        subject={"type": BSN, "id": BSN, "properties": {"role": BSN, "bsn": BSN}},
        action={"name": BSN, "properties": {"processing_activity_id": BSN, "rule_set": BSN, "x": BSN}},
        resource={"type": BSN, "id": BSN, "properties": {"attributes": [BSN], "status": BSN}},
        context={"time": BSN, "traceparent": BSN},
    )
    ours = question(subject={"type": "system", "id": BSN}, resource={"type": "person", "id": BSN})

    for body in (everywhere, ours, {**ours, "action": {"name": 999993653}}):
        sent(ronde, ONE, body, **{"X-Request-ID": "1"})
    sent(ronde, MANY, {"evaluations": [everywhere, ours, {"subject": BSN}]})

    assert len(records(owner)) == 3
    assert BSN not in json.dumps(records(owner)) + caplog.text
    assert replay(10).agrees


def test_an_error_repeats_nothing_that_was_sent(ronde: str) -> None:
    answer = sent(ronde, ONE, question(subject={"type": BSN, "id": 1}))

    assert answer.status_code == 400
    assert BSN not in answer.content.decode()


def test_without_the_log_there_is_no_decision(ronde: str) -> None:
    with mock.patch("waardig.access.actions.evaluating.call_gate", side_effect=LogbookUnavailable(sqlstate="57014")):
        answer = sent(ronde, ONE, question())

    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert "decision" not in answer.json()


def test_what_goes_wrong_is_a_no_and_an_error_in_the_log(
    ronde: str, owner: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    with mock.patch("waardig.access.actions.evaluating.Deciding.of", side_effect=ZeroDivisionError(BSN)):
        answer = sent(ronde, ONE, question())

    assert answer.json()["decision"] is False
    assert codes(answer) == ["decision_failed"]
    assert [one["status"] for one in records(owner)] == ["Error"]
    assert "ZeroDivisionError" in caplog.text and BSN not in caplog.text


def test_the_decision_log_only_grows_until_its_term(ronde: str, owner: psycopg.Connection) -> None:
    sent(ronde, ONE, question())
    sent(ronde, ONE, question())

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute("UPDATE gate.evaluation SET status = 'Error'")
    assert forget_evaluations() == 0
    owner.execute(
        "INSERT INTO gate.evaluation SELECT substr(sha256(trace_id), 1, 16), span_id, NULL, event_name,"
        " (extract(epoch FROM now() - interval '1827 days') * 1000)::bigint, status, attributes, resource, body"
        " FROM gate.evaluation"
    )
    assert (forget_evaluations(), len(records(owner))) == (2, 2)


def test_a_decision_is_made_again_as_it_was_also_after_everything_changed(
    ronde: str, owner: psycopg.Connection
) -> None:
    sent(ronde, ONE, question())
    owner.execute(
        "INSERT INTO pol.suspension (service, suspended_on, suspended_by, reason) VALUES ('proef', %s, 'x', 'klacht')",
        (TODAY,),
    )
    sent(ronde, ONE, question())
    owner.execute("UPDATE pol.dossier SET status = 'withdrawn' WHERE service = 'proef'")
    sent(ronde, ONE, question())
    publish_activity(owner, version=2, attributes=[], register_entry={})
    owner.execute("UPDATE pol.activity SET status = 'ended' WHERE id = 'proef.ronde' AND version = 1")
    sent(ronde, ONE, question())

    told = [[r["code"] for r in one["body"]["adl.core.response"]["context"]["reasons"]] for one in records(owner)]

    assert told == [[], ["suspended"], ["weighing_missing"], ["activity_not_active"]]
    found = replay(100)
    assert (found.records, found.decisions, found.agrees) == (4, 4, True)


def test_a_decision_that_was_changed_in_the_log_is_found(ronde: str, owner: psycopg.Connection) -> None:
    sent(ronde, ONE, question())
    answer = sent(ronde, ONE, question(action={"name": "wissen"}))
    owner.execute("ALTER TABLE gate.evaluation DISABLE TRIGGER USER")
    owner.execute(
        "UPDATE gate.evaluation SET body = jsonb_set(jsonb_set(body, '{adl.core.response,decision}', 'true'),"
        " '{adl.core.response,context,reasons}', '[]') WHERE body #>> '{adl.core.response,decision}' = 'false'"
    )
    owner.execute("ALTER TABLE gate.evaluation ENABLE TRIGGER USER")

    found = replay(100)
    with transaction.atomic():
        assert (replay_daily(TODAY), replay_daily(TODAY)) == (1, 0)
    worked = drain(handlers(), until_empty=True)

    assert not found.agrees
    assert found.differing == (answer["traceparent"].split("-")[1],)
    assert (worked.done, worked.failed) == (0, 1)


def test_every_day_a_sample_is_decided_again(ronde: str) -> None:
    sent(ronde, ONE, question())
    with transaction.atomic():
        replay_daily(TODAY)

    assert drain(handlers(), until_empty=True).done == 1


def test_the_commands_register_list_end_and_replay(owner: psycopg.Connection, ronde: str) -> None:
    from click.testing import CliRunner

    from waardig.access.cli import access

    def run(*words: str) -> Any:
        return CliRunner().invoke(access, [*words])

    made = run("caller", "add", "kcc", "--title", "Klantcontact", "--organisation", OIN, "--activity", "proef.ronde",
               "--until", "2999-01-01", "--json")  # fmt: skip
    token = json.loads(made.output)["token"]
    listed = json.loads(run("caller", "list", "--json").output)
    sent(token, ONE, question())

    assert [(one["id"], one["rights"]) for one in listed] == [("kcc", ["evaluate"]), ("proef-pep", ["evaluate"])]
    assert token not in json.dumps(listed)
    assert "kcc" in run("caller", "list").output
    again = run("replay", "--json")
    assert (again.exit_code, json.loads(again.output)["decisions"]) == (0, 1)
    assert run("caller", "end", "kcc").exit_code == 0
    assert sent(token, ONE, question()).status_code == 401
    late = run(
        "caller",
        "add",
        "x1",
        "--title",
        "x",
        "--organisation",
        OIN,
        "--activity",
        "proef.ronde",
        "--until",
        "2001-01-01",
    )
    assert late.exit_code == 2 and "is past" in late.output
    assert [one["id"] for one in json.loads(run("caller", "list", "--json").output)] == ["kcc", "proef-pep"]
    assert run("caller", "add", "x1", "--title", "x", "--organisation", OIN, "--activity", "proef.ronde",
               "--no-evaluate").exit_code == 2  # fmt: skip
