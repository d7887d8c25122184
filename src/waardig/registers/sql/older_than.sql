-- The age in days instead of a moment: a name of a type with spaces in it does not fit a list of doors.
DROP FUNCTION gate.is_older_than(uuid[], text[], timestamptz);

CREATE FUNCTION gate.is_older_than(people uuid[], attributes text[], days integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM reg.person p CROSS JOIN pol.at_source s
        WHERE p.person = ANY (people) AND p.bsn IS NOT NULL AND s.attribute = ANY (attributes)
          AND NOT EXISTS (SELECT FROM reg.asked a
                          WHERE a.person = p.person AND a.attribute = s.attribute
                            AND a.asked_at >= now() - make_interval(days => days)))
$$;
SELECT vault.open_door('gate.is_older_than(uuid[],text[],integer)');

-- reverse
DROP FUNCTION gate.is_older_than(uuid[], text[], integer);
-- again: registers/freshness gate.is_older_than
SELECT vault.open_door('gate.is_older_than(uuid[],text[],timestamptz)');
