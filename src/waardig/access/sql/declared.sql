-- An activity that the route, job or command that runs did not declare is refused before anything else is looked at.
-- The application says so in the request (`undeclared`: what runs); the refusal gets its line as every other.
CREATE OR REPLACE FUNCTION gate.why_not(a pol.activity, request jsonb, attributes text[], today date) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    against jsonb := gate.why_not_active(a, request ->> 'activity', today);
BEGIN
    IF request ? 'undeclared' THEN
        RETURN gate.reason('activity_not_declared', jsonb_build_object(
            'activity', left(request ->> 'activity', 80), 'attributes', to_jsonb(attributes),
            'running', left(request ->> 'undeclared', 120)));
    END IF;
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
-- again: access/decide gate.why_not
