"""Who used my data, by the page: the database chooses, groups and counts; what is listed is what all lines say."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.builders import a_person, a_request, a_right, open_keeping, own_request, publish_activity
from tests.desk.builders import somebody_with_a_number
from tests.identity.signing_in import a_resident, signed_in_client
from waardig.access.actions import ask
from waardig.kernel.days import day_of
from waardig.logbook.actions import write_lines
from waardig.logbook.queries import take_line, take_line_page, take_lines
from waardig.logbook.terms import LogEntry, NewLine

MONDAY = datetime(2026, 9, 28, 9, tzinfo=UTC)
FOLD_OVER = 3


@pytest.fixture
def acts(owner: psycopg.Connection) -> psycopg.Connection:
    """Two acts that anybody may see, and one that is confidential for now."""
    open_keeping(owner)
    a_right(owner, attributes=["logboek.regel"])
    for name in ("proef.een", "proef.twee"):
        publish_activity(owner, **_plain(name))
    publish_activity(owner, **_plain("proef.stil"), confidential_until="tot 1 januari")
    return owner


def _plain(name: str) -> dict[str, Any]:
    return {
        "id": name, "kind": "right", "bulk": False, "population": {"kind": "anyone"}, "actors": [{"kind": "system"}],
    }  # fmt: skip


def write(owner: psycopg.Connection, person: UUID, activity: str, days: int, *, refused: bool = False) -> None:
    """A line of so many days after the Monday."""
    decision: Any = "refuse" if refused else "allow"
    (line,) = write_lines([NewLine(activity, person, "regel", decision=decision)])
    at = int((MONDAY + timedelta(days)).timestamp() * 1000)
    owner.execute("ALTER TABLE log.line DISABLE TRIGGER only_grows")
    owner.execute(
        "UPDATE log.line SET start_time = %s, end_time = %s WHERE span_id = decode(%s, 'hex')", (at, at, line.span_id)
    )
    owner.execute("ALTER TABLE log.line ENABLE TRIGGER only_grows")


def own_ticket(person: UUID) -> Any:
    return ask(own_request(person, attributes=frozenset({"logboek.regel"})))


def week_of(line: LogEntry) -> Any:
    day = day_of(line.at)
    return day - timedelta(day.weekday())


def listed(lines: tuple[LogEntry, ...]) -> list[tuple[LogEntry, int]]:
    """What must be listed, in the words of this test: from all lines, one by one."""
    often = Counter((week_of(one), one.activity) for one in lines if one.decision == "allow")
    found: list[tuple[LogEntry, int]] = []
    seen = set()
    for one in lines:
        kind = (week_of(one), one.activity)
        if one.decision == "refuse" or often[kind] <= FOLD_OVER:
            found.append((one, 0))
        elif kind not in seen:
            seen.add(kind)
            found.append((one, often[kind]))
    return sorted(found, key=lambda item: (-week_of(item[0]).toordinal(), item[0].decision == "allow"))


ACT = st.tuples(st.sampled_from(["proef.een", "proef.twee", "proef.stil"]), st.integers(0, 15), st.booleans())


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACT, max_size=14), st.integers(1, 5))
def test_the_pages_together_list_exactly_what_all_lines_say(
    acts: psycopg.Connection, done: list[tuple[str, int, bool]], size: int
) -> None:
    person, other = a_person(), a_person()
    for activity, days, refused in done:
        write(acts, person, activity, days, refused=refused)
        write(acts, other, activity, days)
    ticket = own_ticket(person)
    lines = take_lines(ticket)

    pages = [take_line_page(ticket, fold_over=FOLD_OVER, page=number, size=size) for number in range(1, 40)]

    assert [(item.entry, item.folded) for page in pages for item in page.page] == listed(lines)
    first = pages[0]
    assert (first.lines, first.items) == (len(lines), len(listed(lines)))
    assert first.since == min(one.at for one in lines)
    assert first.organisations == len({one.organisation for one in lines if one.organisation})
    newest = {one.activity: one.at for one in reversed(lines) if one.activity}
    assert dict(first.last) == newest
    assert all((page.lines, page.items, page.last) == (first.lines, first.items, first.last) for page in pages)


def test_a_refused_use_is_never_folded_and_stands_first_in_its_week(acts: psycopg.Connection) -> None:
    person = a_person()
    write(acts, person, "proef.een", 0, refused=True)
    for _ in range(FOLD_OVER + 2):
        write(acts, person, "proef.een", 3)

    found = take_line_page(own_ticket(person), fold_over=FOLD_OVER, page=1, size=50)

    then = [item for item in found.page if item.entry.activity == "proef.een"]
    assert [(item.entry.decision, item.folded) for item in then] == [("refuse", 0), ("allow", FOLD_OVER + 2)]


def test_a_line_is_found_by_its_span_by_its_own_person_only(acts: psycopg.Connection) -> None:
    person, other = a_person(), a_person()
    write(acts, person, "proef.een", 0)
    line = next(one for one in take_lines(own_ticket(person)) if one.activity == "proef.een")

    assert take_line(own_ticket(person), line.line.span_id) == line
    assert take_line(own_ticket(other), line.line.span_id) is None
    assert take_line(own_ticket(person), "geen") is None


def test_without_a_ticket_for_lines_there_is_no_page_and_no_count(acts: psycopg.Connection) -> None:
    person = a_person()
    write(acts, person, "proef.een", 0)
    publish_activity(acts, **(_plain("proef.anders") | {"attributes": ["brp.naam"]}))
    ticket = ask(a_request(person, activity="proef.anders", attributes=frozenset({"brp.naam"}), rule_set=None))

    found = take_line_page(ticket, fold_over=FOLD_OVER, page=1, size=50)

    assert (found.lines, found.items, found.page, found.since, dict(found.last)) == (0, 0, (), None, {})


@pytest.mark.usefixtures("decided", "session_not_touched")
def test_the_page_asks_as_much_and_counts_all_with_many_lines_as_with_few() -> None:
    person = somebody_with_a_number()
    client = signed_in_client(a_resident(person))
    client.get("/gebruik/")
    with CaptureQueriesContext(connection) as few:
        client.get("/gebruik/")
    write_lines([NewLine("bericht.bezorgen", person)] * 500)
    with CaptureQueriesContext(connection) as many:
        text = client.get("/gebruik/").content.decode()

    assert len(many) == len(few)
    assert re.search(r"\b50\d keer", text) and "500 keer" in text
