-- A ticket's lines in one go: they are new nearly always, so they are written as if so; only when one of the persons has a
-- line in this run already is each looked at. What a line says, its leaf and its pseudonym are the same as before.
CREATE OR REPLACE FUNCTION log.insert_alike(common jsonb, persons uuid[])
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
    seed bytea := log.random(32);
    d log.detail;
    l log.line;
    cut text[];     -- the canonical text around the places of person (twice) and span
    around text[];  -- the attributes of the line around the place of the person
    inner_key bytea;
    outer_key bytea;
    subjects bytea[];
    spans bytea[];
    salts bytea[];
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
    cut := log.places(log.canonical(l, d), encode(someone, 'hex'), encode(somewhere, 'hex'));
    around := string_to_array(log.ldv_attributes(of_uri, someone)::text, encode(someone, 'hex'));
    SELECT k.inner_block, k.outer_block INTO STRICT inner_key, outer_key
    FROM vault.pseudonym_key k ORDER BY k.version DESC LIMIT 1;
    -- A secret seed that is nowhere kept: nobody can work out the salt of a line.
    SELECT array_agg(g.subject), array_agg(substr(g.drawn, 17, 8)), array_agg(substr(g.drawn, 1, 16))
    INTO subjects, spans, salts
    FROM (SELECT sha256(outer_key || sha256(inner_key || uuid_send(u.p))) AS subject,
                 sha256(seed || int4send(u.o::integer)) AS drawn
          FROM unnest(persons) WITH ORDINALITY u(p, o) ORDER BY u.o) g;
    BEGIN
        WITH detail AS (
            INSERT INTO log.detail
            SELECT here, g.span, g.subject, d.decision, d.reasons, d.activity, d.activity_uri, d.attributes,
                   d.actor_kind, d.actor_role, d.as_of, d.rule_set, d.run, d.about_run, d.case_id, d.message_id
            FROM unnest(subjects, spans) g(subject, span)
        ), audit AS (
            INSERT INTO log.audit_actor (trace_id, span_id, actor_kind, actor_id)
            SELECT here, g.span, actor ->> 'kind', actor ->> 'id' FROM unnest(spans) g(span)
            WHERE actor ->> 'kind' <> 'system'
        )
        INSERT INTO log.line
        SELECT here, g.span, l.parent_span_id, l.status, l.name, moment, until, l.resource_attributes,
               (around[1] || g.who || around[2])::jsonb, g.salt,
               sha256('\x00'::bytea || sha256(g.salt || convert_to(concat(  -- log.leaf of the filled text
                   cut[1], g.who, cut[2], g.who, cut[3], encode(g.span, 'hex'), cut[4]), 'UTF8')))
        FROM (SELECT u.span, u.salt, encode(u.subject, 'hex') AS who
              FROM unnest(subjects, spans, salts) u(subject, span, salt) OFFSET 0) g;
        RETURN QUERY SELECT u.o::integer, here, u.s FROM unnest(spans) WITH ORDINALITY u(s, o);
        RETURN;
    EXCEPTION WHEN unique_violation THEN
        RETURN QUERY SELECT m.* FROM log.insert_lines((  -- finds the lines that are there, and writes the others
            SELECT jsonb_agg(common || jsonb_build_object('person', p) ORDER BY o)
            FROM unnest(persons) WITH ORDINALITY u(p, o))) m;
    END;
END $$;

-- A pattern cut at the places of person and span: A person B person C span D.
CREATE FUNCTION log.places(pattern text, person text, span text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    cut text[] := string_to_array(replace(pattern, span, person), person);
BEGIN
    IF cardinality(cut) <> 4
       OR pattern <> cut[1] || person || cut[2] || person || cut[3] || span || cut[4] THEN
        RAISE EXCEPTION 'the canonical text of a line has other places for person and span';
    END IF;
    RETURN cut;
END $$;
DROP FUNCTION log.pieces(text, text, text);

-- reverse
DROP FUNCTION log.places(text, text, text);
CREATE FUNCTION log.pieces(pattern text, person text, span text) RETURNS bytea[]
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    cut text[] := string_to_array(replace(pattern, span, person), person);
BEGIN
    IF cardinality(cut) <> 4
       OR pattern <> cut[1] || person || cut[2] || person || cut[3] || span || cut[4] THEN
        RAISE EXCEPTION 'the canonical text of a line has other places for person and span';
    END IF;
    RETURN ARRAY(SELECT convert_to(c, 'UTF8') FROM unnest(cut) WITH ORDINALITY u(c, n) ORDER BY n);
END $$;

CREATE OR REPLACE FUNCTION log.insert_alike(common jsonb, persons uuid[])
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
    pieces bytea[];
    inner_key bytea;
    outer_key bytea;
    seed bytea := log.random(32);
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
    pieces := log.pieces(pattern, encode(someone, 'hex'), encode(somewhere, 'hex'));
    SELECT k.inner_block, k.outer_block INTO STRICT inner_key, outer_key
    FROM vault.pseudonym_key k ORDER BY k.version DESC LIMIT 1;
    WITH given AS MATERIALIZED (
        SELECT u.o::integer AS n, sha256(outer_key || sha256(inner_key || uuid_send(u.p))) AS subject,
               sha256(seed || int4send(u.o::integer)) AS drawn  -- a secret seed: nobody can work out the salt of a line
        FROM unnest(persons) WITH ORDINALITY u(p, o)
    ), filled AS MATERIALIZED (
        SELECT g.n, g.subject, substr(g.drawn, 1, 16) AS salt, substr(g.drawn, 17, 8) AS span,
               convert_to(encode(g.subject, 'hex'), 'UTF8') AS subject_hex,
               convert_to(encode(substr(g.drawn, 17, 8), 'hex'), 'UTF8') AS span_hex
        FROM given g
    ), made AS (
        INSERT INTO log.detail
        SELECT here, g.span, g.subject, d.decision, d.reasons, d.activity, d.activity_uri, d.attributes,
               d.actor_kind, d.actor_role, d.as_of, d.rule_set, d.run, d.about_run, d.case_id, d.message_id
        FROM filled g
        ON CONFLICT ON CONSTRAINT one_line_per_person_per_run DO NOTHING
        RETURNING detail.span_id
    ), written AS (
        INSERT INTO log.line
        SELECT here, g.span, l.parent_span_id, l.status, l.name, moment, until, l.resource_attributes,
               log.ldv_attributes(of_uri, g.subject), g.salt,
               sha256('\x00'::bytea || sha256(g.salt || pieces[1] || g.subject_hex || pieces[2] || g.subject_hex
                                              || pieces[3] || g.span_hex || pieces[4]))  -- log.leaf of the filled text
        FROM filled g JOIN made m ON m.span_id = g.span
    ), audit AS (
        INSERT INTO log.audit_actor (trace_id, span_id, actor_kind, actor_id)
        SELECT here, m.span_id, actor ->> 'kind', actor ->> 'id' FROM made m WHERE actor ->> 'kind' <> 'system'
    )
    SELECT array_agg(g.n), array_agg(here), array_agg(g.span) INTO done, traces, spans
    FROM filled g JOIN made m ON m.span_id = g.span;
    RETURN QUERY SELECT * FROM unnest(done, traces, spans);
    IF coalesce(cardinality(done), 0) < cardinality(persons) THEN
        RETURN QUERY SELECT * FROM log.meet_lines((
            SELECT jsonb_agg(common || jsonb_build_object('person', p) ORDER BY o)
            FROM unnest(persons) WITH ORDINALITY u(p, o)), coalesce(done, '{}'));
    END IF;
END $$;
