-- A ticket's lines differ in their person only, so they are written at once (logbook/sql/alike.sql).
CREATE OR REPLACE FUNCTION gate.keep_ticket(
    of_kind text, a pol.activity, request jsonb, asked text[], against jsonb, people uuid[], subjects uuid[])
RETURNS uuid
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    trace bytea := decode(request ->> 'trace', 'hex');
    common jsonb := gate.entry(a, request, asked, against, trace);
    ticket uuid;
BEGIN
    IF of_kind = 'selection' THEN  -- names nobody, so it does not count as a read of the run
        common := common || jsonb_build_object('run', NULL, 'about_run', request -> 'run');
    END IF;
    INSERT INTO gate.ticket (kind, allowed, reasons, activity, activity_version, may_correct, stops_with, actor, attributes,
                             windows, persons, trace_id, traces, spans, as_of, known_at, run, case_id)
    SELECT of_kind, against = '[]', against, common ->> 'activity', a.version, coalesce(a.may_correct, false),
           CASE WHEN a.kind = 'service' THEN a.service END,
           request -> 'actor', asked, coalesce(a.windows, '{}'), people, trace,
           array_agg(m.trace_id ORDER BY m.n), array_agg(m.span_id ORDER BY m.n),
           (request ->> 'as_of')::date, (request ->> 'known_at')::timestamptz,
           (request ->> 'run')::uuid, (request ->> 'case')::uuid
    FROM log.insert_alike(common, subjects) m
    RETURNING id INTO ticket;
    RETURN ticket;
END $$;

-- reverse
CREATE OR REPLACE FUNCTION gate.keep_ticket(
    of_kind text, a pol.activity, request jsonb, asked text[], against jsonb, people uuid[], subjects uuid[])
RETURNS uuid
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    trace bytea := decode(request ->> 'trace', 'hex');
    common jsonb := gate.entry(a, request, asked, against, trace);
    ticket uuid;
BEGIN
    IF of_kind = 'selection' THEN  -- names nobody, so it does not count as a read of the run
        common := common || jsonb_build_object('run', NULL, 'about_run', request -> 'run');
    END IF;
    INSERT INTO gate.ticket (kind, allowed, reasons, activity, activity_version, may_correct, stops_with, actor, attributes,
                             windows, persons, trace_id, traces, spans, as_of, known_at, run, case_id)
    SELECT of_kind, against = '[]', against, common ->> 'activity', a.version, coalesce(a.may_correct, false),
           CASE WHEN a.kind = 'service' THEN a.service END,
           request -> 'actor', asked, coalesce(a.windows, '{}'), people, trace,
           array_agg(m.trace_id ORDER BY m.n), array_agg(m.span_id ORDER BY m.n),
           (request ->> 'as_of')::date, (request ->> 'known_at')::timestamptz,
           (request ->> 'run')::uuid, (request ->> 'case')::uuid
    FROM log.insert_lines((SELECT jsonb_agg(common || jsonb_build_object('person', s.p) ORDER BY s.n)
                           FROM unnest(subjects) WITH ORDINALITY s(p, n))) m
    RETURNING id INTO ticket;
    RETURN ticket;
END $$;
