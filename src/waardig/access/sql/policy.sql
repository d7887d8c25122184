-- Policy: what processing is declared, weighed and suspended. Rows are written by the owner when content is
-- published; the application role may only read them, so no request can widen its own permission.
CREATE SCHEMA pol;

CREATE FUNCTION pol.is_list(value jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_typeof(value) = 'array' AND value <> '[]'::jsonb
$$;

-- Processing activities (AVG art. 30). A version never changes; every relevant change is a new version with its own
-- URI, as Logboek dataverwerkingen asks.
CREATE TABLE pol.activity (
    id text NOT NULL CHECK (id ~ '^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$'),
    version integer NOT NULL CHECK (version >= 1),
    uri text NOT NULL UNIQUE,
    service text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('service', 'right', 'execution', 'identification')),
    status text NOT NULL CHECK (status IN ('draft', 'active', 'ended')),
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to >= valid_from),
    name_nl text NOT NULL,
    name_en text NOT NULL,
    purpose_nl text NOT NULL,
    purpose_en text NOT NULL,
    controller text NOT NULL,
    organisation text NOT NULL,
    legal_basis jsonb NOT NULL CHECK (pol.is_list(legal_basis)),
    attributes text[] NOT NULL,
    necessity jsonb NOT NULL DEFAULT '{}',
    windows jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(windows) = 'object'),
    population jsonb NOT NULL CHECK (population ? 'kind'),
    actors jsonb NOT NULL CHECK (pol.is_list(actors)),
    bulk boolean NOT NULL DEFAULT false,
    max_persons integer NOT NULL DEFAULT 1 CHECK (max_persons BETWEEN 1 AND 500),
    may_correct boolean NOT NULL DEFAULT false,
    automated boolean NOT NULL DEFAULT false,
    algorithm text,
    confidential_until text,
    retention text NOT NULL,
    register_entry jsonb NOT NULL DEFAULT '{}',
    sha256 text NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, version),
    CONSTRAINT bulk_needs_a_weighing CHECK (
        NOT bulk OR kind = 'service' OR population ->> 'kind' = 'represented'),
    CONSTRAINT a_service_names_its_population CHECK (
        kind <> 'service' OR NOT jsonb_path_exists(population, '$.**.kind ? (@ == "anyone")'))
);

CREATE FUNCTION pol.keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR
       to_jsonb(OLD) - 'status' - 'valid_to' IS DISTINCT FROM to_jsonb(NEW) - 'status' - 'valid_to' THEN
        RAISE EXCEPTION '% % of % never changes: publish a new version', TG_TABLE_NAME, OLD.version, OLD.id
            USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_version BEFORE UPDATE OR DELETE ON pol.activity
    FOR EACH ROW EXECUTE FUNCTION pol.keep_version();

-- Decided weighings. A version that was decided can only be withdrawn.
CREATE TABLE pol.dossier (
    id text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    service text NOT NULL,
    status text NOT NULL CHECK (status IN ('draft', 'decided', 'withdrawn')),
    decided_on date,
    decided_by text,
    mandate text,
    activities text[] NOT NULL,
    rule_sets text[] NOT NULL,
    attributes text[] NOT NULL,
    purposes text[] NOT NULL DEFAULT '{}',
    dpia_reference text,
    dpia_on date,
    advice_reference text,
    advice_on date,
    announced_on date,
    announcement_days integer NOT NULL CHECK (announcement_days >= 0),
    valid_from date NOT NULL,
    expires_on date CHECK (expires_on >= valid_from),
    evaluate_by date,
    safeguards jsonb NOT NULL,
    content jsonb NOT NULL,
    sha256 text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (id, version),
    CONSTRAINT a_decision_names_who_decided CHECK (status <> 'decided' OR (
        decided_on IS NOT NULL AND coalesce(decided_by, '') <> '' AND coalesce(mandate, '') <> ''))
);
CREATE INDEX dossier_by_service ON pol.dossier (service, version DESC);

CREATE FUNCTION pol.keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR NEW.status = 'draft'
       OR to_jsonb(OLD) - 'status' IS DISTINCT FROM to_jsonb(NEW) - 'status') THEN
        RAISE EXCEPTION 'decision % version % never changes: decide a new version', OLD.id, OLD.version
            USING ERRCODE = '42501';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_decision BEFORE UPDATE OR DELETE ON pol.dossier
    FOR EACH ROW EXECUTE FUNCTION pol.keep_decision();

-- A service stands still while a row is open. Suspending takes one, resuming takes two (four eyes).
CREATE TABLE pol.suspension (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    service text NOT NULL,
    suspended_on date NOT NULL,
    suspended_at timestamptz NOT NULL DEFAULT now(),
    suspended_by text NOT NULL CHECK (suspended_by <> ''),
    reason text NOT NULL CHECK (reason <> ''),
    resumed_on date CHECK (resumed_on >= suspended_on),
    resumed_at timestamptz,
    resumed_by text,
    confirmed_by text,
    resume_reason text,
    CONSTRAINT four_eyes CHECK (resumed_on IS NULL OR (
        coalesce(resumed_by, '') <> '' AND coalesce(confirmed_by, '') <> '' AND resumed_by <> confirmed_by))
);

-- The business date of a demonstration or test; no row = the calendar date in the Netherlands. It lives here because
-- a caller who could name the date could end an announcement period early.
CREATE TABLE pol.clock (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    fixed_on date NOT NULL
);

CREATE FUNCTION pol.today() RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT fixed_on FROM pol.clock), (now() AT TIME ZONE 'Europe/Amsterdam')::date)
$$;

-- Attributes that their register keeps out of every service: no round may read them, whatever an activity declares.
CREATE TABLE pol.never_in_bulk (attribute text PRIMARY KEY);

-- Population predicates that rooms publish: function(predicate jsonb, persons uuid[], request jsonb) returns uuid[].
-- It gives those of `persons` that are inside; with persons NULL everybody inside (selection).
CREATE TABLE pol.population_door (
    kind text PRIMARY KEY,
    function text NOT NULL,
    room text NOT NULL
);

CREATE FUNCTION pol.register_population(kind text, function text, room text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    door regprocedure := to_regprocedure(function);
BEGIN
    IF door IS NULL OR NOT EXISTS (
        SELECT FROM pg_proc p WHERE p.oid = door AND p.prorettype = 'uuid[]'::regtype
        AND door::text LIKE '%(jsonb,uuid[],jsonb)'
        AND pg_has_role(p.proowner, 'USAGE') AND NOT p.prosecdef)
    THEN
        RAISE EXCEPTION 'no predicate function % (jsonb, uuid[], jsonb) returns uuid[] of this owner', function;
    END IF;
    INSERT INTO pol.population_door VALUES ($1, $2, $3)
    ON CONFLICT ON CONSTRAINT population_door_pkey DO UPDATE SET function = excluded.function, room = excluded.room;
END $$;

DO $$
BEGIN
    PERFORM vault.open_schema('pol');
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA pol TO %I', (SELECT application FROM vault.role));
END $$;

-- reverse
DROP SCHEMA pol CASCADE;
