-- Writing facts. A new spell takes the place of what it overlaps: the old fact is superseded and what sticks out before
-- or after it is recorded again, so that the past stays as it was known. The same fact again changes nothing.
CREATE FUNCTION reg.end_of(valid_to date) RETURNS date
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(valid_to + 1, 'infinity')
$$;

-- A fact of a batch; n is its place.
CREATE TYPE reg.new_fact AS (
    n integer, person uuid, attribute text, value jsonb, valid_from date, valid_to date, established_on date,
    holder text, source text, under_investigation boolean);

-- `batch` is an array of [person, attribute, value, from, to, established, holder, source, under_investigation]. It is
-- read from JSON once; every step then works on the typed rows.
CREATE FUNCTION reg.batch_of(batch jsonb) RETURNS reg.new_fact[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg(ROW(
        ordinality, (x ->> 0)::uuid, x ->> 1, x -> 2, coalesce((x ->> 3)::date, '-infinity'), (x ->> 4)::date,
        (x ->> 5)::date, x ->> 6, x ->> 7, coalesce((x ->> 8)::boolean, false))::reg.new_fact), '{}')
    FROM jsonb_array_elements(batch) WITH ORDINALITY e(x, ordinality)
$$;

CREATE FUNCTION reg.check_batch(batch reg.new_fact[]) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
    wrong record;
BEGIN
    SELECT b.n INTO wrong FROM unnest(batch) b
    WHERE NOT EXISTS (SELECT FROM reg.person p WHERE p.person = b.person) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'fact % of the batch is about a person who is not enrolled', wrong.n USING ERRCODE = 'WA005';
    END IF;
    SELECT b.n, b.attribute INTO wrong FROM unnest(batch) b WHERE b.valid_to < b.valid_from LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'fact % of the batch (%) ends before it starts', wrong.n, wrong.attribute
            USING ERRCODE = 'WA006';
    END IF;
    SELECT x.n, x.attribute INTO wrong FROM (
        SELECT b.*, lag(reg.end_of(b.valid_to)) OVER (PARTITION BY b.person, b.attribute ORDER BY b.valid_from) AS until
        FROM unnest(batch) b) x WHERE x.until > x.valid_from LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'fact % of the batch (%) overlaps another fact of the batch', wrong.n, wrong.attribute
            USING ERRCODE = 'WA006';
    END IF;
END $$;

-- Supersedes what the new facts overlap and records the parts that stick out. Gives how many were superseded.
CREATE FUNCTION reg.make_room(batch reg.new_fact[]) RETURNS integer
LANGUAGE sql VOLATILE AS $$
    WITH new AS MATERIALIZED (
        SELECT person, attribute, range_agg(daterange(valid_from, reg.end_of(valid_to))) AS spans
        FROM unnest(batch) GROUP BY 1, 2
    ), old AS (
        UPDATE reg.fact f SET superseded_at = now() FROM new
        WHERE f.person = new.person AND f.attribute = new.attribute AND f.superseded_at IS NULL
          AND new.spans && daterange(f.valid_from, reg.end_of(f.valid_to))
        RETURNING f.*, datemultirange(daterange(f.valid_from, reg.end_of(f.valid_to))) - new.spans AS rest
    ), kept AS (
        INSERT INTO reg.fact (person, attribute, valid_from, valid_to, established_on, value, holder, source,
                              under_investigation)
        SELECT o.person, o.attribute, lower(r), CASE WHEN upper(r) <> 'infinity' THEN upper(r) - 1 END,
               o.established_on, o.value, o.holder, o.source, o.under_investigation
        FROM old o, unnest(o.rest) r
    ) SELECT count(*)::integer FROM old
$$;

-- Ends in recorded time what the sources of the batch no longer say about its persons: in the attributes that the batch
-- mentions for a person, and in every attribute of `covered`. Gives what ended.
CREATE FUNCTION reg.forget_others(batch reg.new_fact[], covered text[]) RETURNS TABLE (person uuid, attribute text)
LANGUAGE sql VOLATILE AS $$
    WITH said AS MATERIALIZED (SELECT * FROM unnest(batch)),
    told AS (
        SELECT s.person, s.attribute, s.source FROM said s
        UNION
        SELECT p.person, c, q.source FROM (SELECT DISTINCT s.person FROM said s) p, unnest(covered) c,
               (SELECT DISTINCT s.source FROM said s) q)
    UPDATE reg.fact f SET superseded_at = now() FROM told t
    WHERE f.person = t.person AND f.attribute = t.attribute AND f.source = t.source AND f.superseded_at IS NULL
      AND NOT EXISTS (SELECT FROM said x WHERE x.person = f.person AND x.attribute = f.attribute
                      AND x.valid_from = f.valid_from AND x.valid_to IS NOT DISTINCT FROM f.valid_to
                      AND x.value = f.value)
    RETURNING f.person, f.attribute
$$;

CREATE FUNCTION gate.store_facts(batch jsonb, complete boolean, covered text[], request jsonb,
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

-- Gated texts: stored once; the same id with the same text is no change, with another text it is refused.
CREATE FUNCTION gate.store_documents(ids uuid[], people uuid[], kinds text[], contents text[], payloads bytea[])
RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    added integer;
    changed uuid;
BEGIN
    INSERT INTO reg.document (id, person, kind, content, payload, sha256)
    SELECT x.*, sha256(convert_to(x.content, 'UTF8') || coalesce(x.payload, '\x'::bytea))
    FROM unnest(ids, people, kinds, contents, payloads) x(id, person, kind, content, payload)
    ON CONFLICT (id) DO NOTHING;
    GET DIAGNOSTICS added = ROW_COUNT;
    SELECT d.id INTO changed FROM unnest(ids, people, kinds, contents, payloads) x(id, person, kind, content, payload)
    JOIN reg.document d ON d.id = x.id
    WHERE (d.person, d.kind, d.content, d.payload) IS DISTINCT FROM (x.person, x.kind, x.content, x.payload) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'document % is already stored with another text', changed USING ERRCODE = 'WA007';
    END IF;
    RETURN added;
END $$;

SELECT vault.open_door('gate.store_facts(jsonb,boolean,text[],jsonb)');
SELECT vault.open_door('gate.store_documents(uuid[],uuid[],text[],text[],bytea[])');

-- reverse
DROP FUNCTION gate.store_documents(uuid[], uuid[], text[], text[], bytea[]);
DROP FUNCTION gate.store_facts(jsonb, boolean, text[], jsonb);
DROP FUNCTION reg.forget_others(reg.new_fact[], text[]);
DROP FUNCTION reg.make_room(reg.new_fact[]);
DROP FUNCTION reg.check_batch(reg.new_fact[]);
DROP FUNCTION reg.batch_of(jsonb);
DROP TYPE reg.new_fact;
DROP FUNCTION reg.end_of(date);
