-- What a message that belongs to no case leaves behind (AVG art. 5(1)(e)): its proof of delivery goes the day after the
-- term of bericht.bezorgen, counted from the last step of the delivery; the message itself the day after the term of its own
-- activity, counted from the day it was sent. What waits to be delivered, and what belongs to a case, never goes here.
CREATE FUNCTION gate.forget_proofs(most integer, request jsonb) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone uuid[];
    letters uuid[];
    read_by uuid;
BEGIN
    SELECT array_agg(x.id) INTO gone FROM (
        SELECT d.id FROM public.inbox_delivery d JOIN public.inbox_message m ON m.id = d.message_id
        WHERE m."case" IS NULL AND m.run IS NULL
          AND d.state IN ('published', 'handed_to_print', 'handed_to_post', 'returned')
          AND (SELECT max(e."on") FROM public.inbox_message_event e
               WHERE e.message_id = m.id AND e.delivery_id = d.id) + pol.retention_of('bericht.bezorgen') < pol.today()
        ORDER BY d.id LIMIT most FOR UPDATE OF d SKIP LOCKED) x;
    IF gone IS NULL THEN
        RETURN 0;
    END IF;
    INSERT INTO gate.destruction (made_in) VALUES (pg_current_xact_id());
    INSERT INTO public.inbox_tally AS t (service, run, name, cell, count)
    SELECT m.service, NULL, 'proof', d.channel || '/' || d.state, count(*)
    FROM public.inbox_delivery d JOIN public.inbox_message m ON m.id = d.message_id WHERE d.id = ANY (gone)
    GROUP BY m.service, d.channel, d.state
    ON CONFLICT (service, run, name, cell) DO UPDATE SET count = t.count + excluded.count;
    letters := ARRAY(SELECT l.id FROM public.inbox_letter l WHERE l.delivery_id = ANY (gone));
    DELETE FROM public.inbox_message_event e WHERE e.delivery_id = ANY (gone);
    DELETE FROM public.inbox_letter l WHERE l.id = ANY (letters);
    PERFORM reg.destroy_texts(letters, NULL, ARRAY[]::uuid[], '');
    PERFORM public.outbox_destroy(gone || letters);
    FOR read_by IN
        SELECT m.recipient FROM public.inbox_delivery d JOIN public.inbox_message m ON m.id = d.message_id
        WHERE d.id = ANY (gone) ORDER BY d.id
    LOOP
        PERFORM gate.log_wish(read_by, 'Oud bewijs van bezorging verwijderd', request);
    END LOOP;
    DELETE FROM gate.destruction WHERE made_in = pg_current_xact_id();
    RETURN cardinality(gone);
END $$;

CREATE FUNCTION gate.forget_messages(most integer, request jsonb) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m record;
    count integer := 0;
    ids uuid[] := '{}';
    these uuid[];
BEGIN
    INSERT INTO gate.destruction (made_in) VALUES (pg_current_xact_id());
    FOR m IN
        SELECT x.id, x.recipient, x.service FROM public.inbox_message x
        WHERE x."case" IS NULL AND x.run IS NULL AND x.sent_on + pol.retention_of(x.activity) < pol.today()
          AND NOT EXISTS (SELECT FROM public.inbox_delivery d
                          WHERE d.message_id = x.id AND d.state IN ('pending', 'held'))
        ORDER BY x.sent_on, x.id LIMIT most FOR UPDATE SKIP LOCKED
    LOOP
        UPDATE public.inbox_message x SET "case" = m.id WHERE x.id = m.id;  -- what inbox_destroy takes together
        these := public.inbox_destroy(m.id);
        PERFORM reg.destroy_texts(these, m.id, ARRAY[]::uuid[], '');
        ids := ids || these;
        INSERT INTO public.inbox_tally AS t (service, run, name, cell, count) VALUES (m.service, NULL, 'message', '', 1)
        ON CONFLICT (service, run, name, cell) DO UPDATE SET count = t.count + 1;
        PERFORM gate.log_wish(m.recipient, 'Oud bericht verwijderd', request);
        count := count + 1;
    END LOOP;
    IF count > 0 THEN
        PERFORM public.outbox_destroy(ids);
    END IF;
    DELETE FROM gate.destruction WHERE made_in = pg_current_xact_id();
    RETURN count;
END $$;
SELECT vault.open_door('gate.forget_proofs(integer,jsonb)');
SELECT vault.open_door('gate.forget_messages(integer,jsonb)');
-- reverse
DROP FUNCTION gate.forget_messages(integer, jsonb);
DROP FUNCTION gate.forget_proofs(integer, jsonb);
