-- Lines that stand in the archive are read like the others. The application brings what it found in the files (`archived`); each must
-- have the leaf of its place in the tree, and of a person there must be as many as were counted, or nothing is given.
CREATE FUNCTION gate.brought_for(ticket uuid, archived jsonb) RETURNS TABLE (place bigint, l log.line, d log.detail)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    own bytea[];
BEGIN
    SELECT array_agg(p.subject) INTO own FROM gate.open_ticket(ticket, 'read') t
    JOIN LATERAL log.pseudonyms(t.persons) p ON 'logboek.regel' = ANY (t.attributes);
    RETURN QUERY SELECT b.* FROM log.brought_of(own, archived) b;
END $$;

-- In which files the archived lines of the persons of a ticket stand, and under which pseudonyms.
CREATE FUNCTION gate.archived_of(ticket uuid) RETURNS TABLE (file text, heads bigint[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.file, array_agg(log.as_number(substr(p.subject, 1, 8)) ORDER BY p.subject)
    FROM gate.open_ticket(ticket, 'read') t
    JOIN LATERAL log.pseudonyms(t.persons) p ON 'logboek.regel' = ANY (t.attributes)
    JOIN log.archived_person s ON s.subject = p.subject
    CROSS JOIN jsonb_object_keys(s.months) m JOIN log.archive a ON a.month = m
    GROUP BY a.month, a.file ORDER BY a.month
$$;

-- In which files lines may stand that oversight asks for, and of which forms: only for who may read the log.
CREATE FUNCTION gate.archived_for(caller text, q jsonb) RETURNS TABLE (file text, forms integer[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.file, CASE WHEN q ? 'activity_uri' THEN w.forms END
    FROM log.archive a
    CROSS JOIN LATERAL (
        SELECT array_agg(u.form) AS forms FROM log.archived_use u JOIN log.archived_form f ON f.id = u.form
        JOIN log.archived_kind k ON k.id = f.kind
        WHERE u.month = a.month AND (NOT q ? 'activity_uri' OR k.activity_uri = q ->> 'activity_uri')) w
    WHERE w.forms IS NOT NULL
      AND log.month_end(a.month) > coalesce((q ->> 'start')::bigint, 0)
      AND log.month_start(a.month) <= coalesce((q ->> 'end')::bigint, (q ->> 'until')::bigint, 9223372036854775807)
      AND (NOT q ? 'subject' OR EXISTS (SELECT FROM log.archived_person p
           WHERE p.subject = decode(q ->> 'subject', 'hex') AND p.months ? a.month))
      AND EXISTS (SELECT FROM pol.caller x WHERE x.id = archived_for.caller AND 'log_read' = ANY (x.rights)
                  AND x.ended_at IS NULL AND coalesce(x.valid_until >= (now() AT TIME ZONE 'Europe/Amsterdam')::date, true))
    ORDER BY a.month
$$;

-- In which files lines stand that were handed over to go on and are archived by now.
CREATE FUNCTION gate.archived_places(first bigint, past bigint) RETURNS TABLE (file text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.file FROM log.archive a
    WHERE a.places && int8range(first, past) AND past <= (SELECT f.up_to FROM gate.forwarded f)
      AND EXISTS (SELECT FROM pol.collector) ORDER BY a.month
$$;

DROP FUNCTION gate.take_lines(uuid);
-- The lines about the persons of the ticket, newest first. A line of a confidential activity shows only that it is
-- there, and until when it is withheld.
CREATE FUNCTION gate.take_lines(ticket uuid, archived jsonb) RETURNS TABLE (
    person uuid, trace_id text, span_id text, at timestamptz, name text, activity text, activity_uri text,
    purpose_nl text, purpose_en text, legal_basis jsonb, organisation text, controller text, attributes text[],
    automated boolean, algorithm text, decision text, reasons text[], actor_kind text, actor_role text, as_of date,
    run uuid, case_id uuid, message_id uuid, links jsonb, withheld text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH found AS (
        SELECT p.person, d.*, l.name, l.start_time
        FROM gate.open_ticket(ticket, 'read') t
        JOIN LATERAL log.pseudonyms(t.persons) p ON 'logboek.regel' = ANY (t.attributes)
        JOIN log.detail d ON d.subject = p.subject
        JOIN log.line l ON l.trace_id = d.trace_id AND l.span_id = d.span_id
        UNION ALL
        SELECT p.person, (b.d).*, (b.l).name, (b.l).start_time FROM gate.brought_for(ticket, archived) b
        JOIN LATERAL log.pseudonyms((SELECT t.persons FROM gate.open_ticket(ticket, 'read') t)) p ON p.subject = (b.d).subject
    ), own AS (
        SELECT f.*, to_timestamp(f.start_time / 1000.0) AS at,
               a.purpose_nl, a.purpose_en, a.legal_basis, a.organisation, a.controller, a.automated, a.algorithm,
               a.confidential_until
        FROM found f LEFT JOIN pol.activity a ON a.uri = f.activity_uri)
    SELECT o.person, encode(o.trace_id, 'hex'), encode(o.span_id, 'hex'), o.at, o.name, o.activity, o.activity_uri,
           o.purpose_nl, o.purpose_en, o.legal_basis, o.organisation, o.controller, o.attributes, o.automated,
           o.algorithm, o.decision, o.reasons, o.actor_kind, o.actor_role, o.as_of, o.run, o.case_id, o.message_id,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'target', k.target) ORDER BY k.linked_at), '[]')
            FROM log.link k WHERE k.trace_id = o.trace_id AND k.span_id = o.span_id), NULL
    FROM own o WHERE o.confidential_until IS NULL
    UNION ALL
    SELECT o.person, encode(o.trace_id, 'hex'), encode(o.span_id, 'hex'), date_trunc('month', o.at), '', '', '',
           '', '', '[]', '', '', '{}', NULL, NULL, o.decision, '{}', '', '', NULL, NULL, NULL, NULL, '[]',
           o.confidential_until
    FROM own o WHERE o.confidential_until IS NOT NULL
    ORDER BY 4 DESC, 2, 3
$$;

DROP FUNCTION gate.take_line(uuid, text);
DROP FUNCTION gate.take_line_page(uuid, integer, integer, integer);
DROP FUNCTION gate.own_lines(uuid, bytea[], bytea[]);
DROP FUNCTION gate.own_keys(uuid);
-- An item is a line, or the lines of one activity in one week (line_pages.sql).
CREATE FUNCTION gate.own_keys(ticket uuid, archived jsonb) RETURNS TABLE (
    trace_id bytea, span_id bytea, at timestamptz, week date, activity text, organisation text, refused boolean)
LANGUAGE sql STABLE AS $$
    SELECT k.trace_id, k.span_id, k.at, date_trunc('week', k.at AT TIME ZONE 'Europe/Amsterdam')::date, k.activity,
           k.organisation, k.refused
    FROM (SELECT d.trace_id, d.span_id, d.decision = 'refuse' AS refused,
                 CASE WHEN a.confidential_until IS NULL THEN d.activity ELSE '' END AS activity,
                 CASE WHEN a.confidential_until IS NULL THEN coalesce(a.organisation, '') ELSE '' END AS organisation,
                 CASE WHEN a.confidential_until IS NULL THEN to_timestamp(d.start_time / 1000.0)
                      ELSE date_trunc('month', to_timestamp(d.start_time / 1000.0)) END AS at
          FROM (SELECT d.trace_id, d.span_id, d.decision, d.activity, d.activity_uri, l.start_time
                FROM gate.open_ticket(ticket, 'read') t
                JOIN LATERAL log.pseudonyms(t.persons) p ON 'logboek.regel' = ANY (t.attributes)
                JOIN log.detail d ON d.subject = p.subject
                JOIN log.line l ON l.trace_id = d.trace_id AND l.span_id = d.span_id
                UNION ALL
                SELECT (b.d).trace_id, (b.d).span_id, (b.d).decision, (b.d).activity, (b.d).activity_uri, (b.l).start_time
                FROM gate.brought_for(ticket, archived) b) d
          LEFT JOIN pol.activity a ON a.uri = d.activity_uri) k
$$;

-- Some lines of the persons of the ticket as gate.take_lines gives them; a line of somebody else gives nothing.
CREATE FUNCTION gate.own_lines(ticket uuid, of_traces bytea[], of_spans bytea[], archived jsonb) RETURNS TABLE (trace_id bytea, span_id bytea, line jsonb)
LANGUAGE sql STABLE AS $$
    WITH old AS MATERIALIZED (SELECT * FROM gate.brought_for(ticket, archived))
    SELECT d.trace_id, d.span_id, CASE WHEN a.confidential_until IS NULL THEN jsonb_build_object(
        'person', p.person, 'trace_id', encode(d.trace_id, 'hex'), 'span_id', encode(d.span_id, 'hex'),
        'at', to_timestamp(d.start_time / 1000.0), 'name', d.name, 'activity', d.activity, 'activity_uri', d.activity_uri,
        'purpose_nl', a.purpose_nl, 'purpose_en', a.purpose_en, 'legal_basis', a.legal_basis,
        'organisation', a.organisation, 'controller', a.controller, 'attributes', d.attributes,
        'automated', a.automated, 'algorithm', a.algorithm, 'decision', d.decision, 'reasons', d.reasons,
        'actor_kind', d.actor_kind, 'actor_role', d.actor_role, 'as_of', d.as_of, 'run', d.run, 'case_id', d.case_id,
        'message_id', d.message_id, 'withheld', NULL,
        'links', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'target', k.target) ORDER BY k.linked_at), '[]')
                  FROM log.link k WHERE k.trace_id = d.trace_id AND k.span_id = d.span_id))
      ELSE jsonb_build_object(
        'person', p.person, 'trace_id', encode(d.trace_id, 'hex'), 'span_id', encode(d.span_id, 'hex'),
        'at', date_trunc('month', to_timestamp(d.start_time / 1000.0)), 'name', '', 'activity', '', 'activity_uri', '',
        'purpose_nl', '', 'purpose_en', '', 'legal_basis', '[]'::jsonb, 'organisation', '', 'controller', '',
        'attributes', '[]'::jsonb, 'automated', NULL, 'algorithm', NULL, 'decision', d.decision, 'reasons', '[]'::jsonb,
        'actor_kind', '', 'actor_role', '', 'as_of', NULL, 'run', NULL, 'case_id', NULL, 'message_id', NULL,
        'withheld', a.confidential_until, 'links', '[]'::jsonb) END
    FROM gate.open_ticket(ticket, 'read') t
    JOIN LATERAL log.pseudonyms(t.persons) p ON 'logboek.regel' = ANY (t.attributes)
    CROSS JOIN unnest(of_traces, of_spans) u(trace_id, span_id)
    CROSS JOIN LATERAL (
        SELECT x.*, y.name, y.start_time FROM log.detail x
        JOIN log.line y ON y.trace_id = x.trace_id AND y.span_id = x.span_id
        WHERE x.trace_id = u.trace_id AND x.span_id = u.span_id AND x.subject = p.subject
        UNION ALL
        SELECT (b.d).*, (b.l).name, (b.l).start_time FROM old b
        WHERE (b.d).trace_id = u.trace_id AND (b.d).span_id = u.span_id AND (b.d).subject = p.subject) d
    LEFT JOIN pol.activity a ON a.uri = d.activity_uri
