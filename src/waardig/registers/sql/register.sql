-- Registers: persons, facts in two times, investigations and gated texts. The application role has no right here.
CREATE SCHEMA reg;

-- The eleven-test (Logisch ontwerp BRP 01.20).
CREATE FUNCTION reg.is_bsn(digits text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT CASE WHEN digits ~ '^[0-9]{9}$' AND digits <> '000000000' THEN
        (SELECT sum(CASE n WHEN 9 THEN -1 ELSE 10 - n END * substr(digits, n, 1)::integer) % 11 = 0
         FROM generate_series(1, 9) n) ELSE false END
$$;

-- The only place of the BSN.
CREATE TABLE reg.person (
    person uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    bsn text UNIQUE CHECK (reg.is_bsn(bsn)),
    enrolled_at timestamptz NOT NULL DEFAULT now()
);

-- One value of one attribute over one spell (valid_from..valid_to, both included, open end NULL), as known from
-- recorded_at until superseded_at. JSON null = known to be absent. At every moment of knowledge the spells of a person
-- and attribute do not overlap: gate.store_facts is the only writer.
CREATE TABLE reg.fact (
    fact uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    person uuid NOT NULL REFERENCES reg.person,
    attribute text NOT NULL CHECK (attribute ~ '^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$'),
    valid_from date NOT NULL DEFAULT '-infinity',
    valid_to date CHECK (valid_to >= valid_from),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    superseded_at timestamptz CHECK (superseded_at >= recorded_at),
    established_on date,
    value jsonb NOT NULL,
    holder text NOT NULL,
    source text NOT NULL,
    under_investigation boolean NOT NULL DEFAULT false
);
CREATE INDEX fact_of_person ON reg.fact (person, attribute, valid_from);
CREATE INDEX fact_by_attribute ON reg.fact (attribute, person) WHERE superseded_at IS NULL;
CREATE INDEX fact_naming_person ON reg.fact ((value ->> 'person')) WHERE value ? 'person';

CREATE FUNCTION reg.keep_fact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.superseded_at IS NOT NULL
       OR to_jsonb(OLD) - 'superseded_at' IS DISTINCT FROM to_jsonb(NEW) - 'superseded_at' THEN
        RAISE EXCEPTION 'a recorded fact never changes: it is superseded once' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_fact BEFORE UPDATE ON reg.fact FOR EACH ROW EXECUTE FUNCTION reg.keep_fact();

-- A value that its person or the holder doubts; open while closed_at is NULL (AVG art. 16 and 18; Wet BRP 2.57).
CREATE TABLE reg.investigation (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    fact uuid NOT NULL REFERENCES reg.fact,
    reason text NOT NULL CHECK (reason <> ''),
    case_id uuid,
    opened_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    outcome text CHECK (outcome IN ('confirmed', 'replaced')),
    outcome_reason text,
    replaced_by uuid REFERENCES reg.fact,
    CHECK ((closed_at IS NULL) = (outcome IS NULL)),
    CHECK ((outcome = 'replaced') = (replaced_by IS NOT NULL))
);
CREATE UNIQUE INDEX one_open_investigation ON reg.investigation (fact) WHERE closed_at IS NULL;
CREATE INDEX investigation_of_fact ON reg.investigation (fact);

-- The exact text of what was sent or decided (the proof): canonical JSON as it was stored, and bytes where it has any.
CREATE TABLE reg.document (
    id uuid PRIMARY KEY,
    person uuid NOT NULL REFERENCES reg.person,
    kind text NOT NULL CHECK (kind ~ '^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$'),
    content text NOT NULL,
    payload bytea,
    sha256 bytea NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT hash_follows_from_text CHECK (
        sha256 = sha256(convert_to(content, 'UTF8') || coalesce(payload, '\x'::bytea)))
);
CREATE INDEX document_of_person ON reg.document (person, kind);

CREATE FUNCTION reg.keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a stored text is proof and never changes' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER keep_document BEFORE UPDATE ON reg.document FOR EACH ROW EXECUTE FUNCTION reg.keep_document();

-- reverse
DROP SCHEMA reg CASCADE;
