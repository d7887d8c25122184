-- What the log lost: a checkpoint that others kept and that our tree no longer follows (a backup from before it was put
-- back, or lines were changed). A row is found by anybody; only the owner accepts it, once, with a reason and two names.
CREATE TABLE log.loss (
    size bigint NOT NULL CHECK (size > 0),
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    kind text NOT NULL CHECK (kind IN ('lost', 'changed')),
    tree_size bigint NOT NULL CHECK (tree_size >= 0),
    found_at timestamptz NOT NULL DEFAULT now(),
    accepted_at timestamptz,
    accepted_by text,
    confirmed_by text,
    reason text,
    PRIMARY KEY (size, root),
    CONSTRAINT two_people_accept CHECK (accepted_at IS NULL OR (
        coalesce(accepted_by, '') <> '' AND coalesce(confirmed_by, '') <> '' AND accepted_by <> confirmed_by
        AND coalesce(reason, '') <> ''))
);

CREATE FUNCTION log.keep_loss() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.accepted_at IS NOT NULL
       OR to_jsonb(OLD) - '{accepted_at,accepted_by,confirmed_by,reason}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{accepted_at,accepted_by,confirmed_by,reason}'::text[] THEN
        RAISE EXCEPTION 'what was found about the logbook stays: % is refused', TG_OP USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_loss BEFORE UPDATE OR DELETE ON log.loss FOR EACH ROW EXECUTE FUNCTION log.keep_loss();

CREATE FUNCTION gate.record_losses(sizes bigint[], roots bytea[], kinds text[], of_tree bigint) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH made AS (
        INSERT INTO log.loss (size, root, kind, tree_size)
        SELECT f.size, f.root, f.kind, of_tree FROM unnest(sizes, roots, kinds) f(size, root, kind)
        ON CONFLICT DO NOTHING RETURNING 1
    ) SELECT count(*)::integer FROM made
$$;

-- What was found to be lost, and whether it was accepted.
CREATE FUNCTION gate.log_losses() RETURNS TABLE (
    size bigint, root bytea, kind text, tree_size bigint, found_at timestamptz, accepted_at timestamptz,
    accepted_by text, confirmed_by text, reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT l.size, l.root, l.kind, l.tree_size, l.found_at, l.accepted_at, l.accepted_by, l.confirmed_by, l.reason
    FROM log.loss l ORDER BY l.found_at, l.size, l.root
$$;

-- Not a door: the owner of the database accepts, nobody else.
CREATE FUNCTION log.accept_losses(by_official text, with_official text, why text) RETURNS integer
LANGUAGE sql VOLATILE AS $$
    WITH done AS (
        UPDATE log.loss SET accepted_at = now(), accepted_by = by_official, confirmed_by = with_official, reason = why
        WHERE accepted_at IS NULL RETURNING 1
    ) SELECT count(*)::integer FROM done
$$;

-- How far the sequencer is: lines, places given, since when the oldest line waits, the last checkpoint.
CREATE FUNCTION gate.log_progress(
    OUT lines bigint, OUT placed bigint, OUT waiting_since timestamptz, OUT signed_size bigint, OUT signed_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT count(*) INTO lines FROM log.line;
    SELECT coalesce(max(t.place) + 1, 0) INTO placed FROM log.tree_leaf t;
    IF lines <> placed THEN
        SELECT to_timestamp(min(l.start_time) / 1000.0) INTO waiting_since FROM log.line l
        WHERE NOT EXISTS (SELECT FROM log.tree_leaf t WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id);
    END IF;
    SELECT c.size, c.kept_at INTO signed_size, signed_at FROM log.checkpoint c ORDER BY c.size DESC LIMIT 1;
END $$;

SELECT vault.open_door('gate.record_losses(bigint[],bytea[],text[],bigint)');
SELECT vault.open_door('gate.log_losses()');
SELECT vault.open_door('gate.log_progress()');

-- reverse
DROP FUNCTION gate.log_progress();
DROP FUNCTION log.accept_losses(text, text, text);
DROP FUNCTION gate.log_losses();
DROP FUNCTION gate.record_losses(bigint[], bytea[], text[], bigint);
DROP TABLE log.loss;
DROP FUNCTION log.keep_loss();
