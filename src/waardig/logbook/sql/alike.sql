-- Lines that differ in their person only, as a round writes them: the canonical text is made once, with places for the
-- person and the span, and filled in for each line. Same lines, leaves and answer as log.insert_lines; one trace.
CREATE FUNCTION log.insert_alike(common jsonb, persons uuid[])
RETURNS TABLE (n integer, trace_id bytea, span_id bytea)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    moment bigint := log.milliseconds(statement_timestamp());
    until bigint := greatest(moment, log.milliseconds(clock_timestamp()));
    here bytea := coalesce(decode(common ->> 'trace', 'hex'), log.random(16));
    of_uri text := common ->> 'uri';
    actor jsonb := common -> 'actor';
    someone bytea := log.random(32);
    somewhere bytea := log.random(8);
    d log.detail;
    l log.line;
    pattern text;
    done integer[];
    traces bytea[];
    spans bytea[];
BEGIN
    IF cardinality(persons) < 2 OR array_position(persons, NULL) IS NOT NULL THEN
        RETURN QUERY SELECT m.* FROM log.insert_lines((
            SELECT jsonb_agg(common || jsonb_build_object('person', p) ORDER BY o)
            FROM unnest(persons) WITH ORDINALITY u(p, o))) m;
        RETURN;
    END IF;
    d := ROW(here, somewhere, someone, common ->> 'decision',
                  ARRAY(SELECT jsonb_array_elements_text(common -> 'reasons')), common ->> 'activity', of_uri,
                  ARRAY(SELECT jsonb_array_elements_text(common -> 'attributes')), actor ->> 'kind',
                  coalesce(actor ->> 'role', ''), (common ->> 'as_of')::date, common ->> 'rule_set',
                  (common ->> 'run')::uuid, (common ->> 'about_run')::uuid, (common ->> 'case')::uuid,
                  (common ->> 'message')::uuid)::log.detail;
    l := ROW(here, somewhere, decode(common ->> 'parent', 'hex'), coalesce(common ->> 'status', 'Ok'),
                coalesce(common ->> 'name', ''), moment, until, '{"service.name": "waardig"}',
                log.ldv_attributes(of_uri, someone), NULL, NULL)::log.line;
    pattern := log.canonical(l, d);
    WITH given AS MATERIALIZED (
        SELECT u.o::integer AS n, log.pseudonym(u.p) AS subject, uuid_send(gen_random_uuid()) AS salt,
               substr(uuid_send(gen_random_uuid()), 9) AS span  -- 122 and 62 random bits
        FROM unnest(persons) WITH ORDINALITY u(p, o)
    ), made AS (
        INSERT INTO log.detail
        SELECT here, g.span, g.subject, d.decision, d.reasons, d.activity, d.activity_uri, d.attributes,
               d.actor_kind, d.actor_role, d.as_of, d.rule_set, d.run, d.about_run, d.case_id, d.message_id
        FROM given g
        ON CONFLICT ON CONSTRAINT one_line_per_person_per_run DO NOTHING
        RETURNING detail.span_id
    ), written AS (
        INSERT INTO log.line
        SELECT here, g.span, l.parent_span_id, l.status, l.name, moment, until, l.resource_attributes,
               log.ldv_attributes(of_uri, g.subject), g.salt,
               log.leaf(g.salt, replace(replace(pattern, encode(someone, 'hex'), encode(g.subject, 'hex')),
                                        encode(somewhere, 'hex'), encode(g.span, 'hex')))
        FROM given g JOIN made m ON m.span_id = g.span
    ), audit AS (
        INSERT INTO log.audit_actor (trace_id, span_id, actor_kind, actor_id)
        SELECT here, m.span_id, actor ->> 'kind', actor ->> 'id' FROM made m WHERE actor ->> 'kind' <> 'system'
    )
    SELECT array_agg(g.n), array_agg(here), array_agg(g.span) INTO done, traces, spans
    FROM given g JOIN made m ON m.span_id = g.span;
    RETURN QUERY SELECT * FROM unnest(done, traces, spans);
    IF coalesce(cardinality(done), 0) < cardinality(persons) THEN
        RETURN QUERY SELECT * FROM log.meet_lines((
            SELECT jsonb_agg(common || jsonb_build_object('person', p) ORDER BY o)
            FROM unnest(persons) WITH ORDINALITY u(p, o)), coalesce(done, '{}'));
    END IF;
END $$;

-- reverse
DROP FUNCTION log.insert_alike(jsonb, uuid[]);
