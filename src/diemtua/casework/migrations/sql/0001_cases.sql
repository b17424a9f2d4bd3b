-- Who may reach which row of casework. The same rules stand in the alcoves' policies.py; a matrix
-- test holds the two against each other. Nobody but those named here reads or writes a row: there
-- is no rule for the committee, leaders, data protection officers, auditors or administrators.

-- Cases -------------------------------------------------------------------------------------------
ALTER TABLE casework_case ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON casework_case FROM diemtua_app;
GRANT UPDATE (alias, worker_id, status, risk, danger_now, taken_at, contact_due_at,
              identity, story, safe_contact, fact_link) ON casework_case TO diemtua_app;

CREATE POLICY case_of_its_team ON casework_case FOR SELECT TO diemtua_app USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND CASE (SELECT diemtua.asker_role())
        WHEN 'SUPERVISOR' THEN true
        WHEN 'CASE_WORKER' THEN worker_id = (SELECT diemtua.asker_user())
        WHEN 'COUNSELLOR' THEN opened_by_id = (SELECT diemtua.asker_user())
        ELSE false
    END
);
CREATE POLICY case_opened_by_its_opener ON casework_case FOR INSERT TO diemtua_app WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND opened_by_id = (SELECT diemtua.asker_user())
    AND CASE (SELECT diemtua.asker_role())
        WHEN 'CASE_WORKER' THEN worker_id = (SELECT diemtua.asker_user())
        WHEN 'COUNSELLOR' THEN worker_id IS NULL
        WHEN 'SUPERVISOR' THEN worker_id IS NULL
        ELSE false
    END
);
CREATE POLICY case_changed_by_its_team ON casework_case FOR UPDATE TO diemtua_app USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND CASE (SELECT diemtua.asker_role())
        WHEN 'SUPERVISOR' THEN true
        WHEN 'CASE_WORKER' THEN worker_id = (SELECT diemtua.asker_user())
        WHEN 'COUNSELLOR' THEN opened_by_id = (SELECT diemtua.asker_user())
        ELSE false
    END
) WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND CASE (SELECT diemtua.asker_role())
        WHEN 'SUPERVISOR' THEN true
        WHEN 'CASE_WORKER' THEN worker_id = (SELECT diemtua.asker_user())
        WHEN 'COUNSELLOR' THEN opened_by_id = (SELECT diemtua.asker_user())
        ELSE false
    END
);

-- Who works a case is the supervisor's to say; she herself takes one through the narrow step below.
-- Whoever sees it for a while (0002_access.sql) cannot make it her own and see it for ever.
CREATE FUNCTION diemtua.case_keeps_its_worker() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF current_user = 'diemtua_app' AND diemtua.asker_role() IS DISTINCT FROM 'SUPERVISOR' THEN
        RAISE EXCEPTION 'Who works a case is the supervisor''s to say' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER case_keeps_its_worker BEFORE UPDATE OF worker_id ON casework_case
    FOR EACH ROW WHEN (OLD.worker_id IS DISTINCT FROM NEW.worker_id)
    EXECUTE FUNCTION diemtua.case_keeps_its_worker();

