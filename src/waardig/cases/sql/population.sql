-- Door for the gate: which of these persons are parties of the case that the request names.
CREATE FUNCTION public.cases_population(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(DISTINCT party.person), '{}')
  FROM public.cases_party AS party
  WHERE party.person = ANY (persons) AND party.case_id = (request ->> 'case')::uuid
$$;
SELECT pol.register_population('case', 'public.cases_population(jsonb,uuid[],jsonb)', 'cases');
-- reverse
DELETE FROM pol.population_door WHERE kind = 'case';
DROP FUNCTION public.cases_population(jsonb, uuid[], jsonb);
