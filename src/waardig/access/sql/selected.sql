-- A round selects its population once and then asks about those people, some hundreds at a time. The gate remembers whom
-- this run selected, and does not look in the registers again whether they are inside: the same activity in the same
-- version, by the same actor, of the same day and by what was known at the same moment has the same population. Who is not
-- among them is looked at as before, and opting out counts at once.
-- It is a memory and no record: unlogged, gone after a crash (then everybody is looked at) and with the ticket.
CREATE UNLOGGED TABLE gate.selected (
    ticket uuid NOT NULL,
    person uuid NOT NULL,
    PRIMARY KEY (ticket, person)
);
CREATE INDEX ticket_of_selection ON gate.ticket (run) WHERE kind = 'selection';

CREATE FUNCTION gate.selection_of(a pol.activity, request jsonb) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT t.id FROM gate.ticket t
    WHERE a.kind = 'service' AND t.kind = 'selection' AND t.run = (request ->> 'run')::uuid AND t.allowed
      AND t.activity = a.id AND t.activity_version = a.version AND t.actor = request -> 'actor'
      AND t.as_of = (request ->> 'as_of')::date AND t.known_at = (request ->> 'known_at')::timestamptz
    ORDER BY t.made_at DESC LIMIT 1
$$;

CREATE OR REPLACE FUNCTION gate.why_not_persons(a pol.activity, persons uuid[], request jsonb, today date) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    selection uuid := gate.selection_of(a, request);
    others uuid[] := persons;
    met uuid[];
BEGIN
    IF selection IS NOT NULL THEN
        others := ARRAY(  -- one by one in the index: never through everybody who was selected
            SELECT p FROM unnest(persons) p
            LEFT JOIN LATERAL (SELECT true AS there FROM gate.selected s WHERE s.ticket = selection AND s.person = p
                               OFFSET 0) known ON true
            WHERE known.there IS NULL);
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

CREATE OR REPLACE FUNCTION gate.ask_selection(request jsonb) RETURNS uuid
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
    PERFORM set_config('work_mem', '64MB', true);  -- a whole population is sorted in memory
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
    IF a.kind = 'service' AND q ? 'run' THEN
        INSERT INTO gate.selected SELECT made, p FROM gate.ticket t, unnest(t.persons) p WHERE t.id = made;
    END IF;
    RETURN made;
END $$;

CREATE OR REPLACE FUNCTION gate.forget_tickets() RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM gate.daily_use u WHERE u.day < gate.day_here() - 1;
    WITH gone AS (DELETE FROM gate.ticket WHERE expires_at < now() - interval '1 day' RETURNING id),
    forgotten AS (DELETE FROM gate.selected s USING gone g WHERE s.ticket = g.id)
    SELECT count(*)::integer FROM gone
$$;

-- reverse
-- again: access/ceiling gate.forget_tickets
-- again: access/ask gate.ask_selection
-- again: access/decide gate.why_not_persons
DROP FUNCTION gate.selection_of(pol.activity, jsonb);
DROP INDEX gate.ticket_of_selection;
DROP TABLE gate.selected;
