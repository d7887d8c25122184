-- How many lines the persons of a ticket have in each month by the last counts that were signed, with what proves it, and how
-- many of those are withheld for now.
CREATE FUNCTION gate.take_counts(ticket uuid) RETURNS TABLE (
    counts text, salt bytea, bucket integer, content bytea, withheld jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.counts, c.salt, c.bucket,
           (SELECT string_agg(b.key || b.leaf, ''::bytea ORDER BY b.key) FROM log.month_count b WHERE b.bucket = c.bucket),
           (SELECT coalesce(jsonb_object_agg(w.month, w.lines), '{}') FROM (
                SELECT log.month_of(l.start_time) AS month, count(*) AS lines
                FROM log.detail d JOIN log.line l USING (trace_id, span_id) JOIN log.tree_leaf f USING (trace_id, span_id)
                JOIN pol.activity a ON a.uri = d.activity_uri AND a.confidential_until IS NOT NULL
                WHERE d.subject = c.subject AND f.place < (SELECT max(r.size) FROM log.count_round r)
                GROUP BY 1) w)
    FROM gate.open_ticket(ticket, 'read') t
    JOIN LATERAL log.pseudonyms(t.persons) p ON 'logboek.regel' = ANY (t.attributes)
    JOIN log.month_count c ON c.subject = p.subject
    ORDER BY c.key
$$;
SELECT vault.open_door('gate.take_counts(uuid)');

-- reverse
DROP FUNCTION gate.take_counts(uuid);
