-- The decision. It writes nothing; it gives the reasons against, and no reason means yes. Everything is collected,
-- but registers are looked into only when nothing else already refuses.
CREATE FUNCTION gate.reason(code text, facts jsonb DEFAULT '{}') RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_array(jsonb_build_object('code', code, 'facts', facts))
$$;

CREATE FUNCTION gate.surplus(asked text[], allowed text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY(SELECT DISTINCT a FROM unnest(asked) a WHERE a <> ALL (allowed) ORDER BY a)
$$;

-- The version of an activity in force on a date; otherwise its newest version (to say why it may not be used).
CREATE FUNCTION gate.activity_on(activity_id text, today date) RETURNS pol.activity
LANGUAGE sql STABLE AS $$
    SELECT a.* FROM pol.activity a WHERE a.id = activity_id
    ORDER BY (a.status = 'active' AND a.valid_from <= today AND coalesce(a.valid_to >= today, true)) DESC,
             a.version DESC
    LIMIT 1
$$;

CREATE FUNCTION gate.why_not_active(a pol.activity, asked text, today date) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN a.id IS NULL THEN gate.reason('activity_unknown', jsonb_build_object('activity', left(asked, 80)))
        WHEN a.status <> 'active' THEN
            gate.reason('activity_not_active', jsonb_build_object('activity', a.id, 'status', a.status))
        WHEN a.valid_from > today THEN
            gate.reason('activity_not_yet', jsonb_build_object('activity', a.id, 'from', a.valid_from))
        WHEN a.valid_to < today THEN
            gate.reason('activity_over', jsonb_build_object('activity', a.id, 'until', a.valid_to))
        ELSE '[]' END
$$;

CREATE FUNCTION gate.why_not_actor(a pol.activity, actor jsonb) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN coalesce(actor ->> 'id', '') <> '' AND EXISTS (
        SELECT FROM jsonb_array_elements(a.actors) x
        WHERE x ->> 'kind' = actor ->> 'kind'
          AND (NOT x ? 'role' OR x ->> 'role' = coalesce(actor ->> 'role', '')))
    THEN '[]' ELSE gate.reason('actor_not_allowed', jsonb_build_object(
        'activity', a.id, 'kind', actor ->> 'kind', 'role', coalesce(actor ->> 'role', ''))) END
$$;

-- The weighing that stands for a service: its last decision. A draft does not count, a withdrawn one leaves none.
CREATE FUNCTION gate.weighing_of(of_service text) RETURNS pol.dossier
LANGUAGE sql STABLE AS $$
    SELECT d.* FROM (SELECT * FROM pol.dossier x WHERE x.service = of_service AND x.status <> 'draft'
                     ORDER BY x.version DESC, x.recorded_at DESC LIMIT 1) d
    WHERE d.status = 'decided'
$$;

-- AVG art. 35 (assessment), art. 35(2) and 39 (advice of the data protection officer), Awb 3:4 (weighing).
CREATE FUNCTION gate.why_not_weighed(a pol.activity, attributes text[], request jsonb, today date) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    d pol.dossier := gate.weighing_of(a.service);
    of_service jsonb := jsonb_build_object('service', a.service);
    rule_set text := request ->> 'rule_set';
    against jsonb := '[]';
BEGIN
    IF d.id IS NULL THEN
        RETURN gate.reason('weighing_missing', of_service);
    END IF;
    IF greatest(d.decided_on, d.valid_from) > today THEN
        against := against || gate.reason('weighing_not_yet',
            of_service || jsonb_build_object('from', greatest(d.decided_on, d.valid_from)));
    END IF;
    IF a.id <> ALL (d.activities) THEN
        against := against || gate.reason('weighing_other_activity', of_service || jsonb_build_object('activity', a.id));
    ELSIF a.uri <> ALL (d.purposes) THEN  -- a wider population or another purpose than was weighed
        against := against || gate.reason('weighing_other_version',
            of_service || jsonb_build_object('activity', a.id, 'version', a.version));
    END IF;
    IF rule_set IS NULL THEN
        against := against || gate.reason('rule_set_missing', of_service);
    ELSIF rule_set <> ALL (d.rule_sets) THEN
        against := against || gate.reason('weighing_other_rule_set',
            of_service || jsonb_build_object('rule_set', rule_set, 'decided', to_jsonb(d.rule_sets)));
    END IF;
    IF NOT attributes <@ d.attributes THEN
        against := against || gate.reason('weighing_other_attributes',
            of_service || jsonb_build_object('attributes', to_jsonb(gate.surplus(attributes, d.attributes))));
    END IF;
    IF coalesce(d.dpia_reference, '') = '' OR d.dpia_on IS NULL OR d.dpia_on > today THEN
        against := against || gate.reason('dpia_missing', of_service);
    END IF;
    IF coalesce(d.advice_reference, '') = '' OR d.advice_on IS NULL OR d.advice_on > today THEN
        against := against || gate.reason('advice_missing', of_service);
    END IF;
    IF d.announced_on IS NULL THEN
        against := against || gate.reason('announcement_missing', of_service);
    ELSIF d.announced_on + d.announcement_days > today THEN
        against := against || gate.reason('announcement_running',
            of_service || jsonb_build_object('until', d.announced_on + d.announcement_days));
    ELSIF (request ->> 'as_of')::date < d.announced_on + d.announcement_days
       OR (request ->> 'known_at')::timestamptz < now() - interval '31 days' THEN  -- a run that is resumed, no look back
        against := against || gate.reason('as_of_too_early',
            of_service || jsonb_build_object('from', d.announced_on + d.announcement_days));
    END IF;
    IF d.expires_on < today THEN
        against := against || gate.reason('weighing_expired', of_service || jsonb_build_object('on', d.expires_on));
    END IF;
    RETURN against || coalesce((
        SELECT gate.reason('suspended', of_service || jsonb_build_object('since', s.suspended_on, 'why', s.reason))
        FROM pol.suspension s WHERE s.service = a.service AND s.resumed_on IS NULL
        ORDER BY s.suspended_at LIMIT 1), '[]');
END $$;

-- Those of `persons` that the predicate holds for; with persons NULL everybody it holds for. NULL when no room
-- publishes the predicate; in an "any" such a part lets nobody in.
CREATE FUNCTION gate.inside(predicate jsonb, persons uuid[], request jsonb, depth integer DEFAULT 0) RETURNS uuid[]
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

CREATE FUNCTION gate.opted_out(a pol.activity, persons uuid[], today date) RETURNS uuid[]
LANGUAGE sql STABLE AS $$
    SELECT ARRAY(SELECT DISTINCT o.person FROM gate.opt_out o
                 WHERE o.person = ANY (persons) AND o.subject IN (a.service, a.id, '*')
                   AND o.since <= today AND coalesce(o.until >= today, true) ORDER BY 1)
$$;

-- A service looks at one frozen day, which its weighing bounds. Every other permission is a matter of today: who was
-- an administrator last year is none now, whatever day the facts are asked for.
CREATE FUNCTION gate.judged(a pol.activity, request jsonb, today date) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN a.kind = 'service' THEN request
    ELSE request || jsonb_build_object('as_of', today, 'known_at', now()) END
$$;

CREATE FUNCTION gate.why_not_persons(a pol.activity, persons uuid[], request jsonb, today date) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    met uuid[] := gate.inside(a.population, persons, gate.judged(a, request, today));
    others uuid[];
BEGIN
    IF met IS NULL THEN
        RETURN gate.reason('population_unavailable', jsonb_build_object('kind', a.population ->> 'kind'));
    END IF;
    others := ARRAY(SELECT p FROM unnest(persons) p WHERE p <> ALL (met));
    IF others <> '{}' THEN
        RETURN gate.reason('population_outside',
                           jsonb_build_object('persons', to_jsonb(others), 'count', cardinality(others)));
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

CREATE FUNCTION gate.why_not_in_bulk(attributes text[]) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN count(*) = 0 THEN '[]' ELSE gate.reason('attributes_never_in_bulk', jsonb_build_object(
        'attributes', to_jsonb(array_agg(n.attribute ORDER BY n.attribute)))) END
    FROM pol.never_in_bulk n WHERE n.attribute = ANY (attributes)
$$;

-- Everything that does not depend on the register.
CREATE FUNCTION gate.why_not(a pol.activity, request jsonb, attributes text[], today date) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    against jsonb := gate.why_not_active(a, request ->> 'activity', today);
BEGIN
    IF against <> '[]' THEN
        RETURN against;
    END IF;
    against := gate.why_not_actor(a, request -> 'actor');
    IF NOT attributes <@ a.attributes THEN
        against := against || gate.reason('attributes_surplus', jsonb_build_object(
            'activity', a.id, 'attributes', to_jsonb(gate.surplus(attributes, a.attributes))));
    END IF;
    IF (request ->> 'as_of')::date > today THEN
        against := against || gate.reason('as_of_in_future', jsonb_build_object(
            'as_of', request ->> 'as_of', 'today', today));
    END IF;
    IF a.kind = 'service' THEN
        against := against || gate.why_not_in_bulk(attributes)
                           || gate.why_not_weighed(a, attributes, request, today);
    END IF;
    RETURN against;
END $$;

-- reverse
DROP FUNCTION gate.why_not(pol.activity, jsonb, text[], date);
DROP FUNCTION gate.why_not_in_bulk(text[]);
DROP FUNCTION gate.why_not_persons(pol.activity, uuid[], jsonb, date);
DROP FUNCTION gate.judged(pol.activity, jsonb, date);
DROP FUNCTION gate.opted_out(pol.activity, uuid[], date);
DROP FUNCTION gate.inside(jsonb, uuid[], jsonb, integer);
DROP FUNCTION gate.why_not_weighed(pol.activity, text[], jsonb, date);
DROP FUNCTION gate.weighing_of(text);
DROP FUNCTION gate.why_not_actor(pol.activity, jsonb);
DROP FUNCTION gate.why_not_active(pol.activity, text, date);
DROP FUNCTION gate.activity_on(text, date);
DROP FUNCTION gate.surplus(text[], text[]);
DROP FUNCTION gate.reason(text, jsonb);
