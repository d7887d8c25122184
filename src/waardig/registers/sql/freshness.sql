-- How old what we hold of a source is: when the source itself was last asked, for who reads the facts with a ticket.
CREATE FUNCTION gate.take_asked(ticket uuid) RETURNS TABLE (person uuid, attribute text, asked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.person, a.attribute, a.asked_at
    FROM gate.open_ticket(ticket, 'read') t
    JOIN reg.asked a ON a.person = ANY (t.persons) AND a.attribute = ANY (t.attributes)
    ORDER BY 1, 2
$$;

-- Whether one of these attributes, which live at a connected source, was not asked there since a moment for one of these
-- people. Who has no number can not be asked for. Says yes or no of all of them together, and gives no fact.
CREATE FUNCTION gate.is_older_than(people uuid[], attributes text[], moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM reg.person p CROSS JOIN pol.at_source s
        WHERE p.person = ANY (people) AND p.bsn IS NOT NULL AND s.attribute = ANY (attributes)
          AND NOT EXISTS (SELECT FROM reg.asked a
                          WHERE a.person = p.person AND a.attribute = s.attribute AND a.asked_at >= moment))
$$;
SELECT vault.open_door('gate.take_asked(uuid)');
SELECT vault.open_door('gate.is_older_than(uuid[],text[],timestamptz)');

-- reverse
DROP FUNCTION gate.is_older_than(uuid[], text[], timestamptz);
DROP FUNCTION gate.take_asked(uuid);
