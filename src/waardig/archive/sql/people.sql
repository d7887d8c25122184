-- Who is known in the registers goes when nothing about them is left (AVG art. 5(1)(e)): the number and the id have no purpose of
-- their own. What keeps somebody has its own term each: a fact, a text, a case, an outcome of a round, a message, a mandate, a
-- question, a no, a line of the log. What somebody chose for their own post and pages goes along.
CREATE FUNCTION public.archive_person_keepers(people uuid[]) RETURNS TABLE (person uuid, why text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.person, 'fact' FROM reg.fact f WHERE f.person = ANY (people)
    UNION SELECT d.person, 'text' FROM reg.document d WHERE d.person = ANY (people)
    UNION SELECT p.person, 'named' FROM unnest(people) p(person)
          WHERE EXISTS (SELECT FROM reg.fact f WHERE f.value ? 'person' AND f.value ->> 'person' = p.person::text)
    UNION SELECT c.person, 'case' FROM public.cases_party c WHERE c.person = ANY (people)
    UNION SELECT c.person, 'case' FROM public.cases_correction c WHERE c.person = ANY (people)
    UNION SELECT c.person, 'case' FROM public.cases_objection c WHERE c.person = ANY (people)
    UNION SELECT c.person, 'case' FROM public.cases_second_look c WHERE c.person = ANY (people)
    UNION SELECT c.person, 'case' FROM public.cases_penalty c WHERE c.person = ANY (people)
    UNION SELECT i.person, 'round' FROM public.proposals_run_item i WHERE i.person = ANY (people)
    UNION SELECT u.person, 'message' FROM public.inbox_message m, unnest(ARRAY[m.recipient, m.about]) u(person)
          WHERE (m.recipient = ANY (people) OR m.about = ANY (people)) AND u.person = ANY (people)
    UNION SELECT u.person, 'mandate' FROM public.mandates_mandate m, unnest(ARRAY[m.principal, m.helper]) u(person)
          WHERE (m.principal = ANY (people) OR m.helper = ANY (people)) AND u.person = ANY (people)
    UNION SELECT r.person, 'question' FROM public.contact_request r WHERE r.person = ANY (people)
    UNION SELECT u.person, 'parent' FROM public.contact_child c, unnest(ARRAY[c.child, c.parent]) u(person)
          WHERE (c.child = ANY (people) OR c.parent = ANY (people)) AND u.person = ANY (people)
    UNION SELECT o.person, 'no' FROM gate.opt_out o WHERE o.person = ANY (people)
    UNION SELECT s.person, 'log' FROM log.pseudonyms(people) s
          WHERE EXISTS (SELECT FROM log.detail d WHERE d.subject = s.subject)
             OR EXISTS (SELECT FROM log.archived_person a WHERE a.subject = s.subject)
$$;

-- Of whom nothing is left. Who was enrolled within the last day is not among them: what they were enrolled for may follow.
CREATE FUNCTION public.archive_nothing_left(people uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH few AS MATERIALIZED (  -- nearly everybody has a fact or a line: found by one look in an index
        SELECT p.person FROM reg.person p JOIN log.pseudonyms(people) s USING (person)
        WHERE p.person = ANY (people) AND p.enrolled_at < now() - interval '1 day'
          AND NOT EXISTS (SELECT FROM reg.fact f WHERE f.person = p.person)
          AND NOT EXISTS (SELECT FROM log.detail d WHERE d.subject = s.subject))
    SELECT f.person FROM few f
    WHERE f.person NOT IN (SELECT k.person FROM public.archive_person_keepers(ARRAY(SELECT x.person FROM few x)) k)
    ORDER BY f.person
$$;

-- The `most` people after `after`: how many of them may go; NULL when nobody is further on.
CREATE FUNCTION gate.people_left(after uuid, most integer, OUT next uuid, OUT people bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    looked uuid[] := ARRAY(SELECT p.person FROM reg.person p WHERE p.person > coalesce(after, '00000000-0000-0000-0000-000000000000')
                         ORDER BY p.person LIMIT most);
BEGIN
    next := looked[cardinality(looked)];
    SELECT count(*) INTO people FROM public.archive_nothing_left(looked);
END $$;

-- The same people, and whom nothing is left of goes, with one line in the log each and a count on the list of what went. They are locked,
-- so that nobody looks them up meanwhile, and looked at again after that.
CREATE FUNCTION gate.forget_people(after uuid, most integer, request jsonb, OUT next uuid, OUT gone integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    looked uuid[] := ARRAY(SELECT p.person FROM reg.person p WHERE p.person > coalesce(after, '00000000-0000-0000-0000-000000000000')
                         ORDER BY p.person LIMIT most);
    ids uuid[] := ARRAY(SELECT public.archive_nothing_left(looked));
BEGIN
    gone := 0;
    next := looked[cardinality(looked)];
    IF cardinality(ids) = 0 THEN
        RETURN;
    END IF;
    PERFORM FROM reg.person p WHERE p.person = ANY (ids) ORDER BY p.person FOR UPDATE;
    ids := ARRAY(SELECT public.archive_nothing_left(ids));
    IF cardinality(ids) = 0 THEN
        RETURN;
    END IF;
    INSERT INTO reg.removal (removed_on, attribute, starts, term, first_day, last_day, facts)
    SELECT pol.today(), 'person', 'nothing_left', interval '0', min(reg.day_of(p.enrolled_at)), max(reg.day_of(p.enrolled_at)),
           count(*)
    FROM reg.person p WHERE p.person = ANY (ids);
    PERFORM count(*) FROM gate.append_lines((
        SELECT jsonb_agg(request || jsonb_build_object(
            'person', i, 'name', 'Niet meer bekend: van deze inwoner was niets meer over', 'attributes', '[]'::jsonb,
            'decision', 'allow', 'reasons', '[]'::jsonb) ORDER BY i)
        FROM unnest(ids) i));
    DELETE FROM public.inbox_preference x WHERE x.person = ANY (ids);
    DELETE FROM public.inbox_display x WHERE x.person = ANY (ids);
    DELETE FROM reg.asked a WHERE a.person = ANY (ids);
    DELETE FROM reg.person p WHERE p.person = ANY (ids);
    GET DIAGNOSTICS gone = ROW_COUNT;
END $$;
SELECT vault.open_door('gate.people_left(uuid,integer)');
SELECT vault.open_door('gate.forget_people(uuid,integer,jsonb)');

-- reverse
DROP FUNCTION gate.forget_people(uuid, integer, jsonb);
DROP FUNCTION gate.people_left(uuid, integer);
DROP FUNCTION public.archive_nothing_left(uuid[]);
DROP FUNCTION public.archive_person_keepers(uuid[]);
