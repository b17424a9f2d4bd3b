-- Temporary access to a case: taken in an emergency, or given by the supervisor for an absence.
ALTER TABLE casework_caseaccess ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON casework_caseaccess FROM diemtua_app;
GRANT UPDATE (ended_at, verdict, reviewed_at, reviewed_by_id, review) ON casework_caseaccess TO diemtua_app;

-- The cases that are open to the asker right now. No emergency outlasts half a day, whatever a row
-- says; the city's own limit (reference/access.toml) is shorter.
CREATE FUNCTION diemtua.cases_opened_to_me() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(array_agg(a.case_id), '{}')
    FROM public.casework_caseaccess a
    WHERE a.user_id = (SELECT diemtua.asker_user())
      AND a.organisation_id = (SELECT diemtua.asker_organisation())
      AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
      AND a.begins_at <= statement_timestamp() AND a.ends_at > statement_timestamp() AND a.ended_at IS NULL
$$;
CREATE FUNCTION diemtua.case_is_of(wanted uuid, body uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.casework_case c WHERE c.id = wanted AND c.organisation_id = body) $$;

CREATE POLICY access_read_by_who_has_it ON casework_caseaccess FOR SELECT TO diemtua_app USING (
    user_id = (SELECT diemtua.asker_user())
    AND organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
);
CREATE POLICY access_read_by_the_supervisor ON casework_caseaccess FOR SELECT TO diemtua_app USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'SUPERVISOR'
);
CREATE POLICY access_taken_in_an_emergency ON casework_caseaccess FOR INSERT TO diemtua_app WITH CHECK (
    kind = 'BREAK_GLASS'
    AND user_id = (SELECT diemtua.asker_user())
    AND given_by_id = (SELECT diemtua.asker_user())
    AND organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER')
    AND diemtua.case_is_of(case_id, organisation_id)
    AND begins_at > statement_timestamp() - interval '1 hour'
    AND ends_at <= statement_timestamp() + interval '12 hours'
    AND ended_at IS NULL AND verdict = '' AND review IS NULL AND reason IS NOT NULL
);
CREATE POLICY access_given_for_an_absence ON casework_caseaccess FOR INSERT TO diemtua_app WITH CHECK (
    kind = 'COVER'
    AND given_by_id = (SELECT diemtua.asker_user())
    AND organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'SUPERVISOR'
    AND diemtua.case_is_of(case_id, organisation_id)
    AND ends_at <= begins_at + interval '92 days'
    AND ended_at IS NULL AND verdict = '' AND review IS NULL
);
-- Whoever has an access may end it; she may not judge it.
CREATE POLICY access_ended_by_who_has_it ON casework_caseaccess FOR UPDATE TO diemtua_app USING (
    user_id = (SELECT diemtua.asker_user())
    AND organisation_id = (SELECT diemtua.asker_organisation())
    AND ended_at IS NULL AND verdict = ''
) WITH CHECK (
    user_id = (SELECT diemtua.asker_user()) AND ended_at IS NOT NULL AND verdict = ''
    AND reviewed_by_id IS NULL
);
CREATE POLICY access_reviewed_by_the_supervisor ON casework_caseaccess FOR UPDATE TO diemtua_app USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'SUPERVISOR'
    AND user_id <> (SELECT diemtua.asker_user())
    AND verdict = ''
) WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) = 'SUPERVISOR'
    AND (reviewed_by_id IS NULL OR reviewed_by_id = (SELECT diemtua.asker_user()))
);

