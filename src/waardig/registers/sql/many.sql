-- The predicates over many people: what the request says is read once, not once a fact.
CREATE FUNCTION reg.standing(f reg.fact, on_day date, known timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT f.recorded_at <= known AND (f.superseded_at IS NULL OR f.superseded_at > known)
       AND f.valid_from <= on_day AND (f.valid_to IS NULL OR f.valid_to >= on_day)
$$;

-- {"kind": "client", "attribute": A, "values": [..], "or_exists": B}: A has one of the values, or B was ever recorded.
CREATE OR REPLACE FUNCTION reg.population_client(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    on_day date := request ->> 'as_of';
    known timestamptz := request ->> 'known_at';
    one text := predicate ->> 'attribute';
    other text := predicate ->> 'or_exists';
    fitting jsonb[] := ARRAY(SELECT jsonb_array_elements(predicate -> 'values'));
BEGIN
    IF persons IS NULL THEN
        RETURN ARRAY(
            SELECT DISTINCT f.person FROM reg.fact f
            WHERE reg.standing(f, on_day, known)
              AND (f.attribute = one AND f.value = ANY (fitting) OR f.attribute = other AND f.value <> 'null'));
    END IF;
    RETURN ARRAY(
        SELECT DISTINCT f.person FROM reg.fact f
        WHERE f.person = ANY (persons) AND f.attribute = ANY (ARRAY[one, other]) AND reg.standing(f, on_day, known)
          AND (f.attribute = one AND f.value = ANY (fitting) OR f.attribute = other AND f.value <> 'null'));
END $$;

-- {"kind": "related", "by": [A, ..], "to": P}: somebody inside P names this person as {"person": ..} in A.
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
        naming := gate.inside(predicate -> 'to', NULL, request, depth);
        RETURN ARRAY(SELECT DISTINCT (f.value ->> 'person')::uuid FROM reg.fact f
                     WHERE f.person = ANY (naming) AND f.attribute = ANY (naming_in) AND f.value ? 'person'
                       AND reg.standing(f, on_day, known));
    END IF;
    SELECT array_agg(f.person), array_agg((f.value ->> 'person')::uuid) INTO naming, partners FROM reg.fact f
    WHERE f.value ? 'person' AND f.value ->> 'person' = ANY (persons::text[])
      AND f.attribute = ANY (naming_in) AND reg.standing(f, on_day, known);
    IF naming IS NULL THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT DISTINCT n.p FROM unnest(naming, partners) n(by, p)
        JOIN unnest(gate.inside(predicate -> 'to', ARRAY(SELECT DISTINCT unnest(naming)), request, depth)) met(p)
          ON met.p = n.by);
END $$;

CREATE INDEX investigation_by_closing ON reg.investigation (closed_at);

-- The facts of many people as one text: a line a fact, in no order; the places of person and attribute in the ticket
-- (from 1), value (JSON holds no tab or line end), first and last day, doubt. A doubt is looked up once for the ticket,
-- not once a fact. No row when the ticket opens nothing; the text is NULL when there is no fact.
CREATE FUNCTION gate.take_many(ticket uuid) RETURNS TABLE (attributes text[], facts text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH t AS MATERIALIZED (SELECT * FROM gate.open_ticket(ticket, 'read')),
    doubted AS MATERIALIZED (
        SELECT i.fact FROM t JOIN reg.investigation i ON i.opened_at <= t.known_at
        WHERE i.closed_at IS NULL OR i.closed_at > t.known_at),
    asked AS MATERIALIZED (
        SELECT n, a,
               CASE WHEN t.windows ? a THEN
                   (date_trunc('month', t.as_of::timestamp) - make_interval(months => (t.windows ->> a)::integer))::date
               ELSE t.as_of END AS since
        FROM t, unnest(t.attributes) WITH ORDINALITY u(a, n))
    SELECT t.attributes, (
        SELECT string_agg(concat_ws(E'\t', p.n, k.n, f.value, coalesce(nullif(f.valid_from, '-infinity')::text, ''),
                                    coalesce(f.valid_to::text, ''),
                                    (f.under_investigation OR f.fact IN (SELECT d.fact FROM doubted d))::integer), E'\n')
        FROM unnest(t.persons) WITH ORDINALITY p(person, n)
        JOIN reg.fact f ON f.person = p.person
        JOIN asked k ON k.a = f.attribute
        WHERE f.recorded_at <= t.known_at AND (f.superseded_at IS NULL OR f.superseded_at > t.known_at)
          AND f.valid_from <= t.as_of AND (f.valid_to IS NULL OR f.valid_to >= k.since))
    FROM t
$$;

-- As gate.take, of some of the persons of the ticket.
CREATE FUNCTION gate.take_of(ticket uuid, people uuid[]) RETURNS TABLE (
    fact uuid, person uuid, attribute text, value text, valid_from date, valid_to date, recorded_at timestamptz,
    established_on date, holder text, source text, under_investigation boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH t AS MATERIALIZED (SELECT * FROM gate.open_ticket(ticket, 'read')),
    asked AS MATERIALIZED (
        SELECT p AS person, a AS attribute, t.as_of, t.known_at,
               CASE WHEN t.windows ? a THEN
                   (date_trunc('month', t.as_of::timestamp) - make_interval(months => (t.windows ->> a)::integer))::date
               ELSE t.as_of END AS since
        FROM t, unnest(people) p, unnest(t.attributes) a WHERE p = ANY (t.persons))
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

SELECT vault.open_door('gate.take_many(uuid)');
SELECT vault.open_door('gate.take_of(uuid,uuid[])');

-- reverse
DROP FUNCTION gate.take_of(uuid, uuid[]);
DROP FUNCTION gate.take_many(uuid);
DROP INDEX reg.investigation_by_closing;
-- {"kind": "client", "attribute": A, "values": [..], "or_exists": B}: A has one of the values, or B was ever recorded.
CREATE OR REPLACE FUNCTION reg.population_client(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE sql STABLE AS $$
    SELECT ARRAY(
        SELECT f.person FROM reg.fact f
        WHERE f.attribute = predicate ->> 'attribute' AND (persons IS NULL OR f.person = ANY (persons))
          AND predicate -> 'values' @> jsonb_build_array(f.value) AND reg.holds(f, request)
        UNION
        SELECT f.person FROM reg.fact f
        WHERE f.attribute = predicate ->> 'or_exists' AND (persons IS NULL OR f.person = ANY (persons))
          AND f.value <> 'null' AND reg.holds(f, request))
$$;

-- {"kind": "related", "by": [A, ..], "to": P}: somebody inside P names this person as {"person": ..} in A.
CREATE OR REPLACE FUNCTION reg.population_related(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    naming_in text[] := ARRAY(SELECT jsonb_array_elements_text(predicate -> 'by'));
    depth integer := coalesce((request ->> 'depth')::integer, 0) + 1;
    naming uuid[];
BEGIN
    IF persons IS NULL THEN
        naming := gate.inside(predicate -> 'to', NULL, request, depth);
        RETURN ARRAY(SELECT DISTINCT (f.value ->> 'person')::uuid FROM reg.fact f
                     WHERE f.person = ANY (naming) AND f.attribute = ANY (naming_in) AND f.value ? 'person'
                       AND reg.holds(f, request));
    END IF;
    naming := ARRAY(SELECT DISTINCT f.person FROM reg.fact f
                    WHERE f.value ? 'person' AND f.value ->> 'person' = ANY (persons::text[])
                      AND f.attribute = ANY (naming_in) AND reg.holds(f, request));
    naming := gate.inside(predicate -> 'to', naming, request, depth);
    RETURN ARRAY(SELECT DISTINCT (f.value ->> 'person')::uuid FROM reg.fact f
                 WHERE f.value ? 'person' AND f.value ->> 'person' = ANY (persons::text[])
                   AND f.person = ANY (naming) AND f.attribute = ANY (naming_in) AND reg.holds(f, request));
END $$;
DROP FUNCTION reg.standing(reg.fact, date, timestamptz);
