-- What is the same for everybody on a ticket is done once. Lines of one ticket stand in one trace nearly always: then the
-- ticket keeps the trace and no list of it. Whom a run selected is looked up for all persons of an ask together.
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
           CASE WHEN bool_and(m.trace_id = trace) THEN '{}' ELSE array_agg(m.trace_id ORDER BY m.n) END,
           array_agg(m.span_id ORDER BY m.n),
           (request ->> 'as_of')::date, (request ->> 'known_at')::timestamptz,
           (request ->> 'run')::uuid, (request ->> 'case')::uuid
    FROM log.insert_alike(common, subjects) m
    RETURNING id INTO ticket;
    RETURN ticket;
END $$;
COMMENT ON COLUMN gate.ticket.traces IS 'the trace of each line; empty when every line stands in trace_id';

CREATE OR REPLACE FUNCTION gate.why_not_persons(a pol.activity, persons uuid[], request jsonb, today date) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    selection uuid := gate.selection_of(a, request);
    others uuid[] := persons;
    met uuid[];
BEGIN
    IF selection IS NOT NULL THEN
        met := ARRAY(SELECT s.person FROM gate.selected s WHERE s.ticket = selection AND s.person = ANY (persons));
        others := CASE WHEN cardinality(met) < cardinality(persons)
                       THEN ARRAY(SELECT unnest(persons) EXCEPT SELECT unnest(met) ORDER BY 1) ELSE '{}' END;
    END IF;
    IF others <> '{}' THEN
        met := gate.inside(a.population, others, gate.judged(a, request, today));
        IF met IS NULL THEN
            RETURN gate.reason('population_unavailable', jsonb_build_object('kind', a.population ->> 'kind'));
        END IF;
        others := ARRAY(SELECT p FROM unnest(others) p WHERE p <> ALL (met));
        IF others <> '{}' THEN
            RETURN gate.reason('population_outside',
                               jsonb_build_object('persons', to_jsonb(others), 'count', cardinality(others)));
        END IF;
    END IF;
    IF a.kind = 'service' THEN
        others := gate.opted_out(a, persons, today);
        IF others <> '{}' THEN
            RETURN gate.reason('opted_out', jsonb_build_object('persons', to_jsonb(others),
                                                               'count', cardinality(others)));
        END IF;
    END IF;
    RETURN '[]';
END $$;

-- reverse
-- again: access/selected gate.why_not_persons
UPDATE gate.ticket SET traces = array_fill(trace_id, ARRAY[cardinality(spans)]) WHERE traces = '{}' AND spans <> '{}';
COMMENT ON COLUMN gate.ticket.traces IS NULL;
-- again: access/alike gate.keep_ticket
