-- How many lines each person has in each month is kept up as lines get their place, and when lines go, in the same
-- transaction. Counting for a checkpoint then reads a row a person and month, and no longer every line.
CREATE TABLE log.month_tally (
    subject bytea NOT NULL CHECK (octet_length(subject) = 32),
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    lines bigint NOT NULL CHECK (lines >= 0),
    PRIMARY KEY (subject, month)
) WITH (fillfactor = 90);

-- The month (UTC) of a line as a day: shorter to keep and to compare than its text, and the same month.
CREATE FUNCTION log.first_of_month(start_time bigint) RETURNS date
LANGUAGE sql IMMUTABLE AS $$
    SELECT date_trunc('month', to_timestamp(start_time / 1000.0) AT TIME ZONE 'UTC')::date
$$;

-- The full count: what the tally must be. Lines with a place from one place on.
CREATE FUNCTION log.counted_lines(first_place bigint) RETURNS TABLE (subject bytea, month date, lines bigint)
LANGUAGE sql STABLE AS $$
    SELECT d.subject, log.first_of_month(l.start_time), count(*)
    FROM log.tree_leaf t JOIN log.line l USING (trace_id, span_id) JOIN log.detail d USING (trace_id, span_id)
    WHERE t.place >= first_place AND d.subject IS NOT NULL GROUP BY 1, 2
$$;

-- Adds the lines that got a place from one place on. The sequencer's lock is held.
CREATE FUNCTION log.keep_tally(first_place bigint) RETURNS void
LANGUAGE sql VOLATILE AS $$
    INSERT INTO log.month_tally AS m (subject, month, lines)
    SELECT c.subject, c.month, c.lines FROM log.counted_lines(first_place) c
    ON CONFLICT (subject, month) DO UPDATE SET lines = m.lines + excluded.lines
$$;

