-- The facts of many people in one pass: the place of a person and of an attribute is looked up in a sorted list where the
-- line is written, in place of a join; a line has one number and days as numbers, which both sides write and read faster.

-- The facts of many people as one text: a line a fact, in no order, of number, value (JSON holds no tab or line end), first
-- and last day as days since 1970-01-01, nothing for an open end. The number is 10,000 times the place of the person in the
-- ticket, plus 2 times the place of the attribute in `attributes` (both from 1), plus 1 when in doubt. A doubt is looked up once
-- for the ticket, not once a fact. No row when the ticket opens nothing; the text is NULL when there is no fact.
CREATE OR REPLACE FUNCTION gate.take_many(ticket uuid) RETURNS TABLE (attributes text[], facts text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH t AS MATERIALIZED (
        SELECT a.names AS attributes, a.since, p.persons, p.places, o.as_of, o.known_at
        FROM gate.open_ticket(ticket, 'read') o
        CROSS JOIN LATERAL (
            SELECT array_agg(u.p ORDER BY u.p) AS persons, array_agg(u.n ORDER BY u.p) AS places
            FROM unnest(o.persons) WITH ORDINALITY u(p, n) WHERE u.p IS NOT NULL) p
        CROSS JOIN LATERAL (
            SELECT array_agg(u.a ORDER BY u.a COLLATE "C") AS names, array_agg(
                CASE WHEN o.windows ? u.a THEN
                    (date_trunc('month', o.as_of::timestamp) - make_interval(months => (o.windows ->> u.a)::integer))::date
                ELSE o.as_of END ORDER BY u.a COLLATE "C") AS since
            FROM unnest(o.attributes) u(a)) a),
    doubted AS MATERIALIZED (
        SELECT i.fact FROM t JOIN reg.investigation i ON i.opened_at <= t.known_at
        WHERE i.closed_at IS NULL OR i.closed_at > t.known_at)
    SELECT t.attributes, (
        SELECT string_agg(
            (t.places[width_bucket(f.person, t.persons)] * 10000
             + 2 * width_bucket(f.attribute COLLATE "C", t.attributes)
             + CASE WHEN f.under_investigation OR f.fact IN (SELECT d.fact FROM doubted d) THEN 1 ELSE 0 END)
            || E'\t' || f.value::text
            || E'\t' || coalesce((nullif(f.valid_from, '-infinity') - DATE '1970-01-01')::text, '')
            || E'\t' || coalesce((nullif(f.valid_to, 'infinity') - DATE '1970-01-01')::text, ''), E'\n')
        FROM reg.fact f
        WHERE f.person = ANY (t.persons) AND f.attribute = ANY (t.attributes) AND f.recorded_at <= t.known_at
          AND (f.superseded_at IS NULL OR f.superseded_at > t.known_at) AND f.valid_from <= t.as_of
          AND (f.valid_to IS NULL OR f.valid_to >= t.as_of
               OR f.valid_to >= t.since[width_bucket(f.attribute COLLATE "C", t.attributes)]))
    FROM t
$$;

-- reverse
-- again: registers/one_text gate.take_many
