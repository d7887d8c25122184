-- Who is looked up by number stays while that happens: whom nothing is left of may go at that moment (archive/sql/people.sql).
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
    IF against = '[]' THEN
        PERFORM FROM reg.person p WHERE p.bsn = ANY (bsns) ORDER BY p.person FOR KEY SHARE;
    END IF;
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
-- again: registers/lookup_ceiling gate.ask_persons
