-- Archived lines count, are not lost, and may still be linked; a run of which lines are archived gets no other lines.
CREATE OR REPLACE FUNCTION log.refuse_without_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added a WHERE NOT EXISTS (
        SELECT FROM log.line l WHERE l.trace_id = a.trace_id AND l.span_id = a.span_id)) THEN
        RAISE EXCEPTION 'a detail without its line is refused' USING ERRCODE = '23503';
    END IF;
    IF EXISTS (SELECT FROM (SELECT DISTINCT a.run FROM added a WHERE a.run IS NOT NULL) r
               JOIN log.archived_form f ON f.run = r.run) THEN
        RAISE EXCEPTION 'lines of this run are archived: whether a person has one cannot be seen any more'
            USING ERRCODE = 'WA032';
    END IF;
    RETURN NULL;
END $$;

-- Every link has its line, in the tables or archived: once a statement, in place of a foreign key.
CREATE FUNCTION log.refuse_link_without_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM log.line l JOIN added a USING (trace_id, span_id) FOR KEY SHARE OF l;
    IF EXISTS (SELECT FROM added a WHERE NOT EXISTS (
            SELECT FROM log.line l WHERE l.trace_id = a.trace_id AND l.span_id = a.span_id)
        AND NOT EXISTS (
            SELECT FROM log.tree_leaf t JOIN log.archive m ON t.place <@ m.places
            WHERE t.trace_id = a.trace_id AND t.span_id = a.span_id
              AND NOT EXISTS (SELECT FROM log.removed_leaf x WHERE x.place = t.place))) THEN
        RAISE EXCEPTION 'a link without its line is refused' USING ERRCODE = '23503';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER has_its_line AFTER INSERT ON log.link REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_link_without_line();
ALTER TABLE log.link DROP CONSTRAINT link_trace_id_span_id_fkey;

