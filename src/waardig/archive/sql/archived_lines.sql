-- Lines that are past their term go from the archive of the log too, by the same rule (lines.sql). The application brings lines of the
-- file that may be due; each must fit its place in the tree, and which ones go is decided here.
CREATE FUNCTION gate.archives_due() RETURNS TABLE (month text, file text, forms integer[], past bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH term AS MATERIALIZED (SELECT * FROM public.archive_line_terms())
    SELECT a.month, a.file, array_agg(u.form ORDER BY u.form),
           max(log.milliseconds(((pol.today() - m.term)::date + 4)::timestamp AT TIME ZONE 'UTC'))  -- later than any due day
    FROM log.archive a JOIN log.archived_use u USING (month) JOIN log.archived_form f ON f.id = u.form
    JOIN log.archived_kind k ON k.id = f.kind LEFT JOIN term own ON own.activity = k.activity
    CROSS JOIN LATERAL (
        SELECT coalesce(own.term, (SELECT o.term FROM term o WHERE o.activity = 'inzage.gebruik'))) m(term)
    WHERE u.first_day + m.term < pol.today()
    GROUP BY a.month, a.file ORDER BY a.month
$$;

-- Removes what is due of these lines of a month, and gives the places of what went; the file without them must follow in
-- this transaction (gate.replace_archive).
CREATE FUNCTION gate.forget_archived(of_month text, rows jsonb, request jsonb) RETURNS TABLE (place bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    today date := pol.today();
    part record;
    gone integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(6963);
    FOR part IN
        WITH term AS MATERIALIZED (SELECT * FROM public.archive_line_terms()),
        due AS MATERIALIZED (
            SELECT b.place, b.d, m.term FROM log.brought(rows) b LEFT JOIN term own ON own.activity = (b.d).activity
            CROSS JOIN LATERAL (
                SELECT coalesce(own.term, (SELECT o.term FROM term o WHERE o.activity = 'inzage.gebruik'))) m(term)
            WHERE log.day_of((b.l).start_time) + m.term < today)
        SELECT (w.d).activity, w.term, array_agg(w.place) AS places, array_agg((w.d).trace_id) AS traces,
               array_agg((w.d).span_id) AS spans
        FROM due w
        WHERE NOT public.archive_keeps_line((w.d).trace_id, (w.d).span_id, (w.d).case_id, (w.d).message_id)
        GROUP BY 1, 2 ORDER BY 1, 2
    LOOP
        gone := gone + log.remove_archived(of_month, part.traces, part.spans, (
            SELECT jsonb_agg(r) FROM jsonb_array_elements(rows) r WHERE (r ->> 'place')::bigint = ANY (part.places)),
            part.activity, part.term, today);
        RETURN QUERY SELECT unnest(part.places);
    END LOOP;
    IF gone > 0 THEN
        INSERT INTO log.archiving (made_in, month) VALUES (pg_current_xact_id(), of_month) ON CONFLICT DO NOTHING;
        PERFORM gate.log_wish(NULL, 'Regels van het logboek na hun termijn verwijderd: ' || gone, request);
    END IF;
END $$;
SELECT vault.open_door('gate.archives_due()');
SELECT vault.open_door('gate.forget_archived(text,jsonb,jsonb)');
-- reverse
DROP FUNCTION gate.forget_archived(text, jsonb, jsonb);
DROP FUNCTION gate.archives_due();
