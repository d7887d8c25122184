-- Lines that are past their term go (AVG art. 5(1)(e)). Of a line goes everything, its salt too; its leaf stays in the tree,
-- so that every checkpoint still follows, and says nothing about anybody without that salt. What went stands on a list.
CREATE TABLE log.removal (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    removed_on date NOT NULL,
    activity text NOT NULL,
    term interval NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL CHECK (last_day >= first_day),
    lines integer NOT NULL CHECK (lines > 0),
    leaves bytea NOT NULL CHECK (octet_length(leaves) = 32)  -- SHA-256 of its leaves in the order of their places
);
CREATE TABLE log.removed_leaf (
    place bigint PRIMARY KEY REFERENCES log.tree_leaf,
    removal bigint NOT NULL REFERENCES log.removal
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.removal
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.removed_leaf
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();

-- What removed lines counted for, so that every count stays as it was.
CREATE TABLE log.tally (
    activity text NOT NULL,
    activity_uri text NOT NULL,
    decision text NOT NULL,
    run uuid,
    about_run uuid,
    lines bigint NOT NULL CHECK (lines > 0),
    CONSTRAINT tally_once UNIQUE NULLS NOT DISTINCT (activity, activity_uri, decision, run, about_run)
);
CREATE INDEX tally_by_run ON log.tally (run) WHERE run IS NOT NULL;

-- The transaction in which lines are being removed; empty outside it.
CREATE TABLE log.removing (made_in xid8 PRIMARY KEY);

CREATE FUNCTION log.refuse_unlisted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT FROM log.removing r WHERE r.made_in = pg_current_xact_id_if_assigned()) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the logbook only grows: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = '42501';
END $$;
DROP TRIGGER only_grows ON log.line;
DROP TRIGGER only_grows ON log.detail;
DROP TRIGGER only_grows ON log.link;
DROP TRIGGER only_grows ON log.audit_actor;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.line FOR EACH ROW EXECUTE FUNCTION log.refuse_unlisted();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.detail FOR EACH ROW EXECUTE FUNCTION log.refuse_unlisted();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.link FOR EACH ROW EXECUTE FUNCTION log.refuse_unlisted();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.audit_actor
    FOR EACH ROW EXECUTE FUNCTION log.refuse_unlisted();

-- The day of a line, as a resident reads it.
CREATE FUNCTION log.day_of(start_time bigint) RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT (to_timestamp(start_time / 1000.0) AT TIME ZONE 'Europe/Amsterdam')::date
$$;

-- Removes lines of one activity by their places in the tree: listed and counted first. Opened to nobody; which lines may
-- go is decided by the door of the archive, which knows the cases (archive/sql/lines.sql).
CREATE FUNCTION log.remove_lines(places bigint[], of_activity text, of_term interval, today date) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    traces bytea[];
    spans bytea[];
    made bigint;
    gone integer;
BEGIN
    SELECT array_agg(t.trace_id), array_agg(t.span_id) INTO traces, spans
    FROM log.tree_leaf t WHERE t.place = ANY (places);
    INSERT INTO log.removing (made_in) VALUES (pg_current_xact_id());
    INSERT INTO log.removal (removed_on, activity, term, first_day, last_day, lines, leaves)
    SELECT today, of_activity, of_term, min(log.day_of(l.start_time)), max(log.day_of(l.start_time)), count(*),
           sha256(string_agg(t.leaf, ''::bytea ORDER BY t.place))
    FROM log.tree_leaf t JOIN log.line l USING (trace_id, span_id) WHERE t.place = ANY (places)
    RETURNING id, lines INTO made, gone;
    INSERT INTO log.removed_leaf (place, removal) SELECT p, made FROM unnest(places) p;
    INSERT INTO log.tally AS y (activity, activity_uri, decision, run, about_run, lines)
    SELECT d.activity, d.activity_uri, d.decision, d.run, d.about_run, count(*)
    FROM unnest(traces, spans) u(trace_id, span_id) JOIN log.detail d USING (trace_id, span_id) GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT ON CONSTRAINT tally_once DO UPDATE SET lines = y.lines + excluded.lines;
    DELETE FROM log.link k USING unnest(traces, spans) u(t, s) WHERE k.trace_id = u.t AND k.span_id = u.s;
    DELETE FROM log.audit_actor a USING unnest(traces, spans) u(t, s) WHERE a.trace_id = u.t AND a.span_id = u.s;
    DELETE FROM log.detail d USING unnest(traces, spans) u(t, s) WHERE d.trace_id = u.t AND d.span_id = u.s;
    DELETE FROM log.line l USING unnest(traces, spans) u(t, s) WHERE l.trace_id = u.t AND l.span_id = u.s;
    DELETE FROM log.removing r WHERE r.made_in = pg_current_xact_id();
    RETURN gone;
END $$;

-- Lists whose leaves are no longer those that were listed.
CREATE FUNCTION log.untrue_removals() RETURNS SETOF bigint
LANGUAGE sql STABLE AS $$
    SELECT r.id FROM log.removal r
    LEFT JOIN log.removed_leaf x ON x.removal = r.id LEFT JOIN log.tree_leaf t USING (place)
    GROUP BY r.id, r.lines, r.leaves
    HAVING count(t.place) <> r.lines OR sha256(string_agg(t.leaf, ''::bytea ORDER BY t.place)) IS DISTINCT FROM r.leaves
$$;

