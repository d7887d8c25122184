-- How long is kept what an activity leaves behind, and the opt-outs that are past it (AVG art. 5(1)(e)). The term is the
-- one that was published; the application cannot shorten it.
CREATE FUNCTION pol.retention_of(of_activity text) RETURNS interval
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.retention::interval FROM pol.activity a
    WHERE a.id = of_activity AND a.status = 'active' AND a.valid_from <= pol.today()
      AND coalesce(a.valid_to >= pol.today(), true)
    ORDER BY a.version DESC LIMIT 1
$$;

-- Opt-outs that ended: the term counts from the last day of the opt-out. One that is open is never removed.
CREATE FUNCTION gate.forget_opt_outs(most integer, request jsonb) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone record;
    count integer := 0;
BEGIN
    FOR gone IN
        DELETE FROM gate.opt_out o WHERE o.id IN (
            SELECT x.id FROM gate.opt_out x
            WHERE x.until IS NOT NULL AND x.until + pol.retention_of('afmelden') < pol.today()
            ORDER BY x.until, x.id LIMIT most FOR UPDATE SKIP LOCKED)
        RETURNING o.person, o.subject
    LOOP
        PERFORM gate.log_wish(gone.person, 'Oude afmelding verwijderd: ' || gone.subject, request);
        count := count + 1;
    END LOOP;
    RETURN count;
END $$;
SELECT vault.open_door('gate.forget_opt_outs(integer,jsonb)');

-- reverse
DROP FUNCTION gate.forget_opt_outs(integer, jsonb);
DROP FUNCTION pol.retention_of(text);
