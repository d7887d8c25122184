-- Destroying outcomes of rounds: of one case, or of people of a round who have no case (safeguard W14: no right, a count
-- only). The counts stay. Called by the destruction doors of the gate only.
CREATE FUNCTION public.proposals_count_items(items bigint[]) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public AS $$
  INSERT INTO public.proposals_tally AS t (run_id, outcome, reason, amount_eurocent, has_case, count)
  SELECT i.run_id, i.outcome, i.reason, coalesce(i.amount_eurocent, 0), i."case" IS NOT NULL, count(*)
  FROM public.proposals_run_item i WHERE i.id = ANY (items) GROUP BY 1, 2, 3, 4, 5
  ON CONFLICT (run_id, outcome, reason, amount_eurocent, has_case) DO UPDATE SET count = t.count + excluded.count
$$;

CREATE FUNCTION public.proposals_destroy(target uuid) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public AS $$
DECLARE
  items bigint[] := ARRAY(SELECT i.id FROM public.proposals_run_item i WHERE i."case" = target);
BEGIN
  PERFORM public.proposals_count_items(items);
  DELETE FROM public.proposals_left_step l WHERE l.item_id = ANY (items);
  DELETE FROM public.proposals_run_item i WHERE i.id = ANY (items);
  UPDATE public.proposals_left_step SET "case" = NULL WHERE "case" = target;
  DELETE FROM public.proposals_grant_list_item g WHERE g."case" = target;
  RETURN '{}';
END $$;

CREATE FUNCTION public.proposals_destroy_people(of_run uuid, people uuid[]) RETURNS integer
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public AS $$
DECLARE
  items bigint[] := ARRAY(SELECT i.id FROM public.proposals_run_item i
                          WHERE i.run_id = of_run AND i.person = ANY (people) AND i."case" IS NULL);
BEGIN
  PERFORM public.proposals_count_items(items);
  DELETE FROM public.proposals_left_step l WHERE l.item_id = ANY (items);
  DELETE FROM public.proposals_run_item i WHERE i.id = ANY (items);
  RETURN cardinality(items);
END $$;
CREATE INDEX proposals_item_case ON public.proposals_run_item ("case") WHERE "case" IS NOT NULL;
-- reverse
DROP INDEX public.proposals_item_case;
DROP FUNCTION public.proposals_destroy_people(uuid, uuid[]);
DROP FUNCTION public.proposals_destroy(uuid);
DROP FUNCTION public.proposals_count_items(bigint[]);
