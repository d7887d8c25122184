-- Population predicates about register data, published to the gate. Each looks at what holds on as_of, as known then.
CREATE FUNCTION reg.holds(f reg.fact, request jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT f.recorded_at <= (request ->> 'known_at')::timestamptz
       AND coalesce(f.superseded_at > (request ->> 'known_at')::timestamptz, true)
       AND f.valid_from <= (request ->> 'as_of')::date
       AND coalesce(f.valid_to >= (request ->> 'as_of')::date, true)
$$;

CREATE FUNCTION reg.population_anyone(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE sql STABLE AS $$
    SELECT ARRAY(SELECT p.person FROM reg.person p WHERE p.person = ANY (persons))
$$;

-- {"kind": "client", "attribute": A, "values": [..], "or_exists": B}: A has one of the values, or B was ever recorded.
CREATE FUNCTION reg.population_client(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
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
CREATE FUNCTION reg.population_related(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
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

-- {"kind": "represented", "attribute": A, "key": K}: A of this person names the acting organisation in its field K
-- (bewind, BW 1:431; the register of the benefits administration holds who the administrator is).
CREATE FUNCTION reg.population_represented(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE sql STABLE AS $$
    SELECT ARRAY(
        SELECT DISTINCT f.person FROM reg.fact f
        WHERE request -> 'actor' ->> 'kind' = 'organisation'
          AND f.attribute = coalesce(predicate ->> 'attribute', 'uitkeringen.bewindvoerder')
          AND f.value ->> coalesce(predicate ->> 'key', 'kvk') = request -> 'actor' ->> 'id'
          AND (persons IS NULL OR f.person = ANY (persons)) AND reg.holds(f, request))
$$;

SELECT pol.register_population('anyone', 'reg.population_anyone(jsonb,uuid[],jsonb)', 'registers');
SELECT pol.register_population('client', 'reg.population_client(jsonb,uuid[],jsonb)', 'registers');
SELECT pol.register_population('related', 'reg.population_related(jsonb,uuid[],jsonb)', 'registers');
SELECT pol.register_population('represented', 'reg.population_represented(jsonb,uuid[],jsonb)', 'registers');

-- reverse
DELETE FROM pol.population_door WHERE room = 'registers';
DROP FUNCTION reg.population_represented(jsonb, uuid[], jsonb);
DROP FUNCTION reg.population_related(jsonb, uuid[], jsonb);
DROP FUNCTION reg.population_client(jsonb, uuid[], jsonb);
DROP FUNCTION reg.population_anyone(jsonb, uuid[], jsonb);
DROP FUNCTION reg.holds(reg.fact, jsonb);