-- Lines whose leaf is no longer the one in the tree, or that are gone: not archived, and not on a list that still agrees.
CREATE OR REPLACE FUNCTION gate.lost_leaves() RETURNS TABLE (trace_id bytea, span_id bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.trace_id, t.span_id FROM log.tree_leaf t LEFT JOIN log.line l USING (trace_id, span_id)
    LEFT JOIN log.removed_leaf x ON x.place = t.place AND l.leaf IS NULL
    WHERE l.leaf IS DISTINCT FROM t.leaf
      AND (x.place IS NULL OR x.removal IN (SELECT log.untrue_removals()))
      AND NOT (l.leaf IS NULL AND x.place IS NULL AND EXISTS (SELECT FROM log.archive a WHERE t.place <@ a.places))
    ORDER BY t.place
$$;

-- How many archived lines there are.
CREATE FUNCTION log.archived_lines() RETURNS bigint
LANGUAGE sql STABLE AS $$ SELECT coalesce(sum(a.lines), 0)::bigint FROM log.archive a $$;

CREATE OR REPLACE FUNCTION gate.count_lines(of_run uuid, OUT allowed bigint, OUT other bigint, OUT total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (SELECT count(*) FROM log.detail WHERE run = of_run)
             + (SELECT coalesce(sum(y.lines), 0)::bigint FROM log.tally y WHERE y.run = of_run)
             + (SELECT coalesce(sum(u.lines), 0)::bigint FROM log.archived_form f JOIN log.archived_use u ON u.form = f.id
                WHERE f.run = of_run),
           (SELECT count(*) FROM log.detail WHERE about_run = of_run)
             + (SELECT coalesce(sum(y.lines), 0)::bigint FROM log.tally y WHERE y.about_run = of_run)
             + (SELECT coalesce(sum(u.lines), 0)::bigint FROM log.archived_form f JOIN log.archived_use u ON u.form = f.id
                WHERE f.about_run = of_run),
           (SELECT count(*) FROM log.line) + (SELECT coalesce(sum(y.lines), 0)::bigint FROM log.tally y)
             + log.archived_lines()
$$;

-- How often each activity was used, removed lines too; how many persons stand in the lines that are still there.
CREATE OR REPLACE FUNCTION gate.log_summary() RETURNS TABLE (
    activity text, activity_uri text, decision text, lines bigint, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.activity, u.activity_uri, u.decision, sum(u.lines)::bigint, sum(u.persons)::bigint FROM (
        SELECT d.activity, d.activity_uri, d.decision, count(*) AS lines, 0 AS persons FROM log.detail d GROUP BY 1, 2, 3
        UNION ALL
        SELECT y.activity, y.activity_uri, y.decision, sum(y.lines), 0 FROM log.tally y GROUP BY 1, 2, 3
        UNION ALL
        SELECT k.activity, k.activity_uri, k.decision, sum(a.lines), 0 FROM log.archived_use a
        JOIN log.archived_form f ON f.id = a.form JOIN log.archived_kind k ON k.id = f.kind GROUP BY 1, 2, 3
        UNION ALL
        SELECT s.activity, s.activity_uri, s.decision, 0, count(*) FROM (
            SELECT d.activity, d.activity_uri, d.decision, d.subject FROM log.detail d WHERE d.subject IS NOT NULL
            UNION
            SELECT k.activity, k.activity_uri, k.decision, p.subject FROM log.archived_person p
            CROSS JOIN jsonb_each(p.months) m CROSS JOIN jsonb_object_keys(m.value) e
            JOIN log.archived_kind k ON k.id = e::integer) s GROUP BY 1, 2, 3) u
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
$$;

-- How far the sequencer is; a removed or archived line has its place.
CREATE OR REPLACE FUNCTION gate.log_progress(
    OUT lines bigint, OUT placed bigint, OUT waiting_since timestamptz, OUT signed_size bigint, OUT signed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT count(*) + (SELECT coalesce(sum(y.lines), 0) FROM log.tally y) + log.archived_lines() INTO lines FROM log.line;
    SELECT coalesce(max(t.place) + 1, 0) INTO placed FROM log.tree_leaf t;
    IF lines <> placed THEN
        SELECT to_timestamp(min(l.start_time) / 1000.0) INTO waiting_since FROM log.line l
        WHERE NOT EXISTS (SELECT FROM log.tree_leaf t WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id);
    END IF;
    SELECT c.size, c.kept_at INTO signed_size, signed_at FROM log.checkpoint c ORDER BY c.size DESC LIMIT 1;
END $$;

-- How many persons and months have another tally than their lines say, archived ones too; a count of every line.
CREATE OR REPLACE FUNCTION gate.unfit_tallies() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(*) FROM log.month_tally t FULL JOIN (
        SELECT a.subject, a.month, sum(a.lines)::bigint AS lines FROM (
            SELECT c.subject, c.month, c.lines FROM log.counted_lines(0) c
            UNION ALL
            SELECT p.subject, (m.key || '-01')::date, k.value::bigint
            FROM log.archived_person p CROSS JOIN jsonb_each(p.months) m CROSS JOIN jsonb_each_text(m.value) k) a
        GROUP BY 1, 2) c USING (subject, month)
    WHERE t.lines IS DISTINCT FROM c.lines
$$;

-- reverse
-- again: logbook/month_tally gate.unfit_tallies
-- again: logbook/retention gate.log_progress
-- again: logbook/retention gate.log_summary
-- again: logbook/retention gate.count_lines
-- again: logbook/retention gate.lost_leaves
DROP FUNCTION log.archived_lines();
ALTER TABLE log.link ADD CONSTRAINT link_trace_id_span_id_fkey FOREIGN KEY (trace_id, span_id) REFERENCES log.line;
DROP TRIGGER has_its_line ON log.link;
DROP FUNCTION log.refuse_link_without_line();
-- again: logbook/at_once log.refuse_without_line
