-- What residents and officials may say to the gate: opt out, opt in, pull the brake.
CREATE FUNCTION gate.log_wish(person uuid, name text, request jsonb) RETURNS void
LANGUAGE sql VOLATILE AS $$
    SELECT count(*) FROM gate.append_lines(jsonb_build_array(request || jsonb_build_object(
        'person', person, 'name', name, 'decision', 'allow', 'reasons', '[]'::jsonb, 'attributes', '[]'::jsonb)))
$$;

CREATE FUNCTION gate.opt_out(of_person uuid, of_subject text, from_day date, by_channel text, request jsonb)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO gate.opt_out (person, subject, since, channel) VALUES (of_person, of_subject, from_day, by_channel)
    ON CONFLICT (person, subject) WHERE until IS NULL DO NOTHING;
    IF FOUND THEN
        PERFORM gate.log_wish(of_person, 'Afgemeld: ' || of_subject, request);
        RETURN true;
    END IF;
    RETURN false;
END $$;

CREATE FUNCTION gate.opt_in(of_person uuid, of_subject text, from_day date, request jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE gate.opt_out SET until = from_day - 1, ended_at = now()
    WHERE person = of_person AND subject = of_subject AND until IS NULL;
    IF FOUND THEN
        PERFORM gate.log_wish(of_person, 'Weer aangemeld: ' || of_subject, request);
        RETURN true;
    END IF;
    RETURN false;
END $$;

CREATE FUNCTION gate.opt_outs_of(of_person uuid) RETURNS TABLE (subject text, since date, until date, channel text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT o.subject, o.since, o.until, o.channel FROM gate.opt_out o
    WHERE o.person = of_person ORDER BY o.since, o.recorded_at
$$;

-- Anybody in office may stop a service at once; starting it again is the owner's, with four eyes.
CREATE FUNCTION gate.suspend(of_service text, on_date date, actor text, why text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    open_one uuid;
BEGIN
    IF NOT EXISTS (SELECT FROM pol.activity a WHERE a.service = of_service AND a.kind = 'service') THEN
        RAISE EXCEPTION 'there is no service % with an activity that can be suspended', of_service
            USING ERRCODE = 'WA002';
    END IF;
    SELECT id INTO open_one FROM pol.suspension s WHERE s.service = of_service AND s.resumed_on IS NULL LIMIT 1;
    IF open_one IS NULL THEN
        INSERT INTO pol.suspension (service, suspended_on, suspended_by, reason)
        VALUES (of_service, on_date, actor, why) RETURNING id INTO open_one;
    END IF;
    RETURN open_one;
END $$;

SELECT vault.open_door('gate.opt_out(uuid,text,date,text,jsonb)');
SELECT vault.open_door('gate.opt_in(uuid,text,date,jsonb)');
SELECT vault.open_door('gate.opt_outs_of(uuid)');
SELECT vault.open_door('gate.suspend(text,date,text,text)');

-- reverse
DROP FUNCTION gate.suspend(text, date, text, text);
DROP FUNCTION gate.opt_outs_of(uuid);
DROP FUNCTION gate.opt_in(uuid, text, date, jsonb);
DROP FUNCTION gate.opt_out(uuid, text, date, text, jsonb);
DROP FUNCTION gate.log_wish(uuid, text, jsonb);
