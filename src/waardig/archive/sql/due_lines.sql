-- The same door; whether a case keeps a line is looked up only for lines whose term has passed.
CREATE OR REPLACE FUNCTION gate.forget_lines(after bigint, most integer, request jsonb, OUT next bigint, OUT gone integer)
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
-- reverse
CREATE OR REPLACE FUNCTION gate.forget_lines(after bigint, most integer, request jsonb, OUT next bigint, OUT gone integer)
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
        WITH term AS MATERIALIZED (SELECT * FROM public.archive_line_terms())
        SELECT d.activity, m.term, array_agg(t.place ORDER BY t.place) AS places
        FROM log.tree_leaf t JOIN log.line l USING (trace_id, span_id) JOIN log.detail d USING (trace_id, span_id)
        LEFT JOIN term own ON own.activity = d.activity
        CROSS JOIN LATERAL (SELECT coalesce(own.term, (SELECT o.term FROM term o WHERE o.activity = 'inzage.gebruik'))) m(term)
        WHERE t.place > after AND t.place <= next AND log.day_of(l.start_time) + m.term < today
          AND NOT public.archive_keeps_line(d.trace_id, d.span_id, d.case_id, d.message_id)
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
