-- Mandates that ended longer ago than the published term of machtiging.beheren, counted from the day on which they ended,
-- lapsed or were declined (AVG art. 5(1)(e)): counted first, then the row, its events and the jobs about it, with a line for
-- both. One that runs, or waits for a yes, never goes.
CREATE FUNCTION gate.forget_mandates(most integer, request jsonb) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    ids uuid[];
    people uuid[];
    party uuid;
BEGIN
    SELECT array_agg(x.id), array_agg(x.principal) || array_agg(x.helper) INTO ids, people FROM (
        SELECT m.id, m.principal, m.helper FROM public.mandates_mandate m
        WHERE m.state IN ('ended', 'lapsed', 'declined')
          AND m.ended_on + pol.retention_of('machtiging.beheren') < pol.today()
        ORDER BY m.ended_on, m.id LIMIT most FOR UPDATE SKIP LOCKED) x;
    IF ids IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM public.outbox_destroy(ids);
    FOREACH party IN ARRAY array_remove(people, NULL) LOOP
        PERFORM gate.log_wish(party, 'Oude machtiging verwijderd', request);
    END LOOP;
    RETURN public.mandates_destroy(ids);
END $$;
SELECT vault.open_door('gate.forget_mandates(integer,jsonb)');
-- reverse
DROP FUNCTION gate.forget_mandates(integer, jsonb);
