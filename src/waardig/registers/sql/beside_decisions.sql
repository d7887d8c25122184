-- A file may not know a decision of here yet: what it says from an earlier day holds until the day from which the
-- decision holds (its source begins with "besluit "). What a file says from that day on takes its place.
CREATE FUNCTION reg.beside_decisions(batch reg.new_fact[]) RETURNS reg.new_fact[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(ROW(b.n, b.person, b.attribute, b.value, b.valid_from,
                                  least(b.valid_to, d.day - 1), b.established_on, b.holder, b.source,
                                  b.under_investigation)::reg.new_fact ORDER BY b.n), '{}')
    FROM unnest(batch) b
    LEFT JOIN LATERAL (
        SELECT min(f.valid_from) AS day FROM reg.fact f
        WHERE f.person = b.person AND f.attribute = b.attribute AND f.superseded_at IS NULL
          AND f.source LIKE 'besluit %' AND f.source IS DISTINCT FROM b.source
          AND f.valid_from > b.valid_from AND f.valid_from < reg.end_of(b.valid_to)) d ON true
$$;

CREATE OR REPLACE FUNCTION gate.store_facts(batch jsonb, complete boolean, covered text[], request jsonb,
                                 OUT stored integer, OUT unchanged integer, OUT superseded integer, OUT facts uuid[])
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    told reg.new_fact[] := reg.batch_of(batch);
    given reg.new_fact[] := CASE WHEN complete THEN reg.beside_decisions(told) ELSE told END;
    fresh reg.new_fact[];
    ended jsonb := '[]';
    today date := pol.today();
    a pol.activity := gate.activity_on(request ->> 'activity', today);
    against jsonb := gate.why_not(a, gate.completed(request, today), '{}', today);
BEGIN
    IF against <> '[]' OR a.kind <> 'execution' THEN
        RAISE EXCEPTION 'storing facts under % is refused: %', request ->> 'activity',
            coalesce(against -> 0 ->> 'code', 'not an activity of kind execution') USING ERRCODE = 'WA009';
    END IF;
    PERFORM FROM reg.person p WHERE p.person IN (SELECT b.person FROM unnest(given) b)
    ORDER BY p.person FOR NO KEY UPDATE;  -- one writer a person: spells must not overlap
    PERFORM reg.check_batch(given);
    SELECT coalesce(array_agg(b), '{}') INTO fresh
    FROM unnest(given) b
    WHERE NOT EXISTS (
        SELECT FROM reg.fact f WHERE f.person = b.person AND f.attribute = b.attribute AND f.valid_from = b.valid_from
        AND f.superseded_at IS NULL
        AND (f.valid_to, f.value, f.established_on, f.holder, f.source, f.under_investigation) IS NOT DISTINCT FROM
            (b.valid_to, b.value, b.established_on, b.holder, b.source, b.under_investigation));
    stored := cardinality(fresh);
    unchanged := cardinality(given) - stored;
    IF complete THEN
        SELECT coalesce(jsonb_agg(jsonb_build_array(o.person, o.attribute)), '[]') INTO ended
        FROM reg.forget_others(given, covered) o;
    END IF;
    superseded := jsonb_array_length(ended) + reg.make_room(fresh);
    INSERT INTO reg.fact (person, attribute, valid_from, valid_to, established_on, value, holder, source,
                          under_investigation)
    SELECT b.person, b.attribute, b.valid_from, b.valid_to, b.established_on, b.value, b.holder, b.source,
           b.under_investigation
    FROM unnest(fresh) b;
    facts := ARRAY(SELECT f.fact FROM unnest(given) b JOIN reg.fact f
                   ON f.person = b.person AND f.attribute = b.attribute AND f.valid_from = b.valid_from
                  AND f.superseded_at IS NULL ORDER BY b.n);
    PERFORM count(*) FROM gate.append_lines((
        SELECT jsonb_agg(request || jsonb_build_object('person', w.person, 'attributes', w.attributes,
                         'decision', 'allow', 'reasons', '[]'::jsonb))
        FROM (SELECT c.person, array_agg(DISTINCT c.attribute ORDER BY c.attribute) AS attributes
              FROM (SELECT b.person, b.attribute FROM unnest(fresh) b
                    UNION SELECT (x ->> 0)::uuid, x ->> 1 FROM jsonb_array_elements(ended) x) c
              GROUP BY c.person ORDER BY c.person) w))
    WHERE stored > 0 OR ended <> '[]';
