-- {"kind": "custody", "by": [A, ..], "birth": B}: A of this person names the acting resident, and by B the person has not
-- turned 18 (BW 1:233, 1:245). Who was born on 29 February turns 18 on 1 March. A date of birth that is not wholly known
-- gives nothing: a person then judges.
CREATE FUNCTION reg.is_minor(born text, on_day date) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN born ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
           THEN (to_char(on_day, 'YYYYMMDD')::integer - replace(born, '-', '')::integer) / 10000 < 18
           ELSE false END
$$;

CREATE FUNCTION reg.population_custody(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE sql STABLE AS $$
    SELECT ARRAY(
        SELECT DISTINCT f.person FROM reg.fact f
        JOIN reg.fact b ON b.person = f.person AND b.attribute = predicate ->> 'birth' AND reg.holds(b, request)
        WHERE request -> 'actor' ->> 'kind' = 'resident'
          AND predicate -> 'by' ? f.attribute
          AND f.value ->> 'person' = request -> 'actor' ->> 'id'
          AND (persons IS NULL OR f.person = ANY (persons)) AND reg.holds(f, request)
          AND reg.is_minor(b.value #>> '{}', (request ->> 'as_of')::date))
$$;

SELECT pol.register_population('custody', 'reg.population_custody(jsonb,uuid[],jsonb)', 'registers');
ALTER TABLE pol.activity DROP CONSTRAINT bulk_needs_a_weighing;
ALTER TABLE pol.activity ADD CONSTRAINT bulk_needs_a_weighing CHECK (
    NOT bulk OR kind = 'service' OR population ->> 'kind' IN ('represented', 'custody'));

-- reverse
ALTER TABLE pol.activity DROP CONSTRAINT bulk_needs_a_weighing;
ALTER TABLE pol.activity ADD CONSTRAINT bulk_needs_a_weighing CHECK (
    NOT bulk OR kind = 'service' OR population ->> 'kind' = 'represented') NOT VALID;
DELETE FROM pol.population_door WHERE kind = 'custody';
DROP FUNCTION reg.population_custody(jsonb, uuid[], jsonb);
DROP FUNCTION reg.is_minor(text, date);