-- An open access opens the case, and with it all that hangs on it.
ALTER POLICY case_of_its_team ON casework_case USING (
    (organisation_id = (SELECT diemtua.asker_organisation())
     AND CASE (SELECT diemtua.asker_role())
         WHEN 'SUPERVISOR' THEN true
         WHEN 'CASE_WORKER' THEN worker_id = (SELECT diemtua.asker_user())
         WHEN 'COUNSELLOR' THEN opened_by_id = (SELECT diemtua.asker_user())
         ELSE false
     END)
    OR id = ANY ((SELECT diemtua.cases_opened_to_me())::uuid[])
);
ALTER POLICY case_changed_by_its_team ON casework_case USING (
    (organisation_id = (SELECT diemtua.asker_organisation())
     AND CASE (SELECT diemtua.asker_role())
         WHEN 'SUPERVISOR' THEN true
         WHEN 'CASE_WORKER' THEN worker_id = (SELECT diemtua.asker_user())
         WHEN 'COUNSELLOR' THEN opened_by_id = (SELECT diemtua.asker_user())
         ELSE false
     END)
    OR id = ANY ((SELECT diemtua.cases_opened_to_me())::uuid[])
) WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND (CASE (SELECT diemtua.asker_role())
         WHEN 'SUPERVISOR' THEN true
         WHEN 'CASE_WORKER' THEN worker_id = (SELECT diemtua.asker_user())
         WHEN 'COUNSELLOR' THEN opened_by_id = (SELECT diemtua.asker_user())
         ELSE false
     END
     OR id = ANY ((SELECT diemtua.cases_opened_to_me())::uuid[]))
);

-- Looks for cases of the asker's own organisation that she may not see: by code, or by blind tokens
-- all of which must fit. It answers with ids and who works the case, writes itself into the trail,
-- and no more than 30 times an hour for one person: telephone numbers cannot be tried one by one.
CREATE FUNCTION diemtua.look_for_case(wanted_code text, wanted_kind text, wanted bytea[])
RETURNS TABLE (id uuid, code varchar, worker_id uuid, status varchar)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    here uuid := diemtua.asker_organisation();
    me uuid := diemtua.asker_user();
BEGIN
    IF coalesce(diemtua.asker_role(), '') NOT IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR') OR me IS NULL THEN
        RAISE EXCEPTION 'The asker may not look for cases' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF 30 <= (SELECT count(*) FROM public.audit_entry e
              WHERE e.user_id = me AND e.action = 'casework.case.looked-for'
                AND e.at > clock_timestamp() - interval '1 hour') THEN
        RAISE EXCEPTION 'Looked for too often' USING ERRCODE = 'program_limit_exceeded';
    END IF;
    INSERT INTO public.audit_entry (lane, seq, at, kind, role, job, action, subject_label, subject_id,
                                    why, screen, request_id, details, prev_hash, hash)
    VALUES (0, 0, statement_timestamp(), '', '', '', 'casework.case.looked-for', '', '', '', '', '',
            jsonb_build_object('by', CASE WHEN wanted_code <> '' THEN 'code' ELSE wanted_kind END), '', '');
    RETURN QUERY
    SELECT c.id, c.code, c.worker_id, c.status
    FROM public.casework_case c
    WHERE c.organisation_id = here
      AND CASE WHEN wanted_code <> '' THEN c.code = wanted_code
          ELSE cardinality(wanted) > 0 AND c.id IN (
              SELECT t.case_id FROM public.casework_casetoken t
              WHERE t.kind = wanted_kind AND t.token = ANY (wanted)
              GROUP BY t.case_id HAVING count(DISTINCT t.token) = cardinality(wanted))
          END
    ORDER BY c.opened_at DESC
    LIMIT 10;
END
$$;

-- Who did or read what in a case: for the supervisor of its organisation, who may print it for her.
CREATE FUNCTION diemtua.who_looked(wanted uuid)
RETURNS TABLE (at timestamptz, user_id uuid, role varchar, organisation_id uuid, job varchar, action varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT e.at, e.user_id, e.role, e.organisation_id, e.job, e.action
    FROM public.audit_entry e
    WHERE e.subject_id = wanted::text
      AND (SELECT diemtua.asker_role()) = 'SUPERVISOR'
      AND diemtua.case_is_of(wanted, (SELECT diemtua.asker_organisation()))
    ORDER BY e.at DESC
    LIMIT 2000
$$;

REVOKE ALL ON FUNCTION diemtua.cases_opened_to_me(), diemtua.case_is_of(uuid, uuid),
    diemtua.look_for_case(text, text, bytea[]), diemtua.who_looked(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.cases_opened_to_me(), diemtua.case_is_of(uuid, uuid),
    diemtua.look_for_case(text, text, bytea[]), diemtua.who_looked(uuid) TO diemtua_app;
