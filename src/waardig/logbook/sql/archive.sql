-- Old months of the log stand in files (Parquet), one a month, sorted by pseudonym; the tree, the employee, and what a line led to
-- stay here. A file holds of each line only what differs from others; what many lines have in common is a form, kept here. So a file alone
-- says nothing about which act it was, and nothing that comes from a file is believed: each line must have the leaf of its place.
CREATE TABLE log.archived_kind (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    activity text NOT NULL,
    activity_uri text NOT NULL,
    decision text NOT NULL,
    UNIQUE (activity, activity_uri, decision)
);
CREATE TABLE log.archived_form (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key bytea NOT NULL UNIQUE CHECK (octet_length(key) = 32),  -- log.form_key of the rest
    kind integer NOT NULL REFERENCES log.archived_kind,
    status text NOT NULL,
    name text NOT NULL,
    resource_attributes jsonb NOT NULL,
    line_attributes jsonb,  -- NULL: as log.ldv_attributes makes them of address and pseudonym
    reasons text[] NOT NULL,
    attributes text[] NOT NULL,
    actor_kind text NOT NULL,
    actor_role text NOT NULL,
    as_of date,
    rule_set text,
    run uuid,
    about_run uuid
);
CREATE INDEX archived_form_by_run ON log.archived_form (run) WHERE run IS NOT NULL;
CREATE INDEX archived_form_by_about_run ON log.archived_form (about_run) WHERE about_run IS NOT NULL;

CREATE TABLE log.archive (
    month text PRIMARY KEY CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),  -- of the start of its lines, UTC
    file text NOT NULL UNIQUE,
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    bytes bigint NOT NULL CHECK (bytes > 0),
    lines bigint NOT NULL CHECK (lines >= 0),
    places int8multirange NOT NULL,  -- of every line that was ever put in it; those past their term are in log.removed_leaf
    archived_at timestamptz NOT NULL DEFAULT now()
);
-- How many lines of each form a month holds, and of which days: for counts, and to see whether any may be past its term.
CREATE TABLE log.archived_use (
    month text NOT NULL REFERENCES log.archive,
    form integer NOT NULL REFERENCES log.archived_form,
    first_day date NOT NULL,
    last_day date NOT NULL,
    lines bigint NOT NULL CHECK (lines > 0),
    PRIMARY KEY (month, form)
);
-- How many lines of each kind a person has in each archived month: {"2025-03": {"12": 4}}. A page with fewer is not given.
CREATE TABLE log.archived_person (
    subject bytea PRIMARY KEY CHECK (octet_length(subject) = 32),
    months jsonb NOT NULL CHECK (months <> '{}')
);
-- Archived lines that name a case or message, or led to one: what a kept case looked at must be known without any file.
CREATE TABLE log.archived_about (
    trace_id bytea NOT NULL,
    span_id bytea NOT NULL,
    subject bytea CHECK (octet_length(subject) = 32),
    form integer NOT NULL REFERENCES log.archived_form,
    start_time bigint NOT NULL,
    case_id uuid,
    message_id uuid,
    PRIMARY KEY (trace_id, span_id)
);
CREATE INDEX archived_about_by_subject ON log.archived_about (subject);
-- The month whose file is being made, or made anew; empty outside that transaction.
CREATE TABLE log.archiving (made_in xid8 PRIMARY KEY, month text NOT NULL);

CREATE FUNCTION log.form_key(l log.line, d log.detail) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(ROW(l.status, l.name, l.resource_attributes,
        nullif(l.attributes, log.ldv_attributes(d.activity_uri, d.subject)), d.activity, d.activity_uri, d.decision, d.reasons,
        d.attributes, d.actor_kind, d.actor_role, d.as_of, d.rule_set, d.run, d.about_run)::text, 'UTF8'))
$$;

CREATE FUNCTION log.as_number(bytes bytea) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT ('x' || encode(bytes, 'hex'))::bit(64)::bigint $$;

CREATE FUNCTION log.month_start(month text) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT log.milliseconds((month || '-01')::timestamp AT TIME ZONE 'UTC')
$$;
CREATE FUNCTION log.month_end(month text) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT log.milliseconds(((month || '-01')::timestamp + interval '1 month') AT TIME ZONE 'UTC')
$$;