-- Takes lines that go off the tally; no place is given meanwhile.
CREATE FUNCTION log.reduce_tally(traces bytea[], spans bytea[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(6962);
    UPDATE log.month_tally m SET lines = m.lines - g.lines
    FROM (SELECT d.subject, log.first_of_month(l.start_time) AS month, count(*) AS lines
          FROM unnest(traces, spans) u(trace_id, span_id) JOIN log.line l USING (trace_id, span_id)
          JOIN log.detail d USING (trace_id, span_id) WHERE d.subject IS NOT NULL GROUP BY 1, 2) g
    WHERE m.subject = g.subject AND m.month = g.month;
    DELETE FROM log.month_tally m WHERE m.lines = 0 AND m.subject IN (
        SELECT d.subject FROM unnest(traces, spans) u(trace_id, span_id) JOIN log.detail d USING (trace_id, span_id));
END $$;

-- The tally of the lines below a size: what got a place meanwhile is not counted yet. One statement, so one moment.
CREATE FUNCTION log.tally_below(of_size bigint) RETURNS TABLE (subject bytea, month date, lines bigint)
LANGUAGE sql STABLE AS $$
    SELECT t.subject, t.month, t.lines - coalesce(c.lines, 0)
    FROM log.month_tally t LEFT JOIN log.counted_lines(of_size) c USING (subject, month)
    WHERE t.lines > coalesce(c.lines, 0)
$$;

-- Gives places to at most `most` lines that have none, and counts them along; one sequencer at a time. Gives how many.
CREATE OR REPLACE FUNCTION gate.sequence_log(most integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    taken bigint;
    placed integer;
BEGIN
    PERFORM pg_advisory_xact_lock(6962);
    SELECT coalesce(max(t.place) + 1, 0) INTO taken FROM log.tree_leaf t;
    INSERT INTO log.tree_leaf (place, trace_id, span_id, leaf)
    SELECT taken + row_number() OVER (ORDER BY n.start_time, n.trace_id, n.span_id) - 1, n.trace_id, n.span_id, n.leaf
    FROM (SELECT l.start_time, l.trace_id, l.span_id, l.leaf FROM log.line l
          WHERE NOT EXISTS (SELECT FROM log.tree_leaf t WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id)
          ORDER BY l.start_time, l.trace_id, l.span_id LIMIT most) n;
    GET DIAGNOSTICS placed = ROW_COUNT;
    PERFORM log.keep_hashes(taken + placed);
    PERFORM log.keep_tally(taken);
    RETURN placed;
END $$;

-- Removes lines of one activity by their places in the tree: listed and counted first, and taken off the tally.
CREATE OR REPLACE FUNCTION log.remove_lines(places bigint[], of_activity text, of_term interval, today date) RETURNS integer
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
    PERFORM log.reduce_tally(traces, spans);
    DELETE FROM log.link k USING unnest(traces, spans) u(t, s) WHERE k.trace_id = u.t AND k.span_id = u.s;
    DELETE FROM log.audit_actor a USING unnest(traces, spans) u(t, s) WHERE a.trace_id = u.t AND a.span_id = u.s;
    DELETE FROM log.detail d USING unnest(traces, spans) u(t, s) WHERE d.trace_id = u.t AND d.span_id = u.s;
    DELETE FROM log.line l USING unnest(traces, spans) u(t, s) WHERE l.trace_id = u.t AND l.span_id = u.s;
    DELETE FROM log.removing r WHERE r.made_in = pg_current_xact_id();
    RETURN gone;
END $$;

-- Makes the counts of the lines below a size from the tally; gives the tiles of the tree over them. Joins the transaction in which
-- that size is signed.
CREATE OR REPLACE FUNCTION gate.make_counts(of_size bigint) RETURNS TABLE (number integer, hashes bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    DELETE FROM log.month_count;
    DELETE FROM log.count_tile;
    INSERT INTO log.count_round (size, removals) VALUES (of_size, log.removals()) ON CONFLICT DO NOTHING;
    INSERT INTO log.month_count (subject, bucket, key, salt, counts, leaf)
    SELECT s.subject, get_byte(s.key, 0) * 16 + get_byte(s.key, 1) / 16, s.key, s.salt, s.counts,
           log.leaf(s.salt, s.counts)
    FROM (SELECT m.subject, log.count_key(of_size, m.subject) AS key, log.random(16) AS salt,
                 '{"months":{' || string_agg('"' || to_char(m.month, 'YYYY-MM') || '":' || m.lines, ',' ORDER BY m.month)
                 || '},"size":' || of_size || ',"subject":"' || encode(m.subject, 'hex') || '"}' AS counts
          FROM log.tally_below(of_size) m
          GROUP BY m.subject OFFSET 0) s;
    INSERT INTO log.count_tile (number, hashes)
    SELECT n / 256, string_agg(coalesce(b.hash, sha256('\x00'::bytea)), ''::bytea ORDER BY n)
    FROM generate_series(0, 4095) n
    LEFT JOIN (SELECT c.bucket, sha256('\x00'::bytea || string_agg(c.key || c.leaf, ''::bytea ORDER BY c.key)) AS hash
               FROM log.month_count c GROUP BY c.bucket) b ON b.bucket = n
    GROUP BY n / 256;
    RETURN QUERY SELECT t.number, t.hashes FROM log.count_tile t ORDER BY t.number;
END $$;

-- How many persons and months have another tally than their lines say; a count of every line.
CREATE FUNCTION gate.unfit_tallies() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(*) FROM log.month_tally t FULL JOIN log.counted_lines(0) c USING (subject, month)
    WHERE t.lines IS DISTINCT FROM c.lines
$$;
SELECT vault.open_door('gate.unfit_tallies()');

-- The log that is there: no place is given meanwhile.
SELECT pg_advisory_xact_lock(6962);
SELECT log.keep_tally(0);

-- reverse
-- again: logbook/counts gate.make_counts
-- again: logbook/retention log.remove_lines
-- again: logbook/tree_hashes gate.sequence_log
DROP FUNCTION gate.unfit_tallies();
DROP FUNCTION log.tally_below(bigint);
DROP FUNCTION log.reduce_tally(bytea[], bytea[]);
DROP FUNCTION log.keep_tally(bigint);
DROP FUNCTION log.counted_lines(bigint);
DROP FUNCTION log.first_of_month(bigint);
DROP TABLE log.month_tally;
