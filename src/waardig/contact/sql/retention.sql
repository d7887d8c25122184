-- Requests to a human that are past the published term of contact.verzoek, counted from the day on which somebody was
-- helped: counted first, then the row, its words, the answer and the message with the answer (AVG art. 5(1)(e)). A
-- request that waits is never removed; the lines of the log stay.
CREATE FUNCTION gate.forget_requests(most integer, request jsonb) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r public.contact_request;
    gone integer := 0;
    ids uuid[];
BEGIN
    INSERT INTO gate.destruction (made_in) VALUES (pg_current_xact_id());
    FOR r IN
        SELECT x.* FROM public.contact_request x
        WHERE x.outcome <> 'open' AND x.closed_on + pol.retention_of('contact.verzoek') < pol.today()
        ORDER BY x.closed_on, x.id LIMIT most FOR UPDATE SKIP LOCKED
    LOOP
        INSERT INTO public.contact_tally AS t (year, kind, outcome, count) VALUES (r.year, r.kind, r.outcome, 1)
        ON CONFLICT (year, kind, outcome) DO UPDATE SET count = t.count + 1;
        ids := ARRAY(SELECT d.id FROM reg.document d
                     WHERE d.kind = 'contact.verzoek' AND d.person = r.person AND d.id IN (r.id, public.contact_answer(r.id)));
        UPDATE public.inbox_message m SET "case" = r.id WHERE m.key = 'question:' || r.id AND m."case" IS NULL;
        ids := ids || r.id || public.inbox_destroy(r.id);
        PERFORM reg.destroy_texts(ids, r.id, ARRAY[]::uuid[], '');
        PERFORM public.outbox_destroy(ids);
        DELETE FROM public.contact_request x WHERE x.id = r.id;
        PERFORM gate.log_wish(r.person, 'Oud verzoek verwijderd', request);
        gone := gone + 1;
    END LOOP;
    DELETE FROM gate.destruction WHERE made_in = pg_current_xact_id();
    RETURN gone;
END $$;

-- Under which id the answer to a request stands: the odd one beside it (contact.queries.answer_id).
CREATE FUNCTION public.contact_answer(request uuid) RETURNS uuid
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT encode(set_byte(uuid_send(request), 15, get_byte(uuid_send(request), 15) # 1), 'hex')::uuid
$$;
SELECT vault.open_door('gate.forget_requests(integer,jsonb)');
-- reverse
DROP FUNCTION gate.forget_requests(integer, jsonb);
DROP FUNCTION public.contact_answer(uuid);
