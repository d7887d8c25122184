-- Of "any of these" over everybody, a part that leads from people inside the first part ("related" to them, say) does not
-- find those people a second time: its door has a function to which they are given.
ALTER TABLE pol.population_door ADD COLUMN through text;
COMMENT ON COLUMN pol.population_door.through IS
    'function(predicate jsonb, inside uuid[], request jsonb) returns uuid[]: to whom those who are inside "to" lead';

-- To whom the people inside `predicate -> 'to'` lead, as its door says.
CREATE FUNCTION gate.led_to(predicate jsonb, inside uuid[], request jsonb) RETURNS uuid[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    door text := (SELECT d.through FROM pol.population_door d WHERE d.kind = predicate ->> 'kind');
    met uuid[];
BEGIN
    EXECUTE format('SELECT %s($1, $2, $3)', to_regprocedure(door)::oid::regproc) INTO met USING predicate, inside, request;
    RETURN met;
END $$;

CREATE FUNCTION gate.is_led_from(part jsonb, first jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT part -> 'to' = first AND EXISTS (
        SELECT FROM pol.population_door d WHERE d.kind = part ->> 'kind' AND to_regprocedure(d.through) IS NOT NULL)
$$;

CREATE OR REPLACE FUNCTION gate.inside(predicate jsonb, persons uuid[], request jsonb, depth integer DEFAULT 0) RETURNS uuid[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    door text;
    part jsonb;
    place bigint;
    met uuid[];
    of_first uuid[];  -- everybody inside the first part
    others uuid[] := persons;
BEGIN
    IF depth > 4 THEN
        RETURN NULL;
    END IF;
    IF predicate ->> 'kind' = 'self' THEN
        RETURN ARRAY(SELECT p FROM unnest(coalesce(persons, ARRAY[(request -> 'actor' ->> 'id')::uuid])) p
                     WHERE request -> 'actor' ->> 'kind' = 'resident' AND p::text = request -> 'actor' ->> 'id');
    ELSIF predicate ->> 'kind' = 'any' THEN
        FOR part, place IN SELECT * FROM jsonb_array_elements(predicate -> 'of') WITH ORDINALITY LOOP
            IF of_first IS NOT NULL AND gate.is_led_from(part, predicate #> '{of,0}') THEN
                met := met || gate.led_to(part, of_first, request);
            ELSE
                met := met || gate.inside(part, others, request, depth + 1);
            END IF;
            IF persons IS NULL THEN
                of_first := CASE WHEN place = 1 THEN met ELSE of_first END;
            ELSIF met IS NOT NULL THEN  -- who is inside one part needs no other
                others := ARRAY(SELECT p FROM unnest(persons) p WHERE p <> ALL (met));
                EXIT WHEN others = '{}';
            END IF;
        END LOOP;
        RETURN CASE WHEN met IS NOT NULL THEN ARRAY(SELECT DISTINCT p FROM unnest(met) p) END;
    END IF;
    SELECT d.function INTO door FROM pol.population_door d WHERE d.kind = predicate ->> 'kind';
    IF to_regprocedure(door) IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT %s($1, $2, $3)', to_regprocedure(door)::oid::regproc)
        INTO met USING predicate, persons, request || jsonb_build_object('depth', depth);
    RETURN met;
END $$;

-- reverse
-- again: access/first_part gate.inside
DROP FUNCTION gate.is_led_from(jsonb, jsonb);
DROP FUNCTION gate.led_to(jsonb, uuid[], jsonb);
ALTER TABLE pol.population_door DROP COLUMN through;
