-- Canonical text of a line with its detail: JSON Canonicalization Scheme (RFC 8785) of {"detail": .., "line": ..}.
-- Keys stand in code-point order because row_to_json keeps the order written here; logbook/core.py makes the same.
CREATE FUNCTION log.flat(object jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT '{' || coalesce(string_agg(to_json(e.key)::text || ':' || to_json(e.value)::text, ','
                                      ORDER BY e.key COLLATE "C"), '') || '}'
    FROM jsonb_each_text(object) e
$$;

CREATE FUNCTION log.canonical(l log.line, d log.detail) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT '{"detail":' || row_to_json(detail)::text
        || ',"line":{"attributes":' || log.flat(l.attributes) || ',"end_time":' || l.end_time
        || ',"name":' || to_json(l.name)::text
        || ',"parent_span_id":' || coalesce(to_json(encode(l.parent_span_id, 'hex'))::text, 'null')
        || ',"resource":{"attributes":' || log.flat(l.resource_attributes) || '}'
        || ',"span_id":"' || encode(l.span_id, 'hex') || '","start_time":' || l.start_time
        || ',"status":"' || l.status || '","trace_id":"' || encode(l.trace_id, 'hex') || '"}}'
    FROM (SELECT d.about_run, d.activity, d.activity_uri, d.actor_kind, d.actor_role, d.as_of, d.attributes,
                 d.case_id, d.decision, d.message_id, d.reasons, d.rule_set, d.run,
                 encode(d.subject, 'hex') AS subject) detail
$$;

-- Leaf of the Merkle tree (RFC 6962 prefix 0x00) over a salted digest: after erasure the leaf says nothing.
CREATE FUNCTION log.leaf(salt bytea, canonical text) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT sha256('\x00'::bytea || sha256(salt || convert_to(canonical, 'UTF8')))
$$;

CREATE FUNCTION log.random(bytes integer) RETURNS bytea
LANGUAGE sql VOLATILE AS $$
    SELECT substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, bytes)
$$;

