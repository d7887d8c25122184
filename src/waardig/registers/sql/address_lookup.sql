-- From birth date, postcode and house number to person ids, in two calls: all three exact, nothing partial. Who keeps
-- an address secret or has died is never met this way. More than five are counted and not given.
CREATE INDEX fact_by_birth_date ON reg.fact (value) WHERE attribute = 'brp.geboortedatum' AND superseded_at IS NULL;

CREATE FUNCTION reg.now_stands(of_person uuid, of_attribute text, today date) RETURNS SETOF jsonb
LANGUAGE sql STABLE AS $$
    SELECT f.value FROM reg.fact f
    WHERE f.person = of_person AND f.attribute = of_attribute AND f.superseded_at IS NULL
      AND reg.standing(f, today, now()) AND f.value <> 'null'
$$;

CREATE FUNCTION reg.met_at_address(born date, code text, house text, today date) RETURNS uuid[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT b.person ORDER BY b.person), '{}') FROM reg.fact b
    WHERE b.attribute = 'brp.geboortedatum' AND b.superseded_at IS NULL
      AND b.value = to_jsonb(to_char(born, 'YYYY-MM-DD')) AND reg.standing(b, today, now())
      AND EXISTS (SELECT FROM reg.now_stands(b.person, 'brp.adres', today) v
                  WHERE upper(replace(v ->> 'postcode', ' ', '')) = code
                    AND substring(v ->> 'huisnummer' FROM '^ *([0-9]+)') = house)
      AND NOT EXISTS (SELECT FROM reg.now_stands(b.person, 'brp.geheimhouding', today) v WHERE v = 'true')
      AND NOT EXISTS (SELECT FROM reg.now_stands(b.person, 'brp.overlijdensdatum', today))
$$;

-- Forty a day for one employee, tried or met: the memory is that of the tickets, which stay at least a day.
CREATE FUNCTION gate.why_not_address(a pol.activity, q jsonb, asked text[], born date, code text, house text, today date)
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

CREATE FUNCTION gate.ask_address(born date, code text, house text, request jsonb) RETURNS uuid
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

SELECT vault.open_door('gate.ask_address(date,text,text,jsonb)');

-- reverse
DROP FUNCTION gate.ask_address(date, text, text, jsonb);
DROP FUNCTION gate.why_not_address(pol.activity, jsonb, text[], date, text, text, date);
DROP FUNCTION reg.met_at_address(date, text, text, date);
DROP FUNCTION reg.now_stands(uuid, text, date);
DROP INDEX reg.fact_by_birth_date;