-- Months in the tables that ended `keep` months ago or longer, oldest first; never one of the last three.
CREATE FUNCTION gate.months_to_archive(keep integer) RETURNS TABLE (month text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    oldest_kept timestamptz := (date_trunc('month', pol.today()::timestamp)
                                - make_interval(months => greatest(keep, 3) - 1)) AT TIME ZONE 'UTC';
BEGIN
    RETURN QUERY
    SELECT m.month FROM (SELECT DISTINCT log.month_of(l.start_time) AS month FROM log.line l
                         WHERE l.start_time < log.milliseconds(oldest_kept)) m
    WHERE NOT EXISTS (SELECT FROM log.archive a WHERE a.month = m.month) ORDER BY 1;
END $$;

-- Begins with a month in this transaction; gives how many lines it has. One at a time, and no line goes meanwhile.
CREATE FUNCTION gate.begin_archive(of_month text, keep integer) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    since bigint := log.month_start(of_month);
    past bigint := log.month_end(of_month);
    found bigint;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true), pg_advisory_xact_lock(6963);
    IF of_month NOT IN (SELECT m.month FROM gate.months_to_archive(keep) m) THEN
        RAISE EXCEPTION 'month % is not old enough, has no lines or is archived', of_month USING ERRCODE = 'WA030';
    END IF;
    IF EXISTS (SELECT FROM log.line l WHERE l.start_time >= since AND l.start_time < past AND NOT EXISTS (
        SELECT FROM log.tree_leaf t WHERE t.trace_id = l.trace_id AND t.span_id = l.span_id)) THEN
        RAISE EXCEPTION 'month % has lines without a place in the tree', of_month USING ERRCODE = 'WA030';
    END IF;
    INSERT INTO log.archiving (made_in, month) VALUES (pg_current_xact_id(), of_month);
    INSERT INTO log.archived_kind (activity, activity_uri, decision)
    SELECT DISTINCT d.activity, d.activity_uri, d.decision FROM log.line l JOIN log.detail d USING (trace_id, span_id)
    WHERE l.start_time >= since AND l.start_time < past ON CONFLICT DO NOTHING;
    INSERT INTO log.archived_form (key, kind, status, name, resource_attributes, line_attributes, reasons, attributes,
                                   actor_kind, actor_role, as_of, rule_set, run, about_run)
    SELECT DISTINCT ON (f.key) f.key, k.id, l.status, l.name, l.resource_attributes,
           nullif(l.attributes, log.ldv_attributes(d.activity_uri, d.subject)), d.reasons, d.attributes, d.actor_kind,
           d.actor_role, d.as_of, d.rule_set, d.run, d.about_run
    FROM log.line l JOIN log.detail d USING (trace_id, span_id) CROSS JOIN LATERAL (SELECT log.form_key(l, d)) f(key)
    JOIN log.archived_kind k USING (activity, activity_uri, decision)
    WHERE l.start_time >= since AND l.start_time < past ON CONFLICT (key) DO NOTHING;
    SELECT count(*) INTO found FROM log.line l WHERE l.start_time >= since AND l.start_time < past;
    RETURN found;
END $$;

