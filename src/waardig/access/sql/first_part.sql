-- Of "any of these", a later part is asked only about the persons whom no earlier part let in; the answer is the same.
CREATE OR REPLACE FUNCTION gate.inside(predicate jsonb, persons uuid[], request jsonb, depth integer DEFAULT 0) RETURNS uuid[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    door text;
    part jsonb;
    met uuid[];
    others uuid[] := persons;
BEGIN
    IF depth > 4 THEN
        RETURN NULL;
    END IF;
    IF predicate ->> 'kind' = 'self' THEN
        RETURN ARRAY(SELECT p FROM unnest(coalesce(persons, ARRAY[(request -> 'actor' ->> 'id')::uuid])) p
                     WHERE request -> 'actor' ->> 'kind' = 'resident' AND p::text = request -> 'actor' ->> 'id');
    ELSIF predicate ->> 'kind' = 'any' THEN
        FOR part IN SELECT * FROM jsonb_array_elements(predicate -> 'of') LOOP
            met := met || gate.inside(part, others, request, depth + 1);
            IF persons IS NOT NULL AND met IS NOT NULL THEN  -- who is inside one part needs no other
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
CREATE OR REPLACE FUNCTION gate.inside(predicate jsonb, persons uuid[], request jsonb, depth integer DEFAULT 0) RETURNS uuid[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    door text;
    part jsonb;
    met uuid[];
BEGIN
    IF depth > 4 THEN
        RETURN NULL;
    END IF;
    IF predicate ->> 'kind' = 'self' THEN
        RETURN ARRAY(SELECT p FROM unnest(coalesce(persons, ARRAY[(request -> 'actor' ->> 'id')::uuid])) p
                     WHERE request -> 'actor' ->> 'kind' = 'resident' AND p::text = request -> 'actor' ->> 'id');
    ELSIF predicate ->> 'kind' = 'any' THEN
        FOR part IN SELECT * FROM jsonb_array_elements(predicate -> 'of') LOOP
            met := met || gate.inside(part, persons, request, depth + 1);
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
