-- Doors for the gate, which room access registers there. A helper is a resident whose role names the mandate (`mandate:<id>`), so one request is about one
-- mandate and with it about one person; which one is read here each time, so an ended mandate gives nothing at once.
-- {"kind": "mandated", "action": "answer", "theme": T}: both optional; without them any mandate in force will do.
CREATE FUNCTION public.mandates_population_mandated(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
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

-- {"kind": "mandate_party"}: the other party of a mandate of this resident, from the helper's yes; for an employee or a
-- program everybody who is in a mandate, because they record and deliver what the two said.
CREATE FUNCTION public.mandates_population_party(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(DISTINCT party), '{}') FROM (
    SELECT unnest(ARRAY[m.principal, m.helper]) AS party, m.principal, m.helper, m.state
    FROM public.mandates_mandate m
    WHERE m.principal = ANY (persons) OR m.helper = ANY (persons)) one
  WHERE party = ANY (persons)
    AND CASE request -> 'actor' ->> 'kind'
      WHEN 'employee' THEN true
      WHEN 'system' THEN true
      WHEN 'resident' THEN
        (principal::text = request -> 'actor' ->> 'id' AND state <> 'invited')
        OR (helper::text = request -> 'actor' ->> 'id' AND state IN ('active', 'ended'))
      ELSE false END
$$;
-- reverse
DROP FUNCTION public.mandates_population_party(jsonb, uuid[], jsonb);
DROP FUNCTION public.mandates_population_mandated(jsonb, uuid[], jsonb);
