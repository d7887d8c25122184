-- Pseudonym of a person in the log: HMAC-SHA256 (RFC 2104) over the 16 bytes of the person id, from the built-in
-- sha256. The key never leaves the vault; only the two padded blocks of RFC 2104 are kept. A new version = a new row.
CREATE TABLE vault.pseudonym_key (
    version integer PRIMARY KEY CHECK (version >= 1),
    inner_block bytea NOT NULL CHECK (octet_length(inner_block) = 64),
    outer_block bytea NOT NULL CHECK (octet_length(outer_block) = 64),
    made_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION vault.padded(key bytea, pad integer) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
    block bytea := key || decode(repeat('00', 64 - octet_length(key)), 'hex');
BEGIN
    FOR i IN 0..63 LOOP
        block := set_byte(block, i, get_byte(block, i) # pad);
    END LOOP;
    RETURN block;
END $$;

CREATE FUNCTION vault.add_key(version integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    key bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
                        || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
BEGIN
    INSERT INTO vault.pseudonym_key
    VALUES (add_key.version, vault.padded(key, 54), vault.padded(key, 92));  -- 0x36 and 0x5c
END $$;

SELECT vault.add_key(1);

CREATE FUNCTION log.pseudonym(person uuid) RETURNS bytea
LANGUAGE sql STABLE STRICT AS $$
    SELECT sha256(k.outer_block || sha256(k.inner_block || uuid_send(person)))
    FROM vault.pseudonym_key k ORDER BY k.version DESC LIMIT 1
$$;

-- One pseudonym for each key version: a person's own lines are found under all of them.
CREATE FUNCTION log.pseudonyms(persons uuid[]) RETURNS TABLE (person uuid, subject bytea)
LANGUAGE sql STABLE STRICT AS $$
    SELECT p, sha256(k.outer_block || sha256(k.inner_block || uuid_send(p)))
    FROM unnest(persons) p CROSS JOIN vault.pseudonym_key k
$$;

-- reverse
DROP FUNCTION log.pseudonyms(uuid[]);
DROP FUNCTION log.pseudonym(uuid);
DROP FUNCTION vault.add_key(integer);
DROP FUNCTION vault.padded(bytea, integer);
DROP TABLE vault.pseudonym_key;
