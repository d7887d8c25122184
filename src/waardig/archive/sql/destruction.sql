-- Destruction. A list is made by one official, approved by another and never changes after that; what stands on it is
-- destroyed by the two doors below and by nothing else (Archiefwet 1995 art. 3 and 5; Archiefbesluit 1995 art. 8).
CREATE TABLE gate.destruction (made_in xid8 PRIMARY KEY);

-- Whether the door is open in this transaction; triggers that keep rows ask it. Opened to nobody.
CREATE FUNCTION gate.is_destroying() RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM gate.destruction d WHERE d.made_in = pg_current_xact_id_if_assigned())
$$;

ALTER TABLE public.archive_list ADD COLUMN approved_in xid8;

-- The control total is what the lines say, as one fingerprint; archive/core/listing.py makes the same.
CREATE FUNCTION public.archive_guard_list() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  said record;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a destruction list is never deleted' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'draft' OR NEW.approved_by <> '' THEN
      RAISE EXCEPTION 'a destruction list begins as a draft' USING ERRCODE = 'check_violation';
    END IF;
    NEW.approved_in := NULL;
    RETURN NEW;
  END IF;
  IF NEW.made_by <> OLD.made_by OR NEW.number <> OLD.number OR NEW.made_on <> OLD.made_on
     OR OLD.state IN ('withdrawn', 'executed')
     OR (OLD.state = 'approved' AND to_jsonb(NEW) - 'state' - 'executed_on' <> to_jsonb(OLD) - 'state' - 'executed_on')
     OR (OLD.state = 'approved' AND NEW.state NOT IN ('approved', 'executed'))
     OR (OLD.state = 'draft' AND NEW.state = 'executed') THEN
    RAISE EXCEPTION 'destruction list % does not change that way', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'executed' AND EXISTS (
      SELECT FROM public.archive_line l WHERE l.list_id = NEW.id AND l.state = 'waiting') THEN
    RAISE EXCEPTION 'destruction list % still has lines to execute', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state = 'draft' AND NEW.state = 'approved' THEN
    SELECT count(*) AS lines, coalesce(sum(l.items), 0) AS items,
           encode(sha256(convert_to(coalesce(string_agg(concat_ws('|',
             l.place, l.kind, l.subject, l.number, l.service, l.ending, l.result, l.term,
             to_char(l.ended_on, 'YYYY-MM-DD'), to_char(l.action_on, 'YYYY-MM-DD'), l.items), E'\n' ORDER BY l.place), ''),
             'UTF8')), 'hex') AS sha256 INTO said
    FROM public.archive_line l WHERE l.list_id = NEW.id AND l.state <> 'removed';
    IF (said.lines, said.items, said.sha256) IS DISTINCT FROM (NEW.lines::bigint, NEW.items::bigint, NEW.sha256::text)
    THEN
      RAISE EXCEPTION 'the lines of destruction list % do not give its control total', NEW.number
          USING ERRCODE = 'check_violation';
    END IF;
    NEW.approved_in := pg_current_xact_id();
  ELSE
    NEW.approved_in := OLD.approved_in;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER archive_guard_list BEFORE INSERT OR UPDATE OR DELETE ON public.archive_list
  FOR EACH ROW EXECUTE FUNCTION public.archive_guard_list();

CREATE FUNCTION public.archive_guard_line() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  stands text := (SELECT state FROM public.archive_list
                  WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.list_id ELSE OLD.list_id END);
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a line of a destruction list is never deleted' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF stands <> 'draft' OR NEW.state <> 'waiting' THEN
      RAISE EXCEPTION 'only a draft list takes a line' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - '{state,reason,changed_by,changed_on,parts}'::text[]
       <> to_jsonb(OLD) - '{state,reason,changed_by,changed_on,parts}'::text[]
     OR OLD.state <> 'waiting'
     OR (NEW.state = 'removed' AND stands <> 'draft')
     OR (NEW.state = 'skipped' AND stands <> 'approved') THEN
    RAISE EXCEPTION 'a line of a destruction list only gets an outcome, once' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'destroyed' OR NEW.parts <> OLD.parts THEN
    IF NOT has_function_privilege('gate.is_destroying()', 'EXECUTE') THEN
      RAISE EXCEPTION 'only the door says that a case is destroyed' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT gate.is_destroying() THEN
      RAISE EXCEPTION 'only the door says that a case is destroyed' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER archive_guard_line BEFORE INSERT OR UPDATE OR DELETE ON public.archive_line
  FOR EACH ROW EXECUTE FUNCTION public.archive_guard_line();

