-- Jobs for a destroyed case know its ids; they go too, whatever their state, and how many there were of each stays.
CREATE FUNCTION public.outbox_destroy(ids uuid[]) RETURNS integer
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public AS $$
DECLARE
  known text[] := ids::text[];
  jobs bigint[] := ARRAY(SELECT j.id FROM public.outbox_job j WHERE (
    split_part(j.key, ':', 1) = ANY (known) OR split_part(j.key, ':', 2) = ANY (known)
    OR EXISTS (SELECT FROM jsonb_each_text(j.payload) p WHERE p.value = ANY (known))));
BEGIN
  INSERT INTO public.outbox_tally AS t (topic, state, count)
  SELECT j.topic, j.state, count(*) FROM public.outbox_job j WHERE j.id = ANY (jobs) GROUP BY 1, 2
  ON CONFLICT (topic, state) DO UPDATE SET count = t.count + excluded.count;
  DELETE FROM public.outbox_job j WHERE j.id = ANY (jobs);
  RETURN cardinality(jobs);
END $$;
-- reverse
DROP FUNCTION public.outbox_destroy(uuid[]);