-- Lines whose leaf is no longer the one in the tree, or that are gone without standing on a list.
CREATE OR REPLACE FUNCTION gate.lost_leaves() RETURNS TABLE (trace_id bytea, span_id bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.trace_id, t.span_id FROM log.tree_leaf t LEFT JOIN log.line l USING (trace_id, span_id)
    LEFT JOIN log.removed_leaf x ON x.place = t.place AND l.leaf IS NULL
    WHERE l.leaf IS DISTINCT FROM t.leaf
      AND (x.place IS NULL OR x.removal IN (SELECT log.untrue_removals()))
    ORDER BY t.place
$$;

CREATE OR REPLACE FUNCTION gate.count_lines(of_run uuid, OUT allowed bigint, OUT other bigint, OUT total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (SELECT count(*) FROM log.detail WHERE run = of_run)
             + (SELECT coalesce(sum(y.lines), 0)::bigint FROM log.tally y WHERE y.run = of_run),
           (SELECT count(*) FROM log.detail WHERE about_run = of_run)
             + (SELECT coalesce(sum(y.lines), 0)::bigint FROM log.tally y WHERE y.about_run = of_run),
           (SELECT count(*) FROM log.line) + (SELECT coalesce(sum(y.lines), 0)::bigint FROM log.tally y)
$$;

-- How often each activity was used, removed lines too; how many persons stand in the lines that are still there.
CREATE OR REPLACE FUNCTION gate.log_summary() RETURNS TABLE (
    activity text, activity_uri text, decision text, lines bigint, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.activity, u.activity_uri, u.decision, sum(u.lines)::bigint, sum(u.persons)::bigint FROM (
        SELECT d.activity, d.activity_uri, d.decision, count(*) AS lines, count(DISTINCT d.subject) AS persons
        FROM log.detail d GROUP BY 1, 2, 3
        UNION ALL
        SELECT y.activity, y.activity_uri, y.decision, sum(y.lines), 0 FROM log.tally y GROUP BY 1, 2, 3) u
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
$$;

-- How far the sequencer is; a removed line has its place.
CREATE OR REPLACE FUNCTION gate.log_progress(
    OUT lines bigint, OUT placed bigint, OUT waiting_since timestamptz, OUT signed_size bigint, OUT signed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT count(*) + (SELECT coalesce(sum(y.lines), 0) FROM log.tally y) INTO lines FROM log.line;
    SELECT coalesce(max(t.place) + 1, 0) INTO placed FROM log.tree_leaf t;
    IF lines <> placed THEN
        SELECT to_timestamp(min(l.start_time) / 1000.0) INTO waiting_since FROM log.line l
        WHERE NOT EXISTS (SELECT FROM log.tree_leaf t WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id);
    END IF;
    SELECT c.size, c.kept_at INTO signed_size, signed_at FROM log.checkpoint c ORDER BY c.size DESC LIMIT 1;
END $$;

-- The list of what went: counts and days, nothing about anybody.
CREATE FUNCTION gate.log_removals() RETURNS TABLE (
    removed_on date, activity text, term text, first_day date, last_day date, lines bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.removed_on, r.activity, r.term::text, min(r.first_day), max(r.last_day), sum(r.lines)::bigint
    FROM log.removal r GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
$$;
SELECT vault.open_door('gate.log_removals()');

-- reverse
DROP FUNCTION gate.log_removals();
CREATE OR REPLACE FUNCTION gate.log_progress(
    OUT lines bigint, OUT placed bigint, OUT waiting_since timestamptz, OUT signed_size bigint, OUT signed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT count(*) INTO lines FROM log.line;
    SELECT coalesce(max(t.place) + 1, 0) INTO placed FROM log.tree_leaf t;
    IF lines <> placed THEN
        SELECT to_timestamp(min(l.start_time) / 1000.0) INTO waiting_since FROM log.line l
        WHERE NOT EXISTS (SELECT FROM log.tree_leaf t WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id);
    END IF;
    SELECT c.size, c.kept_at INTO signed_size, signed_at FROM log.checkpoint c ORDER BY c.size DESC LIMIT 1;
END $$;
CREATE OR REPLACE FUNCTION gate.log_summary() RETURNS TABLE (
    activity text, activity_uri text, decision text, lines bigint, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT d.activity, d.activity_uri, d.decision, count(*), count(DISTINCT d.subject)
    FROM log.detail d GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
$$;
CREATE OR REPLACE FUNCTION gate.count_lines(of_run uuid, OUT allowed bigint, OUT other bigint, OUT total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (SELECT count(*) FROM log.detail WHERE run = of_run),
           (SELECT count(*) FROM log.detail WHERE about_run = of_run),
           (SELECT count(*) FROM log.line)
$$;
CREATE OR REPLACE FUNCTION gate.lost_leaves() RETURNS TABLE (trace_id bytea, span_id bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.trace_id, t.span_id FROM log.tree_leaf t LEFT JOIN log.line l USING (trace_id, span_id)
    WHERE l.leaf IS DISTINCT FROM t.leaf ORDER BY t.place
$$;
DROP FUNCTION log.untrue_removals();
DROP FUNCTION log.remove_lines(bigint[], text, interval, date);
DROP FUNCTION log.day_of(bigint);
DROP TRIGGER only_grows ON log.line;
DROP TRIGGER only_grows ON log.detail;
DROP TRIGGER only_grows ON log.link;
DROP TRIGGER only_grows ON log.audit_actor;
DROP FUNCTION log.refuse_unlisted();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.line FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.detail FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.link FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.audit_actor FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
DROP TABLE log.removing, log.tally, log.removed_leaf, log.removal;
