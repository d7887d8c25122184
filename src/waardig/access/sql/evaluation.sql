-- Who may ask us for decisions, and what was decided for them. Callers are policy: the owner writes them, so nobody who
-- serves requests can let himself in. A token is kept as its SHA-256; it has 256 random bits, so no salt is needed.
CREATE TABLE pol.caller (
    id text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,62}$'),
    name text NOT NULL CHECK (name <> ''),
    organisation text NOT NULL CHECK (organisation ~ '^[0-9]{20}$'),  -- OIN
    token_sha256 bytea NOT NULL UNIQUE CHECK (octet_length(token_sha256) = 32),
    rights text[] NOT NULL CHECK (rights <> '{}' AND rights <@ ARRAY['evaluate', 'log_read']),
    activities text[] NOT NULL CHECK (activities <> '{}'),
    standing text CHECK (standing = ANY (activities)),
    valid_until date,
    added_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz
);
DO $$
BEGIN
    EXECUTE format('GRANT SELECT ON pol.caller TO %I', (SELECT application FROM vault.role));
END $$;

-- The decision log: a record is one call, with the fields of Authorization Decision Log. It names no person: what stands
-- in no policy was left out before it came here (core/authzen.py).
CREATE TABLE gate.evaluation (
    trace_id bytea NOT NULL CHECK (octet_length(trace_id) = 16),
    span_id bytea NOT NULL CHECK (octet_length(span_id) = 8),
    parent_span_id bytea CHECK (octet_length(parent_span_id) = 8),
    event_name text NOT NULL CHECK (event_name IN ('adl.access_evaluation', 'adl.access_evaluations')),
    timestamp bigint NOT NULL,  -- milliseconds since 1970-01-01 UTC
    status text NOT NULL CHECK (status IN ('Unset', 'Ok', 'Error')),
    attributes jsonb NOT NULL,
    resource jsonb NOT NULL,
    body jsonb NOT NULL CHECK (body ?& ARRAY['adl.core.request', 'adl.core.response']),
    PRIMARY KEY (trace_id, span_id)
);
CREATE INDEX evaluation_by_time ON gate.evaluation USING brin (timestamp);
CREATE TRIGGER only_grows BEFORE UPDATE ON gate.evaluation FOR EACH ROW EXECUTE FUNCTION log.refuse_change();

-- Keeps one record and gives its trace and span; committed before anybody hears the decision.
CREATE FUNCTION gate.keep_evaluation(record jsonb) RETURNS TABLE (trace_id text, span_id text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN QUERY
    INSERT INTO gate.evaluation
    VALUES (coalesce(decode(record ->> 'trace', 'hex'), log.random(16)), log.random(8), decode(record ->> 'parent', 'hex'),
            record ->> 'event_name', log.milliseconds(clock_timestamp()), record ->> 'status',
            record -> 'attributes', '{"service.name": "waardig"}', record -> 'body')
    RETURNING encode(trace_id, 'hex'), encode(span_id, 'hex');
END $$;

-- Records by chance, to decide them again.
CREATE FUNCTION gate.sample_evaluations(most integer) RETURNS TABLE (trace_id text, attributes text, body text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT encode(e.trace_id, 'hex'), e.attributes::text, e.body::text FROM gate.evaluation e
    WHERE e.status <> 'Error' ORDER BY random() LIMIT most
$$;

-- Five years, as the lines of the log: so long a claim against the municipality can rest on a decision (BW 3:310).
CREATE FUNCTION gate.forget_evaluations() RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (DELETE FROM gate.evaluation e WHERE e.timestamp < log.milliseconds(now() - interval 'P5Y') RETURNING 1)
    SELECT count(*)::integer FROM gone
$$;

SELECT vault.open_door('gate.keep_evaluation(jsonb)');
SELECT vault.open_door('gate.sample_evaluations(integer)');
SELECT vault.open_door('gate.forget_evaluations()');

-- reverse
DROP FUNCTION gate.forget_evaluations();
DROP FUNCTION gate.sample_evaluations(integer);
DROP FUNCTION gate.keep_evaluation(jsonb);
DROP TABLE gate.evaluation;
DROP TABLE pol.caller;
