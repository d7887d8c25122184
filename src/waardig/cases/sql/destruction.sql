-- Destroying one case: what it counted for stays as counts, every row of it goes. Called by gate.destroy_case only;
-- gives the ids under which its texts stand behind the gate and under which jobs knew it.
CREATE FUNCTION public.cases_destroy(target uuid) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public AS $$
DECLARE
  decided uuid[] := ARRAY(SELECT d.id FROM public.cases_decision d WHERE d.case_id = target);
  texts uuid[] := ARRAY(SELECT d.document FROM public.cases_decision d WHERE d.case_id = target
                        UNION SELECT p.document FROM public.cases_paper p WHERE p.case_id = target);
BEGIN
  IF EXISTS (SELECT FROM public.cases_objection o WHERE o.about_id = target)
     OR EXISTS (SELECT FROM public.cases_second_look s WHERE s.about_id = target)
     OR EXISTS (SELECT FROM public.cases_penalty p WHERE p.about_id = target) THEN
    RAISE EXCEPTION 'a case is kept as long as another case is about it' USING ERRCODE = 'WA021';
  END IF;
  INSERT INTO public.cases_tally AS t (service, run, name, cell, count)
  SELECT c.service, c.run, x.name, x.cell, 1
  FROM public.cases_case c
  LEFT JOIN public.cases_decision d ON d.case_id = c.id
  LEFT JOIN public.cases_assessment a ON a.case_id = c.id
  CROSS JOIN LATERAL (VALUES
    ('state', c.state, true),
    ('outcome', d.outcome, d.id IS NOT NULL),
    ('days', (d.decided_on - c.applied_on)::text, d.id IS NOT NULL AND c.applied_on IS NOT NULL),
    ('granted', coalesce(d.amount_eurocent, 0)::text, d.outcome = 'grant'),
    ('refused', '', d.outcome = 'refuse'),
    ('by_system', '', d.outcome = 'refuse' AND d.actor_kind <> 'employee'),
    ('without_reasons', '', d.outcome = 'refuse' AND d.document IS NULL),
    ('assessed', '', a.case_id IS NOT NULL),
    ('drawn', '', a.sampled),
    ('done', '', a.sampled AND (c.kind = 'proposal' OR c.state = 'decided')),
    ('errors', '', a.sampled AND a.amount_eurocent > 0 AND (
      c.kind = 'proposal' OR d.outcome = 'refuse'
      OR (d.amount_eurocent IS DISTINCT FROM a.amount_eurocent AND c.state = 'decided' AND c.kind = 'own_initiative')))
  ) x (name, cell, there)
  WHERE c.id = target AND x.there
  ON CONFLICT (service, run, name, cell) DO UPDATE SET count = t.count + 1;
  UPDATE public.cases_second_look SET objection_id = NULL WHERE objection_id = target;
  DELETE FROM public.cases_review WHERE decision_id = ANY (decided) OR against_id = ANY (decided);
  DELETE FROM public.cases_hearing WHERE case_id = target;
  DELETE FROM public.cases_objection WHERE case_id = target;
  DELETE FROM public.cases_second_look WHERE case_id = target;
  DELETE FROM public.cases_penalty WHERE case_id = target;
  DELETE FROM public.cases_paper WHERE case_id = target;
  DELETE FROM public.cases_correction WHERE case_id = target;
  DELETE FROM public.cases_assessment WHERE case_id = target;
  DELETE FROM public.cases_decision WHERE case_id = target;
  DELETE FROM public.cases_event WHERE case_id = target;
  DELETE FROM public.cases_party WHERE case_id = target;
  DELETE FROM public.cases_case WHERE id = target;
  RETURN texts || decided || target;
END $$;
-- reverse
DROP FUNCTION public.cases_destroy(uuid);
