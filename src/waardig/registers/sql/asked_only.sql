-- Of each person only what was asked for is passed: a round that looks at two attributes first would otherwise pass ten times as
-- much. The index has person and attribute, and is walked once a person for all that is asked.
CREATE OR REPLACE FUNCTION gate.take_many(ticket uuid) RETURNS TABLE (attributes text[], facts text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH t AS MATERIALIZED (
        SELECT o.*, ARRAY(
            SELECT CASE WHEN o.windows ? a THEN
                (date_trunc('month', o.as_of::timestamp) - make_interval(months => (o.windows ->> a)::integer))::date
                ELSE o.as_of END
            FROM unnest(o.attributes) WITH ORDINALITY u(a, n) ORDER BY n) AS since
        FROM gate.open_ticket(ticket, 'read') o),
    doubted AS MATERIALIZED (
        SELECT i.fact FROM t JOIN reg.investigation i ON i.opened_at <= t.known_at
        WHERE i.closed_at IS NULL OR i.closed_at > t.known_at)
    SELECT t.attributes, (
        SELECT string_agg(concat_ws(E'\t', p.n, f.a, f.value, coalesce(nullif(f.valid_from, '-infinity')::text, ''),
                                    coalesce(f.valid_to::text, ''),
                                    (f.under_investigation OR f.fact IN (SELECT d.fact FROM doubted d))::integer), E'\n')
        FROM unnest(t.persons) WITH ORDINALITY p(person, n)
        CROSS JOIN LATERAL (
            SELECT r.*, array_position(t.attributes, r.attribute) AS a FROM reg.fact r
            WHERE r.person = p.person AND r.attribute = ANY (t.attributes) AND r.recorded_at <= t.known_at
              AND (r.superseded_at IS NULL OR r.superseded_at > t.known_at) AND r.valid_from <= t.as_of
            OFFSET 0) f
        WHERE f.valid_to IS NULL OR f.valid_to >= t.since[f.a])
    FROM t
$$;

-- reverse
CREATE OR REPLACE FUNCTION gate.take_many(ticket uuid) RETURNS TABLE (attributes text[], facts text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH t AS MATERIALIZED (
        SELECT o.*, ARRAY(
            SELECT CASE WHEN o.windows ? a THEN
                (date_trunc('month', o.as_of::timestamp) - make_interval(months => (o.windows ->> a)::integer))::date
                ELSE o.as_of END
            FROM unnest(o.attributes) WITH ORDINALITY u(a, n) ORDER BY n) AS since
        FROM gate.open_ticket(ticket, 'read') o),
    doubted AS MATERIALIZED (
        SELECT i.fact FROM t JOIN reg.investigation i ON i.opened_at <= t.known_at
        WHERE i.closed_at IS NULL OR i.closed_at > t.known_at)
    SELECT t.attributes, (
        SELECT string_agg(concat_ws(E'\t', p.n, f.a, f.value, coalesce(nullif(f.valid_from, '-infinity')::text, ''),
                                    coalesce(f.valid_to::text, ''),
                                    (f.under_investigation OR f.fact IN (SELECT d.fact FROM doubted d))::integer), E'\n')
        FROM unnest(t.persons) WITH ORDINALITY p(person, n)
        CROSS JOIN LATERAL (
            SELECT r.*, array_position(t.attributes, r.attribute) AS a FROM reg.fact r
            WHERE r.person = p.person AND r.recorded_at <= t.known_at
              AND (r.superseded_at IS NULL OR r.superseded_at > t.known_at) AND r.valid_from <= t.as_of
            OFFSET 0) f
        WHERE f.a IS NOT NULL AND (f.valid_to IS NULL OR f.valid_to >= t.since[f.a]))
    FROM t
$$;
