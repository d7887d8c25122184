-- Schemas of the gate, and the rule that nobody may execute a function unless it is opened by name.
-- vault: keys, readable by nobody; log: the logbook; gate: tickets and the only functions the application may call.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
CREATE SCHEMA vault;
CREATE SCHEMA log;
CREATE SCHEMA gate;

-- Rule for every function of the gate, in all rooms: a door is SECURITY DEFINER with search_path fixed to pg_catalog,
-- pg_temp; what it calls is not SECURITY DEFINER, is opened to nobody, inherits that path (so it can be inlined) and
-- names every table with its schema.

CREATE TABLE vault.role (application text PRIMARY KEY);

-- Opens one SECURITY DEFINER function to the application role; the list of all of them is access/sql/allow_list.txt.
CREATE FUNCTION vault.open_door(door regprocedure) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', door, (SELECT application FROM vault.role));
END $$;

CREATE FUNCTION vault.open_schema(name text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', name, (SELECT application FROM vault.role));
END $$;

-- reverse
DROP SCHEMA gate CASCADE;
DROP SCHEMA log CASCADE;
DROP SCHEMA vault CASCADE;
