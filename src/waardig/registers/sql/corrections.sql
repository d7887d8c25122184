-- Corrections (AVG art. 16): a person says a value is wrong, the holder confirms or replaces it. Each needs a committed
-- ticket, of an activity that may correct, that opens exactly this fact.
CREATE FUNCTION reg.correctable(ticket uuid, of_fact uuid, by_holder boolean) RETURNS reg.fact
LANGUAGE plpgsql STABLE AS $$
DECLARE
    target reg.fact;
BEGIN
    SELECT f.* INTO target FROM gate.open_ticket(ticket, 'read') t
    JOIN reg.fact f ON f.fact = of_fact AND f.person = ANY (t.persons) AND f.attribute = ANY (t.attributes)
    WHERE t.may_correct AND f.superseded_at IS NULL
      AND (NOT by_holder OR t.actor ->> 'kind' IN ('employee', 'system'));
    IF target.fact IS NULL THEN
        RAISE EXCEPTION 'the ticket does not open this fact for correction' USING ERRCODE = 'WA008';
    END IF;
    RETURN target;
END $$;

CREATE FUNCTION reg.log_correction(ticket uuid, f reg.fact, what text, of_case uuid) RETURNS void
LANGUAGE sql VOLATILE AS $$
    SELECT count(*) FROM gate.ticket t, gate.append_lines(jsonb_build_array(jsonb_build_object(
        'activity', t.activity, 'person', f.person, 'name', what, 'actor', t.actor, 'case', of_case,
        'trace', encode(t.trace_id, 'hex'), 'attributes', jsonb_build_array(f.attribute), 'decision', 'allow',
        'reasons', '[]'::jsonb))) WHERE t.id = ticket
$$;

CREATE FUNCTION gate.mark_under_investigation(ticket uuid, of_fact uuid, why text, of_case uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    f reg.fact := reg.correctable(ticket, of_fact, false);
    opened uuid;
BEGIN
    INSERT INTO reg.investigation (fact, reason, case_id) VALUES (of_fact, why, of_case)
    ON CONFLICT (fact) WHERE closed_at IS NULL DO NOTHING RETURNING id INTO opened;
    IF opened IS NULL THEN  -- it was under investigation already
        RETURN (SELECT i.id FROM reg.investigation i WHERE i.fact = of_fact AND i.closed_at IS NULL);
    END IF;
    PERFORM reg.log_correction(ticket, f, 'Gegeven in onderzoek gezet', of_case);
    RETURN opened;
END $$;

CREATE FUNCTION gate.confirm_fact(ticket uuid, of_fact uuid, why text, of_case uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    f reg.fact := reg.correctable(ticket, of_fact, true);
BEGIN
    UPDATE reg.investigation SET closed_at = now(), outcome = 'confirmed', outcome_reason = why
    WHERE fact = of_fact AND closed_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM reg.log_correction(ticket, f, 'Gegeven onderzocht en juist bevonden', of_case);
    RETURN true;
END $$;

-- The corrected value over the same spell; the old one stays in recorded time.
CREATE FUNCTION gate.replace_fact(ticket uuid, of_fact uuid, of_attribute text, new_value jsonb, established date, new_source text,
                                  why text, of_case uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    f reg.fact := reg.correctable(ticket, of_fact, true);
    replacing uuid;
BEGIN
    IF f.attribute <> of_attribute THEN
        RAISE EXCEPTION 'the ticket does not open this fact for correction' USING ERRCODE = 'WA008';
    END IF;
    PERFORM FROM reg.person p WHERE p.person = f.person FOR NO KEY UPDATE;
    UPDATE reg.fact SET superseded_at = now() WHERE fact = of_fact;
    INSERT INTO reg.fact (person, attribute, valid_from, valid_to, established_on, value, holder, source)
    VALUES (f.person, f.attribute, f.valid_from, f.valid_to, coalesce(established, f.established_on), new_value,
            f.holder, coalesce(new_source, f.source))
    RETURNING fact INTO replacing;
    UPDATE reg.investigation SET closed_at = now(), outcome = 'replaced', outcome_reason = why, replaced_by = replacing
    WHERE fact = of_fact AND closed_at IS NULL;
    PERFORM reg.log_correction(ticket, f, 'Gegeven verbeterd', of_case);
    RETURN replacing;
END $$;

SELECT vault.open_door('gate.mark_under_investigation(uuid,uuid,text,uuid)');
SELECT vault.open_door('gate.confirm_fact(uuid,uuid,text,uuid)');
SELECT vault.open_door('gate.replace_fact(uuid,uuid,text,jsonb,date,text,text,uuid)');

-- reverse
DROP FUNCTION gate.replace_fact(uuid, uuid, text, jsonb, date, text, text, uuid);
DROP FUNCTION gate.confirm_fact(uuid, uuid, text, uuid);
DROP FUNCTION gate.mark_under_investigation(uuid, uuid, text, uuid);
DROP FUNCTION reg.log_correction(uuid, reg.fact, text, uuid);
DROP FUNCTION reg.correctable(uuid, uuid, boolean);
