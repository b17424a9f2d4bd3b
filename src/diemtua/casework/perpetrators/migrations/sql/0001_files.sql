-- Files of people who used violence. Who works with him sees nothing of her case; her team sees, of
-- his file, only how it goes (diemtua.progress_of_case). The same rules stand in policies.py.
ALTER TABLE perpetrators_file ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON perpetrators_file FROM diemtua_app;
GRANT UPDATE (worker_id, state, threat, is_below_criminal, closed_at, outcome, identity, told, fact_link)
    ON perpetrators_file TO diemtua_app;

CREATE POLICY file_of_its_team ON perpetrators_file FOR SELECT TO diemtua_app USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND CASE (SELECT diemtua.asker_role())
        WHEN 'SUPERVISOR' THEN true
        WHEN 'PERPETRATOR_WORKER' THEN worker_id = (SELECT diemtua.asker_user()) OR state = 'WAITING'
        ELSE false
    END
);
CREATE POLICY file_opened_by_the_house ON perpetrators_file FOR INSERT TO diemtua_app WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND opened_by_id = (SELECT diemtua.asker_user())
    AND CASE (SELECT diemtua.asker_role())
        WHEN 'PERPETRATOR_WORKER' THEN worker_id IS NULL OR worker_id = (SELECT diemtua.asker_user())
        WHEN 'SUPERVISOR' THEN worker_id IS NULL
        WHEN 'CASE_WORKER' THEN worker_id IS NULL
        WHEN 'COUNSELLOR' THEN worker_id IS NULL
        ELSE false
    END
);
CREATE POLICY file_changed_by_its_team ON perpetrators_file FOR UPDATE TO diemtua_app USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND CASE (SELECT diemtua.asker_role())
        WHEN 'SUPERVISOR' THEN true
        WHEN 'PERPETRATOR_WORKER' THEN worker_id = (SELECT diemtua.asker_user()) OR state = 'WAITING'
        ELSE false
    END
) WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND CASE (SELECT diemtua.asker_role())
        WHEN 'SUPERVISOR' THEN true
        WHEN 'PERPETRATOR_WORKER' THEN worker_id = (SELECT diemtua.asker_user())
        ELSE false
    END
);

ALTER TABLE perpetrators_file_token ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON perpetrators_file_token FROM diemtua_app;
-- Who opens a file for somebody else to take writes its tokens and sees nothing else of it again.
CREATE FUNCTION diemtua.opened_file_just_now(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM public.perpetrators_file f
        WHERE f.id = wanted
          AND f.organisation_id = (SELECT diemtua.asker_organisation())
          AND f.opened_by_id = (SELECT diemtua.asker_user())
          AND f.state = 'WAITING'
    )
$$;
CREATE POLICY token_of_a_file_seen ON perpetrators_file_token FOR SELECT TO diemtua_app USING (
    EXISTS (SELECT FROM perpetrators_file f WHERE f.id = file_id)
    OR diemtua.opened_file_just_now(file_id)
);
CREATE POLICY token_written_with_its_file ON perpetrators_file_token FOR INSERT TO diemtua_app WITH CHECK (
    EXISTS (SELECT FROM perpetrators_file f WHERE f.id = file_id)
    OR diemtua.opened_file_just_now(file_id)
);

-- Which file belongs to which case: read with the case alone, never by who works with him.
ALTER TABLE perpetrators_tie ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE ON perpetrators_tie FROM diemtua_app;
CREATE POLICY tie_read_with_its_case ON perpetrators_tie FOR SELECT TO diemtua_app USING (
    EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
);
CREATE POLICY tie_made_with_the_file ON perpetrators_tie FOR INSERT TO diemtua_app WITH CHECK (
    made_by_id = (SELECT diemtua.asker_user())
    AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id)
    AND diemtua.opened_file_just_now(file_id)
);

-- What happens in a file.
DO $rules$
DECLARE
    part text;
BEGIN
    FOREACH part IN ARRAY ARRAY['judgement', 'meeting', 'commitment', 'support', 'relapse'] LOOP
        EXECUTE format('ALTER TABLE perpetrators_%s ENABLE ROW LEVEL SECURITY', part);
        EXECUTE format('REVOKE UPDATE, DELETE ON perpetrators_%s FROM diemtua_app', part);
        EXECUTE format(
            'CREATE POLICY %1$s_read_with_its_file ON perpetrators_%1$s FOR SELECT TO diemtua_app USING ('
            ' EXISTS (SELECT FROM perpetrators_file f WHERE f.id = file_id))', part);
        EXECUTE format(
            'CREATE POLICY %1$s_written_by_the_team ON perpetrators_%1$s FOR INSERT TO diemtua_app WITH CHECK ('
            ' recorded_by_id = (SELECT diemtua.asker_user())'
            ' AND EXISTS (SELECT FROM perpetrators_file f WHERE f.id = file_id AND f.state = ''ACTIVE''))', part);
    END LOOP;
