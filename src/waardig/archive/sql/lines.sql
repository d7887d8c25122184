-- Lines of the log that are past the published term of their activity (AVG art. 5(1)(e)), counted from the day of the line.
-- A line that names a case which is still kept, or a message of such a case, stays as long as that case: it tells what was
-- done for it (AVG art. 5(2)). So a hold on a case holds its lines too.
CREATE FUNCTION public.archive_line_terms() RETURNS TABLE (activity text, term interval)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.id, coalesce(pol.retention_of(a.id),
                          (SELECT v.retention::interval FROM pol.activity v WHERE v.id = a.id ORDER BY v.version DESC LIMIT 1))
    FROM (SELECT DISTINCT id FROM pol.activity) a
$$;

CREATE FUNCTION public.archive_keeps_line(trace bytea, span bytea, of_case uuid, of_message uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.cases_case c WHERE c.id = of_case)
        OR EXISTS (SELECT FROM public.inbox_message m JOIN public.cases_case c ON c.id = m."case" WHERE m.id = of_message)
        OR EXISTS (SELECT FROM log.link k JOIN public.cases_case c ON c.id = k.target
                   WHERE k.trace_id = trace AND k.span_id = span AND k.kind = 'case')
        OR EXISTS (SELECT FROM log.link k JOIN public.inbox_message m ON m.id = k.target
                   JOIN public.cases_case c ON c.id = m."case"
                   WHERE k.trace_id = trace AND k.span_id = span AND k.kind = 'message')
$$;

-- Looks at the `most` places of the tree after `after`: removes what is due, and gives the last place it looked at; NULL
-- when there is nothing further on. One remover at a time. A request for an activity that nobody published has the term
-- of the log itself. Whether a case keeps a line is looked up only for lines whose term has passed.
CREATE FUNCTION gate.forget_lines(after bigint, most integer, request jsonb, OUT next bigint, OUT gone integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := pol.today();
    youngest date;
    part record;
BEGIN
    PERFORM pg_advisory_xact_lock(6963);
    gone := 0;
    SELECT max(w.place) INTO next FROM (
        SELECT t.place FROM log.tree_leaf t WHERE t.place > after ORDER BY t.place LIMIT most) w;
    IF next IS NULL THEN
        RETURN;
    END IF;
    FOR part IN
        WITH term AS MATERIALIZED (SELECT * FROM public.archive_line_terms()),
        due AS MATERIALIZED (
            SELECT t.place, t.trace_id, t.span_id, d.activity, d.case_id, d.message_id, m.term
            FROM log.tree_leaf t JOIN log.line l USING (trace_id, span_id) JOIN log.detail d USING (trace_id, span_id)
            LEFT JOIN term own ON own.activity = d.activity
            CROSS JOIN LATERAL (
                SELECT coalesce(own.term, (SELECT o.term FROM term o WHERE o.activity = 'inzage.gebruik'))) m(term)
            WHERE t.place > after AND t.place <= next AND log.day_of(l.start_time) + m.term < today)
        SELECT w.activity, w.term, array_agg(w.place ORDER BY w.place) AS places FROM due w
        WHERE NOT public.archive_keeps_line(w.trace_id, w.span_id, w.case_id, w.message_id)
        GROUP BY 1, 2 ORDER BY 1, 2
    LOOP
        gone := gone + log.remove_lines(part.places, part.activity, part.term, today);
    END LOOP;
    IF gone > 0 THEN
        PERFORM gate.log_wish(NULL, 'Regels van het logboek na hun termijn verwijderd: ' || gone, request);
    END IF;
    SELECT max(log.day_of(l.start_time)) INTO youngest
    FROM log.tree_leaf t JOIN log.line l USING (trace_id, span_id) WHERE t.place > after AND t.place <= next;
    IF youngest + (SELECT min(m.term) FROM public.archive_line_terms() m) >= today THEN
        next := NULL;  -- places follow the clock: what comes after this is younger than the shortest term
    END IF;
END $$;
SELECT vault.open_door('gate.forget_lines(bigint,integer,jsonb)');
-- reverse
DROP FUNCTION gate.forget_lines(bigint, integer, jsonb);
DROP FUNCTION public.archive_keeps_line(bytea, bytea, uuid, uuid);
DROP FUNCTION public.archive_line_terms();