-- A line that may be executed now: on a list that another transaction committed as approved; locked.
CREATE FUNCTION gate.line_to_destroy(line uuid, of_kind text) RETURNS public.archive_line
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    found public.archive_line;
BEGIN
    SELECT l.* INTO found FROM public.archive_line l JOIN public.archive_list s ON s.id = l.list_id
    WHERE l.id = line AND l.kind = of_kind AND l.state = 'waiting' AND s.state = 'approved'
      AND s.approved_by <> '' AND s.approved_by <> s.made_by AND l.action_on <= pol.today()
      AND s.approved_in IS DISTINCT FROM pg_current_xact_id_if_assigned()
    FOR UPDATE OF l;
    IF found.id IS NULL THEN
        RAISE EXCEPTION 'this line does not stand on a committed, approved destruction list' USING ERRCODE = 'WA020';
    END IF;
    RETURN found;
END $$;

-- The door for one case: everything of it in every room, in this transaction. Gives what went, as counts.
CREATE FUNCTION gate.destroy_case(line uuid) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    l public.archive_line := gate.line_to_destroy(line, 'case');
    people uuid[] := ARRAY(SELECT p.person FROM public.cases_party p WHERE p.case_id = l.subject);
    went jsonb := jsonb_build_object(
        'messages', (SELECT count(*) FROM public.inbox_message m WHERE m."case" = l.subject),
        'payments', (SELECT count(*) FROM public.payments_order o WHERE o."case" = l.subject),
        'outcomes', (SELECT count(*) FROM public.proposals_run_item i WHERE i."case" = l.subject));
    ids uuid[];
BEGIN
    PERFORM FROM public.archive_record r
    WHERE r."case" = l.subject AND r.number = l.number AND r.ending = l.ending AND r.result = l.result
      AND r.action_on <= pol.today() AND r.appraisal = 'vernietigen' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'case % is not due as it stands on the list', l.number USING ERRCODE = 'WA021';
    END IF;
    IF EXISTS (SELECT FROM public.archive_hold h WHERE h."case" = l.subject AND h.lifted_on IS NULL) THEN
        RAISE EXCEPTION 'case % is held', l.number USING ERRCODE = 'WA021';
    END IF;
    INSERT INTO gate.destruction (made_in) VALUES (pg_current_xact_id());
    ids := public.payments_destroy(l.subject) || public.proposals_destroy(l.subject)
        || public.inbox_destroy(l.subject) || public.cases_destroy(l.subject);
    went := went || jsonb_build_object(
        'texts', reg.destroy_texts(ids, l.subject, people, 'opgave bij ' || l.number),
        'jobs', public.outbox_destroy(ids));
    DELETE FROM gate.ticket t WHERE t.case_id = l.subject;
    DELETE FROM public.archive_record r WHERE r."case" = l.subject;
    UPDATE public.archive_line SET state = 'destroyed', changed_on = pol.today(), parts = went WHERE id = l.id;
    DELETE FROM gate.destruction WHERE made_in = pg_current_xact_id();
    RETURN went;
END $$;

-- The door for people of a round who have no case (safeguard W14); the line is done when nobody is left.
CREATE FUNCTION gate.destroy_outcomes(line uuid, people uuid[]) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    l public.archive_line := gate.line_to_destroy(line, 'round');
    gone integer;
BEGIN
    INSERT INTO gate.destruction (made_in) VALUES (pg_current_xact_id());
    gone := public.proposals_destroy_people(l.subject, people);
    UPDATE public.archive_line SET
        parts = jsonb_build_object('outcomes', coalesce((l.parts ->> 'outcomes')::integer, 0) + gone),
        state = CASE WHEN EXISTS (SELECT FROM public.proposals_run_item i
                                  WHERE i.run_id = l.subject AND i."case" IS NULL) THEN 'waiting' ELSE 'destroyed' END,
        changed_on = pol.today()
    WHERE id = l.id;
    DELETE FROM gate.destruction WHERE made_in = pg_current_xact_id();
    RETURN gone;
END $$;

SELECT vault.open_door('gate.destroy_case(uuid)');
SELECT vault.open_door('gate.destroy_outcomes(uuid,uuid[])');

-- reverse
DROP FUNCTION gate.destroy_outcomes(uuid, uuid[]);
DROP FUNCTION gate.destroy_case(uuid);
DROP FUNCTION gate.line_to_destroy(uuid, text);
DROP TRIGGER archive_guard_line ON public.archive_line;
DROP FUNCTION public.archive_guard_line();
DROP TRIGGER archive_guard_list ON public.archive_list;
DROP FUNCTION public.archive_guard_list();
ALTER TABLE public.archive_list DROP COLUMN approved_in;
DROP FUNCTION gate.is_destroying();
DROP TABLE gate.destruction;
