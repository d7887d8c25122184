-- Door for the gate: who made the request that is named as the case (for who handles it).
CREATE FUNCTION public.contact_population(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(DISTINCT r.person), '{}')
  FROM public.contact_request AS r
  WHERE r.person = ANY (persons) AND r.id = (request ->> 'case')::uuid
$$;
SELECT pol.register_population('contact', 'public.contact_population(jsonb,uuid[],jsonb)', 'contact');
-- reverse
DELETE FROM pol.population_door WHERE kind = 'contact';
DROP FUNCTION public.contact_population(jsonb, uuid[], jsonb);
