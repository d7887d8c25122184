"""Reading the log for oversight: the fields of the standard, a page at a time, and a line for everybody in the page."""

from __future__ import annotations

from typing import Any
from unittest import mock
from urllib.parse import urlsplit
from uuid import UUID

import jsonschema
import psycopg
import pytest
from django.test import Client

from tests.access.builders import a_person, open_keeping, publish_activity
from tests.api.callers import a_caller, sent
from tests.api.test_description import LOG, description, schema
from waardig.access.actions import end_caller, forget_readings
from waardig.logbook.actions import sequence_lines, write_lines
from waardig.logbook.queries import changed_lines, log_state
from waardig.logbook.terms import LogbookUnavailable, NewLine

LINES = "/logboek/v1/processing-activities"
OVERSIGHT = "logboek.toezicht"
ACT = "proef.handeling"
URI = f"https://example.nl/verwerkingen/{ACT}/1"
TRACE = "0af7651916cd43dd8448eb211c80319c"
WIDE = {"startTime": "2020-01-01T00:00:00Z", "endTime": "2999-01-01T00:00:00Z"}
ACTIVITY, SUBJECT = "dpl.core.processing_activity_id", "dpl.core.data_subject_id"


@pytest.fixture
def reader(owner: psycopg.Connection) -> str:
    """The officer's software, and an act that others do."""
    open_keeping(owner)
    publish_activity(
        owner, id=ACT, kind="right", bulk=False, population={"kind": "anyone"}, actors=[{"kind": "system"}]
    )
    return a_caller(OVERSIGHT, id="fg", rights=frozenset({"log_read"}), standing=OVERSIGHT)


def acts(*people: UUID | None, trace: str = TRACE) -> list[str]:
    """A line for each of these people in one trace; gives the spans."""
    return [one.span_id for one in write_lines([NewLine(ACT, person, trace_id=trace) for person in people])]


def page(reader: str, **asked: Any) -> dict[str, Any]:
    """The body of an answer that is one."""
    answer = sent(reader, LINES, asked)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def spans(body: dict[str, Any]) -> list[str]:
    """The spans of a page."""
    return [line["spanId"] for line in body["processingActivities"]]


def readings(owner: psycopg.Connection) -> list[tuple[Any, ...]]:
    """(subject, decision, actor, role) of the lines of readings."""
    return owner.execute(
        "SELECT encode(d.subject, 'hex'), d.decision, a.actor_id, d.actor_role FROM log.detail d"
        " JOIN log.audit_actor a USING (trace_id, span_id) WHERE d.attributes = '{logboek.regel}' ORDER BY 1"
    ).fetchall()


def test_a_line_has_the_fields_of_the_standard_and_no_others(reader: str) -> None:
    person = a_person()
    parent = "b7ad6b7169203331"
    write_lines([NewLine(ACT, person, trace_id=TRACE, parent=parent), NewLine(ACT, None, name="Iets", trace_id=TRACE)])

    body = page(reader, traceId=TRACE)

    jsonschema.validate(body, schema(description(LOG), "ListProcessingActivities"))
    about, nobody = sorted(body["processingActivities"], key=lambda line: "parentSpanId" not in line)
    assert about["traceId"] == nobody["traceId"] == TRACE
    assert about["parentSpanId"] == parent
    assert (about["status"], nobody["name"]) == ("Ok", "Iets")
    assert about["endTime"] >= about["startTime"] > 1_700_000_000_000
    assert about["resource"] == {"attributes": {"service.name": "waardig"}}
    assert set(about["attributes"]) == {ACTIVITY, SUBJECT, "dpl.core.data_subject_id_type"}
    assert about["attributes"]["dpl.core.data_subject_id_type"] == "urn:waardig:person:hmac-sha256"
    assert nobody["attributes"] == {ACTIVITY: URI}
    assert str(person) not in str(body) and person.hex not in str(body)


@pytest.mark.parametrize("status", ["Unset", "Ok", "Error"])
def test_each_status_of_the_standard_is_told(reader: str, owner: psycopg.Connection, status: str) -> None:
    owner.execute(
        "SELECT * FROM log.insert_lines(jsonb_build_array(jsonb_build_object('trace', %s::text, 'status', %s::text,"
        " 'uri', %s::text, 'activity', %s::text, 'decision', 'allow', 'reasons', '[]'::jsonb,"
        " 'attributes', '[]'::jsonb,"
        ' \'actor\', \'{"kind": "system", "id": "x"}\'::jsonb)))',
        (TRACE, status, URI, ACT),
    )

    assert [line["status"] for line in page(reader, traceId=TRACE)["processingActivities"]] == [status]


