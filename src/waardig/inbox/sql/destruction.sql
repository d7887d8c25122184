-- Destroying the messages of one case: counted first, so that every count stays equal; then events, letters, deliveries
-- and messages. Called by gate.destroy_case only; gives the ids under which texts and letters stand behind the gate.
-- An event of a message is kept from everybody else, the owner too (Awb 2:10; Archiefwet 1995 art. 3).
CREATE OR REPLACE FUNCTION inbox_event_is_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'DELETE' AND has_function_privilege('gate.is_destroying()', 'EXECUTE') THEN
    IF gate.is_destroying() THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'an event of a message is never changed or removed' USING ERRCODE = '42501';
END $$;

CREATE FUNCTION public.inbox_destroy(target uuid) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public AS $$
DECLARE
  messages uuid[] := ARRAY(SELECT m.id FROM public.inbox_message m WHERE m."case" = target);
  deliveries uuid[] := ARRAY(SELECT d.id FROM public.inbox_delivery d WHERE d.message_id = ANY (messages));
  letters uuid[] := ARRAY(SELECT l.id FROM public.inbox_letter l WHERE l.delivery_id = ANY (deliveries));
BEGIN
  INSERT INTO public.inbox_tally AS t (service, run, name, cell, count)
  SELECT x.service, x.run, x.name, x.cell, count(*) FROM (
    SELECT m.service, m.run, 'channel' AS name,
           CASE WHEN EXISTS (SELECT FROM public.inbox_delivery d WHERE d.message_id = m.id AND d.channel = 'paper')
                THEN 'paper' ELSE 'digital' END AS cell
    FROM public.inbox_message m WHERE m.id = ANY (messages) AND m.run IS NOT NULL
    UNION ALL
    SELECT m.service, m.run, 'template', m.message_type || '/' || m.language
    FROM public.inbox_message m WHERE m.id = ANY (messages) AND m.run IS NOT NULL
    UNION ALL
    SELECT m.service, m.run, 'delivery', d.channel || '/' || d.state
    FROM public.inbox_message m JOIN public.inbox_delivery d ON d.message_id = m.id WHERE m.id = ANY (messages)
    UNION ALL
    SELECT m.service, m.run, 'unchosen', ''
    FROM public.inbox_message m JOIN public.inbox_delivery d ON d.message_id = m.id
    WHERE m.id = ANY (messages) AND m.run IS NOT NULL AND d.channel = 'digital' AND d.preference_version IS NULL
    UNION ALL
    SELECT m.service, m.run, 'paper', to_char(m.sent_on, 'YYYY-MM-DD') || '/' || coalesce((
             SELECT min(e."on" - m.sent_on)::text FROM public.inbox_message_event e
             WHERE e.delivery_id = d.id AND e.kind = 'handed_to_print'), '')
    FROM public.inbox_message m JOIN public.inbox_delivery d ON d.message_id = m.id
    WHERE m.id = ANY (messages) AND m.run IS NOT NULL AND d.channel = 'paper' AND d.state <> 'cancelled'
      AND d.held_reason <> 'deceased') x
  GROUP BY 1, 2, 3, 4
  ON CONFLICT (service, run, name, cell) DO UPDATE SET count = t.count + excluded.count;
  DELETE FROM public.inbox_message_event e WHERE e.message_id = ANY (messages);
  DELETE FROM public.inbox_letter l WHERE l.id = ANY (letters);
  DELETE FROM public.inbox_delivery d WHERE d.id = ANY (deliveries);
  DELETE FROM public.inbox_message m WHERE m.id = ANY (messages);
  RETURN messages || deliveries || letters;
END $$;
-- reverse
DROP FUNCTION public.inbox_destroy(uuid);
CREATE OR REPLACE FUNCTION inbox_event_is_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'an event of a message is never changed or removed' USING ERRCODE = '42501';
END $$;
