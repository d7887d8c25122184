-- A register that is asked at its source is asked by citizen service number. For that, and for nothing else, the number of
-- a person is given: for a committed ticket that opens an attribute which lives at a connected source.
CREATE TABLE pol.at_source (attribute text PRIMARY KEY);

DO $$ BEGIN
    EXECUTE format('GRANT SELECT ON pol.at_source TO %I', (SELECT application FROM vault.role));
END $$;

CREATE FUNCTION gate.take_numbers(ticket uuid) RETURNS TABLE (person uuid, bsn text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.person, p.bsn
    FROM gate.open_ticket(ticket, 'read') t JOIN reg.person p ON p.person = ANY (t.persons)
    WHERE p.bsn IS NOT NULL AND EXISTS (SELECT FROM pol.at_source s WHERE s.attribute = ANY (t.attributes))
    ORDER BY p.person
$$;

SELECT vault.open_door('gate.take_numbers(uuid)');

-- reverse
DROP FUNCTION gate.take_numbers(uuid);
DROP TABLE pol.at_source;
