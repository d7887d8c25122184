-- From BSN to person id, in two calls as well: which number belongs to whom is personal data.
CREATE FUNCTION gate.why_not_numbers(a pol.activity, q jsonb, bsns text[], creating boolean, today date)
RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    against jsonb := gate.why_not(a, q, '{}', today);
BEGIN
    IF a.id IS NOT NULL AND a.kind NOT IN ('identification', 'execution') THEN
        against := against || gate.reason('numbers_not_allowed', jsonb_build_object('activity', a.id));
    ELSIF creating AND a.kind <> 'execution' THEN
        against := against || gate.reason('enrolment_not_allowed', jsonb_build_object('activity', a.id));
    END IF;
    IF cardinality(bsns) > coalesce(a.max_persons, 500) THEN
        against := against || gate.reason('persons_too_many', jsonb_build_object(
            'count', cardinality(bsns), 'most', a.max_persons));
    END IF;
    IF EXISTS (SELECT FROM unnest(bsns) b WHERE reg.is_bsn(b) IS NOT TRUE) THEN
        against := against || gate.reason('bsn_invalid');
    END IF;
    RETURN against;
END $$;

CREATE FUNCTION gate.ask_persons(bsns text[], creating boolean, request jsonb) RETURNS uuid
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

-- Person ids in the order of the numbers asked for; NULL where nobody is enrolled under the number.
CREATE FUNCTION gate.take_persons(ticket uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.p FROM gate.open_ticket(ticket, 'persons') t, unnest(t.persons) WITH ORDINALITY u(p, n) ORDER BY u.n
$$;

-- Enrols persons under ids that the caller chose (an import that brings its own). The same pair again is no change;
-- another pairing is refused without naming the number.
CREATE FUNCTION gate.enrol_persons(people uuid[], bsns text[], request jsonb) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := pol.today();
    q jsonb := gate.completed(request, today);
    a pol.activity := gate.activity_on(request ->> 'activity', today);
    against jsonb := gate.why_not_numbers(a, q, array_remove(bsns, NULL), true, today);
    added uuid[];
BEGIN
    IF against <> '[]' THEN
        RAISE EXCEPTION 'enrolment refused: %', jsonb_path_query_array(against, '$[*].code') USING ERRCODE = 'WA003';
    END IF;
    WITH made AS (
        INSERT INTO reg.person (person, bsn) SELECT * FROM unnest(people, bsns)
        ON CONFLICT DO NOTHING RETURNING person
    ) SELECT coalesce(array_agg(person), '{}') INTO added FROM made;
    IF EXISTS (SELECT FROM unnest(people, bsns) x(person, bsn) WHERE NOT EXISTS (
               SELECT FROM reg.person p WHERE p.person = x.person AND p.bsn IS NOT DISTINCT FROM x.bsn)) THEN
        RAISE EXCEPTION 'a person id or number is already enrolled in another pair' USING ERRCODE = 'WA004';
    END IF;
    PERFORM count(*) FROM log.insert_lines((
        SELECT jsonb_agg(gate.entry(a, q, '{}', against, NULL) || jsonb_build_object('person', p, 'trace', q -> 'trace'))
        FROM unnest(added) p)) WHERE added <> '{}';
    RETURN cardinality(added);
END $$;

SELECT vault.open_door('gate.ask_persons(text[],boolean,jsonb)');
SELECT vault.open_door('gate.take_persons(uuid)');
SELECT vault.open_door('gate.enrol_persons(uuid[],text[],jsonb)');

-- reverse
DROP FUNCTION gate.enrol_persons(uuid[], text[], jsonb);
DROP FUNCTION gate.take_persons(uuid);
DROP FUNCTION gate.ask_persons(text[], boolean, jsonb);
DROP FUNCTION gate.why_not_numbers(pol.activity, jsonb, text[], boolean, date);
