-- The ceiling of an activity (delivery.daily_ceiling, as published): over how many different persons one actor may ask in a
-- day, and how often one may look somebody up. A day is a calendar day in the Netherlands, whatever the business date.
-- One row an actor, activity and unit counts what was asked; it is raised before anything is looked into, so two asks at the
-- same moment wait for each other and refused ones count too. While that sum is below the ceiling nothing else is read;
-- above it the different persons are counted from the tickets of the day, which stay at least that long.
CREATE TABLE gate.daily_use (
    day date NOT NULL,
    activity text NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    unit text NOT NULL CHECK (unit IN ('person', 'lookup')),
    asked bigint NOT NULL CHECK (asked > 0),
    PRIMARY KEY (activity, actor_id, day, actor_kind, unit)
);
CREATE INDEX ticket_by_actor ON gate.ticket (activity, (actor ->> 'id'), made_at);

CREATE FUNCTION gate.day_here() RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date
$$;

-- Over how many different persons this actor asked today under this activity, those asked for now included. What was
-- refused because of the ceiling gave nothing and does not count.
CREATE FUNCTION gate.persons_today(of_activity text, actor jsonb, people uuid[]) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT count(*) FROM (
        SELECT unnest(t.persons) FROM gate.ticket t
        WHERE t.activity = of_activity AND t.actor ->> 'id' = actor ->> 'id' AND t.actor ->> 'kind' = actor ->> 'kind'
          AND t.made_at >= gate.day_here()::timestamp AT TIME ZONE 'Europe/Amsterdam' AND t.kind = 'read'
          AND NOT t.reasons @> '[{"code": "ceiling_reached"}]'
        UNION SELECT unnest(people)) p
$$;

-- Counts this ask, and gives the reason against when it comes above the ceiling. `weight` is what it asks for.
CREATE FUNCTION gate.over_ceiling(a pol.activity, actor jsonb, of_unit text, weight integer, people uuid[]) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    most bigint := (a.register_entry #>> '{delivery,daily_ceiling}')::bigint;
    used bigint;
BEGIN
    IF most IS NULL OR coalesce(weight, 0) < 1 THEN
        RETURN '[]';
    END IF;
    INSERT INTO gate.daily_use AS u (day, activity, actor_kind, actor_id, unit, asked)
    VALUES (gate.day_here(), a.id, coalesce(actor ->> 'kind', ''), coalesce(actor ->> 'id', ''), of_unit, weight)
    ON CONFLICT (activity, actor_id, day, actor_kind, unit) DO UPDATE SET asked = u.asked + excluded.asked
    RETURNING u.asked INTO used;
    IF used <= most OR (of_unit = 'person' AND gate.persons_today(a.id, actor, people) <= most) THEN
        RETURN '[]';
    END IF;
    IF of_unit = 'lookup' THEN
        RETURN gate.reason('lookups_too_many', jsonb_build_object('activity', a.id, 'most', most));
    END IF;
    RETURN gate.reason('ceiling_reached', jsonb_build_object('activity', a.id, 'most', most));
END $$;

CREATE OR REPLACE FUNCTION gate.ask(request jsonb) RETURNS uuid
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
    against := against || gate.over_ceiling(a, q -> 'actor', 'person', cardinality(people), people);
    IF against = '[]' THEN
        against := gate.why_not_persons(a, people, q, today);
    END IF;
    RETURN gate.keep_ticket('read', a, q, asked, against, people,
                            CASE WHEN cardinality(people) BETWEEN 1 AND 500 THEN people ELSE ARRAY[NULL::uuid] END);
END $$;

-- Tickets go after a day, and what was asked on a day goes with them.
CREATE OR REPLACE FUNCTION gate.forget_tickets() RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM gate.daily_use u WHERE u.day < gate.day_here() - 1;
    WITH gone AS (DELETE FROM gate.ticket WHERE expires_at < now() - interval '1 day' RETURNING 1)
    SELECT count(*)::integer FROM gone
$$;

-- reverse
CREATE OR REPLACE FUNCTION gate.forget_tickets() RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (DELETE FROM gate.ticket WHERE expires_at < now() - interval '1 day' RETURNING 1)
    SELECT count(*)::integer FROM gone
$$;
CREATE OR REPLACE FUNCTION gate.ask(request jsonb) RETURNS uuid
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
DROP FUNCTION gate.over_ceiling(pol.activity, jsonb, text, integer, uuid[]);
DROP FUNCTION gate.persons_today(text, jsonb, uuid[]);
DROP FUNCTION gate.day_here();
DROP INDEX gate.ticket_by_actor;
DROP TABLE gate.daily_use;
