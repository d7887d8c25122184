-- The log goes on to another system (OTLP), as far as the owner said so. Lines are handed over in the order of their places
-- in the tree: every committed line has one, and only one. What was handed to the outbox is counted here, in the same
-- transaction as the jobs, so that no line is skipped; that a line may arrive twice is for the receiver's key.
CREATE TABLE pol.collector (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    address text NOT NULL CHECK (address ~ '^(https://[^/?#@ ]+|http://(127\.0\.0\.1|localhost)(:[0-9]+)?)(/[^?# ]*)?$'),
    set_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE gate.forwarded (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    up_to bigint NOT NULL CHECK (up_to >= 0)
);
DO $$
BEGIN
    EXECUTE format('GRANT SELECT ON pol.collector TO %I', (SELECT application FROM vault.role));
END $$;

-- As the owner: where the log goes; NULL = nowhere any more. Lines that were there before go too, unless `from_now`.
CREATE FUNCTION gate.set_collector(of_address text, from_now boolean) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF of_address IS NULL THEN
        DELETE FROM pol.collector;
        RETURN;
    END IF;
    INSERT INTO pol.collector (address) VALUES (of_address)
    ON CONFLICT (only_row) DO UPDATE SET address = excluded.address, set_at = now();
    INSERT INTO gate.forwarded (up_to) VALUES (0) ON CONFLICT (only_row) DO NOTHING;
    IF from_now THEN
        UPDATE gate.forwarded SET up_to = (SELECT coalesce(max(t.place) + 1, 0) FROM log.tree_leaf t);
    END IF;
END $$;

-- Takes the next places that nobody took: [first, past). Nothing when all are taken or no collector was set.
CREATE FUNCTION gate.take_places(most integer) RETURNS TABLE (first bigint, past bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    begin_at bigint;
    end_at bigint;
BEGIN
    SELECT f.up_to INTO begin_at FROM gate.forwarded f WHERE EXISTS (SELECT FROM pol.collector) FOR UPDATE;
    SELECT least(coalesce(max(t.place) + 1, 0), begin_at + most) INTO end_at FROM log.tree_leaf t;
    IF end_at > begin_at THEN
        UPDATE gate.forwarded SET up_to = end_at;
        RETURN QUERY SELECT begin_at, end_at;
    END IF;
END $$;

-- The lines of those places with exactly the fields of the standard; a line past its term is not there any more.
CREATE FUNCTION gate.lines_to_forward(first bigint, past bigint) RETURNS TABLE (
    trace_id bytea, span_id bytea, parent_span_id bytea, status text, name text, start_time bigint, end_time bigint,
    resource_attributes text, attributes text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.trace_id, l.span_id, l.parent_span_id, l.status, l.name, l.start_time, l.end_time,
           l.resource_attributes::text, l.attributes::text
    FROM log.tree_leaf t JOIN log.line l ON l.trace_id = t.trace_id AND l.span_id = t.span_id
    WHERE t.place >= first AND t.place < past AND past <= (SELECT f.up_to FROM gate.forwarded f)
      AND EXISTS (SELECT FROM pol.collector)
    ORDER BY t.place
$$;

SELECT vault.open_door('gate.take_places(integer)');
SELECT vault.open_door('gate.lines_to_forward(bigint,bigint)');

-- reverse
DROP FUNCTION gate.lines_to_forward(bigint, bigint);
DROP FUNCTION gate.take_places(integer);
DROP FUNCTION gate.set_collector(text, boolean);
DROP TABLE gate.forwarded;
DROP TABLE pol.collector;