CREATE FUNCTION log.milliseconds(moment timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT floor(extract(epoch FROM moment) * 1000)::bigint
$$;

CREATE FUNCTION log.ldv_attributes(uri text, subject bytea) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN subject IS NULL THEN jsonb_build_object('dpl.core.processing_activity_id', uri)
    ELSE jsonb_build_object('dpl.core.processing_activity_id', uri,
                            'dpl.core.data_subject_id', encode(subject, 'hex'),
                            'dpl.core.data_subject_id_type', 'urn:waardig:person:hmac-sha256') END
$$;

-- Adds lines in the caller's transaction and gives the reference of each, in the order of the array.
-- A line with a run is written once a person: when it is there and covers this (same activity version, day and rules, at
-- least these attributes), its reference comes back and what it led to is linked; when it does not cover this, another
-- line tells so, outside the count of the run.
CREATE FUNCTION log.insert_lines(lines jsonb) RETURNS TABLE (n integer, trace_id bytea, span_id bytea)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    started bigint := log.milliseconds(statement_timestamp());
    done integer[];
    traces bytea[];
    spans bytea[];
BEGIN
    WITH given AS MATERIALIZED (
        SELECT g.*, log.pseudonym(g.person) AS subject, log.random(8) AS span, log.random(16) AS salt,
               coalesce(decode(g.trace, 'hex'), log.random(16)) AS in_trace
        FROM ROWS FROM (jsonb_to_recordset(lines) AS (
            trace text, parent text, person uuid, name text, status text, uri text, activity text, decision text,
            reasons text[], attributes text[], actor jsonb, run uuid, about_run uuid, "case" uuid, message uuid,
            rule_set text, as_of date)) WITH ORDINALITY g(
            trace, parent, person, name, status, uri, activity, decision, reasons, attributes, actor, run, about_run,
            of_case, message, rule_set, as_of, n)
    ), entry AS MATERIALIZED (
        SELECT g.n::integer AS n, g.actor, g.salt,
               ROW(g.in_trace, g.span, g.subject, g.decision, g.reasons, g.activity, g.uri, g.attributes,
                   g.actor ->> 'kind', coalesce(g.actor ->> 'role', ''), g.as_of, g.rule_set, g.run, g.about_run,
                   g.of_case, g.message)::log.detail AS d,
               ROW(g.in_trace, g.span, decode(g.parent, 'hex'), coalesce(g.status, 'Ok'), coalesce(g.name, ''),
                   started, greatest(started, log.milliseconds(clock_timestamp())), '{"service.name": "waardig"}',
                   log.ldv_attributes(g.uri, g.subject), g.salt, NULL)::log.line AS l
        FROM given g
    ), detail AS (
        INSERT INTO log.detail SELECT (d).* FROM entry
        ON CONFLICT ON CONSTRAINT one_line_per_person_per_run DO NOTHING
        RETURNING detail.trace_id, detail.span_id
    ), line AS (
        INSERT INTO log.line
        SELECT (e.l).trace_id, (e.l).span_id, (e.l).parent_span_id, (e.l).status, (e.l).name, (e.l).start_time,
               (e.l).end_time, (e.l).resource_attributes, (e.l).attributes, e.salt,
               log.leaf(e.salt, log.canonical(e.l, e.d))
        FROM entry e JOIN detail x ON x.trace_id = (e.d).trace_id AND x.span_id = (e.d).span_id
    ), audit AS (
        INSERT INTO log.audit_actor (trace_id, span_id, actor_kind, actor_id)
        SELECT x.trace_id, x.span_id, e.actor ->> 'kind', e.actor ->> 'id' FROM entry e
        JOIN detail x ON x.trace_id = (e.d).trace_id AND x.span_id = (e.d).span_id
        WHERE e.actor ->> 'kind' <> 'system'
    )
    SELECT array_agg(e.n), array_agg(x.trace_id), array_agg(x.span_id) INTO done, traces, spans
    FROM entry e JOIN detail x ON x.trace_id = (e.d).trace_id AND x.span_id = (e.d).span_id;
    RETURN QUERY SELECT * FROM unnest(done, traces, spans);
    IF coalesce(cardinality(done), 0) < jsonb_array_length(lines) THEN
        RETURN QUERY SELECT * FROM log.meet_lines(lines, coalesce(done, '{}'));
    END IF;
END $$;

-- The entries of log.insert_lines that found a line of the same run and person.
CREATE FUNCTION log.meet_lines(lines jsonb, done integer[]) RETURNS TABLE (n integer, trace_id bytea, span_id bytea)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    met record;
BEGIN
    FOR met IN
        SELECT e.ordinality::integer AS n, e.value AS entry, d.trace_id, d.span_id,
               d.activity_uri = e.value ->> 'uri'
               AND d.attributes @> ARRAY(SELECT jsonb_array_elements_text(e.value -> 'attributes'))
               AND d.as_of IS NOT DISTINCT FROM coalesce((e.value ->> 'as_of')::date, d.as_of)
               AND d.rule_set IS NOT DISTINCT FROM coalesce(e.value ->> 'rule_set', d.rule_set) AS covers
        FROM jsonb_array_elements(lines) WITH ORDINALITY e
        JOIN log.detail d ON d.run = (e.value ->> 'run')::uuid
                         AND d.subject = log.pseudonym((e.value ->> 'person')::uuid)
        WHERE e.ordinality <> ALL (done) ORDER BY e.ordinality
    LOOP
        IF met.covers THEN
            PERFORM log.add_link(met.trace_id, met.span_id, 'case', (met.entry ->> 'case')::uuid);
            PERFORM log.add_link(met.trace_id, met.span_id, 'message', (met.entry ->> 'message')::uuid);
            RETURN QUERY SELECT met.n, met.trace_id, met.span_id;
        ELSE
            RETURN QUERY SELECT met.n, m.trace_id, m.span_id
            FROM log.insert_lines(jsonb_build_array(
                (met.entry - 'run') || jsonb_build_object('about_run', met.entry -> 'run'))) m;
        END IF;
    END LOOP;
END $$;

CREATE FUNCTION log.add_link(trace bytea, span bytea, link_kind text, link_target uuid) RETURNS void
LANGUAGE sql VOLATILE AS $$
    INSERT INTO log.link (trace_id, span_id, kind, target)
    SELECT trace, span, link_kind, link_target WHERE link_target IS NOT NULL
    ON CONFLICT DO NOTHING
$$;

-- reverse
DROP FUNCTION log.meet_lines(jsonb, integer[]);
DROP FUNCTION log.insert_lines(jsonb);
DROP FUNCTION log.add_link(bytea, bytea, text, uuid);
DROP FUNCTION log.ldv_attributes(text, bytea);
DROP FUNCTION log.milliseconds(timestamptz);
DROP FUNCTION log.random(integer);
DROP FUNCTION log.leaf(bytea, text);
DROP FUNCTION log.canonical(log.line, log.detail);
DROP FUNCTION log.flat(jsonb);
