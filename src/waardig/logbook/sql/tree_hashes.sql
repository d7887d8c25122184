-- The hash of each full tile of the tree (C2SP tlog-tiles): hash `number` of level 1 is the root over the 256 leaves from place
-- number * 256 on, one of level 2 the root over 256 hashes of level 1, and so on. They are made in the transaction in which leaves get their
-- place and never change, so that roots and proofs are computed without reading every leaf. `waardig logbook verify` makes them again.
CREATE TABLE log.tree_hash (
    level smallint NOT NULL CHECK (level BETWEEN 1 AND 7),
    number bigint NOT NULL CHECK (number >= 0),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (level, number)
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.tree_hash
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();

-- The hashes of one tile in order, one after the other; fewer than 256 when it is not full yet.
CREATE FUNCTION log.tile(of_level integer, of_number bigint) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT CASE of_level WHEN 0
        THEN (SELECT string_agg(t.leaf, ''::bytea ORDER BY t.place) FROM log.tree_leaf t
              WHERE t.place >= of_number * 256 AND t.place < (of_number + 1) * 256)
        ELSE (SELECT string_agg(h.hash, ''::bytea ORDER BY h.number) FROM log.tree_hash h
              WHERE h.level = of_level AND h.number >= of_number * 256 AND h.number < (of_number + 1) * 256) END
$$;

-- The root over the hashes of a full tile (RFC 6962 section 2.1): eight times, each pair becomes one.
CREATE FUNCTION log.tile_root(hashes bytea) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    FOR _ IN 1..8 LOOP
        hashes := (SELECT string_agg(sha256('\x01'::bytea || substr(hashes, pair * 64 + 1, 64)), ''::bytea ORDER BY pair)
                   FROM generate_series(0, octet_length(hashes) / 64 - 1) pair);
    END LOOP;
    RETURN hashes;
END $$;

-- Adds what is missing for a tree of this size. A tile whose leaves are not all there gives no hash: nothing is made up.
CREATE FUNCTION log.keep_hashes(size bigint) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    FOR of_level IN 1..7 LOOP
        size := size / 256;
        EXIT WHEN size = 0;
        INSERT INTO log.tree_hash (level, number, hash)
        SELECT of_level, n, log.tile_root(k.hashes)
        FROM generate_series((SELECT coalesce(max(h.number) + 1, 0) FROM log.tree_hash h WHERE h.level = of_level),
                             size - 1) n
        CROSS JOIN LATERAL (SELECT log.tile(of_level - 1, n) AS hashes) k WHERE octet_length(k.hashes) = 8192;
    END LOOP;
END $$;

-- How many lines have a place.
CREATE FUNCTION gate.tree_size() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(max(t.place) + 1, 0) FROM log.tree_leaf t
$$;

-- Gives places to at most `most` lines that have none; one sequencer at a time. Gives how many.
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
    RETURN placed;
END $$;

-- Some tiles, level 0 being the leaves themselves: hashes in order, one after the other.
CREATE FUNCTION gate.tree_tiles(levels integer[], numbers bigint[]) RETURNS TABLE (level integer, number bigint, hashes bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.level, a.number, log.tile(a.level, a.number) FROM unnest(levels, numbers) a(level, number)
$$;

-- Every kept hash, to be compared with what the leaves say.
CREATE FUNCTION gate.tree_hashes() RETURNS TABLE (level integer, number bigint, hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT h.level::integer, h.number, h.hash FROM log.tree_hash h ORDER BY h.level, h.number
$$;

CREATE OR REPLACE FUNCTION gate.keep_checkpoint(of_size bigint, of_root bytea, signed text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH kept AS (
        INSERT INTO log.checkpoint (size, root, note)
        SELECT of_size, of_root, signed WHERE of_size <= (SELECT max(t.place) + 1 FROM log.tree_leaf t)
        ON CONFLICT (size) DO NOTHING RETURNING 1
    ) SELECT EXISTS (SELECT FROM kept)
$$;

SELECT vault.open_door('gate.tree_size()');
SELECT vault.open_door('gate.tree_tiles(integer[],bigint[])');
SELECT vault.open_door('gate.tree_hashes()');

-- The log that is there: no place is given meanwhile.
SELECT pg_advisory_xact_lock(6962);
SELECT log.keep_hashes((SELECT coalesce(max(t.place) + 1, 0) FROM log.tree_leaf t));

-- reverse
-- again: logbook/tree gate.keep_checkpoint
-- again: logbook/tree gate.sequence_log
DROP FUNCTION gate.tree_hashes();
DROP FUNCTION gate.tree_tiles(integer[], bigint[]);
DROP FUNCTION gate.tree_size();
DROP FUNCTION log.keep_hashes(bigint);
DROP FUNCTION log.tile_root(bytea);
DROP FUNCTION log.tile(integer, bigint);
DROP TABLE log.tree_hash;
