-- A person's own lines by the page: what is shown is chosen, grouped and counted here, and only that is given.
-- An item is a line, or the lines of one activity in one week where there are more than `fold_over` of them that were allowed:
-- its newest line with how many. Refused lines are never folded and stand first in their week.
CREATE FUNCTION gate.own_keys(ticket uuid) RETURNS TABLE (
    trace_id bytea, span_id bytea, at timestamptz, week date, activity text, organisation text, refused boolean)
LANGUAGE sql STABLE AS $$
    SELECT k.trace_id, k.span_id, k.at, date_trunc('week', k.at AT TIME ZONE 'Europe/Amsterdam')::date, k.activity,
           k.organisation, k.refused
    FROM (SELECT d.trace_id, d.span_id, d.decision = 'refuse' AS refused,
                 CASE WHEN a.confidential_until IS NULL THEN d.activity ELSE '' END AS activity,
                 CASE WHEN a.confidential_until IS NULL THEN coalesce(a.organisation, '') ELSE '' END AS organisation,
                 CASE WHEN a.confidential_until IS NULL THEN to_timestamp(l.start_time / 1000.0)
                      ELSE date_trunc('month', to_timestamp(l.start_time / 1000.0)) END AS at
          FROM gate.open_ticket(ticket, 'read') t
          JOIN LATERAL log.pseudonyms(t.persons) p ON 'logboek.regel' = ANY (t.attributes)
          JOIN log.detail d ON d.subject = p.subject
          JOIN log.line l ON l.trace_id = d.trace_id AND l.span_id = d.span_id
          LEFT JOIN pol.activity a ON a.uri = d.activity_uri) k
$$;

-- Some lines of the persons of the ticket as gate.take_lines gives them; a line of somebody else gives nothing.
CREATE FUNCTION gate.own_lines(ticket uuid, of_traces bytea[], of_spans bytea[]) RETURNS TABLE (trace_id bytea, span_id bytea, line jsonb)
LANGUAGE sql STABLE AS $$
    SELECT d.trace_id, d.span_id, CASE WHEN a.confidential_until IS NULL THEN jsonb_build_object(
        'person', p.person, 'trace_id', encode(d.trace_id, 'hex'), 'span_id', encode(d.span_id, 'hex'),
        'at', to_timestamp(l.start_time / 1000.0), 'name', l.name, 'activity', d.activity, 'activity_uri', d.activity_uri,
        'purpose_nl', a.purpose_nl, 'purpose_en', a.purpose_en, 'legal_basis', a.legal_basis,
        'organisation', a.organisation, 'controller', a.controller, 'attributes', d.attributes,
        'automated', a.automated, 'algorithm', a.algorithm, 'decision', d.decision, 'reasons', d.reasons,
        'actor_kind', d.actor_kind, 'actor_role', d.actor_role, 'as_of', d.as_of, 'run', d.run, 'case_id', d.case_id,
        'message_id', d.message_id, 'withheld', NULL,
        'links', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'target', k.target) ORDER BY k.linked_at), '[]')
                  FROM log.link k WHERE k.trace_id = d.trace_id AND k.span_id = d.span_id))
      ELSE jsonb_build_object(
        'person', p.person, 'trace_id', encode(d.trace_id, 'hex'), 'span_id', encode(d.span_id, 'hex'),
        'at', date_trunc('month', to_timestamp(l.start_time / 1000.0)), 'name', '', 'activity', '', 'activity_uri', '',
        'purpose_nl', '', 'purpose_en', '', 'legal_basis', '[]'::jsonb, 'organisation', '', 'controller', '',
        'attributes', '[]'::jsonb, 'automated', NULL, 'algorithm', NULL, 'decision', d.decision, 'reasons', '[]'::jsonb,
        'actor_kind', '', 'actor_role', '', 'as_of', NULL, 'run', NULL, 'case_id', NULL, 'message_id', NULL,
        'withheld', a.confidential_until, 'links', '[]'::jsonb) END
    FROM gate.open_ticket(ticket, 'read') t
    JOIN LATERAL log.pseudonyms(t.persons) p ON 'logboek.regel' = ANY (t.attributes)
    CROSS JOIN unnest(of_traces, of_spans) u(trace_id, span_id)
    JOIN log.detail d ON d.trace_id = u.trace_id AND d.span_id = u.span_id AND d.subject = p.subject
    JOIN log.line l ON l.trace_id = d.trace_id AND l.span_id = d.span_id
    LEFT JOIN pol.activity a ON a.uri = d.activity_uri
$$;

-- One page of items, newest week first; with the counts over all lines, withheld ones too, and when each activity last was.
CREATE FUNCTION gate.take_line_page(ticket uuid, fold_over integer, skip integer, most integer) RETURNS TABLE (page jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH keys AS MATERIALIZED (
        SELECT k.*, count(*) FILTER (WHERE NOT k.refused) OVER kind AS often,
               row_number() OVER (PARTITION BY k.week, k.activity, k.refused ORDER BY k.at DESC, k.trace_id, k.span_id) AS nth
        FROM gate.own_keys(ticket) k WINDOW kind AS (PARTITION BY k.week, k.activity)
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
                                                   ARRAY(SELECT x.span_id FROM chosen x ORDER BY x.place)) o
                 ON o.trace_id = c.trace_id AND o.span_id = c.span_id))
$$;

-- The line of this span, when it is about a person of the ticket.
CREATE FUNCTION gate.take_line(ticket uuid, span text) RETURNS TABLE (line jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT o.line FROM (
        SELECT array_agg(d.trace_id) AS traces, array_agg(d.span_id) AS spans
        FROM gate.open_ticket(ticket, 'read') t
        JOIN LATERAL log.pseudonyms(t.persons) p ON 'logboek.regel' = ANY (t.attributes)
        JOIN log.detail d ON d.subject = p.subject AND encode(d.span_id, 'hex') = span) f
    CROSS JOIN LATERAL gate.own_lines(ticket, f.traces, f.spans) o
$$;
SELECT vault.open_door('gate.take_line_page(uuid,integer,integer,integer)');
SELECT vault.open_door('gate.take_line(uuid,text)');

-- reverse
DROP FUNCTION gate.take_line(uuid, text);
DROP FUNCTION gate.take_line_page(uuid, integer, integer, integer);
DROP FUNCTION gate.own_lines(uuid, bytea[], bytea[]);
DROP FUNCTION gate.own_keys(uuid);
