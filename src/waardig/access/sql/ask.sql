-- The first call: decide, write the line of every person (allowed or refused), keep the ticket. It returns only the
-- ticket's number; the answer and the data come after the commit, through gate.answer and the take functions.
CREATE FUNCTION gate.entry(a pol.activity, request jsonb, attributes text[], against jsonb, trace bytea) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_object(
        'trace', encode(trace, 'hex'), 'parent', request ->> 'parent',
        'name', coalesce(request ->> 'name', a.name_nl, 'Onbekende verwerking'),
        'uri', coalesce(a.uri, 'urn:waardig:activity:unknown'),
        'activity', coalesce(a.id, left(request ->> 'activity', 80)),
        'decision', CASE WHEN against = '[]' THEN 'allow' ELSE 'refuse' END,
        'reasons', jsonb_path_query_array(against, '$[*].code'),
        'attributes', to_jsonb(attributes), 'actor', request -> 'actor',
        'run', CASE WHEN against = '[]' THEN request -> 'run' END,
        'about_run', CASE WHEN against <> '[]' THEN request -> 'run' END,
        'case', request -> 'case', 'rule_set', request -> 'rule_set', 'as_of', request -> 'as_of')
$$;

-- The request with its defaults: dates, the moment of knowledge (never later than now), a new or given trace.
CREATE FUNCTION gate.completed(request jsonb, today date) RETURNS jsonb
LANGUAGE sql VOLATILE AS $$
    SELECT request || jsonb_build_object(
        'as_of', coalesce(request ->> 'as_of', today::text), 'today', today,
        'known_at', least(coalesce((request ->> 'known_at')::timestamptz, now()), now()),
        'trace', coalesce(request ->> 'trace', encode(log.random(16), 'hex')))
$$;

CREATE FUNCTION gate.keep_ticket(
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

CREATE FUNCTION gate.ask(request jsonb) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := pol.today();
    q jsonb := gate.completed(request, today);
    a pol.activity := gate.activity_on(request ->> 'activity', today);
    people uuid[] := ARRAY(SELECT p::uuid FROM jsonb_array_elements_text(request -> 'persons') WITH ORDINALITY x(p, n)
                           GROUP BY 1 ORDER BY min(n));
    asked text[] := ARRAY(SELECT DISTINCT x FROM jsonb_array_elements_text(request -> 'attributes') x ORDER BY 1);
    most integer := coalesce(a.max_persons, 500);
    against jsonb := gate.why_not(a, q, asked, today);
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);  -- a line that may be lost is no line
    IF asked = '{}' THEN
        against := against || gate.reason('attributes_missing');
    END IF;
    IF people = '{}' THEN
        against := against || gate.reason('persons_missing');
    ELSIF cardinality(people) > most THEN
        against := against || gate.reason('persons_too_many',
                                      jsonb_build_object('count', cardinality(people), 'most', most));
    END IF;
    IF against = '[]' THEN
        against := gate.why_not_persons(a, people, q, today);
    END IF;
    RETURN gate.keep_ticket('read', a, q, asked, against, people,
                            CASE WHEN cardinality(people) BETWEEN 1 AND 500 THEN people ELSE ARRAY[NULL::uuid] END);
END $$;

-- Who may be approached at all: client status only, those who opted out removed here. One line without a person.
CREATE FUNCTION gate.ask_selection(request jsonb) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := pol.today();
    q jsonb := gate.completed(request, today);
    a pol.activity := gate.activity_on(request ->> 'activity', today);
    used text[] := ARRAY(
        SELECT DISTINCT x #>> '{}' FROM unnest(ARRAY['$.**.attribute', '$.**.or_exists', '$.**.by[*]']::jsonpath[]) path,
        jsonb_path_query(a.population, path) x ORDER BY 1);
    against jsonb := gate.why_not(a, q, '{}', today);
    met uuid[] := '{}';
    refusing uuid[] := '{}';
    made uuid;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    IF a.id IS NOT NULL AND NOT a.bulk THEN
        against := against || gate.reason('selection_not_allowed', jsonb_build_object('activity', a.id));
    END IF;
    IF against = '[]' THEN
        met := gate.inside(a.population, NULL, gate.judged(a, q, today));
        IF met IS NULL THEN
            against := gate.reason('population_unavailable', jsonb_build_object('kind', a.population ->> 'kind'));
        ELSIF a.kind = 'service' THEN
            refusing := gate.opted_out(a, met, today);
        END IF;
    END IF;
    made := gate.keep_ticket(
        'selection', a, q || jsonb_build_object('name', 'Selectie: ' || coalesce(a.name_nl, 'onbekend')),
        used, against, ARRAY(SELECT p FROM unnest(met) p WHERE p <> ALL (refusing) ORDER BY p), ARRAY[NULL::uuid]);
    UPDATE gate.ticket SET inside = coalesce(cardinality(met), 0), opted_out = cardinality(refusing) WHERE id = made;
    RETURN made;
END $$;

SELECT vault.open_door('gate.ask(jsonb)');
SELECT vault.open_door('gate.ask_selection(jsonb)');

-- reverse
DROP FUNCTION gate.ask_selection(jsonb);
DROP FUNCTION gate.ask(jsonb);
DROP FUNCTION gate.keep_ticket(text, pol.activity, jsonb, text[], jsonb, uuid[], uuid[]);
DROP FUNCTION gate.completed(jsonb, date);
DROP FUNCTION gate.entry(pol.activity, jsonb, text[], jsonb, bytea);