def test_lines_are_found_by_trace_by_subject_and_by_activity(reader: str) -> None:
    one, two = a_person(), a_person()
    first, second = acts(one, two)
    (third,) = acts(one, trace="1" * 32)
    lines = {line["spanId"]: line for line in page(reader, traceId=TRACE)["processingActivities"]}
    subject = lines[first]["attributes"][SUBJECT]

    week = {"startTime": lines[first]["startTime"] - 1, "endTime": lines[first]["startTime"] + 86_400_000}
    by_subject = page(reader, attributes={SUBJECT: subject, ACTIVITY: URI})
    by_activity = page(reader, attributes={ACTIVITY: URI}, **week)

    assert set(lines) == {first, second}
    assert set(spans(by_subject)) == {first, third}
    assert set(spans(by_activity)) == {first, second, third}
    assert spans(page(reader, traceId="2" * 32)) == []
    assert spans(page(reader, traceId=TRACE, endTime=week["startTime"])) == []
    assert spans(page(reader, traceId=TRACE, startTime="2999-01-01T00:00:00Z")) == []


def test_a_reading_is_a_line_of_everybody_in_the_page_and_of_nobody_else(
    reader: str, owner: psycopg.Connection
) -> None:
    one, two = a_person(), a_person()
    acts(one, one, two)
    acts(a_person(), trace="1" * 32)
    seen = {line["attributes"][SUBJECT] for line in page(reader, traceId=TRACE)["processingActivities"]}

    assert len(seen) == 2
    assert readings(owner) == [(subject, "allow", "fg", "toezicht") for subject in sorted(seen)]
    page(reader, traceId="2" * 32)
    assert readings(owner)[-1] == (None, "allow", "fg", "toezicht")
    sequence_lines()
    assert changed_lines() == ()
    assert log_state().is_whole


def test_pages_follow_each_other_without_reading_their_own_lines(reader: str) -> None:
    person = a_person()
    written = acts(*[person] * 5)
    subject = page(reader, traceId=TRACE)["processingActivities"][0]["attributes"][SUBJECT]
    reading = spans(page(reader, attributes={SUBJECT: subject}))

    found, asked = [], {"attributes": {SUBJECT: subject}, "limit": 2}
    for _ in range(20):
        body = page(reader, **asked)
        found += spans(body)
        if "next" not in body:
            break
        asked["cursor"] = body["next"]

    assert set(written) < set(found)
    assert len(found) == len(set(found)) == len(reading) + 1


def test_a_question_in_an_address_leads_on_by_a_link(reader: str) -> None:
    written = acts(*[a_person() for _ in range(3)])
    headers = {"Authorization": f"Bearer {reader}"}

    first = Client().get(LINES, {"traceId": TRACE, "limit": "2"}, headers=headers)
    address, _, relation = first["Link"].partition("; ")
    query = urlsplit(address.strip("<>")).query
    second = Client().get(f"{LINES}?{query}", headers=headers)

    assert relation == 'rel="next"'
    assert sorted(spans(first.json()) + spans(second.json())) == sorted(written)
    assert "Link" not in second


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({}, "traceId"),
        ({"attributes": {}}, "traceId"),
        (WIDE, "traceId"),
        ({"traceId": "abc"}, "traceId"),
        ({"traceId": TRACE.upper()}, "traceId"),
        ({"traceId": TRACE, "startTime": "gisteren"}, "startTime"),
        ({"traceId": TRACE, "startTime": "2025-01-01T00:00:00"}, "startTime"),
        ({"traceId": TRACE, "endTime": True}, "endTime"),
        ({"traceId": TRACE, "limit": 101}, "limit"),
        ({"traceId": TRACE, "cursor": "onzin"}, "cursor"),
        ({"attributes": {SUBJECT: "999993653"}}, SUBJECT),
        ({"attributes": {ACTIVITY: URI}}, "31 days"),
        ({"attributes": {ACTIVITY: URI}, **WIDE}, "31 days"),
        ({"attributes": "alles"}, "attributes"),
        ({"traceId": TRACE, "attributes": None}, "attributes"),
        ({"traceId": TRACE, "limit": "5"}, "limit"),
        ({"traceId": TRACE, "starttime": "2025-01-01T00:00:00Z"}, "none of"),
        ({"traceId": TRACE, "attributes": {"dpl.core.processingActivityId": URI}}, "none of"),
        ({"traceId": TRACE, "startTime": "2025-01-02T00:00:00Z", "endTime": "2025-01-01T00:00:00Z"}, "before"),
    ],
)
def test_a_question_that_is_none_says_where_and_repeats_nothing(
    reader: str, asked: dict[str, Any], where: str, owner: psycopg.Connection
) -> None:
    answer = sent(reader, LINES, asked)

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert where in answer.json()["errors"]["detail"]
    assert answer.json()["errors"]["in"] == "body"
    assert "999993653" not in answer.content.decode()
    assert readings(owner) == []


