-- Texts behind the gate that belonged to a destroyed case, what its resident declared for it, and its closed
-- investigations. What a register says of a person stays: a register has terms of its own. Called by the gate only.
CREATE FUNCTION reg.destroy_texts(ids uuid[], target uuid, people uuid[], declared text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    gone integer;
    facts uuid[] := ARRAY(SELECT f.fact FROM reg.fact f
                          WHERE f.person = ANY (people) AND f.source = declared
                            AND f.attribute LIKE 'opgave.%');
BEGIN
    DELETE FROM reg.investigation i WHERE (i.case_id = target AND i.closed_at IS NOT NULL) OR i.fact = ANY (facts);
    UPDATE reg.investigation SET case_id = NULL WHERE case_id = target;
    DELETE FROM reg.fact f WHERE f.fact = ANY (facts);
    DELETE FROM reg.document d WHERE d.id = ANY (ids);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

-- reverse
DROP FUNCTION reg.destroy_texts(uuid[], uuid, uuid[], text);
