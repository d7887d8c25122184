-- The count for the ceiling in eight places, so that two asks of one actor do not wait for each other while the ceiling is
-- far. Whoever counts in an own place holds the count shared. As soon as what is counted, with the most that all other
-- places can be adding at this moment, could come above the ceiling, the count is held alone: then every other ask has
-- ended, the sum is exact, and asks wait for each other as before.
ALTER TABLE gate.daily_use ADD COLUMN place smallint NOT NULL DEFAULT 0 CHECK (place BETWEEN 0 AND 7);
ALTER TABLE gate.daily_use DROP CONSTRAINT daily_use_pkey;
ALTER TABLE gate.daily_use ADD PRIMARY KEY (activity, actor_id, day, actor_kind, unit, place);

-- Adds to the count of today in a place; gives the sum of all places that is committed, with this.
CREATE FUNCTION gate.count_use(of_activity text, actor jsonb, of_unit text, weight integer, of_place integer) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    INSERT INTO gate.daily_use AS u (day, activity, actor_kind, actor_id, unit, asked, place)
    VALUES (gate.day_here(), of_activity, coalesce(actor ->> 'kind', ''), coalesce(actor ->> 'id', ''), of_unit, weight,
            of_place)
    ON CONFLICT (activity, actor_id, day, actor_kind, unit, place) DO UPDATE SET asked = u.asked + excluded.asked;
    RETURN gate.used_today(of_activity, actor, of_unit);
END $$;

CREATE FUNCTION gate.used_today(of_activity text, actor jsonb, of_unit text) RETURNS bigint
LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(sum(u.asked), 0)::bigint FROM gate.daily_use u
    WHERE u.activity = of_activity AND u.actor_id = coalesce(actor ->> 'id', '') AND u.day = gate.day_here()
      AND u.actor_kind = coalesce(actor ->> 'kind', '') AND u.unit = of_unit
$$;

-- Counts this ask in an own place when the ceiling is far; false, and nothing is counted, when it is not.
CREATE FUNCTION gate.is_far_below(of_activity text, actor jsonb, of_unit text, weight integer, most bigint, held bigint)
RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    others constant bigint := 7 * 500;  -- at most that is being added in the other places: one ask of 500 in each
BEGIN
    IF weight > 500 OR gate.used_today(of_activity, actor, of_unit) + weight + others > most THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(held);
    IF gate.count_use(of_activity, actor, of_unit, weight, pg_backend_pid() % 8) + others > most THEN
        RAISE EXCEPTION 'the ceiling came near' USING ERRCODE = 'WA030';  -- lets go of what is held
    END IF;
    RETURN true;
EXCEPTION WHEN SQLSTATE 'WA030' THEN
    RETURN false;
END $$;

CREATE OR REPLACE FUNCTION gate.over_ceiling(a pol.activity, actor jsonb, of_unit text, weight integer, people uuid[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    most bigint := (a.register_entry #>> '{delivery,daily_ceiling}')::bigint;
    held bigint := hashtextextended(concat_ws(':', 'gate.daily_use', a.id, actor ->> 'kind', actor ->> 'id', of_unit), 0);
BEGIN
    IF most IS NULL OR coalesce(weight, 0) < 1 OR gate.is_far_below(a.id, actor, of_unit, weight, most, held) THEN
        RETURN '[]';
    END IF;
    PERFORM pg_advisory_xact_lock(held);
    IF gate.count_use(a.id, actor, of_unit, weight, 0) <= most
       OR (of_unit = 'person' AND gate.persons_today(a.id, actor, people) <= most) THEN
        RETURN '[]';
    END IF;
    IF of_unit = 'lookup' THEN
        RETURN gate.reason('lookups_too_many', jsonb_build_object('activity', a.id, 'most', most));
    END IF;
    RETURN gate.reason('ceiling_reached', jsonb_build_object('activity', a.id, 'most', most));
END $$;

-- reverse
-- again: access/ceiling gate.over_ceiling
DROP FUNCTION gate.is_far_below(text, jsonb, text, integer, bigint, bigint);
DROP FUNCTION gate.used_today(text, jsonb, text);
DROP FUNCTION gate.count_use(text, jsonb, text, integer, integer);
UPDATE gate.daily_use u SET asked = s.asked
FROM (SELECT activity, actor_id, day, actor_kind, unit, sum(asked) AS asked, min(place) AS place FROM gate.daily_use
      GROUP BY 1, 2, 3, 4, 5) s
WHERE (u.activity, u.actor_id, u.day, u.actor_kind, u.unit, u.place)
    = (s.activity, s.actor_id, s.day, s.actor_kind, s.unit, s.place);
DELETE FROM gate.daily_use u USING gate.daily_use v
WHERE u.place > v.place AND (u.activity, u.actor_id, u.day, u.actor_kind, u.unit)
                          = (v.activity, v.actor_id, v.day, v.actor_kind, v.unit);
ALTER TABLE gate.daily_use DROP COLUMN place;
ALTER TABLE gate.daily_use ADD PRIMARY KEY (activity, actor_id, day, actor_kind, unit);