END
$rules$;
GRANT UPDATE (is_kept, judged_at) ON perpetrators_commitment TO diemtua_app;
CREATE POLICY commitment_judged_once ON perpetrators_commitment FOR UPDATE TO diemtua_app USING (
    is_kept IS NULL AND EXISTS (SELECT FROM perpetrators_file f WHERE f.id = file_id AND f.state = 'ACTIVE')
) WITH CHECK (is_kept IS NOT NULL);

-- How it goes with him, for who sees her case: states and counts, no word, name or place.
CREATE FUNCTION diemtua.progress_of_case(wanted uuid)
RETURNS TABLE (tie uuid, made_at timestamptz, state varchar, outcome varchar, threat varchar, came bigint,
               missed bigint, last_on date, relapses bigint, last_relapse timestamptz, is_imminent boolean)
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.casework_case c WHERE c.id = wanted) THEN
        RETURN; -- row-level security of the asker applies here
    END IF;
    RETURN QUERY SELECT * FROM diemtua.progress_behind(wanted);
END
$$;
CREATE FUNCTION diemtua.progress_behind(wanted uuid)
RETURNS TABLE (tie uuid, made_at timestamptz, state varchar, outcome varchar, threat varchar, came bigint,
               missed bigint, last_on date, relapses bigint, last_relapse timestamptz, is_imminent boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.id, t.made_at, f.state, f.outcome, f.threat,
           (SELECT count(*) FROM public.perpetrators_meeting m WHERE m.file_id = f.id AND m.attendance = 'CAME'),
           (SELECT count(*) FROM public.perpetrators_meeting m WHERE m.file_id = f.id AND m.attendance = 'ABSENT'),
           (SELECT max(m.on) FROM public.perpetrators_meeting m WHERE m.file_id = f.id AND m.attendance = 'CAME'),
           (SELECT count(*) FROM public.perpetrators_relapse r WHERE r.file_id = f.id),
           (SELECT max(r.recorded_at) FROM public.perpetrators_relapse r WHERE r.file_id = f.id),
           (SELECT coalesce(bool_or(r.is_imminent), false) FROM public.perpetrators_relapse r
            WHERE r.file_id = f.id AND r.recorded_at > statement_timestamp() - interval '7 days')
    FROM public.perpetrators_tie t JOIN public.perpetrators_file f ON f.id = t.file_id
    JOIN public.casework_case c ON c.id = t.case_id
    WHERE t.case_id = wanted
      -- Again who sees the case: this function may be called by itself.
      AND ((c.organisation_id = (SELECT diemtua.asker_organisation())
            AND CASE (SELECT diemtua.asker_role())
                WHEN 'SUPERVISOR' THEN true
                WHEN 'CASE_WORKER' THEN c.worker_id = (SELECT diemtua.asker_user())
                WHEN 'COUNSELLOR' THEN c.opened_by_id = (SELECT diemtua.asker_user())
                ELSE false
            END)
           OR c.id = ANY ((SELECT diemtua.cases_opened_to_me())::uuid[]))
    ORDER BY t.made_at
$$;

-- Who is to be told when he used violence again: organisations and workers of the tied cases, for
-- the live hint alone. The one who works with him learns ids of staff, not of a case.
CREATE FUNCTION diemtua.whom_a_relapse_concerns(of_file uuid)
RETURNS TABLE (organisation_id uuid, worker_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.organisation_id, c.worker_id
    FROM public.perpetrators_tie t JOIN public.casework_case c ON c.id = t.case_id
    JOIN public.perpetrators_file f ON f.id = t.file_id
    WHERE t.file_id = of_file
      AND f.organisation_id = (SELECT diemtua.asker_organisation())
      AND (SELECT diemtua.asker_role()) IN ('PERPETRATOR_WORKER', 'SUPERVISOR')
$$;

REVOKE ALL ON FUNCTION diemtua.opened_file_just_now(uuid), diemtua.progress_of_case(uuid),
    diemtua.progress_behind(uuid), diemtua.whom_a_relapse_concerns(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.opened_file_just_now(uuid), diemtua.progress_of_case(uuid),
    diemtua.progress_behind(uuid), diemtua.whom_a_relapse_concerns(uuid) TO diemtua_app;
