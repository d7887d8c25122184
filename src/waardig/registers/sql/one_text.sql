-- The line of text of a fact is put together in one go: the same text as before, for less.

-- The facts of many people as one text: a line a fact, in no order; the places of person and attribute in the ticket
-- (from 1), value (JSON holds no tab or line end), first and last day, doubt. A doubt is looked up once for the ticket,
-- not once a fact. No row when the ticket opens nothing; the text is NULL when there is no fact.
CREATE OR REPLACE FUNCTION gate.take_many(ticket uuid) RETURNS TABLE (attributes text[], facts text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH t AS MATERIALIZED (
        SELECT o.attributes, o.persons || '{}' AS persons, o.as_of, o.known_at, ARRAY(
            SELECT CASE WHEN o.windows ? a THEN
                (date_trunc('month', o.as_of::timestamp) - make_interval(months => (o.windows ->> a)::integer))::date
                ELSE o.as_of END
            FROM unnest(o.attributes) WITH ORDINALITY u(a, n) ORDER BY n) AS since
        FROM gate.open_ticket(ticket, 'read') o),
    doubted AS MATERIALIZED (
        SELECT i.fact FROM t JOIN reg.investigation i ON i.opened_at <= t.known_at
        WHERE i.closed_at IS NULL OR i.closed_at > t.known_at)
    SELECT t.attributes, (
        SELECT string_agg(
            p.n || E'\t' || f.a || E'\t' || f.value::text || E'\t' || coalesce(nullif(f.valid_from, '-infinity')::text, '')
            || E'\t' || coalesce(f.valid_to::text, '')
            || CASE WHEN f.under_investigation OR f.fact IN (SELECT d.fact FROM doubted d) THEN E'\t1' ELSE E'\t0' END, E'\n')
        FROM (
            SELECT r.*, array_position(t.attributes, r.attribute) AS a FROM reg.fact r
            WHERE r.person = ANY (t.persons) AND r.attribute = ANY (t.attributes) AND r.recorded_at <= t.known_at
              AND (r.superseded_at IS NULL OR r.superseded_at > t.known_at)
            OFFSET 0) f
        JOIN (SELECT t.persons[n] AS person, n FROM generate_series(1, cardinality(t.persons)) n) p ON p.person = f.person
        WHERE f.valid_from <= t.as_of AND (f.valid_to IS NULL OR f.valid_to >= t.since[f.a]))
    FROM t
$$;

-- reverse
-- again: registers/in_one_walk gate.take_many
