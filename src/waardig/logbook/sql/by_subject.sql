-- One index by person in place of two in random order; the lines of a run are counted by an own index that only grows at its
-- end. The lines that were there are looked up by person alone: an index over all second lines of a run was walked once for
-- each person. Second lines that differ in their person only are written at once.
ALTER TABLE log.detail DROP CONSTRAINT one_line_per_person_per_run;
ALTER TABLE log.detail ADD CONSTRAINT one_line_per_person_per_run UNIQUE (subject, run);
DROP INDEX log.detail_by_subject;
CREATE INDEX detail_by_run ON log.detail (run) WHERE run IS NOT NULL;

CREATE OR REPLACE FUNCTION log.meet_lines(lines jsonb, done integer[])
RETURNS TABLE (n integer, trace_id bytea, span_id bytea)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    met record;
    seconds jsonb[] := '{}';
    places integer[] := '{}';
    common jsonb;
BEGIN
    FOR met IN
        SELECT e.ordinality::integer AS n, e.value AS entry, f.traces[1] AS trace_id, f.spans[1] AS span_id
        FROM jsonb_array_elements(lines) WITH ORDINALITY e
        CROSS JOIN LATERAL log.pseudonym((e.value ->> 'person')::uuid) AS p(subject)
        CROSS JOIN LATERAL (
            SELECT bool_or(d.run IS NOT NULL) AS counted,
                   array_agg(d.trace_id ORDER BY d.run IS NULL, d.trace_id, d.span_id) FILTER (WHERE c.ed) AS traces,
                   array_agg(d.span_id ORDER BY d.run IS NULL, d.trace_id, d.span_id) FILTER (WHERE c.ed) AS spans
            FROM (SELECT * FROM log.detail x WHERE x.subject = p.subject OFFSET 0) d
            CROSS JOIN LATERAL (SELECT
                d.activity_uri = e.value ->> 'uri'
                AND d.attributes @> ARRAY(SELECT jsonb_array_elements_text(e.value -> 'attributes'))
                AND d.as_of IS NOT DISTINCT FROM coalesce((e.value ->> 'as_of')::date, d.as_of)
                AND d.rule_set IS NOT DISTINCT FROM coalesce(e.value ->> 'rule_set', d.rule_set)) AS c(ed)
            WHERE d.decision = 'allow'
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
    common := seconds[1] - 'person';
    IF (SELECT bool_and(s - 'person' = common) FROM unnest(seconds) s) THEN
        RETURN QUERY SELECT places[m.n], m.trace_id, m.span_id FROM log.insert_alike(common, ARRAY(
            SELECT (s ->> 'person')::uuid FROM unnest(seconds) WITH ORDINALITY u(s, o) ORDER BY o)) m;
    ELSIF cardinality(places) > 0 THEN
        RETURN QUERY SELECT places[m.n], m.trace_id, m.span_id FROM log.insert_lines(to_jsonb(seconds)) m;
    END IF;
END $$;

-- reverse
-- again: logbook/second_look log.meet_lines
DROP INDEX log.detail_by_run;
CREATE INDEX detail_by_subject ON log.detail (subject) WHERE subject IS NOT NULL;
ALTER TABLE log.detail DROP CONSTRAINT one_line_per_person_per_run;
ALTER TABLE log.detail ADD CONSTRAINT one_line_per_person_per_run UNIQUE (run, subject);
