-- The second call: what a committed ticket opens, and nothing else.
CREATE FUNCTION gate.take(ticket uuid) RETURNS TABLE (
    fact uuid, person uuid, attribute text, value text, valid_from date, valid_to date, recorded_at timestamptz,
    established_on date, holder text, source text, under_investigation boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH t AS MATERIALIZED (SELECT * FROM gate.open_ticket(ticket, 'read')),
    asked AS MATERIALIZED (
        SELECT p AS person, a AS attribute, t.as_of, t.known_at,
               CASE WHEN t.windows ? a THEN
                   (date_trunc('month', t.as_of::timestamp) - make_interval(months => (t.windows ->> a)::integer))::date
               ELSE t.as_of END AS since
        FROM t, unnest(t.persons) p, unnest(t.attributes) a)
    SELECT f.fact, f.person, f.attribute, f.value::text, nullif(f.valid_from, '-infinity'), f.valid_to, f.recorded_at,
           f.established_on, f.holder, f.source,
           f.under_investigation OR EXISTS (
               SELECT FROM reg.investigation i WHERE i.fact = f.fact AND i.opened_at <= k.known_at
               AND coalesce(i.closed_at > k.known_at, true))
    FROM asked k
    JOIN reg.fact f ON f.person = k.person AND f.attribute = k.attribute
    WHERE f.recorded_at <= k.known_at AND coalesce(f.superseded_at > k.known_at, true)
      AND f.valid_from <= k.as_of AND coalesce(f.valid_to >= k.since, true)
    ORDER BY f.person, f.attribute, f.valid_from
$$;

CREATE FUNCTION gate.take_documents(ticket uuid, ids uuid[]) RETURNS TABLE (
    id uuid, person uuid, kind text, content text, payload bytea, sha256 text, stored_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT d.id, d.person, d.kind, d.content, d.payload, encode(d.sha256, 'hex'), d.stored_at
    FROM gate.open_ticket(ticket, 'read') t
    JOIN reg.document d ON d.id = ANY (ids) AND d.person = ANY (t.persons) AND d.kind = ANY (t.attributes)
    ORDER BY d.stored_at, d.id
$$;

SELECT vault.open_door('gate.take(uuid)');
SELECT vault.open_door('gate.take_documents(uuid,uuid[])');

-- reverse
DROP FUNCTION gate.take_documents(uuid, uuid[]);
DROP FUNCTION gate.take(uuid);
