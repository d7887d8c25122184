-- Who writes a report down at the counter marks the value and nothing more: the counter never repairs what it reports
-- itself. Confirming and replacing stay with the holder.
CREATE OR REPLACE FUNCTION reg.correctable(ticket uuid, of_fact uuid, by_holder boolean) RETURNS reg.fact
LANGUAGE plpgsql STABLE AS $$
DECLARE
    target reg.fact;
BEGIN
    SELECT f.* INTO target FROM gate.open_ticket(ticket, 'read') t
    JOIN reg.fact f ON f.fact = of_fact AND f.person = ANY (t.persons) AND f.attribute = ANY (t.attributes)
    WHERE t.may_correct AND f.superseded_at IS NULL
      AND (NOT by_holder OR t.actor ->> 'kind' = 'system'
           OR t.actor ->> 'kind' = 'employee' AND coalesce(t.actor ->> 'role', '') <> 'loket');
    IF target.fact IS NULL THEN
        RAISE EXCEPTION 'the ticket does not open this fact for correction' USING ERRCODE = 'WA008';
    END IF;
    RETURN target;
END $$;

-- reverse
CREATE OR REPLACE FUNCTION reg.correctable(ticket uuid, of_fact uuid, by_holder boolean) RETURNS reg.fact
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
