-- How many lines each person has in each month, committed to in a checkpoint: leaving a line out of somebody's list shows.
-- A person stands here as in the log, under a pseudonym; what is signed is one root over salted hashes. It is made anew for a
-- later checkpoint and then replaced, so that no count outlives its lines.
CREATE TABLE log.month_count (
    subject bytea PRIMARY KEY CHECK (octet_length(subject) = 32),
    bucket integer NOT NULL CHECK (bucket BETWEEN 0 AND 4095),
    key bytea NOT NULL CHECK (octet_length(key) = 32),
    salt bytea NOT NULL CHECK (octet_length(salt) = 16),
    counts text NOT NULL,  -- {"months":{"2026-10":14},"size":48211,"subject":"..."}: RFC 8785
    leaf bytea NOT NULL CHECK (octet_length(leaf) = 32)
);
CREATE INDEX month_count_by_bucket ON log.month_count (bucket, key);
-- The hashes of 4096 buckets, by 256, as tiles of a tree (RFC 6962).
CREATE TABLE log.count_tile (
    number integer PRIMARY KEY CHECK (number BETWEEN 0 AND 15),
    hashes bytea NOT NULL CHECK (octet_length(hashes) = 8192)
);
-- For which checkpoints counts were made, and how many removals there were by then.
CREATE TABLE log.count_round (
    size bigint PRIMARY KEY CHECK (size > 0),
    removals bigint NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.count_round
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();

-- A person's place follows from a keyed hash, so that a root holds one count of a person and not two.
CREATE FUNCTION log.count_key(size bigint, subject bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$ SELECT sha256(convert_to(size || ':' || encode(subject, 'hex'), 'UTF8')) $$;

CREATE FUNCTION log.removals() RETURNS bigint
LANGUAGE sql STABLE AS $$ SELECT coalesce(max(r.id), 0) FROM log.removal r $$;

-- Whether the next checkpoint has to hold new counts: a new month (UTC) began, or lines went, since the last ones.
CREATE FUNCTION gate.counts_are_due() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM log.count_round c WHERE c.removals = log.removals()
                       AND date_trunc('month', c.made_at, 'UTC') = date_trunc('month', now(), 'UTC'))
$$;

-- Counts the lines below a size; gives the tiles of the tree over them. Joins the transaction in which that size is signed.
CREATE FUNCTION gate.make_counts(of_size bigint) RETURNS TABLE (number integer, hashes bytea)
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
                 '{"months":{' || string_agg('"' || m.month || '":' || m.lines, ',' ORDER BY m.month COLLATE "C")
                 || '},"size":' || of_size || ',"subject":"' || encode(m.subject, 'hex') || '"}' AS counts
          FROM (SELECT d.subject, log.month_of(l.start_time) AS month, count(*) AS lines
                FROM log.tree_leaf t JOIN log.line l USING (trace_id, span_id) JOIN log.detail d USING (trace_id, span_id)
                WHERE t.place < of_size AND d.subject IS NOT NULL GROUP BY 1, 2) m
          GROUP BY m.subject OFFSET 0) s;
    INSERT INTO log.count_tile (number, hashes)
    SELECT n / 256, string_agg(coalesce(b.hash, sha256('\x00'::bytea)), ''::bytea ORDER BY n)
    FROM generate_series(0, 4095) n
    LEFT JOIN (SELECT c.bucket, sha256('\x00'::bytea || string_agg(c.key || c.leaf, ''::bytea ORDER BY c.key)) AS hash
               FROM log.month_count c GROUP BY c.bucket) b ON b.bucket = n
    GROUP BY n / 256;
    RETURN QUERY SELECT t.number, t.hashes FROM log.count_tile t ORDER BY t.number;
END $$;

CREATE FUNCTION log.month_of(start_time bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT to_char(to_timestamp(start_time / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM') $$;

-- The tiles again, the checkpoint that holds their root, and whether lines went since.
CREATE FUNCTION gate.count_tiles() RETURNS TABLE (number integer, hashes bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.number, t.hashes FROM log.count_tile t ORDER BY t.number
$$;
CREATE FUNCTION gate.counted() RETURNS TABLE (size bigint, note text, is_current boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.size, p.note, c.removals = log.removals()
    FROM log.count_round c JOIN log.checkpoint p ON p.size = c.size ORDER BY c.size DESC LIMIT 1
$$;
CREATE FUNCTION gate.cosignatures_of(of_size bigint) RETURNS TABLE (line text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.line FROM log.cosignature c WHERE c.size = of_size ORDER BY c.witness
$$;

SELECT vault.open_door('gate.counts_are_due()');
SELECT vault.open_door('gate.make_counts(bigint)');
SELECT vault.open_door('gate.count_tiles()');
SELECT vault.open_door('gate.counted()');
SELECT vault.open_door('gate.cosignatures_of(bigint)');

-- reverse
DROP FUNCTION gate.cosignatures_of(bigint);
DROP FUNCTION gate.counted();
DROP FUNCTION gate.count_tiles();
DROP FUNCTION gate.make_counts(bigint);
DROP FUNCTION log.month_of(bigint);
DROP FUNCTION gate.counts_are_due();
DROP FUNCTION log.removals();
DROP FUNCTION log.count_key(bigint, bytea);
DROP TABLE log.count_round, log.count_tile, log.month_count;
