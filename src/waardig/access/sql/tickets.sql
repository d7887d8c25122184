-- Opt-outs and tickets: the memory of the gate.
CREATE TABLE gate.opt_out (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    person uuid NOT NULL,
    subject text NOT NULL CHECK (subject <> ''),  -- a service, an activity, or '*' for every service
    since date NOT NULL,
    until date,                                   -- last day, open while null
    channel text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz
);
CREATE UNIQUE INDEX one_open_opt_out ON gate.opt_out (person, subject) WHERE until IS NULL;

-- What was asked and what was answered. `made_in` is the transaction that wrote it: a ticket is worth nothing there.
-- Persons and their log lines stand in the same order; a BSN that is not known leaves a NULL.
CREATE TABLE gate.ticket (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    made_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    made_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL DEFAULT now() + interval '10 minutes',
    kind text NOT NULL CHECK (kind IN ('read', 'selection', 'persons')),
    allowed boolean NOT NULL,
    reasons jsonb NOT NULL,
    activity text NOT NULL,
    activity_version integer,
    may_correct boolean NOT NULL DEFAULT false,
    stops_with text,  -- the service whose suspension ends this ticket; NULL for what nothing suspends
    actor jsonb NOT NULL,
    attributes text[] NOT NULL,
    windows jsonb NOT NULL DEFAULT '{}',
    persons uuid[] NOT NULL,
    trace_id bytea NOT NULL,
    spans bytea[] NOT NULL DEFAULT '{}',
    traces bytea[] NOT NULL DEFAULT '{}',
    as_of date NOT NULL,
    known_at timestamptz NOT NULL,
    run uuid,
    case_id uuid,
    inside integer NOT NULL DEFAULT 0,
    opted_out integer NOT NULL DEFAULT 0
);
CREATE INDEX ticket_by_expiry ON gate.ticket (expires_at);

CREATE FUNCTION gate.stands_still(service text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM pol.suspension s WHERE s.service = stands_still.service AND s.resumed_on IS NULL)
$$;

-- A ticket that another transaction committed, that allows, that has not expired and whose service was not suspended
-- since; otherwise nothing.
-- pg_current_xact_id() is the number of the outermost transaction, so a savepoint does not help.
CREATE FUNCTION gate.open_ticket(ticket uuid, of_kind text) RETURNS SETOF gate.ticket
LANGUAGE sql STABLE AS $$
    SELECT t.* FROM gate.ticket t
    WHERE t.id = ticket AND t.kind = of_kind AND t.allowed AND t.expires_at > clock_timestamp()
      AND NOT gate.stands_still(t.stops_with)
      AND t.made_in IS DISTINCT FROM pg_current_xact_id_if_assigned()
$$;

-- The answer to an ask. Before the commit there is none: whether somebody is a client, or opted out, is personal
-- data too and would otherwise be readable without a line by rolling back.
CREATE FUNCTION gate.answer(ticket uuid) RETURNS TABLE (
    state text, reasons jsonb, trace_id text, persons uuid[], traces text[], spans text[],
    inside integer, opted_out integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN NOT t.allowed THEN 'refused' WHEN t.expires_at <= clock_timestamp() THEN 'expired'
                WHEN gate.stands_still(t.stops_with) THEN 'suspended' ELSE 'allowed' END,
           t.reasons, encode(t.trace_id, 'hex'),
           CASE WHEN t.kind = 'read' THEN t.persons ELSE '{}' END,
           ARRAY(SELECT encode(x, 'hex') FROM unnest(t.traces) WITH ORDINALITY u(x, n) ORDER BY n),
           ARRAY(SELECT encode(x, 'hex') FROM unnest(t.spans) WITH ORDINALITY u(x, n) ORDER BY n),
           t.inside, t.opted_out
    FROM gate.ticket t
    WHERE t.id = ticket AND t.made_in IS DISTINCT FROM pg_current_xact_id_if_assigned()
$$;

CREATE FUNCTION gate.take_selection(ticket uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT unnest(t.persons) FROM gate.open_ticket(ticket, 'selection') t
$$;

-- Tickets are worthless after ten minutes and hold person ids, so they go after a day.
CREATE FUNCTION gate.forget_tickets() RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (DELETE FROM gate.ticket WHERE expires_at < now() - interval '1 day' RETURNING 1)
    SELECT count(*)::integer FROM gone
$$;

SELECT vault.open_door('gate.answer(uuid)');
SELECT vault.open_door('gate.take_selection(uuid)');
SELECT vault.open_door('gate.forget_tickets()');

-- reverse
DROP FUNCTION gate.forget_tickets();
DROP FUNCTION gate.take_selection(uuid);
DROP FUNCTION gate.answer(uuid);
DROP FUNCTION gate.open_ticket(uuid, text);
DROP FUNCTION gate.stands_still(text);
DROP TABLE gate.ticket, gate.opt_out;
