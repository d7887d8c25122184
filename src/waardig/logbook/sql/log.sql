-- The log of data processing. log.line has exactly the fields of Logboek dataverwerkingen 1.0 (plus salt and leaf);
-- what that standard has no word for stands in log.detail, joined on (trace_id, span_id). Employees are named only in
-- log.audit_actor, for the employer's oversight. Rows are added, never changed.
CREATE TABLE log.line (
    trace_id bytea NOT NULL CHECK (octet_length(trace_id) = 16),
    span_id bytea NOT NULL CHECK (octet_length(span_id) = 8),
    parent_span_id bytea CHECK (octet_length(parent_span_id) = 8),
    status text NOT NULL CHECK (status IN ('Unset', 'Ok', 'Error')),
    name text NOT NULL,
    start_time bigint NOT NULL,  -- milliseconds since 1970-01-01 UTC
    end_time bigint NOT NULL CHECK (end_time >= start_time),
    resource_attributes jsonb NOT NULL,
    attributes jsonb NOT NULL CHECK (attributes ? 'dpl.core.processing_activity_id'),
    salt bytea NOT NULL CHECK (octet_length(salt) = 16),
    leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
    PRIMARY KEY (trace_id, span_id)
);
CREATE INDEX line_by_time ON log.line USING brin (start_time);

CREATE TABLE log.detail (
    trace_id bytea NOT NULL,
    span_id bytea NOT NULL,
    subject bytea CHECK (octet_length(subject) = 32),
    decision text NOT NULL CHECK (decision IN ('allow', 'refuse')),
    reasons text[] NOT NULL,
    activity text NOT NULL,
    activity_uri text NOT NULL,
    attributes text[] NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('system', 'resident', 'employee', 'organisation')),
    actor_role text NOT NULL,
    as_of date,
    rule_set text,
    run uuid,        -- the run in which this line allowed processing: one a person
    about_run uuid,  -- the run a refusal, selection or second line belongs to
    case_id uuid,
    message_id uuid,
    PRIMARY KEY (trace_id, span_id),
    FOREIGN KEY (trace_id, span_id) REFERENCES log.line,
    CONSTRAINT one_line_per_person_per_run UNIQUE (run, subject),
    CHECK (run IS NULL OR decision = 'allow')
);
CREATE INDEX detail_by_subject ON log.detail (subject) WHERE subject IS NOT NULL;
CREATE INDEX detail_by_about_run ON log.detail (about_run) WHERE about_run IS NOT NULL;

-- What a line led to afterwards: the case, message or decision is often made after the line was committed.
CREATE TABLE log.link (
    trace_id bytea NOT NULL,
    span_id bytea NOT NULL,
    kind text NOT NULL CHECK (kind IN ('case', 'message', 'decision')),
    target uuid NOT NULL,
    linked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (trace_id, span_id, kind, target),
    FOREIGN KEY (trace_id, span_id) REFERENCES log.line
);

CREATE TABLE log.audit_actor (
    trace_id bytea NOT NULL,
    span_id bytea NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (trace_id, span_id)
);

CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the logbook only grows: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = '42501';
END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.line FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.detail FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.link FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log.audit_actor FOR EACH ROW EXECUTE FUNCTION log.refuse_change();

-- reverse
DROP TABLE log.audit_actor, log.link, log.detail, log.line;
DROP FUNCTION log.refuse_change();
