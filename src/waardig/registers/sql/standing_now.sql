-- Over everybody, the predicates go over the index of what stands now, and apart over the few facts that were superseded
-- after the moment asked about; about some persons, the second attribute is looked at only for whom the first says nothing.
CREATE INDEX fact_by_end ON reg.fact (superseded_at) WHERE superseded_at IS NOT NULL;

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
            SELECT f.person FROM reg.fact f
            WHERE f.superseded_at IS NULL AND f.attribute = one AND f.value = ANY (fitting)
              AND reg.standing(f, on_day, known)
            UNION
            SELECT f.person FROM reg.fact f
            WHERE f.superseded_at IS NULL AND f.attribute = other AND f.value <> 'null'
              AND reg.standing(f, on_day, known)
            UNION
            SELECT f.person FROM reg.fact f
            WHERE f.superseded_at > known AND reg.standing(f, on_day, known)
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
        RETURN ARRAY(
            SELECT (f.value ->> 'person')::uuid FROM reg.fact f JOIN unnest(naming) n(p) ON n.p = f.person
            WHERE f.superseded_at IS NULL AND f.attribute = ANY (naming_in) AND f.value ? 'person'
              AND reg.standing(f, on_day, known)
            UNION
            SELECT (f.value ->> 'person')::uuid FROM reg.fact f JOIN unnest(naming) n(p) ON n.p = f.person
            WHERE f.superseded_at > known AND f.attribute = ANY (naming_in) AND f.value ? 'person'
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

-- As gate.take, of some of the persons of the ticket; of each what is on record is passed in one go, as gate.take_many does.
CREATE OR REPLACE FUNCTION gate.take_of(ticket uuid, people uuid[]) RETURNS TABLE (
    fact uuid, person uuid, attribute text, value text, valid_from date, valid_to date, recorded_at timestamptz,
    established_on date, holder text, source text, under_investigation boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH t AS MATERIALIZED (
        SELECT o.*, ARRAY(
            SELECT CASE WHEN o.windows ? a THEN
                (date_trunc('month', o.as_of::timestamp) - make_interval(months => (o.windows ->> a)::integer))::date
                ELSE o.as_of END
            FROM unnest(o.attributes) WITH ORDINALITY u(a, n) ORDER BY n) AS since
        FROM gate.open_ticket(ticket, 'read') o)
    SELECT f.fact, f.person, f.attribute, f.value::text, nullif(f.valid_from, '-infinity'), f.valid_to, f.recorded_at,
           f.established_on, f.holder, f.source,
           f.under_investigation OR EXISTS (
               SELECT FROM reg.investigation i WHERE i.fact = f.fact AND i.opened_at <= t.known_at
               AND coalesce(i.closed_at > t.known_at, true))
    FROM t CROSS JOIN LATERAL unnest(people) p
    CROSS JOIN LATERAL (
        SELECT r.*, array_position(t.attributes, r.attribute) AS a FROM reg.fact r
        WHERE r.person = p AND p = ANY (t.persons) AND r.recorded_at <= t.known_at
          AND (r.superseded_at IS NULL OR r.superseded_at > t.known_at) AND r.valid_from <= t.as_of
        OFFSET 0) f
    WHERE f.a IS NOT NULL AND (f.valid_to IS NULL OR f.valid_to >= t.since[f.a])
    ORDER BY f.person, f.attribute, f.valid_from
$$;

-- reverse
DROP INDEX reg.fact_by_end;
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

-- As gate.take, of some of the persons of the ticket.
CREATE OR REPLACE FUNCTION gate.take_of(ticket uuid, people uuid[]) RETURNS TABLE (
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
