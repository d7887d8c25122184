-- {"kind": "own_company", "attribute": A}: the organisation that acts is this company: A holds its number. Also after the company
-- ended: what is known of it stays its own to see.
CREATE FUNCTION reg.population_own_company(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE sql STABLE AS $$
    SELECT ARRAY(
        SELECT DISTINCT f.person FROM reg.fact f
        WHERE request -> 'actor' ->> 'kind' = 'organisation'
          AND f.attribute = predicate ->> 'attribute'
          AND f.value #>> '{}' = request -> 'actor' ->> 'id'
          AND f.superseded_at IS NULL AND f.person = ANY (persons))
$$;

SELECT pol.register_population('own_company', 'reg.population_own_company(jsonb,uuid[],jsonb)', 'registers');

-- reverse
DELETE FROM pol.population_door WHERE kind = 'own_company';
DROP FUNCTION reg.population_own_company(jsonb, uuid[], jsonb);