-- What goes in the file: only of the month that was begun in this transaction. A pseudonym and a span as whole numbers and ids, as
-- they take the least room there.
CREATE FUNCTION gate.lines_to_archive() RETURNS TABLE (
    head bigint, mid uuid, tail bigint, trace uuid, span bigint, salt uuid, place bigint, began bigint, took bigint,
    form integer, parent bigint, case_id uuid, message_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT log.as_number(substr(d.subject, 1, 8)), encode(substr(d.subject, 9, 16), 'hex')::uuid,
           log.as_number(substr(d.subject, 25)), encode(l.trace_id, 'hex')::uuid, log.as_number(l.span_id),
           encode(l.salt, 'hex')::uuid, t.place, l.start_time, l.end_time - l.start_time, f.id,
           log.as_number(l.parent_span_id), d.case_id, d.message_id
    FROM log.archiving a
    JOIN log.line l ON l.start_time >= log.month_start(a.month) AND l.start_time < log.month_end(a.month)
    JOIN log.detail d ON d.trace_id = l.trace_id AND d.span_id = l.span_id
    JOIN log.tree_leaf t ON t.trace_id = l.trace_id AND t.span_id = l.span_id
    JOIN log.archived_form f ON f.key = log.form_key(l, d)
    WHERE a.made_in = pg_current_xact_id_if_assigned()
$$;

-- Lines as a file has them become lines and details again; whether each fits its leaf, and still counts, is told.
CREATE FUNCTION log.from_archive(rows jsonb) RETURNS TABLE (place bigint, fits boolean, l log.line, d log.detail)
LANGUAGE sql STABLE AS $$
    SELECT m.place, coalesce(t.leaf = log.leaf((m.l).salt, log.canonical(m.l, m.d)), false) AND g.place IS NULL, m.l, m.d
    FROM (
        SELECT r.place,
               ROW(uuid_send(r.trace), int8send(r.span), int8send(r.parent), f.status, f.name, r.began, r.began + r.took,
                   f.resource_attributes, coalesce(f.line_attributes, log.ldv_attributes(k.activity_uri, s.subject)),
                   uuid_send(r.salt), NULL)::log.line AS l,
               ROW(uuid_send(r.trace), int8send(r.span), s.subject, k.decision, f.reasons, k.activity, k.activity_uri,
                   f.attributes, f.actor_kind, f.actor_role, f.as_of, f.rule_set, f.run, f.about_run, r.case_id,
                   r.message_id)::log.detail AS d
        FROM jsonb_to_recordset(rows) AS r(
            head bigint, mid uuid, tail bigint, trace uuid, span bigint, salt uuid, place bigint, began bigint, took bigint,
            form integer, parent bigint, case_id uuid, message_id uuid)
        LEFT JOIN log.archived_form f ON f.id = r.form LEFT JOIN log.archived_kind k ON k.id = f.kind
        CROSS JOIN LATERAL (SELECT int8send(r.head) || uuid_send(r.mid) || int8send(r.tail)) s(subject)
        OFFSET 0) m
    LEFT JOIN log.tree_leaf t ON t.place = m.place AND t.trace_id = (m.l).trace_id AND t.span_id = (m.l).span_id
    LEFT JOIN log.removed_leaf g ON g.place = m.place
$$;

-- The same, refused when one of them does not fit.
CREATE FUNCTION log.brought(rows jsonb) RETURNS TABLE (place bigint, l log.line, d log.detail)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT DISTINCT ON (f.place) f.* FROM log.from_archive(rows) f ORDER BY f.place LOOP
        IF NOT one.fits THEN
            RAISE EXCEPTION 'an archived line does not fit its place % in the tree', one.place USING ERRCODE = 'WA031';
        END IF;
        place := one.place;
        l := one.l;
        d := one.d;
        RETURN NEXT;
    END LOOP;
END $$;

-- The archived lines of these people: refused when one does not fit, or when there are not as many as were counted.
CREATE FUNCTION log.brought_of(subjects bytea[], rows jsonb) RETURNS TABLE (place bigint, l log.line, d log.detail)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    counted bigint;
    found bigint := 0;
    one record;
BEGIN
    FOR one IN SELECT b.* FROM log.brought(rows) b WHERE (b.d).subject = ANY (subjects) LOOP
        found := found + 1;
        place := one.place;
        l := one.l;
        d := one.d;
        RETURN NEXT;
    END LOOP;
    SELECT coalesce(sum(k.value::bigint), 0) INTO counted FROM log.archived_person p
    CROSS JOIN jsonb_each(p.months) m CROSS JOIN jsonb_each_text(m.value) k WHERE p.subject = ANY (subjects);
    IF found <> counted THEN
        RAISE EXCEPTION '% archived lines were counted and % are there', counted, found USING ERRCODE = 'WA031';
    END IF;
END $$;

-- The file of the month is safe: its lines leave the tables. `leaves` is the SHA-256 of the leaves, in the order of their places, as
-- they were computed from the file; only when that is what stands here, and as many, does anything go.
CREATE FUNCTION gate.finish_archive(of_file text, hash bytea, size bigint, of_lines bigint, leaves bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_month text;
    since bigint;
    past bigint;
BEGIN
    DELETE FROM log.archiving a WHERE a.made_in = pg_current_xact_id() RETURNING a.month INTO STRICT of_month;
    since := log.month_start(of_month);
    past := log.month_end(of_month);
    INSERT INTO log.archive (month, file, sha256, bytes, lines, places)
    SELECT of_month, of_file, hash, size, count(*), range_agg(int8range(t.place, t.place + 1))
    FROM log.line l JOIN log.tree_leaf t USING (trace_id, span_id) JOIN log.detail d USING (trace_id, span_id)
    WHERE l.start_time >= since AND l.start_time < past
    HAVING count(*) = of_lines AND sha256(string_agg(t.leaf, ''::bytea ORDER BY t.place)) = leaves
       AND bool_and(t.leaf = l.leaf);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the file of month % does not hold the lines of that month', of_month USING ERRCODE = 'WA031';
    END IF;
    CREATE TEMP TABLE archived_now ON COMMIT DROP AS
    SELECT l.trace_id, l.span_id, d.subject, f.id AS form, f.kind, log.day_of(l.start_time) AS day
    FROM log.line l JOIN log.detail d USING (trace_id, span_id) JOIN log.archived_form f ON f.key = log.form_key(l, d)
    WHERE l.start_time >= since AND l.start_time < past;
    INSERT INTO log.archived_use (month, form, first_day, last_day, lines)
    SELECT of_month, n.form, min(n.day), max(n.day), count(*) FROM pg_temp.archived_now n GROUP BY n.form;
    INSERT INTO log.archived_person AS p (subject, months)
    SELECT u.subject, jsonb_build_object(of_month, jsonb_object_agg(u.kind, u.lines))
    FROM (SELECT n.subject, n.kind, count(*) AS lines FROM pg_temp.archived_now n WHERE n.subject IS NOT NULL GROUP BY 1, 2) u
    GROUP BY u.subject
    ON CONFLICT (subject) DO UPDATE SET months = p.months || excluded.months;
    INSERT INTO log.archived_about (trace_id, span_id, subject, form, start_time, case_id, message_id)
    SELECT n.trace_id, n.span_id, n.subject, n.form, l.start_time, d.case_id, d.message_id
    FROM pg_temp.archived_now n JOIN log.line l USING (trace_id, span_id) JOIN log.detail d USING (trace_id, span_id)
    WHERE d.case_id IS NOT NULL OR d.message_id IS NOT NULL
       OR EXISTS (SELECT FROM log.link k WHERE k.trace_id = n.trace_id AND k.span_id = n.span_id);
    INSERT INTO log.removing (made_in) VALUES (pg_current_xact_id());
    DELETE FROM log.detail d USING pg_temp.archived_now n WHERE d.trace_id = n.trace_id AND d.span_id = n.span_id;
    DELETE FROM log.line l USING pg_temp.archived_now n WHERE l.trace_id = n.trace_id AND l.span_id = n.span_id;
    DELETE FROM log.removing r WHERE r.made_in = pg_current_xact_id();
    DROP TABLE pg_temp.archived_now;
END $$;

-- Lines about these people that may name a case, in the tables and archived.
CREATE FUNCTION log.told_of(subjects bytea[]) RETURNS TABLE (
    trace_id bytea, span_id bytea, subject bytea, decision text, attributes text[], start_time bigint, case_id uuid,
    message_id uuid)
LANGUAGE sql STABLE AS $$
    SELECT d.trace_id, d.span_id, d.subject, d.decision, d.attributes, l.start_time, d.case_id, d.message_id
    FROM log.detail d JOIN log.line l USING (trace_id, span_id) WHERE d.subject = ANY (subjects)
    UNION ALL
    SELECT b.trace_id, b.span_id, b.subject, k.decision, f.attributes, b.start_time, b.case_id, b.message_id
    FROM log.archived_about b JOIN log.archived_form f ON f.id = b.form JOIN log.archived_kind k ON k.id = f.kind
    WHERE b.subject = ANY (subjects)
$$;

-- Which files there must be.
CREATE FUNCTION gate.archives() RETURNS TABLE (
    month text, file text, sha256 bytea, bytes bigint, lines bigint, first bigint, last bigint, archived_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.month, a.file, a.sha256, a.bytes, a.lines, lower(a.places), upper(a.places) - 1, a.archived_at
    FROM log.archive a ORDER BY a.month
$$;

-- Leaves as they follow from lines of a file; NULL = this line does not fit its place, or its place is of another month.
CREATE FUNCTION gate.leaves_of(of_month text, rows jsonb) RETURNS TABLE (place bigint, trace_id bytea, span_id bytea, leaf bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.place, (f.l).trace_id, (f.l).span_id, t.leaf
    FROM log.from_archive(rows) f
    LEFT JOIN log.tree_leaf t ON t.place = f.place AND f.fits AND (
        EXISTS (SELECT FROM log.archive a WHERE a.month = of_month AND f.place <@ a.places)
        OR EXISTS (SELECT FROM log.archiving n WHERE n.month = of_month AND n.made_in = pg_current_xact_id_if_assigned()))
$$;

-- Removes archived lines of one activity as log.remove_lines does with those in the tables; opened to nobody.
CREATE FUNCTION log.remove_archived(
    of_month text, traces bytea[], spans bytea[], rows jsonb, of_activity text, of_term interval, today date) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    made bigint;
    gone integer;
BEGIN
    CREATE TEMP TABLE removed_now ON COMMIT DROP AS
    SELECT b.place, t.leaf, (b.d).trace_id, (b.d).span_id, (b.d).subject, f.id AS form, f.kind, f.run, f.about_run,
           log.day_of((b.l).start_time) AS day
    FROM unnest(traces, spans) u(trace, span) JOIN log.brought(rows) b ON (b.l).trace_id = u.trace AND (b.l).span_id = u.span
    JOIN log.tree_leaf t ON t.place = b.place JOIN log.archived_form f ON f.key = log.form_key(b.l, b.d)
    WHERE EXISTS (SELECT FROM log.archive a WHERE a.month = of_month AND b.place <@ a.places);
    INSERT INTO log.removal (removed_on, activity, term, first_day, last_day, lines, leaves)
    SELECT today, of_activity, of_term, min(n.day), max(n.day), count(*), sha256(string_agg(n.leaf, ''::bytea ORDER BY n.place))
    FROM pg_temp.removed_now n RETURNING id, lines INTO made, gone;
    INSERT INTO log.removed_leaf (place, removal) SELECT n.place, made FROM pg_temp.removed_now n;
    INSERT INTO log.tally AS y (activity, activity_uri, decision, run, about_run, lines)
    SELECT k.activity, k.activity_uri, k.decision, n.run, n.about_run, count(*)
    FROM pg_temp.removed_now n JOIN log.archived_kind k ON k.id = n.kind GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT ON CONSTRAINT tally_once DO UPDATE SET lines = y.lines + excluded.lines;
    UPDATE log.archive a SET lines = a.lines - gone WHERE a.month = of_month;
    WITH less AS (SELECT n.form, count(*) AS lines FROM pg_temp.removed_now n GROUP BY n.form),
    none AS (DELETE FROM log.archived_use u USING less WHERE u.month = of_month AND u.form = less.form AND u.lines = less.lines)
    UPDATE log.archived_use u SET lines = u.lines - less.lines FROM less
    WHERE u.month = of_month AND u.form = less.form AND u.lines > less.lines;
    PERFORM log.uncount(of_month);
    PERFORM pg_advisory_xact_lock(6962);
    UPDATE log.month_tally m SET lines = m.lines - g.lines
    FROM (SELECT n.subject, count(*) AS lines FROM pg_temp.removed_now n WHERE n.subject IS NOT NULL GROUP BY 1) g
    WHERE m.subject = g.subject AND m.month = (of_month || '-01')::date;
    DELETE FROM log.month_tally m WHERE m.lines = 0 AND m.subject IN (SELECT n.subject FROM pg_temp.removed_now n);
    INSERT INTO log.removing (made_in) VALUES (pg_current_xact_id());
    DELETE FROM log.archived_about b USING pg_temp.removed_now n WHERE b.trace_id = n.trace_id AND b.span_id = n.span_id;
    DELETE FROM log.link k USING pg_temp.removed_now n WHERE k.trace_id = n.trace_id AND k.span_id = n.span_id;
    DELETE FROM log.audit_actor a USING pg_temp.removed_now n WHERE a.trace_id = n.trace_id AND a.span_id = n.span_id;
    DELETE FROM log.removing r WHERE r.made_in = pg_current_xact_id();
    DROP TABLE pg_temp.removed_now;
    RETURN gone;
END $$;

-- What went from a month counts for its people no more; who has no archived line left is not named here any longer.
CREATE FUNCTION log.uncount(of_month text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    CREATE TEMP TABLE left_now ON COMMIT DROP AS
    SELECT p.subject, p.months - of_month AS others, jsonb_object_agg(e.key, e.value::bigint - coalesce(g.lines, 0))
           FILTER (WHERE e.value::bigint > coalesce(g.lines, 0)) AS kinds
    FROM (SELECT DISTINCT n.subject FROM pg_temp.removed_now n) s JOIN log.archived_person p USING (subject)
    CROSS JOIN jsonb_each_text(p.months -> of_month) e
    LEFT JOIN (SELECT n.subject, n.kind, count(*) AS lines FROM pg_temp.removed_now n GROUP BY 1, 2) g
           ON g.subject = p.subject AND g.kind = e.key::integer
    GROUP BY p.subject, p.months;
    UPDATE log.archived_person p
    SET months = CASE WHEN n.kinds IS NULL THEN n.others ELSE n.others || jsonb_build_object(of_month, n.kinds) END
    FROM pg_temp.left_now n WHERE n.subject = p.subject AND NOT (n.kinds IS NULL AND n.others = '{}');
    DELETE FROM log.archived_person p USING pg_temp.left_now n
    WHERE n.subject = p.subject AND n.kinds IS NULL AND n.others = '{}';
    DROP TABLE pg_temp.left_now;
END $$;

-- Another file for a month from which lines went, in the transaction in which they were listed.
CREATE FUNCTION gate.replace_archive(of_month text, of_file text, hash bytea, size bigint, of_lines bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM log.archiving n WHERE n.made_in = pg_current_xact_id() AND n.month = of_month;
    UPDATE log.archive a SET file = of_file, sha256 = hash, bytes = size, archived_at = now()
    WHERE FOUND AND a.month = of_month AND a.lines = of_lines;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the new file of month % does not hold what is left of it', of_month USING ERRCODE = 'WA031';
    END IF;
END $$;

SELECT vault.open_door('gate.months_to_archive(integer)');
SELECT vault.open_door('gate.begin_archive(text,integer)');
SELECT vault.open_door('gate.lines_to_archive()');
SELECT vault.open_door('gate.finish_archive(text,bytea,bigint,bigint,bytea)');
SELECT vault.open_door('gate.archives()');
SELECT vault.open_door('gate.leaves_of(text,jsonb)');
SELECT vault.open_door('gate.replace_archive(text,text,bytea,bigint,bigint)');

-- reverse
DO $$ BEGIN
    IF EXISTS (SELECT FROM log.archive WHERE lines > 0) THEN
        RAISE EXCEPTION 'lines of the log stand in files: this version cannot be taken back without losing them';
    END IF;
END $$;
DROP FUNCTION gate.replace_archive(text, text, bytea, bigint, bigint);
DROP FUNCTION log.uncount(text);
DROP FUNCTION log.remove_archived(text, bytea[], bytea[], jsonb, text, interval, date);
DROP FUNCTION gate.leaves_of(text, jsonb);
DROP FUNCTION gate.archives();
DROP FUNCTION log.told_of(bytea[]);
DROP FUNCTION gate.finish_archive(text, bytea, bigint, bigint, bytea);
DROP FUNCTION log.brought_of(bytea[], jsonb);
DROP FUNCTION log.brought(jsonb);
DROP FUNCTION log.from_archive(jsonb);
DROP FUNCTION gate.lines_to_archive();
DROP FUNCTION gate.begin_archive(text, integer);
DROP FUNCTION gate.months_to_archive(integer);
DROP FUNCTION log.month_end(text);
DROP FUNCTION log.month_start(text);
DROP FUNCTION log.as_number(bytea);
DROP FUNCTION log.form_key(log.line, log.detail);
DROP TABLE log.archiving, log.archived_about, log.archived_person, log.archived_use, log.archive, log.archived_form, log.archived_kind;