$$;

-- One page of items, newest week first; with the counts over all lines, withheld ones too, and when each activity last was.
CREATE FUNCTION gate.take_line_page(ticket uuid, fold_over integer, skip integer, most integer, archived jsonb) RETURNS TABLE (page jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH keys AS MATERIALIZED (
        SELECT k.*, count(*) FILTER (WHERE NOT k.refused) OVER kind AS often,
               row_number() OVER (PARTITION BY k.week, k.activity, k.refused ORDER BY k.at DESC, k.trace_id, k.span_id) AS nth
        FROM gate.own_keys(ticket, archived) k WINDOW kind AS (PARTITION BY k.week, k.activity)
    ), items AS (
        SELECT *, NOT k.refused AND k.often > fold_over AS folded FROM keys k
        WHERE k.refused OR k.often <= fold_over OR k.nth = 1
    ), chosen AS (
        SELECT i.*, row_number() OVER (ORDER BY i.week DESC, i.refused DESC, i.at DESC, i.trace_id, i.span_id) AS place FROM items i
        ORDER BY place OFFSET skip LIMIT most
    )
    SELECT jsonb_build_object(
        'lines', (SELECT count(*) FROM keys),
        'items', (SELECT count(*) FROM items),
        'since', (SELECT min(k.at) FROM keys k),
        'organisations', (SELECT count(DISTINCT k.organisation) FROM keys k WHERE k.organisation <> ''),
        'last', (SELECT coalesce(jsonb_object_agg(m.activity, m.at), '{}')
                 FROM (SELECT k.activity, max(k.at) AS at FROM keys k WHERE k.activity <> '' GROUP BY 1) m),
        'page', (SELECT coalesce(jsonb_agg(jsonb_build_object('line', o.line, 'folded', CASE WHEN c.folded THEN c.often END)
                                           ORDER BY c.place), '[]')
                 FROM chosen c JOIN gate.own_lines(ticket, ARRAY(SELECT x.trace_id FROM chosen x ORDER BY x.place),
                                                   ARRAY(SELECT x.span_id FROM chosen x ORDER BY x.place), archived) o
                 ON o.trace_id = c.trace_id AND o.span_id = c.span_id))
$$;

-- The line of this span, when it is about a person of the ticket.
CREATE FUNCTION gate.take_line(ticket uuid, span text, archived jsonb) RETURNS TABLE (line jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT o.line FROM (
        SELECT array_agg(k.trace_id) AS traces, array_agg(k.span_id) AS spans
        FROM gate.own_keys(ticket, archived) k WHERE encode(k.span_id, 'hex') = span) f
    CROSS JOIN LATERAL gate.own_lines(ticket, f.traces, f.spans, archived) o
$$;

DROP FUNCTION gate.take_proofs(uuid);
-- What a person needs to prove that a line of theirs is in the tree: its exact text, salt and place.
CREATE FUNCTION gate.take_proofs(ticket uuid, archived jsonb) RETURNS TABLE (
    trace_id text, span_id text, canonical text, salt bytea, place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT encode(l.trace_id, 'hex'), encode(l.span_id, 'hex'), log.canonical(l, d), l.salt, f.place
    FROM gate.open_ticket(ticket, 'read') t
    JOIN LATERAL log.pseudonyms(t.persons) p ON 'logboek.regel' = ANY (t.attributes)
    JOIN log.detail d ON d.subject = p.subject
    JOIN log.line l ON l.trace_id = d.trace_id AND l.span_id = d.span_id
    JOIN log.tree_leaf f ON f.trace_id = d.trace_id AND f.span_id = d.span_id
    JOIN pol.activity a ON a.uri = d.activity_uri AND a.confidential_until IS NULL
    UNION ALL
    SELECT encode((b.l).trace_id, 'hex'), encode((b.l).span_id, 'hex'), log.canonical(b.l, b.d), (b.l).salt, b.place
    FROM gate.brought_for(ticket, archived) b
    JOIN pol.activity a ON a.uri = (b.d).activity_uri AND a.confidential_until IS NULL
    ORDER BY 5
$$;

DROP FUNCTION gate.take_counts(uuid);
-- How many lines the persons of a ticket have in each month by the last counts that were signed, with what proves it, and how
-- many of those are withheld for now.
CREATE FUNCTION gate.take_counts(ticket uuid, archived jsonb) RETURNS TABLE (
    counts text, salt bytea, bucket integer, content bytea, withheld jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.counts, c.salt, c.bucket,
           (SELECT string_agg(b.key || b.leaf, ''::bytea ORDER BY b.key) FROM log.month_count b WHERE b.bucket = c.bucket),
           (SELECT coalesce(jsonb_object_agg(w.month, w.lines), '{}') FROM (
                SELECT log.month_of(v.start_time) AS month, count(*) AS lines
                FROM (SELECT l.start_time, d.activity_uri, f.place FROM log.detail d
                      JOIN log.line l USING (trace_id, span_id) JOIN log.tree_leaf f USING (trace_id, span_id)
                      WHERE d.subject = c.subject
                      UNION ALL
                      SELECT (b.l).start_time, (b.d).activity_uri, b.place FROM gate.brought_for(ticket, archived) b
                      WHERE (b.d).subject = c.subject) v
                JOIN pol.activity a ON a.uri = v.activity_uri AND a.confidential_until IS NOT NULL
                WHERE v.place < (SELECT max(r.size) FROM log.count_round r)
                GROUP BY 1) w)
    FROM gate.open_ticket(ticket, 'read') t
    JOIN LATERAL log.pseudonyms(t.persons) p ON 'logboek.regel' = ANY (t.attributes)
    JOIN log.month_count c ON c.subject = p.subject
    ORDER BY c.key
$$;

DROP FUNCTION gate.choose_lines(jsonb, integer);
-- One page of lines in the order of their start: by trace, by subject, or by activity within days that are given.
CREATE FUNCTION gate.choose_lines(q jsonb, most integer, archived jsonb)
RETURNS TABLE (trace_id bytea, span_id bytea, subject bytea)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    wanted text := concat(' WHERE true',
        CASE WHEN q ? 'trace_id' THEN ' AND l.trace_id = decode($1 ->> ''trace_id'', ''hex'')' END,
        CASE WHEN q ? 'subject' THEN ' AND d.subject = decode($1 ->> ''subject'', ''hex'')' END,
        CASE WHEN q ? 'activity_uri' THEN ' AND d.activity_uri = $1 ->> ''activity_uri''' END,
        CASE WHEN q ? 'start' THEN ' AND l.start_time >= ($1 ->> ''start'')::bigint' END,
        CASE WHEN q ? 'end' THEN
            ' AND l.start_time <= ($1 ->> ''end'')::bigint AND l.end_time <= ($1 ->> ''end'')::bigint' END,
        ' AND l.start_time <= ($1 ->> ''until'')::bigint',
        CASE WHEN q ? 'after' THEN ' AND (l.start_time, l.trace_id, l.span_id) > (($1 #>> ''{after,start}'')::bigint,'
            ' decode($1 #>> ''{after,trace}'', ''hex''), decode($1 #>> ''{after,span}'', ''hex''))' END,
        ' ORDER BY l.start_time, l.trace_id, l.span_id LIMIT $2');
BEGIN
    RETURN QUERY EXECUTE concat(
        'SELECT u.trace_id, u.span_id, u.subject FROM (',
        '(SELECT l.start_time, l.trace_id, l.span_id, d.subject FROM log.line l JOIN log.detail d USING (trace_id, span_id)',
        wanted, ') UNION ALL (SELECT l.start_time, l.trace_id, l.span_id, d.subject FROM log.brought($3) b',
        ' CROSS JOIN LATERAL (SELECT (b.l).*) l CROSS JOIN LATERAL (SELECT (b.d).*) d', wanted, ')) u',
        ' ORDER BY u.start_time, u.trace_id, u.span_id LIMIT $2') USING q, most, archived;
END $$;

DROP FUNCTION gate.ask_log(text, jsonb, integer);
-- The first call of reading the log: chooses a page of lines, writes a line for every person in it, gives its number.
CREATE FUNCTION gate.ask_log(caller text, query jsonb, most integer, archived jsonb) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := pol.today();
    c pol.caller;
    a pol.activity;
    q jsonb;
    against jsonb;
    traces bytea[] := '{}';
    spans bytea[] := '{}';
    subjects bytea[];
    found bigint := 0;
    frozen bigint := coalesce((query ->> 'until')::bigint, log.milliseconds(statement_timestamp()) - 1);
    made uuid;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    SELECT x.* INTO c FROM pol.caller x
    WHERE x.id = ask_log.caller AND 'log_read' = ANY (x.rights) AND x.ended_at IS NULL
      AND coalesce(x.valid_until >= (now() AT TIME ZONE 'Europe/Amsterdam')::date, true);
    a := gate.activity_on(c.standing, today);
    q := gate.completed(query || jsonb_build_object('activity', coalesce(c.standing, ''), 'actor', jsonb_build_object(
        'kind', 'organisation', 'id', coalesce(c.id, left(ask_log.caller, 63)), 'role', 'toezicht')), today);
    against := gate.why_not(a, q, ARRAY['logboek.regel'], today);
    IF against = '[]' AND a.population ->> 'kind' <> 'anyone' THEN
        against := gate.reason('population_unavailable', jsonb_build_object('kind', a.population ->> 'kind'));
    END IF;
    IF against = '[]' THEN
        SELECT coalesce(array_agg(g.trace_id ORDER BY g.n) FILTER (WHERE g.n <= most), '{}'),
               coalesce(array_agg(g.span_id ORDER BY g.n) FILTER (WHERE g.n <= most), '{}'),
               array_agg(DISTINCT g.subject) FILTER (WHERE g.n <= most), count(*)
        INTO traces, spans, subjects, found
        FROM gate.choose_lines(query || jsonb_build_object('until', frozen), most + 1, archived)
             WITH ORDINALITY g(trace_id, span_id, subject, n);
    END IF;
    PERFORM gate.insert_about(gate.entry(a, q, ARRAY['logboek.regel'], against, decode(q ->> 'trace', 'hex')),
                              coalesce(nullif(array_remove(subjects, NULL), '{}'), ARRAY[NULL::bytea]));
    INSERT INTO gate.reading (reasons, activity, traces, spans, more, until)
    VALUES (against, coalesce(a.id, ''), traces, spans, found > most, frozen) RETURNING id INTO made;
    RETURN made;
END $$;

DROP FUNCTION gate.take_log(uuid);
-- The lines with exactly the fields of Logboek dataverwerkingen.
CREATE FUNCTION gate.take_log(reading uuid, archived jsonb) RETURNS TABLE (
    trace_id text, span_id text, parent_span_id text, status text, name text, start_time bigint, end_time bigint,
    resource_attributes text, attributes text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT encode(l.trace_id, 'hex'), encode(l.span_id, 'hex'), encode(l.parent_span_id, 'hex'), l.status, l.name,
           l.start_time, l.end_time, l.resource_attributes::text, l.attributes::text
    FROM gate.reading r, unnest(r.traces, r.spans) WITH ORDINALITY k(trace, span, n)
    CROSS JOIN LATERAL (
        SELECT l.* FROM log.line l WHERE l.trace_id = k.trace AND l.span_id = k.span
        UNION ALL
        SELECT (b.l).* FROM log.brought(archived) b WHERE (b.l).trace_id = k.trace AND (b.l).span_id = k.span) l
    WHERE r.id = reading AND r.reasons = '[]' AND r.expires_at > clock_timestamp()
      AND r.made_in IS DISTINCT FROM pg_current_xact_id_if_assigned()
    ORDER BY k.n
$$;

DROP FUNCTION gate.lines_to_forward(bigint, bigint);
-- The lines of those places with exactly the fields of the standard; a line past its term is not there any more.
CREATE FUNCTION gate.lines_to_forward(first bigint, past bigint, archived jsonb) RETURNS TABLE (
    trace_id bytea, span_id bytea, parent_span_id bytea, status text, name text, start_time bigint, end_time bigint,
    resource_attributes text, attributes text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM log.brought(archived) b WHERE b.place >= first AND b.place < past) <> (
        SELECT count(*) FROM log.tree_leaf t JOIN log.archive a ON t.place <@ a.places
        WHERE t.place >= first AND t.place < past
          AND NOT EXISTS (SELECT FROM log.removed_leaf x WHERE x.place = t.place)) THEN
        RAISE EXCEPTION 'not every archived line of these places is there' USING ERRCODE = 'WA031';
    END IF;
    RETURN QUERY
    SELECT (u.l).trace_id, (u.l).span_id, (u.l).parent_span_id, (u.l).status, (u.l).name, (u.l).start_time, (u.l).end_time,
           (u.l).resource_attributes::text, (u.l).attributes::text
    FROM (SELECT t.place, l FROM log.tree_leaf t JOIN log.line l ON l.trace_id = t.trace_id AND l.span_id = t.span_id
          WHERE t.place >= first AND t.place < past
          UNION ALL
          SELECT b.place, b.l FROM log.brought(archived) b WHERE b.place >= first AND b.place < past) u
    WHERE past <= (SELECT f.up_to FROM gate.forwarded f) AND EXISTS (SELECT FROM pol.collector)
    ORDER BY u.place;
END $$;

SELECT vault.open_door('gate.archived_of(uuid)');
SELECT vault.open_door('gate.archived_for(text,jsonb)');
SELECT vault.open_door('gate.archived_places(bigint,bigint)');
SELECT vault.open_door('gate.take_lines(uuid,jsonb)');
SELECT vault.open_door('gate.take_proofs(uuid,jsonb)');
SELECT vault.open_door('gate.take_line(uuid,text,jsonb)');
SELECT vault.open_door('gate.take_line_page(uuid,integer,integer,integer,jsonb)');
SELECT vault.open_door('gate.take_counts(uuid,jsonb)');
SELECT vault.open_door('gate.ask_log(text,jsonb,integer,jsonb)');
SELECT vault.open_door('gate.take_log(uuid,jsonb)');
SELECT vault.open_door('gate.lines_to_forward(bigint,bigint,jsonb)');

-- reverse
DROP FUNCTION gate.lines_to_forward(bigint, bigint, jsonb);
DROP FUNCTION gate.take_log(uuid, jsonb);
DROP FUNCTION gate.ask_log(text, jsonb, integer, jsonb);
DROP FUNCTION gate.choose_lines(jsonb, integer, jsonb);
DROP FUNCTION gate.take_counts(uuid, jsonb);
DROP FUNCTION gate.take_proofs(uuid, jsonb);
DROP FUNCTION gate.take_lines(uuid, jsonb);
DROP FUNCTION gate.take_line(uuid, text, jsonb);
DROP FUNCTION gate.take_line_page(uuid, integer, integer, integer, jsonb);
DROP FUNCTION gate.own_lines(uuid, bytea[], bytea[], jsonb);
DROP FUNCTION gate.own_keys(uuid, jsonb);
DROP FUNCTION gate.archived_places(bigint, bigint);
DROP FUNCTION gate.archived_for(text, jsonb);
DROP FUNCTION gate.archived_of(uuid);
DROP FUNCTION gate.brought_for(uuid, jsonb);
-- again: access/line_pages gate.own_keys
-- again: access/line_pages gate.own_lines
-- again: access/line_pages gate.take_line_page
-- again: access/line_pages gate.take_line
-- again: access/lines gate.take_lines
-- again: access/lines gate.take_proofs
-- again: access/counts gate.take_counts
-- again: access/reading gate.choose_lines
-- again: access/reading gate.ask_log
-- again: access/reading gate.take_log
-- again: access/forwarding gate.lines_to_forward
SELECT vault.open_door('gate.take_lines(uuid)');
SELECT vault.open_door('gate.take_line(uuid,text)');
SELECT vault.open_door('gate.take_line_page(uuid,integer,integer,integer)');
SELECT vault.open_door('gate.take_proofs(uuid)');
SELECT vault.open_door('gate.take_counts(uuid)');
SELECT vault.open_door('gate.ask_log(text,jsonb,integer)');
SELECT vault.open_door('gate.take_log(uuid)');
SELECT vault.open_door('gate.lines_to_forward(bigint,bigint)');
