-- The tree over the log (RFC 6962): the sequencer gives every committed line a place, afterwards and alone, so that
-- writing lines never waits for it. A checkpoint says: of this size, with this root; signed, and kept by others too.
CREATE TABLE log.tree_leaf (
    place bigint PRIMARY KEY CHECK (place >= 0),
    trace_id bytea NOT NULL,
    span_id bytea NOT NULL,
    leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
    UNIQUE (trace_id, span_id)
);
CREATE TABLE log.checkpoint (
    size bigint PRIMARY KEY CHECK (size > 0),
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    note text NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.tree_leaf
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.checkpoint
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();

-- Gives places to at most `most` lines that have none; one sequencer at a time. Gives how many.
CREATE FUNCTION gate.sequence_log(most integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    placed integer;
BEGIN
    PERFORM pg_advisory_xact_lock(6962);
    INSERT INTO log.tree_leaf (place, trace_id, span_id, leaf)
    SELECT (SELECT coalesce(max(t.place) + 1, 0) FROM log.tree_leaf t)
           + row_number() OVER (ORDER BY n.start_time, n.trace_id, n.span_id) - 1, n.trace_id, n.span_id, n.leaf
    FROM (SELECT l.start_time, l.trace_id, l.span_id, l.leaf FROM log.line l
          WHERE NOT EXISTS (SELECT FROM log.tree_leaf t WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id)
          ORDER BY l.start_time, l.trace_id, l.span_id LIMIT most) n;
    GET DIAGNOSTICS placed = ROW_COUNT;
    RETURN placed;
END $$;

-- Leaf hashes in order: they say nothing about anybody.
CREATE FUNCTION gate.tree_leaves() RETURNS SETOF bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.leaf FROM log.tree_leaf t ORDER BY t.place
$$;

-- Lines whose leaf is no longer the one in the tree, or that are gone.
CREATE FUNCTION gate.lost_leaves() RETURNS TABLE (trace_id bytea, span_id bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.trace_id, t.span_id FROM log.tree_leaf t LEFT JOIN log.line l USING (trace_id, span_id)
    WHERE l.leaf IS DISTINCT FROM t.leaf ORDER BY t.place
$$;

CREATE FUNCTION gate.keep_checkpoint(of_size bigint, of_root bytea, signed text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH kept AS (
        INSERT INTO log.checkpoint (size, root, note)
        SELECT of_size, of_root, signed WHERE of_size <= (SELECT count(*) FROM log.tree_leaf)
        ON CONFLICT (size) DO NOTHING RETURNING 1
    ) SELECT EXISTS (SELECT FROM kept)
$$;

CREATE FUNCTION gate.checkpoints() RETURNS TABLE (size bigint, root bytea, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.size, c.root, c.note FROM log.checkpoint c ORDER BY c.size
$$;

-- How often each activity was used: no persons, so anybody may know.
CREATE FUNCTION gate.log_summary() RETURNS TABLE (
    activity text, activity_uri text, decision text, lines bigint, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT d.activity, d.activity_uri, d.decision, count(*), count(DISTINCT d.subject)
    FROM log.detail d GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
$$;

SELECT vault.open_door('gate.sequence_log(integer)');
SELECT vault.open_door('gate.tree_leaves()');
SELECT vault.open_door('gate.lost_leaves()');
SELECT vault.open_door('gate.keep_checkpoint(bigint,bytea,text)');
SELECT vault.open_door('gate.checkpoints()');
SELECT vault.open_door('gate.log_summary()');

-- reverse
DROP FUNCTION gate.log_summary();
DROP FUNCTION gate.checkpoints();
DROP FUNCTION gate.keep_checkpoint(bigint, bytea, text);
DROP FUNCTION gate.lost_leaves();
DROP FUNCTION gate.tree_leaves();
DROP FUNCTION gate.sequence_log(integer);
DROP TABLE log.checkpoint, log.tree_leaf;
