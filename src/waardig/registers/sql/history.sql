-- All that was ever recorded of what a ticket opens: what held earlier, and what stood there before it was corrected. Only for
-- one person, under an activity that is a right (AVG article 15): no service and no round ever looks back in this way.
CREATE FUNCTION gate.take_history(ticket uuid) RETURNS TABLE (
    person uuid, attribute text, value text, valid_from date, valid_to date, recorded_at timestamptz,
    established_on date, holder text, source text, under_investigation boolean, fact uuid, superseded_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.person, f.attribute, f.value::text, nullif(f.valid_from, '-infinity'), f.valid_to, f.recorded_at,
           f.established_on, f.holder, f.source,
           f.under_investigation OR EXISTS (
               SELECT FROM reg.investigation i WHERE i.fact = f.fact AND i.opened_at <= t.known_at
               AND coalesce(i.closed_at > t.known_at, true)),
           f.fact, CASE WHEN f.superseded_at <= t.known_at THEN f.superseded_at END
    FROM gate.open_ticket(ticket, 'read') t
    JOIN pol.activity a ON a.id = t.activity AND a.version = t.activity_version AND a.kind = 'right'
    JOIN reg.fact f ON f.person = t.persons[1] AND f.attribute = ANY (t.attributes)
    WHERE cardinality(t.persons) = 1 AND f.recorded_at <= t.known_at
    ORDER BY f.attribute, f.valid_from DESC, f.recorded_at DESC
$$;

SELECT vault.open_door('gate.take_history(uuid)');

-- reverse
DROP FUNCTION gate.take_history(uuid);