-- A case worker sees only her own cases. What waits for somebody is shown to her without anything
-- sealed, and she takes it through one narrow step.
CREATE FUNCTION diemtua.waiting_cases(at_most integer)
RETURNS TABLE (id uuid, code varchar, alias varchar, risk varchar, danger_now boolean,
               unit_id varchar, opened_at timestamptz, contact_due_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.id, c.code, c.alias, c.risk, c.danger_now, c.unit_id, c.opened_at, c.contact_due_at
    FROM public.casework_case c
    WHERE c.organisation_id = (SELECT diemtua.asker_organisation())
      AND c.status = 'OPEN'
      AND (SELECT diemtua.asker_role()) IN ('CASE_WORKER', 'SUPERVISOR')
    ORDER BY c.urgency, c.opened_at
    LIMIT least(at_most, 200)
$$;

CREATE FUNCTION diemtua.take_over_case(wanted uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    me uuid := diemtua.asker_user();
    here uuid := diemtua.asker_organisation();
    whose uuid;
BEGIN
    IF diemtua.asker_role() IS DISTINCT FROM 'CASE_WORKER' OR me IS NULL THEN
        RETURN 'UNKNOWN';
    END IF;
    UPDATE public.casework_case
    SET worker_id = me, status = 'IN_PROGRESS', taken_at = at
    WHERE id = wanted AND organisation_id = here AND status = 'OPEN';
    IF FOUND THEN
        RETURN 'TAKEN';
    END IF;
    SELECT worker_id INTO whose FROM public.casework_case WHERE id = wanted AND organisation_id = here;
    IF NOT FOUND THEN
        RETURN 'UNKNOWN';
    END IF;
    RETURN CASE WHEN whose = me THEN 'MINE' ELSE 'TAKEN_BEFORE' END;
END
$$;

-- Consents ----------------------------------------------------------------------------------------
ALTER TABLE casework_consent ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON casework_consent FROM diemtua_app;
GRANT UPDATE (withdrawn_at) ON casework_consent TO diemtua_app;

CREATE POLICY consent_read_with_its_case ON casework_consent FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IS NOT NULL
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY consent_written_by_who_explained ON casework_consent FOR INSERT TO diemtua_app
WITH CHECK (
    explained_by_id = (SELECT diemtua.asker_user())
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY consent_withdrawn_once ON casework_consent FOR UPDATE TO diemtua_app USING (
    withdrawn_at IS NULL
    AND (SELECT diemtua.asker_role()) IS NOT NULL
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
) WITH CHECK (withdrawn_at IS NOT NULL);

-- Blind indexes -----------------------------------------------------------------------------------
ALTER TABLE casework_casetoken ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON casework_casetoken FROM diemtua_app;

CREATE POLICY token_of_a_case_seen ON casework_casetoken FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IS NOT NULL
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY token_written_with_its_case ON casework_casetoken FOR INSERT TO diemtua_app
WITH CHECK (
    (SELECT diemtua.asker_role()) IS NOT NULL
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);

-- Referrals ---------------------------------------------------------------------------------------
ALTER TABLE casework_referral ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON casework_referral FROM diemtua_app;
GRANT UPDATE (state, decline_reason, first_read_at, answered_at, answered_by_id, ended_at)
    ON casework_referral TO diemtua_app;

-- Whether her consents in effect at a moment cover every section for this recipient, and the
-- facility is really the recipient's. There is no parameter that overrides it: a consent that was
-- taken back meanwhile covers nothing, whatever moment is given. It answers for cases of the asker's
-- own organisation alone.
CREATE FUNCTION diemtua.may_share(
    of_case uuid, to_facility uuid, to_organisation uuid, wanted varchar[], at timestamptz
) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT cardinality(wanted) > 0
    AND EXISTS (
        SELECT FROM public.casework_case c
        WHERE c.id = of_case AND c.organisation_id = (SELECT diemtua.asker_organisation())
    )
    AND EXISTS (
        SELECT FROM public.directory_facility f
        WHERE f.id = to_facility AND f.organisation_id = to_organisation
    )
    AND NOT EXISTS (
        SELECT FROM unnest(wanted) AS w (section)
        WHERE NOT EXISTS (
            SELECT FROM public.casework_consent s
            WHERE s.case_id = of_case
              AND s.purpose = 'SHARE'
              AND w.section = ANY (s.sections)
              AND s.given_at <= at
              AND (s.withdrawn_at IS NULL OR s.withdrawn_at > greatest(at, statement_timestamp()))
              AND (s.valid_until IS NULL OR s.valid_until > at)
              AND (s.recipient_id = to_organisation
                   OR s.recipient_kind = (SELECT o.kind FROM public.accounts_organisation o
                                          WHERE o.id = to_organisation))
        )
    )
$$;

CREATE POLICY referral_read_by_its_sender ON casework_referral FOR SELECT TO diemtua_app USING (
    from_organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY referral_read_by_its_recipient ON casework_referral FOR SELECT TO diemtua_app USING (
    to_organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'PROVIDER'
);
CREATE POLICY referral_sent_with_consent ON casework_referral FOR INSERT TO diemtua_app WITH CHECK (
    from_organisation_id = (SELECT diemtua.asker_organisation())
    AND sent_by_id = (SELECT diemtua.asker_user())
    AND state = 'SENT'
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
    AND diemtua.may_share(case_id, facility_id, to_organisation_id, sections, sent_at)
);
CREATE POLICY referral_revoked_by_its_sender ON casework_referral FOR UPDATE TO diemtua_app USING (
    from_organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND state IN ('SENT', 'ACCEPTED')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
) WITH CHECK (
    from_organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND state = 'REVOKED'
);
CREATE POLICY referral_answered_by_its_recipient ON casework_referral FOR UPDATE TO diemtua_app USING (
    to_organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'PROVIDER'
    AND state IN ('SENT', 'ACCEPTED')
) WITH CHECK (
    to_organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'PROVIDER'
    AND state IN ('SENT', 'ACCEPTED', 'DECLINED', 'COMPLETED')
);

-- A referral that is taken back loses its packet's key.
INSERT INTO diemtua.vault_erasable VALUES ('casework_packet');

-- What was shared: the recipient reads it only while the referral lives and her consent lasts.
ALTER TABLE casework_packet ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON casework_packet FROM diemtua_app;

CREATE POLICY packet_of_its_sender ON casework_packet FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_referral r WHERE r.id = referral_id)
);
CREATE POLICY packet_of_a_living_referral ON casework_packet FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) = 'PROVIDER'
    AND EXISTS (
        SELECT FROM casework_referral r
        WHERE r.id = referral_id
          AND r.state IN ('SENT', 'ACCEPTED')
          AND (r.shared_until IS NULL OR r.shared_until > now())
    )
);
CREATE POLICY packet_written_by_its_sender ON casework_packet FOR INSERT TO diemtua_app WITH CHECK (
    (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_referral r WHERE r.id = referral_id AND r.state = 'SENT')
);

