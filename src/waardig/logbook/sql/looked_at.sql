-- What who checks the whole log asks besides lines and leaves: where a line stands, which places are empty, and whether what was signed
-- and cosigned is still what is kept. Nothing here says anything about anybody.
CREATE FUNCTION gate.places_of(traces bytea[], spans bytea[]) RETURNS TABLE (trace_id bytea, span_id bytea, place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.trace_id, t.span_id, t.place FROM unnest(traces, spans) u(trace, span)
    JOIN log.tree_leaf t ON t.trace_id = u.trace AND t.span_id = u.span
$$;

-- Places without a leaf, from the first to the last of each gap.
CREATE FUNCTION gate.missing_places() RETURNS TABLE (first bigint, last bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT g.before + 1, g.place - 1
    FROM (SELECT t.place, lag(t.place, 1, -1::bigint) OVER (ORDER BY t.place) AS before FROM log.tree_leaf t) g
    WHERE g.place > g.before + 1 ORDER BY 1
$$;

CREATE FUNCTION gate.cosignatures() RETURNS TABLE (size bigint, witness text, line text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.size, c.witness, c.line FROM log.cosignature c ORDER BY c.size, c.witness
$$;

-- Buckets of the counts of persons and months whose hash does not follow from the counts that are kept.
CREATE FUNCTION gate.unfit_counts() RETURNS SETOF integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT n FROM generate_series(0, 4095) n
    LEFT JOIN (SELECT c.bucket, sha256('\x00'::bytea || string_agg(c.key || log.leaf(c.salt, c.counts), ''::bytea ORDER BY c.key)) AS hash
               FROM log.month_count c GROUP BY c.bucket) b ON b.bucket = n
    LEFT JOIN log.count_tile t ON t.number = n / 256
    WHERE EXISTS (SELECT FROM log.count_round)
      AND coalesce(b.hash, sha256('\x00'::bytea)) IS DISTINCT FROM substr(t.hashes, n % 256 * 32 + 1, 32)
    ORDER BY n
$$;

-- Days and numbers of lists of removed lines that do not fit the leaves they list.
CREATE FUNCTION gate.untrue_removals() RETURNS TABLE (removed_on date, lines integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.removed_on, r.lines FROM log.removal r WHERE r.id IN (SELECT log.untrue_removals()) ORDER BY r.id
$$;

SELECT vault.open_door('gate.untrue_removals()');
SELECT vault.open_door('gate.places_of(bytea[],bytea[])');
SELECT vault.open_door('gate.missing_places()');
SELECT vault.open_door('gate.cosignatures()');
SELECT vault.open_door('gate.unfit_counts()');

-- reverse
DROP FUNCTION gate.untrue_removals();
DROP FUNCTION gate.unfit_counts();
DROP FUNCTION gate.cosignatures();
DROP FUNCTION gate.missing_places();
DROP FUNCTION gate.places_of(bytea[], bytea[]);
