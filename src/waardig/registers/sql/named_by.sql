-- {"kind": "related", "by": [A, ..], "to": P}, when everybody inside P is known: whom they name in A. Who names somebody is
-- found first, for that are far fewer than are inside.
CREATE FUNCTION reg.named_by(predicate jsonb, inside uuid[], request jsonb) RETURNS uuid[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    naming_in text[] := ARRAY(SELECT jsonb_array_elements_text(predicate -> 'by'));
    on_day date := request ->> 'as_of';
    known timestamptz := request ->> 'known_at';
BEGIN
    RETURN ARRAY(
        WITH naming AS MATERIALIZED (
            SELECT f.person AS by, (f.value ->> 'person')::uuid AS named FROM reg.fact f
            WHERE f.value ? 'person' AND f.attribute = ANY (naming_in) AND reg.standing(f, on_day, known))
        SELECT DISTINCT n.named FROM naming n JOIN unnest(inside) i(p) ON i.p = n.by);
END $$;

UPDATE pol.population_door SET through = 'reg.named_by(jsonb,uuid[],jsonb)' WHERE kind = 'related';

-- reverse
UPDATE pol.population_door SET through = NULL WHERE kind = 'related';
DROP FUNCTION reg.named_by(jsonb, uuid[], jsonb);