-- Stays -------------------------------------------------------------------------------------------
ALTER TABLE casework_stay ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON casework_stay FROM diemtua_app;
GRANT UPDATE (left_at) ON casework_stay TO diemtua_app;

CREATE POLICY stay_read_with_its_referral ON casework_stay FOR SELECT TO diemtua_app USING (
    EXISTS (SELECT FROM casework_referral r WHERE r.id = referral_id)
);
CREATE POLICY stay_written_by_the_recipient ON casework_stay FOR INSERT TO diemtua_app WITH CHECK (
    (SELECT diemtua.asker_role()) = 'PROVIDER'
    AND recorded_by_id = (SELECT diemtua.asker_user())
    AND EXISTS (SELECT FROM casework_referral r WHERE r.id = referral_id AND r.state = 'ACCEPTED')
);
CREATE POLICY stay_ended_by_the_recipient ON casework_stay FOR UPDATE TO diemtua_app USING (
    (SELECT diemtua.asker_role()) = 'PROVIDER'
    AND left_at IS NULL
    AND EXISTS (SELECT FROM casework_referral r WHERE r.id = referral_id)
) WITH CHECK ((SELECT diemtua.asker_role()) = 'PROVIDER');

-- A stay counts as a service of the case, which its provider may not see. The named asker
-- casework.stay.recorded may do this one thing: see cases that have a recorded stay, and write one
-- shelter service for each such stay.
CREATE FUNCTION diemtua.case_has_stay(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM public.casework_referral r
        JOIN public.casework_stay s ON s.referral_id = r.id
        WHERE r.case_id = wanted
    )
$$;
CREATE FUNCTION diemtua.is_stay_of(stay uuid, of_case uuid, at_organisation uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM public.casework_stay s
        JOIN public.casework_referral r ON r.id = s.referral_id
        WHERE s.id = stay AND r.case_id = of_case AND r.to_organisation_id = at_organisation
    )
