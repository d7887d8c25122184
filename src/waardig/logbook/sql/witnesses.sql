-- Witnesses: what others signed under our checkpoints, and what we saw of the logs of others. Both only grow.
CREATE TABLE log.cosignature (
    size bigint NOT NULL REFERENCES log.checkpoint,
    witness text NOT NULL CHECK (witness <> ''),
    line text NOT NULL,
    cosigned_at timestamptz NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (witness, size)
);
-- One root for each size of a log, so that a second tree of the same size is never signed.
CREATE TABLE log.witnessed (
    witness text NOT NULL CHECK (witness <> ''),
    origin text NOT NULL CHECK (origin <> ''),
    size bigint NOT NULL CHECK (size >= 0),
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    note text NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (witness, origin, size)
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.cosignature
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.witnessed
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();

-- Keeps what a witness signed, at these seconds since 1970; the same again changes nothing.
CREATE FUNCTION gate.keep_cosignature(of_size bigint, by_witness text, signed text, seconds bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO log.cosignature (size, witness, line, cosigned_at) VALUES (of_size, by_witness, signed, to_timestamp(seconds))
    ON CONFLICT DO NOTHING
$$;

-- The newest cosignature of each witness.
CREATE FUNCTION gate.newest_cosignatures() RETURNS TABLE (witness text, size bigint, line text, cosigned_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT ON (c.witness) c.witness, c.size, c.line, c.cosigned_at FROM log.cosignature c
    ORDER BY c.witness, c.size DESC
$$;

-- What a witness knows of a log (of every log when none is named): its newest checkpoint.
CREATE FUNCTION gate.last_witnessed(as_witness text, of_origin text)
RETURNS TABLE (origin text, size bigint, root bytea, seen_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT ON (w.origin) w.origin, w.size, w.root, w.seen_at FROM log.witnessed w
    WHERE w.witness = as_witness AND w.origin = coalesce(of_origin, w.origin) ORDER BY w.origin, w.size DESC
$$;

-- Keeps what was seen when the newest is still of the old size, all at once: of two requests one is later and meets the
-- other. The same size again only with the same root. Gives the newest size now, and whether this was kept.
CREATE FUNCTION gate.witness(
    as_witness text, of_origin text, old_size bigint, new_size bigint, new_root bytea, signed text,
    OUT kept boolean, OUT known bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(as_witness || chr(10) || of_origin, 6962));
    SELECT coalesce(max(w.size), 0) INTO known FROM log.witnessed w
    WHERE w.witness = as_witness AND w.origin = of_origin;
    kept := known = old_size AND new_size >= known;
    IF NOT kept THEN
        RETURN;
    END IF;
    INSERT INTO log.witnessed (witness, origin, size, root, note)
    VALUES (as_witness, of_origin, new_size, new_root, signed) ON CONFLICT DO NOTHING;
    known := new_size;
    kept := EXISTS (SELECT FROM log.witnessed w WHERE w.witness = as_witness AND w.origin = of_origin
                    AND w.size = new_size AND w.root = new_root);
END $$;

SELECT vault.open_door('gate.keep_cosignature(bigint,text,text,bigint)');
SELECT vault.open_door('gate.newest_cosignatures()');
SELECT vault.open_door('gate.last_witnessed(text,text)');
SELECT vault.open_door('gate.witness(text,text,bigint,bigint,bytea,text)');

-- reverse
DROP FUNCTION gate.witness(text, text, bigint, bigint, bytea, text);
DROP FUNCTION gate.last_witnessed(text, text);
DROP FUNCTION gate.newest_cosignatures();
DROP FUNCTION gate.keep_cosignature(bigint, text, text, bigint);
DROP TABLE log.witnessed, log.cosignature;
