-- Lines of what the application writes (they join its transaction), and a person's own lines.
CREATE FUNCTION gate.append_lines(lines jsonb) RETURNS TABLE (n integer, trace_id bytea, span_id bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    unknown text;
BEGIN
    SELECT x ->> 'activity' INTO unknown FROM jsonb_array_elements(lines) x
    WHERE NOT EXISTS (SELECT FROM pol.activity a WHERE a.id = x ->> 'activity') LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'processing activity % is not published, so nothing can be logged under it', unknown
            USING ERRCODE = 'WA001';
    END IF;
    RETURN QUERY SELECT m.* FROM log.insert_lines((
        WITH named AS (
            SELECT x ->> 'activity' AS id, gate.activity_on(x ->> 'activity', pol.today()) AS a
            FROM (SELECT DISTINCT jsonb_build_object('activity', l -> 'activity') AS x
                  FROM jsonb_array_elements(lines) l) y)
        SELECT jsonb_agg(x.value || jsonb_build_object('uri', (named.a).uri,
                         'name', coalesce(x.value ->> 'name', (named.a).name_nl)) ORDER BY x.ordinality)
        FROM jsonb_array_elements(lines) WITH ORDINALITY x JOIN named ON named.id = x.value ->> 'activity')) m;
END $$;

-- The lines about the persons of the ticket, newest first. A line of a confidential activity shows only that it is
-- there, and until when it is withheld.
CREATE FUNCTION gate.take_lines(ticket uuid) RETURNS TABLE (
    person uuid, trace_id text, span_id text, at timestamptz, name text, activity text, activity_uri text,
    purpose_nl text, purpose_en text, legal_basis jsonb, organisation text, controller text, attributes text[],
    automated boolean, algorithm text, decision text, reasons text[], actor_kind text, actor_role text, as_of date,
    run uuid, case_id uuid, message_id uuid, links jsonb, withheld text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH own AS (
        SELECT p.person, d.*, l.name, to_timestamp(l.start_time / 1000.0) AS at,
               a.purpose_nl, a.purpose_en, a.legal_basis, a.organisation, a.controller, a.automated, a.algorithm,
               a.confidential_until
        FROM gate.open_ticket(ticket, 'read') t
        JOIN LATERAL log.pseudonyms(t.persons) p ON 'logboek.regel' = ANY (t.attributes)
        JOIN log.detail d ON d.subject = p.subject
        JOIN log.line l ON l.trace_id = d.trace_id AND l.span_id = d.span_id
        LEFT JOIN pol.activity a ON a.uri = d.activity_uri)
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

-- What a person needs to prove that a line of theirs is in the tree: its exact text, salt and place.
CREATE FUNCTION gate.take_proofs(ticket uuid) RETURNS TABLE (
    trace_id text, span_id text, canonical text, salt bytea, place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT encode(l.trace_id, 'hex'), encode(l.span_id, 'hex'), log.canonical(l, d), l.salt, f.place
    FROM gate.open_ticket(ticket, 'read') t
    JOIN LATERAL log.pseudonyms(t.persons) p ON 'logboek.regel' = ANY (t.attributes)
    JOIN log.detail d ON d.subject = p.subject
    JOIN log.line l ON l.trace_id = d.trace_id AND l.span_id = d.span_id
    JOIN log.tree_leaf f ON f.trace_id = d.trace_id AND f.span_id = d.span_id
    JOIN pol.activity a ON a.uri = d.activity_uri AND a.confidential_until IS NULL
    ORDER BY f.place
$$;

SELECT vault.open_door('gate.take_proofs(uuid)');
SELECT vault.open_door('gate.append_lines(jsonb)');
SELECT vault.open_door('gate.take_lines(uuid)');

-- reverse
DROP FUNCTION gate.take_proofs(uuid);
DROP FUNCTION gate.take_lines(uuid);
DROP FUNCTION gate.append_lines(jsonb);