$$;
CREATE POLICY case_whose_stay_is_recorded ON casework_case FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_kind()) = 'job'
    AND (SELECT diemtua.asker_job()) = 'casework.stay.recorded'
    AND diemtua.case_has_stay(id)
);

-- Services ----------------------------------------------------------------------------------------
ALTER TABLE casework_servicegiven ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON casework_servicegiven FROM diemtua_app;

CREATE POLICY service_read_with_its_case ON casework_servicegiven FOR SELECT TO diemtua_app USING (
    EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY service_written_by_the_team ON casework_servicegiven FOR INSERT TO diemtua_app
WITH CHECK (
    recorded_by_id = (SELECT diemtua.asker_user())
    AND organisation_id = (SELECT diemtua.asker_organisation())
    AND source IS NULL
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY service_that_a_stay_is ON casework_servicegiven FOR INSERT TO diemtua_app WITH CHECK (
    (SELECT diemtua.asker_kind()) = 'job'
    AND (SELECT diemtua.asker_job()) = 'casework.stay.recorded'
    AND sector = 'SHELTER'
    AND outcome = 'GIVEN'
    AND recorded_by_id IS NULL
    AND note IS NULL
    AND diemtua.is_stay_of(source, case_id, organisation_id)
);

-- Duties ------------------------------------------------------------------------------------------
ALTER TABLE casework_duty ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON casework_duty FROM diemtua_app;
GRANT UPDATE (state, first_read_at, acknowledged_at, acknowledged_by_id)
    ON casework_duty TO diemtua_app;

CREATE POLICY duty_read_by_the_team ON casework_duty FOR SELECT TO diemtua_app USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
-- A duty that began with a call alone names nobody: every counsellor of the centre, whoever has the
-- next shift, and its supervisor see how it stands. The hotline says who may begin one.
CREATE POLICY duty_of_a_contact_read_by_the_desk ON casework_duty FOR SELECT TO diemtua_app USING (
    case_id IS NULL
    AND organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'SUPERVISOR')
);
CREATE POLICY duty_read_by_its_holder ON casework_duty FOR SELECT TO diemtua_app USING (
    holder_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'COMMUNE_OFFICER'
);
CREATE POLICY duty_started_with_its_case ON casework_duty FOR INSERT TO diemtua_app WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND informed_by_id = (SELECT diemtua.asker_user())
    AND state = 'OPEN'
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY duty_answered_by_its_holder ON casework_duty FOR UPDATE TO diemtua_app USING (
    holder_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'COMMUNE_OFFICER'
    AND state = 'OPEN'
) WITH CHECK (
    holder_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'COMMUNE_OFFICER'
);

-- Once there is a case, the duty that began with its call goes on as the case's. One step, once, and
-- only to a case that the asker opened: nobody may write the column itself.
CREATE FUNCTION diemtua.join_duty(wanted uuid, of_case uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE public.casework_duty d
    SET case_id = of_case
    WHERE d.id = wanted
      AND d.case_id IS NULL
      AND d.organisation_id = diemtua.asker_organisation()
      AND EXISTS (
          SELECT FROM public.casework_case c
          WHERE c.id = of_case
            AND c.organisation_id = d.organisation_id
            AND c.opened_by_id = diemtua.asker_user()
      );
    RETURN FOUND;
END
$$;

REVOKE ALL ON FUNCTION diemtua.waiting_cases(integer),
    diemtua.join_duty(uuid, uuid),
    diemtua.take_over_case(uuid, timestamptz),
    diemtua.may_share(uuid, uuid, uuid, varchar[], timestamptz),
    diemtua.case_has_stay(uuid),
    diemtua.is_stay_of(uuid, uuid, uuid)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.waiting_cases(integer),
    diemtua.join_duty(uuid, uuid),
    diemtua.take_over_case(uuid, timestamptz),
    diemtua.may_share(uuid, uuid, uuid, varchar[], timestamptz),
    diemtua.case_has_stay(uuid),
    diemtua.is_stay_of(uuid, uuid, uuid)
TO diemtua_app;
