-- Destroying the payments of one case: what each list ordered, paid and got back stays as sums. Called by
-- gate.destroy_case only; gives the ids of instructions behind the gate and of orders. The list itself never goes.
CREATE OR REPLACE FUNCTION public.payments_guard_line() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  of_list uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.list_id ELSE OLD.list_id END;
  stands text := (SELECT state FROM public.payments_list WHERE id = of_list);
BEGIN
  IF TG_OP = 'INSERT' AND stands <> 'draft' THEN
    RAISE EXCEPTION 'only a draft list takes a line' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'DELETE' AND has_function_privilege('gate.is_destroying()', 'EXECUTE') THEN
    IF gate.is_destroying() THEN
      RETURN OLD;
    END IF;
  END IF;
  IF TG_OP = 'DELETE' AND stands <> 'draft' THEN
    RAISE EXCEPTION 'a line of a list that is not a draft stays' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (
      to_jsonb(NEW) - 'live' - 'outcome' - 'reason' - 'outcome_on'
        <> to_jsonb(OLD) - 'live' - 'outcome' - 'reason' - 'outcome_on'
      OR (NEW.outcome <> OLD.outcome AND (stands <> 'released' OR OLD.outcome <> 'waiting'))
      OR (NEW.live AND NOT OLD.live)
      OR (OLD.live AND NOT NEW.live AND stands = 'released' AND NEW.outcome <> 'rejected')) THEN
    RAISE EXCEPTION 'a line of a payment list only gets an outcome, once' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.payments_destroy(target uuid) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public AS $$
DECLARE
  orders uuid[] := ARRAY(SELECT o.id FROM public.payments_order o WHERE o."case" = target);
  listed bigint[] := ARRAY(SELECT l.id FROM public.payments_line l WHERE l.order_id = ANY (orders));
  texts uuid[] := ARRAY(SELECT l.document FROM public.payments_line l WHERE l.order_id = ANY (orders));
  numbers text[] := ARRAY(SELECT o.number FROM public.payments_order o WHERE o.id = ANY (orders));
BEGIN
  INSERT INTO public.payments_tally AS t (list_id, service, outcome, count, eurocent)
  SELECT l.list_id, o.service, l.outcome, count(*), sum(l.amount_eurocent)
  FROM public.payments_line l JOIN public.payments_order o ON o.id = l.order_id
  WHERE l.id = ANY (listed) GROUP BY 1, 2, 3
  ON CONFLICT (list_id, service, outcome) DO UPDATE
    SET count = t.count + excluded.count, eurocent = t.eurocent + excluded.eurocent;
  DELETE FROM public.payments_return_line r WHERE r.line_id = ANY (listed) OR r.reference = ANY (numbers);
  DELETE FROM public.payments_line l WHERE l.id = ANY (listed);
  DELETE FROM public.payments_order_event e WHERE e.order_id = ANY (orders);
  DELETE FROM public.payments_order o WHERE o.id = ANY (orders);
  RETURN texts || orders;
END $$;
-- reverse
DROP FUNCTION public.payments_destroy(uuid);
CREATE OR REPLACE FUNCTION public.payments_guard_line() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  of_list uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.list_id ELSE OLD.list_id END;
  stands text := (SELECT state FROM public.payments_list WHERE id = of_list);
BEGIN
  IF TG_OP = 'INSERT' AND stands <> 'draft' THEN
    RAISE EXCEPTION 'only a draft list takes a line' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'DELETE' AND stands <> 'draft' THEN
    RAISE EXCEPTION 'a line of a list that is not a draft stays' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (
      to_jsonb(NEW) - 'live' - 'outcome' - 'reason' - 'outcome_on'
        <> to_jsonb(OLD) - 'live' - 'outcome' - 'reason' - 'outcome_on'
      OR (NEW.outcome <> OLD.outcome AND (stands <> 'released' OR OLD.outcome <> 'waiting'))
      OR (NEW.live AND NOT OLD.live)
      OR (OLD.live AND NOT NEW.live AND stands = 'released' AND NEW.outcome <> 'rejected')) THEN
    RAISE EXCEPTION 'a line of a payment list only gets an outcome, once' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