END $$;

-- reverse
CREATE OR REPLACE FUNCTION gate.store_facts(batch jsonb, complete boolean, covered text[], request jsonb,
                                 OUT stored integer, OUT unchanged integer, OUT superseded integer, OUT facts uuid[])
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    given reg.new_fact[] := reg.batch_of(batch);
    fresh reg.new_fact[];
    ended jsonb := '[]';
    today date := pol.today();
    a pol.activity := gate.activity_on(request ->> 'activity', today);
    against jsonb := gate.why_not(a, gate.completed(request, today), '{}', today);
BEGIN
    IF against <> '[]' OR a.kind <> 'execution' THEN
        RAISE EXCEPTION 'storing facts under % is refused: %', request ->> 'activity',
            coalesce(against -> 0 ->> 'code', 'not an activity of kind execution') USING ERRCODE = 'WA009';
    END IF;
    PERFORM FROM reg.person p WHERE p.person IN (SELECT b.person FROM unnest(given) b)
    ORDER BY p.person FOR NO KEY UPDATE;  -- one writer a person: spells must not overlap
    PERFORM reg.check_batch(given);
    SELECT coalesce(array_agg(b), '{}') INTO fresh
    FROM unnest(given) b
    WHERE NOT EXISTS (
        SELECT FROM reg.fact f WHERE f.person = b.person AND f.attribute = b.attribute AND f.valid_from = b.valid_from
        AND f.superseded_at IS NULL
        AND (f.valid_to, f.value, f.established_on, f.holder, f.source, f.under_investigation) IS NOT DISTINCT FROM
            (b.valid_to, b.value, b.established_on, b.holder, b.source, b.under_investigation));
    stored := cardinality(fresh);
    unchanged := cardinality(given) - stored;
    IF complete THEN
        SELECT coalesce(jsonb_agg(jsonb_build_array(o.person, o.attribute)), '[]') INTO ended
        FROM reg.forget_others(given, covered) o;
    END IF;
    superseded := jsonb_array_length(ended) + reg.make_room(fresh);
    INSERT INTO reg.fact (person, attribute, valid_from, valid_to, established_on, value, holder, source,
                          under_investigation)
    SELECT b.person, b.attribute, b.valid_from, b.valid_to, b.established_on, b.value, b.holder, b.source,
           b.under_investigation
    FROM unnest(fresh) b;
    facts := ARRAY(SELECT f.fact FROM unnest(given) b JOIN reg.fact f
                   ON f.person = b.person AND f.attribute = b.attribute AND f.valid_from = b.valid_from
                  AND f.superseded_at IS NULL ORDER BY b.n);
    PERFORM count(*) FROM gate.append_lines((
        SELECT jsonb_agg(request || jsonb_build_object('person', w.person, 'attributes', w.attributes,
                         'decision', 'allow', 'reasons', '[]'::jsonb))
        FROM (SELECT c.person, array_agg(DISTINCT c.attribute ORDER BY c.attribute) AS attributes
              FROM (SELECT b.person, b.attribute FROM unnest(fresh) b
                    UNION SELECT (x ->> 0)::uuid, x ->> 1 FROM jsonb_array_elements(ended) x) c
              GROUP BY c.person ORDER BY c.person) w))
    WHERE stored > 0 OR ended <> '[]';
END $$;

DROP FUNCTION reg.beside_decisions(reg.new_fact[]);
