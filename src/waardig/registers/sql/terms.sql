-- How long a register keeps a fact, and which facts are past that (AVG art. 5(1)(e)). The terms are content, written by the
-- owner; the application can only read them. What a case still needs is decided by the archive (archive/sql/facts.sql).
CREATE TABLE pol.retention (
    attribute text PRIMARY KEY,
    term interval NOT NULL,
    starts text NOT NULL CHECK (starts IN ('end', 'recorded', 'relation', 'death')),
    copy_term interval,                   -- of the local copy of what is asked at a connected source
    shown_by jsonb NOT NULL DEFAULT '{}', -- attribute -> values that show that the municipality has to do with somebody
    death text,                           -- the attribute with the date of death
    CONSTRAINT a_relation_is_shown CHECK (starts NOT IN ('relation', 'death') OR (shown_by <> '{}' AND death IS NOT NULL))
);
DO $$ BEGIN
    EXECUTE format('GRANT SELECT ON pol.retention TO %I', (SELECT application FROM vault.role));
END $$;

-- When the source itself was last asked for an attribute of somebody, whatever it said.
CREATE TABLE reg.asked (
    person uuid NOT NULL REFERENCES reg.person,
    attribute text NOT NULL,
    asked_at timestamptz NOT NULL,
    PRIMARY KEY (person, attribute)
);

-- What went: by which term, how many, from which days that counted; nothing about anybody.
CREATE TABLE reg.removal (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    removed_on date NOT NULL,
    attribute text NOT NULL,
    starts text NOT NULL,
    term interval NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL CHECK (last_day >= first_day),
    facts integer NOT NULL CHECK (facts > 0)
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON reg.removal FOR EACH ROW EXECUTE FUNCTION log.refuse_change();

-- The transaction in which facts are being removed; empty outside it. No other way takes a recorded fact away.
CREATE TABLE reg.removing (made_in xid8 PRIMARY KEY);

CREATE FUNCTION reg.keep_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM reg.removing r WHERE r.made_in = pg_current_xact_id_if_assigned()) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a recorded fact goes by its term only' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER keep_recorded BEFORE DELETE ON reg.fact FOR EACH ROW EXECUTE FUNCTION reg.keep_recorded();

CREATE FUNCTION reg.day_of(at timestamptz) RETURNS date
LANGUAGE sql STABLE AS $$ SELECT (at AT TIME ZONE 'Europe/Amsterdam')::date $$;

-- The last day that a date of the BRP can mean: "1998-05" and "1998" are dates too. NULL for what is no date.
CREATE FUNCTION reg.last_day(said text) RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN said ~ '^\d{4}-\d\d-\d\d$' THEN said::date
        WHEN said ~ '^\d{4}-\d\d$' THEN ((said || '-01')::date + interval '1 month - 1 day')::date
        WHEN said ~ '^\d{4}$' THEN (said || '-12-31')::date END
$$;

