-- Facts of registers that are past their declared term go (AVG art. 5(1)(e)), unless something that is kept still needs them.
-- A case needs what was known during its life: for its decision, for an objection against that (Awb 6:7, 7:11), for a court and
-- for who asks later what we knew on that day (AVG art. 5(2)); as long as the case itself is kept (Archiefwet 1995 art. 3).
CREATE FUNCTION public.archive_service_attributes() RETURNS TABLE (service text, attribute text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT a.service, u FROM pol.activity a CROSS JOIN LATERAL unnest(a.attributes) u WHERE a.kind = 'service'
$$;

-- From when to when a case looked at facts: from what was known at the start of its round, to its last step once it ended.
CREATE FUNCTION public.archive_case_spans(cases uuid[]) RETURNS TABLE (case_id uuid, since timestamptz, until timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.id, coalesce(least(min(e.at), min(r.known_at)), '-infinity'),
           CASE WHEN EXISTS (SELECT FROM public.archive_record x WHERE x."case" = c.id) THEN coalesce(max(e.at), 'infinity')
                ELSE 'infinity' END
    FROM public.cases_case c LEFT JOIN public.cases_event e ON e.case_id = c.id
    LEFT JOIN public.proposals_run r ON r.id = c.run
    WHERE c.id = ANY (cases) GROUP BY c.id
$$;

-- What keeps which attribute of whom, as known from since until until; attribute NULL = everything of this person.
CREATE FUNCTION public.archive_keepers(people uuid[]) RETURNS TABLE (
    person uuid, attribute text, since timestamptz, until timestamptz, why text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH mine AS MATERIALIZED (
        SELECT p.person, c.id, c.service FROM public.cases_party p JOIN public.cases_case c ON c.id = p.case_id
        WHERE p.person = ANY (people)
    ), told AS MATERIALIZED (  -- lines of the log about these people that name a case which is kept, or a message of one
        SELECT s.person, d.attributes, to_timestamp(l.start_time / 1000.0) AS at, k.id AS case_id
        FROM log.pseudonyms(people) s JOIN log.detail d ON d.subject = s.subject JOIN log.line l USING (trace_id, span_id)
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

-- Facts that are past their term, with what keeps them all the same; '' when they may go.
CREATE FUNCTION public.archive_past_facts(people uuid[], today date) RETURNS TABLE (
    fact uuid, person uuid, attribute text, starts text, term interval, started_on date, why text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH past AS MATERIALIZED (
        SELECT * FROM reg.fact_terms(people) t WHERE t.kept_until < today
    ), keeper AS MATERIALIZED (
        SELECT * FROM public.archive_keepers(ARRAY(SELECT DISTINCT p.person FROM past p)))
    SELECT p.fact, p.person, p.attribute, p.starts, p.term, p.started_on, coalesce((
        SELECT min(k.why) FROM keeper k
        WHERE k.person = p.person AND coalesce(k.attribute = p.attribute, true)
          AND p.recorded_at <= k.until AND coalesce(p.superseded_at >= k.since, true)), '')
    FROM past p
$$;

-- Looks at the `most` people after `after`: removes what may go, and gives the last one it looked at; NULL when nobody is
-- further on. One line in the log a person. A value that took the place of a kept one stays as long as that one.
CREATE FUNCTION gate.forget_facts(after uuid, most integer, request jsonb, OUT next uuid, OUT gone integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := pol.today();
    people uuid[] := ARRAY(SELECT p.person FROM reg.person p WHERE p.person > coalesce(after, '00000000-0000-0000-0000-000000000000')
                           ORDER BY p.person LIMIT most);
    ids uuid[];
    kept uuid[];
    told record;
BEGIN
    gone := 0;
    next := people[cardinality(people)];
    people := ARRAY(SELECT DISTINCT t.person FROM reg.fact_terms(people) t WHERE t.kept_until < today);
    IF cardinality(people) = 0 THEN
        RETURN;
    END IF;
    PERFORM FROM reg.person p WHERE p.person = ANY (people) ORDER BY p.person FOR NO KEY UPDATE;
    ids := ARRAY(SELECT p.fact FROM public.archive_past_facts(people, today) p WHERE p.why = '');
    LOOP
        kept := ARRAY(SELECT i.replaced_by FROM reg.investigation i
                      WHERE i.replaced_by = ANY (ids) AND i.fact <> ALL (ids));
        EXIT WHEN cardinality(kept) = 0;
        ids := ARRAY(SELECT u FROM unnest(ids) u WHERE u <> ALL (kept));
    END LOOP;
    IF cardinality(ids) = 0 THEN
        RETURN;
    END IF;
    FOR told IN SELECT f.person, array_agg(DISTINCT f.attribute ORDER BY f.attribute) AS attributes, count(*) AS facts
                FROM reg.fact f WHERE f.fact = ANY (ids) GROUP BY f.person ORDER BY f.person
    LOOP
        PERFORM count(*) FROM gate.append_lines(jsonb_build_array(request || jsonb_build_object(
            'person', told.person, 'name', 'Gegevens na hun termijn vernietigd: ' || told.facts,
            'attributes', told.attributes, 'decision', 'allow', 'reasons', '[]'::jsonb)));
    END LOOP;
    gone := reg.remove_facts(ids, today);
END $$;
SELECT vault.open_door('gate.forget_facts(uuid,integer,jsonb)');

-- The same people looked at and nothing removed: counts by attribute and term, and by what keeps what is past its term.
CREATE FUNCTION gate.facts_past_term(after uuid, most integer) RETURNS TABLE (
    next uuid, attribute text, starts text, term text, why text, facts bigint, first_day date, last_day date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    people uuid[] := ARRAY(SELECT p.person FROM reg.person p WHERE p.person > coalesce(after, '00000000-0000-0000-0000-000000000000')
                           ORDER BY p.person LIMIT most);
BEGIN
    RETURN QUERY SELECT people[cardinality(people)], p.attribute, p.starts, p.term::text, p.why, count(p.fact),
                        min(p.started_on), max(p.started_on)
                 FROM (SELECT 1) one LEFT JOIN public.archive_past_facts(people, pol.today()) p ON true
                 GROUP BY 2, 3, 4, 5;
END $$;
SELECT vault.open_door('gate.facts_past_term(uuid,integer)');

-- For who reads their own data: until when each fact of a ticket is kept, and what may keep it longer.
CREATE FUNCTION gate.take_terms(ticket uuid) RETURNS TABLE (
    fact uuid, starts text, term text, kept_until date, why text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH t AS MATERIALIZED (SELECT * FROM gate.open_ticket(ticket, 'read') x WHERE cardinality(x.persons) = 1),
    keeper AS MATERIALIZED (SELECT k.* FROM t, public.archive_keepers(t.persons) k)
    SELECT f.fact, f.starts, f.term::text, nullif(f.kept_until, 'infinity'), ARRAY(
        SELECT DISTINCT k.why FROM keeper k
        WHERE coalesce(k.attribute = f.attribute, true)
          AND f.recorded_at <= k.until AND coalesce(f.superseded_at >= k.since, true) ORDER BY 1)
    FROM t, reg.fact_terms(t.persons) f WHERE f.attribute = ANY (t.attributes) AND f.recorded_at <= t.known_at
$$;
SELECT vault.open_door('gate.take_terms(uuid)');
-- reverse
DROP FUNCTION gate.take_terms(uuid);
DROP FUNCTION gate.facts_past_term(uuid, integer);
DROP FUNCTION gate.forget_facts(uuid, integer, jsonb);
DROP FUNCTION public.archive_past_facts(uuid[], date);
DROP FUNCTION public.archive_keepers(uuid[]);
DROP FUNCTION public.archive_case_spans(uuid[]);
DROP FUNCTION public.archive_service_attributes();
