-- A run that reads a person twice, first a little and then the rest, writes one line for each; when it is run again both are
-- found, so that a run that was stopped leaves the same lines. Also: several second lines are written together.
CREATE OR REPLACE FUNCTION log.meet_lines(lines jsonb, done integer[])
RETURNS TABLE (n integer, trace_id bytea, span_id bytea)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    met record;
    seconds jsonb[] := '{}';
    places integer[] := '{}';
BEGIN
    FOR met IN
        SELECT e.ordinality::integer AS n, e.value AS entry, f.traces[1] AS trace_id, f.spans[1] AS span_id
        FROM jsonb_array_elements(lines) WITH ORDINALITY e
        CROSS JOIN LATERAL log.pseudonym((e.value ->> 'person')::uuid) AS p(subject)
        CROSS JOIN LATERAL (
            SELECT bool_or(d.run IS NOT NULL) AS counted,
                   array_agg(d.trace_id ORDER BY d.run IS NULL, d.trace_id, d.span_id) FILTER (WHERE c.ed) AS traces,
                   array_agg(d.span_id ORDER BY d.run IS NULL, d.trace_id, d.span_id) FILTER (WHERE c.ed) AS spans
            FROM log.detail d
            CROSS JOIN LATERAL (SELECT
                d.activity_uri = e.value ->> 'uri'
                AND d.attributes @> ARRAY(SELECT jsonb_array_elements_text(e.value -> 'attributes'))
                AND d.as_of IS NOT DISTINCT FROM coalesce((e.value ->> 'as_of')::date, d.as_of)
                AND d.rule_set IS NOT DISTINCT FROM coalesce(e.value ->> 'rule_set', d.rule_set)) AS c(ed)
            WHERE d.subject = p.subject AND d.decision = 'allow'
              AND (d.run = (e.value ->> 'run')::uuid OR d.about_run = (e.value ->> 'run')::uuid)) f
        WHERE e.ordinality <> ALL (done) AND f.counted ORDER BY e.ordinality
    LOOP
        IF met.trace_id IS NULL THEN
            seconds := array_append(
                seconds, (met.entry - 'run') || jsonb_build_object('about_run', met.entry -> 'run'));
            places := places || met.n;
        ELSE
            PERFORM log.add_link(met.trace_id, met.span_id, 'case', (met.entry ->> 'case')::uuid);
            PERFORM log.add_link(met.trace_id, met.span_id, 'message', (met.entry ->> 'message')::uuid);
            RETURN QUERY SELECT met.n, met.trace_id, met.span_id;
        END IF;
    END LOOP;
    IF cardinality(places) > 0 THEN
        RETURN QUERY SELECT places[m.n], m.trace_id, m.span_id FROM log.insert_lines(to_jsonb(seconds)) m;
    END IF;
END $$;

-- reverse
CREATE OR REPLACE FUNCTION log.meet_lines(lines jsonb, done integer[])
RETURNS TABLE (n integer, trace_id bytea, span_id bytea)
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
