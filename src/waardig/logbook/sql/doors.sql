-- Doors of the logbook that give no personal data, and the one that links a line to what it led to.
CREATE FUNCTION gate.link_lines(traces bytea[], spans bytea[], kinds text[], targets uuid[]) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH made AS (
        INSERT INTO log.link (trace_id, span_id, kind, target)
        SELECT * FROM unnest(traces, spans, kinds, targets)
        ON CONFLICT DO NOTHING RETURNING 1
    ) SELECT count(*)::integer FROM made
$$;

-- Lines whose leaf no longer follows from their content: the place of every change behind our back.
CREATE FUNCTION gate.verify_log() RETURNS TABLE (trace_id bytea, span_id bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.trace_id, l.span_id FROM log.line l LEFT JOIN log.detail d USING (trace_id, span_id)
    WHERE d.trace_id IS NULL OR l.leaf <> log.leaf(l.salt, log.canonical(l, d))
    ORDER BY l.start_time, l.trace_id, l.span_id
$$;

-- How many persons a run read, and how many lines about it do not count as a read (refusals, the selection).
CREATE FUNCTION gate.count_lines(of_run uuid, OUT allowed bigint, OUT other bigint, OUT total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (SELECT count(*) FROM log.detail WHERE run = of_run),
           (SELECT count(*) FROM log.detail WHERE about_run = of_run),
           (SELECT count(*) FROM log.line)
$$;

SELECT vault.open_schema('gate');
SELECT vault.open_door('gate.link_lines(bytea[],bytea[],text[],uuid[])');
SELECT vault.open_door('gate.verify_log()');
SELECT vault.open_door('gate.count_lines(uuid)');

-- reverse
DROP FUNCTION gate.count_lines(uuid);
DROP FUNCTION gate.verify_log();
DROP FUNCTION gate.link_lines(bytea[], bytea[], text[], uuid[]);
