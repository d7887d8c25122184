-- {"kind": "left", "service": S}: these persons were left to a person by a round of S, and no official ended that yet.
CREATE FUNCTION public.proposals_population_left(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(DISTINCT item.person), '{}')
  FROM public.proposals_run_item AS item
  JOIN public.proposals_run AS run ON run.id = item.run_id
  LEFT JOIN public.proposals_left_step AS done ON done.item_id = item.id
  WHERE item.person = ANY (persons) AND NOT run.dry_run AND run.service = predicate ->> 'service'
    AND (item.outcome = 'to_person' OR (item.outcome = 'excluded' AND item.reason <> 'deceased'))
    AND (done.step IS NULL OR done.step = 'close_proposed')
$$;
SELECT pol.register_population('left', 'public.proposals_population_left(jsonb,uuid[],jsonb)', 'proposals');
-- reverse
DELETE FROM pol.population_door WHERE kind = 'left';
DROP FUNCTION public.proposals_population_left(jsonb, uuid[], jsonb);
