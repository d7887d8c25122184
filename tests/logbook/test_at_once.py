"""Lines of many persons written at once: the same proof as lines written one by one, and never a detail alone."""

from __future__ import annotations

import json
from uuid import UUID, uuid4

import psycopg
import pytest

COMMON = {
    "name": "proef", "uri": "urn:waardig:activity:proef:1", "activity": "proef.ronde", "decision": "allow",
    "reasons": [], "attributes": ["brp.naam"], "actor": {"kind": "system", "id": "proposals"}, "as_of": "2025-04-28",
}  # fmt: skip


def test_lines_written_at_once_verify_and_differ_in_person_span_and_salt_only(owner: psycopg.Connection) -> None:
    persons, run = [uuid4() for _ in range(3)], uuid4()

    made = owner.execute(
        "SELECT n, trace_id, span_id FROM log.insert_alike(%s::jsonb, %s) ORDER BY n",
        [json.dumps({**COMMON, "run": str(run)}), persons],
    ).fetchall()

    lines = owner.execute(
        "SELECT d.subject, s.person, l.salt, l.leaf = log.leaf(l.salt, log.canonical(l, d)),"
        " to_jsonb(l) - 'span_id' - 'salt' - 'leaf' - 'attributes', to_jsonb(d) - 'span_id' - 'subject'"
        " FROM log.detail d JOIN log.line l USING (trace_id, span_id) JOIN log.pseudonyms(%s) s USING (subject)"
        " WHERE d.run = %s",
        [persons, run],
    ).fetchall()
    assert [n for n, _, _ in made] == [1, 2, 3]
    assert len({trace for _, trace, _ in made}) == 1
    assert len({span for _, _, span in made}) == 3
    assert sorted(person for _, person, *_ in lines) == sorted(persons)
    assert all(line[3] for line in lines)
    assert len({salt for _, _, salt, *_ in lines}) == 3
    assert all(line[4:] == lines[0][4:] for line in lines)


def test_who_has_a_line_in_the_run_keeps_it_and_the_others_get_one(owner: psycopg.Connection) -> None:
    persons, run = [uuid4() for _ in range(4)], uuid4()

    def write(of: list[UUID]) -> dict[int, bytes]:
        made = owner.execute(
            "SELECT n, span_id FROM log.insert_alike(%s::jsonb, %s)", [json.dumps({**COMMON, "run": str(run)}), of]
        ).fetchall()
        return dict(made)

    first, again = write(persons[:2]), write([persons[2], persons[1], persons[3], persons[0]])

    assert (again[2], again[4]) == (first[2], first[1])
    assert len(set(again.values())) == 4
    assert owner.execute(
        "SELECT count(*), bool_and(l.leaf = log.leaf(l.salt, log.canonical(l, d))) FROM log.detail d"
        " JOIN log.line l USING (trace_id, span_id) WHERE d.run = %s",
        [run],
    ).fetchone() == (4, True)


def test_two_tickets_with_the_same_persons_draw_other_salts(owner: psycopg.Connection) -> None:
    persons = [uuid4(), uuid4()]
    for _ in range(2):
        owner.execute("SELECT FROM log.insert_alike(%s::jsonb, %s)", [json.dumps(COMMON), persons])

    (salts, spans) = owner.execute(
        "SELECT count(DISTINCT l.salt), count(DISTINCT l.span_id) FROM log.line l"
        " JOIN log.detail d USING (trace_id, span_id) JOIN log.pseudonyms(%s) USING (subject)",
        [persons],
    ).fetchone() or (0, 0)
    assert (salts, spans) == (4, 4)


def test_a_detail_without_its_line_is_refused_and_nothing_stays(owner: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="a detail without its line"):
        owner.execute(
            "INSERT INTO log.detail (trace_id, span_id, decision, reasons, activity, activity_uri, attributes,"
            " actor_kind, actor_role) VALUES (decode(repeat('ab', 16), 'hex'), decode(repeat('cd', 8), 'hex'), 'allow',"
            " '{}', 'proef', 'urn:x', '{}', 'system', '')"
        )

    assert owner.execute("SELECT count(*) FROM log.detail WHERE activity = 'proef'").fetchone() == (0,)
