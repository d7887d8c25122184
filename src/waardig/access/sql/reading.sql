-- Oversight reads the log (Logboek dataverwerkingen, extension lezen), in two calls like all data: the first chooses the
-- lines, writes a line for every person in them and commits; only then the second gives them. A caller reads under the
-- activity it was registered with, so it cannot choose a purpose, and never about whom the lines are: pseudonyms only.
ALTER TABLE pol.caller ADD CONSTRAINT reading_has_a_purpose CHECK ('log_read' <> ALL (rights) OR standing IS NOT NULL);

CREATE TABLE gate.reading (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    made_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    expires_at timestamptz NOT NULL DEFAULT now() + interval '10 minutes',
    reasons jsonb NOT NULL,
    activity text NOT NULL,
    traces bytea[] NOT NULL,
    spans bytea[] NOT NULL,
    more boolean NOT NULL,
    until bigint NOT NULL  -- lines that began later are in no page: reading adds lines itself
);
CREATE INDEX reading_by_expiry ON gate.reading (expires_at);

-- Lines about people of whom only the pseudonym is known; `common` is what gate.entry gives.
CREATE FUNCTION gate.insert_about(common jsonb, subjects bytea[]) RETURNS void
LANGUAGE sql VOLATILE AS $$
    WITH entry AS MATERIALIZED (
        SELECT e.subject, e.span, e.salt,
               ROW(decode(common ->> 'trace', 'hex'), e.span, e.subject, common ->> 'decision',
                   ARRAY(SELECT jsonb_array_elements_text(common -> 'reasons')), common ->> 'activity', common ->> 'uri',
                   ARRAY(SELECT jsonb_array_elements_text(common -> 'attributes')), common #>> '{actor,kind}',
                   common #>> '{actor,role}', (common ->> 'as_of')::date, NULL, NULL, NULL, NULL, NULL)::log.detail AS d,
               ROW(decode(common ->> 'trace', 'hex'), e.span, decode(common ->> 'parent', 'hex'), 'Ok', common ->> 'name',
                   e.moment, e.moment, '{"service.name": "waardig"}', log.ldv_attributes(common ->> 'uri', e.subject),
                   e.salt, NULL)::log.line AS l
        FROM (SELECT s AS subject, log.random(8) AS span, log.random(16) AS salt,
                     log.milliseconds(statement_timestamp()) AS moment FROM unnest(subjects) s) e
    ), detail AS (
        INSERT INTO log.detail SELECT (d).* FROM entry
    ), line AS (
        INSERT INTO log.line
        SELECT (l).trace_id, (l).span_id, (l).parent_span_id, (l).status, (l).name, (l).start_time, (l).end_time,
               (l).resource_attributes, (l).attributes, salt, log.leaf(salt, log.canonical(l, d)) FROM entry
    )
    INSERT INTO log.audit_actor (trace_id, span_id, actor_kind, actor_id)
    SELECT (d).trace_id, (d).span_id, common #>> '{actor,kind}', common #>> '{actor,id}' FROM entry
$$;

-- One page of lines in the order of their start: by trace, by subject, or by activity within days that are given.
CREATE FUNCTION gate.choose_lines(q jsonb, most integer) RETURNS TABLE (trace_id bytea, span_id bytea, subject bytea)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY EXECUTE concat(
        'SELECT l.trace_id, l.span_id, d.subject FROM log.line l JOIN log.detail d USING (trace_id, span_id) WHERE true',
        CASE WHEN q ? 'trace_id' THEN ' AND l.trace_id = decode($1 ->> ''trace_id'', ''hex'')' END,
        CASE WHEN q ? 'subject' THEN ' AND d.subject = decode($1 ->> ''subject'', ''hex'')' END,
        CASE WHEN q ? 'activity_uri' THEN ' AND d.activity_uri = $1 ->> ''activity_uri''' END,
        CASE WHEN q ? 'start' THEN ' AND l.start_time >= ($1 ->> ''start'')::bigint' END,
        CASE WHEN q ? 'end' THEN
            ' AND l.start_time <= ($1 ->> ''end'')::bigint AND l.end_time <= ($1 ->> ''end'')::bigint' END,
        ' AND l.start_time <= ($1 ->> ''until'')::bigint',
        CASE WHEN q ? 'after' THEN ' AND (l.start_time, l.trace_id, l.span_id) > (($1 #>> ''{after,start}'')::bigint,'
            ' decode($1 #>> ''{after,trace}'', ''hex''), decode($1 #>> ''{after,span}'', ''hex''))' END,
        ' ORDER BY l.start_time, l.trace_id, l.span_id LIMIT $2') USING q, most;
END $$;

CREATE FUNCTION gate.ask_log(caller text, query jsonb, most integer) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := pol.today();
    c pol.caller;
    a pol.activity;
    q jsonb;
    against jsonb;
    traces bytea[] := '{}';
    spans bytea[] := '{}';
    subjects bytea[];
    found bigint := 0;
    frozen bigint := coalesce((query ->> 'until')::bigint, log.milliseconds(statement_timestamp()) - 1);
    made uuid;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    SELECT x.* INTO c FROM pol.caller x
    WHERE x.id = ask_log.caller AND 'log_read' = ANY (x.rights) AND x.ended_at IS NULL
      AND coalesce(x.valid_until >= (now() AT TIME ZONE 'Europe/Amsterdam')::date, true);
    a := gate.activity_on(c.standing, today);
    q := gate.completed(query || jsonb_build_object('activity', coalesce(c.standing, ''), 'actor', jsonb_build_object(
        'kind', 'organisation', 'id', coalesce(c.id, left(ask_log.caller, 63)), 'role', 'toezicht')), today);
    against := gate.why_not(a, q, ARRAY['logboek.regel'], today);
    IF against = '[]' AND a.population ->> 'kind' <> 'anyone' THEN
        against := gate.reason('population_unavailable', jsonb_build_object('kind', a.population ->> 'kind'));
    END IF;
    IF against = '[]' THEN
        SELECT coalesce(array_agg(g.trace_id ORDER BY g.n) FILTER (WHERE g.n <= most), '{}'),
               coalesce(array_agg(g.span_id ORDER BY g.n) FILTER (WHERE g.n <= most), '{}'),
               array_agg(DISTINCT g.subject) FILTER (WHERE g.n <= most), count(*)
        INTO traces, spans, subjects, found
        FROM gate.choose_lines(query || jsonb_build_object('until', frozen), most + 1) WITH ORDINALITY g(trace_id, span_id, subject, n);
    END IF;
    PERFORM gate.insert_about(gate.entry(a, q, ARRAY['logboek.regel'], against, decode(q ->> 'trace', 'hex')),
                              coalesce(nullif(array_remove(subjects, NULL), '{}'), ARRAY[NULL::bytea]));
    INSERT INTO gate.reading (reasons, activity, traces, spans, more, until)
    VALUES (against, coalesce(a.id, ''), traces, spans, found > most, frozen) RETURNING id INTO made;
    RETURN made;
END $$;

-- The answer: reasons against, or none. Only what another transaction committed, and for ten minutes.
CREATE FUNCTION gate.log_answer(reading uuid) RETURNS TABLE (activity text, reasons text, more boolean, until bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.activity, r.reasons::text, r.more, r.until FROM gate.reading r
    WHERE r.id = reading AND r.expires_at > clock_timestamp()
      AND r.made_in IS DISTINCT FROM pg_current_xact_id_if_assigned()
$$;

-- The lines with exactly the fields of Logboek dataverwerkingen.
CREATE FUNCTION gate.take_log(reading uuid) RETURNS TABLE (
    trace_id text, span_id text, parent_span_id text, status text, name text, start_time bigint, end_time bigint,
    resource_attributes text, attributes text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT encode(l.trace_id, 'hex'), encode(l.span_id, 'hex'), encode(l.parent_span_id, 'hex'), l.status, l.name,
           l.start_time, l.end_time, l.resource_attributes::text, l.attributes::text
    FROM gate.reading r, unnest(r.traces, r.spans) WITH ORDINALITY k(trace, span, n)
    JOIN log.line l ON l.trace_id = k.trace AND l.span_id = k.span
    WHERE r.id = reading AND r.reasons = '[]' AND r.expires_at > clock_timestamp()
      AND r.made_in IS DISTINCT FROM pg_current_xact_id_if_assigned()
    ORDER BY k.n
$$;

CREATE FUNCTION gate.forget_readings() RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (DELETE FROM gate.reading r WHERE r.expires_at < now() RETURNING 1) SELECT count(*)::integer FROM gone
$$;

SELECT vault.open_door('gate.ask_log(text,jsonb,integer)');
SELECT vault.open_door('gate.log_answer(uuid)');
SELECT vault.open_door('gate.take_log(uuid)');
SELECT vault.open_door('gate.forget_readings()');

-- reverse
DROP FUNCTION gate.forget_readings();
DROP FUNCTION gate.take_log(uuid);
DROP FUNCTION gate.log_answer(uuid);
DROP FUNCTION gate.ask_log(text, jsonb, integer);
DROP FUNCTION gate.choose_lines(jsonb, integer);
DROP FUNCTION gate.insert_about(jsonb, bytea[]);
DROP TABLE gate.reading;
ALTER TABLE pol.caller DROP CONSTRAINT reading_has_a_purpose;
