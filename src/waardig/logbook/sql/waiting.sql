-- Which lines wait for a place in the tree is kept up as they are written: one row for each statement and trace, in the transaction of
-- the lines, taken away in the transaction in which they get their place. Whoever sees the row sees the lines, and never one without the
-- other: no clock and no transaction number decides. Searching the whole log for lines without a place is left to who checks all of it.
CREATE TABLE log.waiting (
    id bigint GENERATED ALWAYS AS IDENTITY,
    trace_id bytea NOT NULL CHECK (octet_length(trace_id) = 16),
    lines integer NOT NULL CHECK (lines > 0)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
COMMENT ON TABLE log.waiting IS 'traces with lines that have no place in the tree yet; without an index, for it is read as a whole';

CREATE FUNCTION log.let_wait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log.waiting (trace_id, lines) SELECT a.trace_id, count(*) FROM added a GROUP BY a.trace_id;
    RETURN NULL;
END $$;
CREATE TRIGGER waits_for_a_place AFTER INSERT ON log.line REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION log.let_wait();

-- Gives places to at most `most` lines that have none, and counts them along; one sequencer at a time. Gives how many: fewer than `most`
-- only when nothing waits any more. Of a row all lines that were there have a place, or it stays.
CREATE OR REPLACE FUNCTION gate.sequence_log(most integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    begun bigint;
    taken bigint;
    rows bigint[];
    traces bytea[];
    placed integer;
BEGIN
    PERFORM pg_advisory_xact_lock(6962);
    SELECT coalesce(max(t.place) + 1, 0) INTO begun FROM log.tree_leaf t;
    taken := begun;
    LOOP
        SELECT array_agg(w.id), array_agg(DISTINCT w.trace_id) INTO rows, traces FROM (
            SELECT f.id, f.trace_id, sum(f.lines) OVER (ORDER BY f.id) - f.lines AS before
            FROM (SELECT v.id, v.trace_id, v.lines FROM log.waiting v ORDER BY v.id LIMIT most) f) w
        WHERE w.before < most - (taken - begun);
        EXIT WHEN rows IS NULL;
        INSERT INTO log.tree_leaf (place, trace_id, span_id, leaf)
        SELECT taken + row_number() OVER (ORDER BY n.start_time, n.trace_id, n.span_id) - 1, n.trace_id, n.span_id, n.leaf
        FROM (SELECT l.start_time, l.trace_id, l.span_id, l.leaf FROM log.line l
              WHERE l.trace_id = ANY (traces)
                AND NOT EXISTS (SELECT FROM log.tree_leaf t WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id)
              ORDER BY l.start_time, l.trace_id, l.span_id LIMIT most - (taken - begun)) n;
        GET DIAGNOSTICS placed = ROW_COUNT;
        taken := taken + placed;
        DELETE FROM log.waiting w WHERE w.id = ANY (rows) AND NOT EXISTS (
            SELECT FROM log.line l WHERE l.trace_id = w.trace_id
            AND NOT EXISTS (SELECT FROM log.tree_leaf t WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id));
        EXIT WHEN taken - begun >= most;
    END LOOP;
    PERFORM log.keep_hashes(taken);
    PERFORM log.keep_tally(begun);
    RETURN taken - begun;
END $$;

-- Lines without a place that do not wait for one, because they came in while the trigger did not work: a search of the whole log.
CREATE FUNCTION log.forgotten_lines() RETURNS TABLE (trace_id bytea, span_id bytea)
LANGUAGE sql STABLE AS $$
    SELECT l.trace_id, l.span_id FROM log.line l
    WHERE NOT EXISTS (SELECT FROM log.tree_leaf t WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id)
      AND l.trace_id NOT IN (SELECT w.trace_id FROM log.waiting w)
    ORDER BY l.start_time, l.trace_id, l.span_id
$$;
CREATE FUNCTION gate.forgotten_lines() RETURNS TABLE (trace_id bytea, span_id bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.trace_id, f.span_id FROM log.forgotten_lines() f
$$;

-- Lets forgotten lines wait after all; gives how many there were.
CREATE FUNCTION gate.remember_lines() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH made AS (
        INSERT INTO log.waiting (trace_id, lines) SELECT f.trace_id, count(*) FROM log.forgotten_lines() f GROUP BY 1
        RETURNING waiting.lines
    ) SELECT coalesce(sum(m.lines), 0)::bigint FROM made m
$$;

-- How far the sequencer is: every line has a place, also a removed or archived one, or waits.
CREATE OR REPLACE FUNCTION gate.log_progress(
    OUT lines bigint, OUT placed bigint, OUT waiting_since timestamptz, OUT signed_size bigint, OUT signed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT coalesce(max(t.place) + 1, 0) INTO placed FROM log.tree_leaf t;
    SELECT placed + count(*), to_timestamp(min(l.start_time) / 1000.0) INTO lines, waiting_since
    FROM log.line l WHERE l.trace_id IN (SELECT w.trace_id FROM log.waiting w)
      AND NOT EXISTS (SELECT FROM log.tree_leaf t WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id);
    SELECT c.size, c.kept_at INTO signed_size, signed_at FROM log.checkpoint c ORDER BY c.size DESC LIMIT 1;
END $$;

SELECT vault.open_door('gate.forgotten_lines()');
SELECT vault.open_door('gate.remember_lines()');

-- The log that is there: whatever is written from here on waits for this migration (the trigger holds the table).
SELECT gate.remember_lines();

-- reverse
-- again: logbook/archive_counted gate.log_progress
DROP FUNCTION gate.remember_lines();
DROP FUNCTION gate.forgotten_lines();
DROP FUNCTION log.forgotten_lines();
-- again: logbook/month_tally gate.sequence_log
DROP TRIGGER waits_for_a_place ON log.line;
DROP FUNCTION log.let_wait();
DROP TABLE log.waiting;
