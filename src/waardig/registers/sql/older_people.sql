-- Of whom a source was not asked recently enough: the people of a round or a list, in one question. As gate.is_older_than,
-- but says who; seen from the moment until which a round knows, in microseconds since 1970: what was asked after it does not
-- count, because the round does not know what was answered. Gives no fact and no moment.
CREATE FUNCTION gate.older_people(people uuid[], attributes text[], days integer, known_us bigint) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH wanted AS (SELECT s.attribute FROM pol.at_source s WHERE s.attribute = ANY (attributes)),
         known AS (SELECT timestamptz 'epoch' + known_us * interval '1 microsecond' AS at),
         asked AS (SELECT a.person, count(*) AS count FROM known, reg.asked a JOIN wanted USING (attribute)
                   WHERE a.person = ANY (people) AND a.asked_at BETWEEN known.at - make_interval(days => days) AND known.at
                   GROUP BY a.person)
    SELECT p.person FROM reg.person p LEFT JOIN asked USING (person)
    WHERE p.person = ANY (people) AND p.bsn IS NOT NULL AND coalesce(asked.count, 0) < (SELECT count(*) FROM wanted)
    ORDER BY p.person
$$;
SELECT vault.open_door('gate.older_people(uuid[],text[],integer,bigint)');

-- reverse
DROP FUNCTION gate.older_people(uuid[], text[], integer, bigint);
