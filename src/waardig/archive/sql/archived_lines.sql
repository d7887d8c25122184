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
-- What keeps which attribute of whom, as known from since until until; attribute NULL = everything of this person. Archived lines
-- that name a case keep what they told of, as lines in the tables do.
CREATE OR REPLACE FUNCTION public.archive_keepers(people uuid[]) RETURNS TABLE (
    person uuid, attribute text, since timestamptz, until timestamptz, why text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH mine AS MATERIALIZED (
        SELECT p.person, c.id, c.service FROM public.cases_party p JOIN public.cases_case c ON c.id = p.case_id
        WHERE p.person = ANY (people)
    ), told AS MATERIALIZED (  -- lines of the log about these people that name a case which is kept, or a message of one
        SELECT s.person, d.attributes, to_timestamp(d.start_time / 1000.0) AS at, k.id AS case_id
        FROM log.pseudonyms(people) s
        JOIN log.told_of(ARRAY(SELECT o.subject FROM log.pseudonyms(people) o)) d ON d.subject = s.subject
        CROSS JOIN LATERAL (
            SELECT d.case_id AS id
            UNION SELECT m."case" FROM public.inbox_message m WHERE m.id = d.message_id
            UNION SELECT x.target FROM log.link x
                  WHERE x.trace_id = d.trace_id AND x.span_id = d.span_id AND x.kind = 'case'
            UNION SELECT m."case" FROM log.link x JOIN public.inbox_message m ON m.id = x.target
                  WHERE x.trace_id = d.trace_id AND x.span_id = d.span_id AND x.kind = 'message') k
        WHERE d.decision = 'allow' AND cardinality(d.attributes) > 0
          AND EXISTS (SELECT FROM public.cases_case c WHERE c.id = k.id)
    ), span AS MATERIALIZED (
        SELECT s.* FROM public.archive_case_spans(ARRAY(SELECT m.id FROM mine m UNION SELECT t.case_id FROM told t)) s
    ), uses AS MATERIALIZED (SELECT * FROM public.archive_service_attributes())
    SELECT m.person, NULL, '-infinity', 'infinity', 'hold' FROM mine m
    WHERE EXISTS (SELECT FROM public.archive_hold h WHERE h."case" = m.id AND h.lifted_on IS NULL)
    UNION
    SELECT m.person, u.attribute, s.since, s.until, 'case'
    FROM mine m JOIN uses u ON u.service = m.service JOIN span s ON s.case_id = m.id
    UNION
    SELECT t.person, a, least(s.since, t.at), greatest(s.until, t.at), 'case'
    FROM told t JOIN span s ON s.case_id = t.case_id CROSS JOIN LATERAL unnest(t.attributes) a
    UNION
    SELECT c.person, c.attribute, '-infinity', 'infinity', 'case' FROM public.cases_correction c
    WHERE c.person = ANY (people)
    UNION
    SELECT i.person, u.attribute, r.known_at, r.known_at, 'round'
    FROM public.proposals_run_item i JOIN public.proposals_run r ON r.id = i.run_id AND NOT r.dry_run
    JOIN uses u ON u.service = r.service WHERE i.person = ANY (people)
    UNION
    SELECT f.person, f.attribute, '-infinity', 'infinity', 'correction'
    FROM reg.investigation i JOIN reg.fact f USING (fact) WHERE i.closed_at IS NULL AND f.person = ANY (people)
$$;

SELECT vault.open_door('gate.archives_due()');
SELECT vault.open_door('gate.forget_archived(text,jsonb,jsonb)');
-- reverse
-- again: archive/facts public.archive_keepers
DROP FUNCTION gate.forget_archived(text, jsonb, jsonb);
DROP FUNCTION gate.archives_due();
