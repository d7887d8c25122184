-- The facts of the persons of a ticket are found in one walk through the index, in the order of the persons, in place of a
-- search from the top for each of them.
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
        SELECT string_agg(concat_ws(E'\t', p.n, f.a, f.value, coalesce(nullif(f.valid_from, '-infinity')::text, ''),
                                    coalesce(f.valid_to::text, ''),
                                    (f.under_investigation OR f.fact IN (SELECT d.fact FROM doubted d))::integer), E'\n')
        FROM (
            SELECT r.*, array_position(t.attributes, r.attribute) AS a FROM reg.fact r
            WHERE r.person = ANY (t.persons) AND r.attribute = ANY (t.attributes) AND r.recorded_at <= t.known_at
              AND (r.superseded_at IS NULL OR r.superseded_at > t.known_at)
            OFFSET 0) f
        JOIN (SELECT t.persons[n] AS person, n FROM generate_series(1, cardinality(t.persons)) n) p ON p.person = f.person
        WHERE f.valid_from <= t.as_of AND (f.valid_to IS NULL OR f.valid_to >= t.since[f.a]))
    FROM t
$$;

-- {"kind": "related", "by": [A, ..], "to": P}: somebody inside P names this person as {"person": ..} in A. Of a whole
-- population only who names somebody is looked at.
CREATE OR REPLACE FUNCTION reg.population_related(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    naming_in text[] := ARRAY(SELECT jsonb_array_elements_text(predicate -> 'by'));
    depth integer := coalesce((request ->> 'depth')::integer, 0) + 1;
    on_day date := request ->> 'as_of';
    known timestamptz := request ->> 'known_at';
    naming uuid[];
    partners uuid[];
BEGIN
    IF persons IS NULL THEN
        SELECT array_agg(f.person), array_agg((f.value ->> 'person')::uuid) INTO naming, partners FROM reg.fact f
        WHERE f.value ? 'person' AND f.attribute = ANY (naming_in) AND reg.standing(f, on_day, known);
    ELSE
        SELECT array_agg(f.person), array_agg((f.value ->> 'person')::uuid) INTO naming, partners FROM reg.fact f
        WHERE f.value ? 'person' AND f.value ->> 'person' = ANY (persons::text[])
          AND f.attribute = ANY (naming_in) AND reg.standing(f, on_day, known);
    END IF;
    IF naming IS NULL THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT DISTINCT n.p FROM unnest(naming, partners) n(by, p)
        JOIN unnest(gate.inside(predicate -> 'to', ARRAY(SELECT DISTINCT unnest(naming)), request, depth)) met(p)
          ON met.p = n.by);
END $$;

ALTER FUNCTION reg.standing(reg.fact, date, timestamptz) PARALLEL SAFE;

-- {"kind": "client", "attribute": A, "values": [..], "or_exists": B}: A has one of the values, or B was ever recorded.
CREATE OR REPLACE FUNCTION reg.population_client(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    on_day date := request ->> 'as_of';
    known timestamptz := request ->> 'known_at';
    one text := predicate ->> 'attribute';
    other text := predicate ->> 'or_exists';
    fitting jsonb[] := ARRAY(SELECT jsonb_array_elements(predicate -> 'values'));
    met uuid[];
BEGIN
    IF persons IS NULL THEN
        RETURN ARRAY(
            SELECT DISTINCT f.person FROM reg.fact f
            WHERE f.attribute = ANY (ARRAY[one, other]) AND reg.standing(f, on_day, known)
              AND (f.attribute = one AND f.value = ANY (fitting) OR f.attribute = other AND f.value <> 'null'));
    END IF;
    met := ARRAY(
        SELECT DISTINCT f.person FROM reg.fact f
        WHERE f.person = ANY (persons) AND f.attribute = one AND f.value = ANY (fitting)
          AND reg.standing(f, on_day, known));
    IF other IS NULL OR cardinality(met) = cardinality(persons) THEN
        RETURN met;
    END IF;
    RETURN met || ARRAY(
        SELECT DISTINCT f.person FROM reg.fact f
        WHERE f.person = ANY (ARRAY(SELECT p FROM unnest(persons) p WHERE p <> ALL (met))) AND f.attribute = other
          AND f.value <> 'null' AND reg.standing(f, on_day, known));
END $$;

-- reverse
-- again: registers/standing_now reg.population_client
-- again: registers/standing_now reg.population_related
-- again: registers/asked_only gate.take_many
ALTER FUNCTION reg.standing(reg.fact, date, timestamptz) PARALLEL UNSAFE;
