-- How many of these persons had opted out of something before a day, and still had on it: a number, for measuring a round.
CREATE FUNCTION gate.opted_out_before(persons uuid[], wished text[], day date) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(DISTINCT o.person) FROM gate.opt_out o
    WHERE o.person = ANY (persons) AND o.subject = ANY (wished) AND o.since < day AND coalesce(o.until >= day, true)
$$;

SELECT vault.open_door('gate.opted_out_before(uuid[],text[],date)');

-- reverse
DROP FUNCTION gate.opted_out_before(uuid[], text[], date);
