-- A mandate that a court ruled may have no last day, and that of a curator is about everything ("*").
CREATE OR REPLACE FUNCTION public.mandates_population_mandated(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(m.principal), '{}')
  FROM public.mandates_mandate m
  WHERE request -> 'actor' ->> 'kind' = 'resident'
    AND request -> 'actor' ->> 'role' = 'mandate:' || m.id
    AND request -> 'actor' ->> 'id' = m.helper::text
    AND m.state = 'active'
    AND m.starts_on <= (request ->> 'as_of')::date
    AND (m.ends_on > (request ->> 'as_of')::date OR (m.ends_on IS NULL AND m.origin = 'court'))
    AND (persons IS NULL OR m.principal = ANY (persons))
    AND (predicate ->> 'action' IS DISTINCT FROM 'answer' OR m.action = 'answer')
    AND (NOT predicate ? 'theme' OR m.themes ? (predicate ->> 'theme') OR m.themes ? '*')
$$;
-- reverse
CREATE OR REPLACE FUNCTION public.mandates_population_mandated(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(m.principal), '{}')
  FROM public.mandates_mandate m
  WHERE request -> 'actor' ->> 'kind' = 'resident'
    AND request -> 'actor' ->> 'role' = 'mandate:' || m.id
    AND request -> 'actor' ->> 'id' = m.helper::text
    AND m.state = 'active'
    AND m.starts_on <= (request ->> 'as_of')::date AND m.ends_on > (request ->> 'as_of')::date
    AND (persons IS NULL OR m.principal = ANY (persons))
    AND (predicate ->> 'action' IS DISTINCT FROM 'answer' OR m.action = 'answer')
    AND (NOT predicate ? 'theme' OR m.themes ? (predicate ->> 'theme'))
$$;
