-- What a list pays is decided by two people and frozen after that, whatever code runs (Gemeentewet 212; four eyes).
CREATE FUNCTION public.payments_guard_list() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a payment list is never deleted' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state = 'released' AND (
      to_jsonb(NEW) - 'package_sha256' - 'pain_sha256' <> to_jsonb(OLD) - 'package_sha256' - 'pain_sha256'
      OR (OLD.package_sha256 <> '' AND NEW.package_sha256 <> OLD.package_sha256)
      OR (OLD.pain_sha256 <> '' AND NEW.pain_sha256 <> OLD.pain_sha256)) THEN
    RAISE EXCEPTION 'released payment list % never changes', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'released' AND OLD.state <> 'released' THEN
    IF EXISTS (SELECT FROM public.payments_line line JOIN public.payments_order o ON o.id = line.order_id
               WHERE line.list_id = NEW.id AND o.decided_by = NEW.released_by) THEN
      RAISE EXCEPTION 'who decided an order of list % does not release it', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    IF (SELECT (count(*), coalesce(sum(amount_eurocent), 0)) FROM public.payments_line WHERE list_id = NEW.id)
        IS DISTINCT FROM (NEW.count::bigint, NEW.total_eurocent::numeric) THEN
      RAISE EXCEPTION 'the lines of list % do not give its control total', NEW.number USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_guard_list BEFORE UPDATE OR DELETE ON public.payments_list
  FOR EACH ROW EXECUTE FUNCTION public.payments_guard_list();

CREATE FUNCTION public.payments_guard_line() RETURNS trigger
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
CREATE TRIGGER payments_guard_line BEFORE INSERT OR UPDATE OR DELETE ON public.payments_line
  FOR EACH ROW EXECUTE FUNCTION public.payments_guard_line();

-- Door for the gate: who of these people is paid by an order (of any state but "nothing").
CREATE FUNCTION public.payments_population(predicate jsonb, persons uuid[], request jsonb) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT coalesce(array_agg(DISTINCT o.beneficiary), '{}')
  FROM public.payments_order AS o
  WHERE o.beneficiary = ANY (persons) AND o.state <> 'nothing'
$$;
SELECT pol.register_population('paid', 'public.payments_population(jsonb,uuid[],jsonb)', 'payments');
-- reverse
DELETE FROM pol.population_door WHERE kind = 'paid';
DROP FUNCTION public.payments_population(jsonb, uuid[], jsonb);
DROP TRIGGER payments_guard_line ON public.payments_line;
DROP FUNCTION public.payments_guard_line();
DROP TRIGGER payments_guard_list ON public.payments_list;
DROP FUNCTION public.payments_guard_list();