@pytest.mark.parametrize("query", [{SUBJECT: "a" * 64}, {"dataSubjectId": "x"}, {"traceId": TRACE, "bsn": "1"}, {}])
def test_a_person_does_not_belong_in_an_address(reader: str, query: dict[str, str]) -> None:
    answer = Client().get(LINES, query, headers={"Authorization": f"Bearer {reader}"})

    assert (answer.status_code, answer.json()["errors"]["in"]) == (400, "query")


@pytest.mark.parametrize("query", [f"traceId={TRACE}&traceId={TRACE}", f"traceId={TRACE}&limit=1&limit=2"])
def test_a_parameter_that_stands_twice_is_refused(reader: str, query: str) -> None:
    answer = Client().get(f"{LINES}?{query}", headers={"Authorization": f"Bearer {reader}"})

    assert (answer.status_code, answer.json()["code"]) == (400, "parameter_repeated")


def test_another_content_type_is_415(reader: str) -> None:
    answer = Client().post(LINES, "a=b", content_type="text/plain", headers={"Authorization": f"Bearer {reader}"})

    assert answer.status_code == 415


def test_who_may_only_ask_for_decisions_does_not_read(reader: str, owner: psycopg.Connection) -> None:
    asker = a_caller(OVERSIGHT, id="pep", standing=OVERSIGHT)

    assert sent(asker, LINES, {"traceId": TRACE}).status_code == 403
    assert sent("", LINES, {"traceId": TRACE}).status_code == 401
    end_caller("fg")
    assert sent(reader, LINES, {"traceId": TRACE}).status_code == 401
    assert readings(owner) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"actors": [{"kind": "employee"}]}, "actor_not_allowed"),
        ({"attributes": []}, "attributes_surplus"),
        ({"status": "ended"}, "activity_not_active"),
        ({"population": {"kind": "self"}}, "population_unavailable"),
    ],
)
def test_an_activity_that_does_not_allow_it_gives_no_line_and_leaves_one(
    reader: str, owner: psycopg.Connection, changes: dict[str, Any], reason: str
) -> None:
    acts(a_person())
    given = {"kind": "right", "bulk": False, "population": {"kind": "anyone"}, "attributes": ["logboek.regel"],
             "actors": [{"kind": "organisation", "role": "toezicht"}]}  # fmt: skip
    publish_activity(owner, id="proef.toezicht", **{**given, **changes})
    token = a_caller("proef.toezicht", id="ander", rights=frozenset({"log_read"}), standing="proef.toezicht")

    answer = sent(token, LINES, {"traceId": TRACE})

    assert (answer.status_code, answer.json()["code"]) == (403, reason)
    (kept,) = owner.execute("SELECT array_agg(decision || ':' || reasons[1]) FROM log.detail"
                            " WHERE activity = 'proef.toezicht'").fetchone() or ([],)  # fmt: skip
    assert kept == [f"refuse:{reason}"]
    (stored,) = owner.execute("SELECT sum(cardinality(spans)) FROM gate.reading").fetchone() or (None,)
    assert stored in (0, None)


def test_in_the_transaction_that_asked_nothing_is_given(reader: str, database: Any) -> None:
    acts(a_person())
    with psycopg.connect(database.application) as application, application.transaction():
        (number,) = application.execute(
            "SELECT gate.ask_log('fg', jsonb_build_object('trace_id', %s::text), 10, '[]')", (TRACE,)
        ).fetchone() or (None,)
        assert application.execute("SELECT * FROM gate.take_log(%s, '[]')", (number,)).fetchall() == []
        assert application.execute("SELECT * FROM gate.log_answer(%s)", (number,)).fetchall() == []
    with psycopg.connect(database.application) as application:
        assert len(application.execute("SELECT * FROM gate.take_log(%s, '[]')", (number,)).fetchall()) == 1


def test_without_the_line_of_the_reading_nothing_is_given(reader: str) -> None:
    with mock.patch("waardig.access.actions.reading.call_gate", side_effect=LogbookUnavailable(sqlstate="53100")):
        answer = sent(reader, LINES, {"traceId": TRACE})

    assert (answer.status_code, "processingActivities" in answer.json()) == (503, False)


def test_what_was_read_is_forgotten_after_ten_minutes_and_its_lines_stay(
    reader: str, owner: psycopg.Connection
) -> None:
    acts(a_person())
    page(reader, traceId=TRACE)

    assert forget_readings() == 0
    owner.execute("UPDATE gate.reading SET expires_at = now() - interval '1 second'")
    assert forget_readings() == 1
    assert len(readings(owner)) == 1
