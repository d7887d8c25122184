-- Looking somebody up counts against the ceiling of its activity (access/sql/ceiling.sql), tried or met: a lookup by address
-- is one, by numbers as many as there are numbers.
CREATE OR REPLACE FUNCTION gate.why_not_address(a pol.activity, q jsonb, asked text[], born date, code text, house text, today date)
RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    against jsonb := gate.why_not(a, q, asked, today);
BEGIN
    IF a.id IS NOT NULL AND a.kind <> 'identification' THEN
        against := against || gate.reason('address_not_allowed', jsonb_build_object('activity', a.id));
    END IF;
    IF born IS NULL OR (code ~ '^[1-9][0-9]{3}[A-Z]{2}$' AND house ~ '^[1-9][0-9]{0,4}$') IS NOT TRUE THEN
        against := against || gate.reason('address_incomplete');
    END IF;
    RETURN against;
END $$;

CREATE OR REPLACE FUNCTION gate.ask_address(born date, code text, house text, request jsonb) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := pol.today();
    q jsonb := gate.completed(request, today);
    a pol.activity := gate.activity_on(request ->> 'activity', today);
    asked text[] := ARRAY['brp.adres', 'brp.geboortedatum', 'brp.geheimhouding', 'brp.overlijdensdatum'];
    against jsonb;
    met uuid[] := '{}';
    given uuid[] := '{}';
    made uuid;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    against := gate.why_not_address(a, q, asked, born, code, house, today)
            || gate.over_ceiling(a, q -> 'actor', 'lookup', 1, NULL);
    IF against = '[]' THEN
        met := reg.met_at_address(born, code, house, today);
    END IF;
    IF cardinality(met) <= 5 THEN
        given := met;
    END IF;
    made := gate.keep_ticket('persons', a, q, asked, against, given,
                             CASE WHEN given = '{}' THEN ARRAY[NULL::uuid] ELSE given END);
    UPDATE gate.ticket SET inside = cardinality(met) WHERE id = made;
    RETURN made;
END $$;

CREATE OR REPLACE FUNCTION gate.ask_persons(bsns text[], creating boolean, request jsonb) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := pol.today();
    q jsonb := gate.completed(request, today);
    a pol.activity := gate.activity_on(request ->> 'activity', today);
    against jsonb := gate.why_not_numbers(a, q, bsns, creating, today);
    people uuid[] := '{}';
    known uuid[];
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    against := against || gate.over_ceiling(a, q -> 'actor', 'lookup', cardinality(bsns), NULL);
    IF against = '[]' AND creating THEN
        INSERT INTO reg.person (bsn) SELECT DISTINCT b FROM unnest(bsns) b ON CONFLICT DO NOTHING;
    END IF;
    IF against = '[]' THEN
        people := ARRAY(SELECT p.person FROM unnest(bsns) WITH ORDINALITY x(b, n)
                        LEFT JOIN reg.person p ON p.bsn = x.b ORDER BY x.n);
    END IF;
    known := ARRAY(SELECT DISTINCT p FROM unnest(people) p WHERE p IS NOT NULL);
    RETURN gate.keep_ticket('persons', a, q, '{}', against, people,
                            CASE WHEN known = '{}' THEN ARRAY[NULL::uuid] ELSE known END);
END $$;

-- reverse
CREATE OR REPLACE FUNCTION gate.ask_persons(bsns text[], creating boolean, request jsonb) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := pol.today();
    q jsonb := gate.completed(request, today);
    a pol.activity := gate.activity_on(request ->> 'activity', today);
    against jsonb := gate.why_not_numbers(a, q, bsns, creating, today);
    people uuid[] := '{}';
    known uuid[];
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    IF against = '[]' AND creating THEN
        INSERT INTO reg.person (bsn) SELECT DISTINCT b FROM unnest(bsns) b ON CONFLICT DO NOTHING;
    END IF;
    IF against = '[]' THEN
        people := ARRAY(SELECT p.person FROM unnest(bsns) WITH ORDINALITY x(b, n)
                        LEFT JOIN reg.person p ON p.bsn = x.b ORDER BY x.n);
    END IF;
    known := ARRAY(SELECT DISTINCT p FROM unnest(people) p WHERE p IS NOT NULL);
    RETURN gate.keep_ticket('persons', a, q, '{}', against, people,
                            CASE WHEN known = '{}' THEN ARRAY[NULL::uuid] ELSE known END);
END $$;
CREATE OR REPLACE FUNCTION gate.ask_address(born date, code text, house text, request jsonb) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := pol.today();
    q jsonb := gate.completed(request, today);
    a pol.activity := gate.activity_on(request ->> 'activity', today);
    asked text[] := ARRAY['brp.adres', 'brp.geboortedatum', 'brp.geheimhouding', 'brp.overlijdensdatum'];
    against jsonb;
    met uuid[] := '{}';
    given uuid[] := '{}';
    made uuid;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    PERFORM pg_advisory_xact_lock(hashtextextended('gate.ask_address:' || coalesce(q -> 'actor' ->> 'id', ''), 0));
    against := gate.why_not_address(a, q, asked, born, code, house, today);
    IF against = '[]' THEN
        met := reg.met_at_address(born, code, house, today);
    END IF;
    IF cardinality(met) <= 5 THEN
        given := met;
    END IF;
    made := gate.keep_ticket('persons', a, q, asked, against, given,
                             CASE WHEN given = '{}' THEN ARRAY[NULL::uuid] ELSE given END);
    UPDATE gate.ticket SET inside = cardinality(met) WHERE id = made;
    RETURN made;
END $$;
CREATE OR REPLACE FUNCTION gate.why_not_address(a pol.activity, q jsonb, asked text[], born date, code text, house text, today date)
RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    against jsonb := gate.why_not(a, q, asked, today);
BEGIN
    IF a.id IS NOT NULL AND a.kind <> 'identification' THEN
        against := against || gate.reason('address_not_allowed', jsonb_build_object('activity', a.id));
    END IF;
    IF born IS NULL OR (code ~ '^[1-9][0-9]{3}[A-Z]{2}$' AND house ~ '^[1-9][0-9]{0,4}$') IS NOT TRUE THEN
        against := against || gate.reason('address_incomplete');
    END IF;
    IF (SELECT count(*) FROM gate.ticket t WHERE t.activity = a.id AND t.kind = 'persons'
        AND t.actor ->> 'id' = q -> 'actor' ->> 'id' AND t.made_at >= date_trunc('day', now())) >= 40 THEN
        against := against || gate.reason('lookups_too_many', jsonb_build_object('most', 40));
    END IF;
    RETURN against;
END $$;
