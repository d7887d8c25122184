-- Destroying ended mandates: counted first, then events and rows. Called by gate.forget_mandates (contact) only; gives how
-- many went.
CREATE FUNCTION public.mandates_destroy(ids uuid[]) RETURNS integer
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public AS $$
DECLARE
  gone integer;
BEGIN
  INSERT INTO public.mandates_tally AS t (year, state, ended_by, count)
  SELECT extract(year FROM m.ended_on)::integer, m.state, m.ended_by, count(*)
  FROM public.mandates_mandate m WHERE m.id = ANY (ids) GROUP BY 1, 2, 3
  ON CONFLICT (year, state, ended_by) DO UPDATE SET count = t.count + excluded.count;
  DELETE FROM public.mandates_event e WHERE e.mandate_id = ANY (ids);
  DELETE FROM public.mandates_mandate m WHERE m.id = ANY (ids);
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
-- reverse
DROP FUNCTION public.mandates_destroy(uuid[]);
