-- The public keys by which checkpoints can be checked: published, so that whoever holds a proof can also see whose signature it is.
CREATE TABLE log.signer (
    public_key bytea PRIMARY KEY CHECK (octet_length(public_key) = 32),
    origin text NOT NULL CHECK (origin <> ''),
    known_since timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.signer
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();

CREATE FUNCTION gate.know_signer(key bytea, named text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO log.signer (public_key, origin) VALUES (key, named) ON CONFLICT (public_key) DO NOTHING
$$;

CREATE FUNCTION gate.signers() RETURNS TABLE (public_key bytea, origin text, known_since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.public_key, s.origin, s.known_since FROM log.signer s ORDER BY s.known_since, s.public_key
$$;

-- The last checkpoint and when it was signed; the whole list grows without end.
CREATE FUNCTION gate.last_checkpoint() RETURNS TABLE (size bigint, root bytea, note text, kept_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.size, c.root, c.note, c.kept_at FROM log.checkpoint c ORDER BY c.size DESC LIMIT 1
$$;

SELECT vault.open_door('gate.know_signer(bytea,text)');
SELECT vault.open_door('gate.signers()');
SELECT vault.open_door('gate.last_checkpoint()');

-- reverse
DROP FUNCTION gate.last_checkpoint();
DROP FUNCTION gate.signers();
DROP FUNCTION gate.know_signer(bytea, text);
DROP TABLE log.signer;