CREATE FUNCTION reg.died_on(of_person uuid, death text) RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT max(reg.last_day(f.value #>> '{}')) FROM reg.fact f
    WHERE f.person = of_person AND f.attribute = death AND f.superseded_at IS NULL
$$;

-- The last day on which the municipality had to do with somebody: it says so of that person, or of who names that person
-- (a partner, a parent). 'infinity' while it has; NULL when it never had; a death ends it.
CREATE FUNCTION reg.relation_end(of_person uuid, shown_by jsonb, death text) RETURNS date
LANGUAGE sql STABLE AS $$
    WITH who(person, until) AS (
        SELECT of_person, 'infinity'::date
        UNION ALL
        SELECT n.person, coalesce(n.valid_to, 'infinity') FROM reg.fact n
        WHERE n.value ? 'person' AND n.value ->> 'person' = of_person::text AND n.superseded_at IS NULL)
    SELECT least(max(least(w.until, coalesce(f.valid_to, 'infinity'))), reg.died_on(of_person, death))
    FROM who w JOIN reg.fact f ON f.person = w.person AND f.superseded_at IS NULL
    WHERE shown_by ? f.attribute AND shown_by -> f.attribute @> f.value
$$;

-- By fact its term, the day from which that counts and the last day on which it is kept; 'infinity' while the day has not come.
-- A copy of what the source has goes by the shorter term, counted from the last time the source was asked.
CREATE FUNCTION reg.fact_terms(people uuid[]) RETURNS TABLE (
    fact uuid, person uuid, attribute text, recorded_at timestamptz, superseded_at timestamptz,
    starts text, term interval, started_on date, kept_until date)
LANGUAGE sql STABLE AS $$
    WITH relation AS MATERIALIZED (
        SELECT p.person, x.shown_by, x.death, reg.relation_end(p.person, x.shown_by, x.death) AS until,
               reg.died_on(p.person, x.death) AS died
        FROM unnest(people) p(person)
        CROSS JOIN (SELECT DISTINCT r.shown_by, r.death FROM pol.retention r WHERE r.starts IN ('relation', 'death')) x
    ), held AS (
        SELECT f.fact, f.person, f.attribute, f.recorded_at, f.superseded_at, r.starts, r.term,
               reg.day_of(f.recorded_at) AS heard,
               least(coalesce(f.valid_to, 'infinity'), coalesce(reg.day_of(f.superseded_at), 'infinity')) AS ended,
               CASE WHEN s.attribute IS NOT NULL THEN r.copy_term END AS copy_term,
               coalesce(reg.day_of(f.superseded_at), greatest(reg.day_of(f.recorded_at), reg.day_of(a.asked_at))) AS copied,
               l.until, l.died, reg.day_of(a.asked_at) AS asked
        FROM reg.fact f JOIN pol.retention r ON r.attribute = f.attribute
        LEFT JOIN relation l ON l.person = f.person AND l.shown_by = r.shown_by AND l.death IS NOT DISTINCT FROM r.death
        LEFT JOIN reg.asked a ON a.person = f.person AND a.attribute = f.attribute
        LEFT JOIN pol.at_source s ON s.attribute = f.attribute
        WHERE f.person = ANY (people)
    ), started AS (
        SELECT h.*, CASE h.starts
            WHEN 'end' THEN h.ended
            WHEN 'recorded' THEN h.heard
            WHEN 'death' THEN coalesce(h.died, 'infinity')
            WHEN 'relation' THEN greatest(h.until, nullif(h.ended, 'infinity'), h.heard,
                                          CASE WHEN h.until IS NULL THEN h.asked END) END AS own
        FROM held h
    ), timed AS (
        SELECT s.*, (s.own + s.term)::date AS own_until, (s.copied + s.copy_term)::date AS copy_until FROM started s)
    SELECT t.fact, t.person, t.attribute, t.recorded_at, t.superseded_at,
           CASE WHEN c.shorter THEN 'copy' ELSE t.starts END, CASE WHEN c.shorter THEN t.copy_term ELSE t.term END,
           CASE WHEN c.shorter THEN t.copied ELSE t.own END, CASE WHEN c.shorter THEN t.copy_until ELSE t.own_until END
    FROM timed t CROSS JOIN LATERAL (SELECT coalesce(t.copy_until < t.own_until, false)) c(shorter)
$$;

-- Takes facts away: listed and counted first. Opened to nobody; which facts may go is decided by the door of the archive.
CREATE FUNCTION reg.remove_facts(ids uuid[], today date) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    people uuid[] := ARRAY(SELECT DISTINCT f.person FROM reg.fact f WHERE f.fact = ANY (ids));
    gone integer;
BEGIN
    INSERT INTO reg.removing (made_in) VALUES (pg_current_xact_id());
    INSERT INTO reg.removal (removed_on, attribute, starts, term, first_day, last_day, facts)
    SELECT today, t.attribute, t.starts, t.term, min(t.started_on), max(t.started_on), count(*)
    FROM reg.fact_terms(people) t WHERE t.fact = ANY (ids) GROUP BY t.attribute, t.starts, t.term;
    DELETE FROM reg.investigation i WHERE i.fact = ANY (ids);
    DELETE FROM reg.fact f WHERE f.fact = ANY (ids);
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM reg.asked a WHERE a.person = ANY (people) AND NOT EXISTS (
        SELECT FROM reg.fact f WHERE f.person = a.person AND f.attribute = a.attribute);
    DELETE FROM reg.removing r WHERE r.made_in = pg_current_xact_id();
    RETURN gone;
END $$;

CREATE FUNCTION gate.fact_removals() RETURNS TABLE (
    removed_on date, attribute text, starts text, term text, first_day date, last_day date, facts bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.removed_on, r.attribute, r.starts, r.term::text, min(r.first_day), max(r.last_day), sum(r.facts)::bigint
    FROM reg.removal r GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
$$;
SELECT vault.open_door('gate.fact_removals()');

-- That the source was asked for these attributes of the persons of a ticket which opens them.
CREATE FUNCTION gate.mark_asked(ticket uuid, people uuid[], attributes text[]) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH kept AS (
        INSERT INTO reg.asked AS a (person, attribute, asked_at)
        SELECT p.person, s.attribute, now()
        FROM gate.open_ticket(ticket, 'read') t JOIN reg.person p ON p.person = ANY (t.persons) AND p.person = ANY (people)
        JOIN pol.at_source s ON s.attribute = ANY (t.attributes) AND s.attribute = ANY (mark_asked.attributes)
        ORDER BY 1, 2
        ON CONFLICT (person, attribute) DO UPDATE SET asked_at = excluded.asked_at RETURNING 1)
    SELECT count(*)::integer FROM kept
$$;
SELECT vault.open_door('gate.mark_asked(uuid,uuid[],text[])');

-- What a case declared goes with it (destruction.sql): by the same trigger.
CREATE OR REPLACE FUNCTION reg.destroy_texts(ids uuid[], target uuid, people uuid[], declared text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    gone integer;
    facts uuid[] := ARRAY(SELECT f.fact FROM reg.fact f
                          WHERE f.person = ANY (people) AND f.source = declared
                            AND f.attribute LIKE 'opgave.%');
BEGIN
    INSERT INTO reg.removing (made_in) VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
    DELETE FROM reg.investigation i WHERE (i.case_id = target AND i.closed_at IS NOT NULL) OR i.fact = ANY (facts);
    UPDATE reg.investigation SET case_id = NULL WHERE case_id = target;
    DELETE FROM reg.fact f WHERE f.fact = ANY (facts);
    DELETE FROM reg.document d WHERE d.id = ANY (ids);
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM reg.removing r WHERE r.made_in = pg_current_xact_id();
    RETURN gone;
END $$;

-- reverse
-- again: registers/destruction reg.destroy_texts
DROP FUNCTION gate.mark_asked(uuid, uuid[], text[]);
DROP FUNCTION gate.fact_removals();
DROP FUNCTION reg.remove_facts(uuid[], date);
DROP FUNCTION reg.fact_terms(uuid[]);
DROP FUNCTION reg.relation_end(uuid, jsonb, text);
DROP FUNCTION reg.died_on(uuid, text);
DROP FUNCTION reg.last_day(text);
DROP FUNCTION reg.day_of(timestamptz);
DROP TRIGGER keep_recorded ON reg.fact;
DROP FUNCTION reg.keep_recorded();
DROP TABLE reg.removing, reg.removal, reg.asked, pol.retention;
