-- Who may reach which row: whoever sees the case; a draft is its writer's alone. policies.py says the
-- same, and a matrix test holds the two against each other.
DO $rules$
DECLARE
    part text;
BEGIN
    FOREACH part IN ARRAY ARRAY['profile', 'incident'] LOOP
        EXECUTE format('ALTER TABLE incidents_%s ENABLE ROW LEVEL SECURITY', part);
        EXECUTE format('REVOKE UPDATE, DELETE ON incidents_%s FROM diemtua_app', part);
        EXECUTE format(
            'CREATE POLICY %1$s_read_with_its_case ON incidents_%1$s FOR SELECT TO diemtua_app USING ('
            ' (SELECT diemtua.asker_role()) IN (''COUNSELLOR'', ''CASE_WORKER'', ''SUPERVISOR'')'
            ' AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id))', part);
        EXECUTE format(
            'CREATE POLICY %1$s_written_in_an_open_case ON incidents_%1$s FOR INSERT TO diemtua_app WITH CHECK ('
            ' saved_by_id = (SELECT diemtua.asker_user())'
            ' AND (SELECT diemtua.asker_role()) IN (''COUNSELLOR'', ''CASE_WORKER'', ''SUPERVISOR'')'
            ' AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id AND c.status <> ''CLOSED'''
            '             AND c.data_key_id = incidents_%1$s.data_key_id))', part);
        EXECUTE format(
            'CREATE POLICY %1$s_changed_in_an_open_case ON incidents_%1$s FOR UPDATE TO diemtua_app USING ('
            ' (SELECT diemtua.asker_role()) IN (''COUNSELLOR'', ''CASE_WORKER'', ''SUPERVISOR'')'
            ' AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id AND c.status <> ''CLOSED'')'
            ') WITH CHECK (saved_by_id IS NOT NULL'
            ' AND EXISTS (SELECT FROM casework_case c WHERE c.id = case_id))', part);
    END LOOP;
END
$rules$;
GRANT UPDATE (saved_by_id, saved_at, tab, revision, needs_interpreter, person)
    ON incidents_profile TO diemtua_app;
GRANT UPDATE (saved_by_id, saved_at, tab, revision, began_on, ended_on, precision, reported_on, unit_id,
              gbv_type, acts, contexts, elapsed, detail)
    ON incidents_incident TO diemtua_app;

-- Who is said to have done it is written anew with the incident.
ALTER TABLE incidents_perpetrator ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE ON incidents_perpetrator FROM diemtua_app;
CREATE POLICY perpetrator_read_with_its_incident ON incidents_perpetrator FOR SELECT TO diemtua_app USING (
    EXISTS (SELECT FROM incidents_incident i WHERE i.id = incident_id)
);
CREATE POLICY perpetrator_written_with_its_incident ON incidents_perpetrator FOR INSERT TO diemtua_app WITH CHECK (
    EXISTS (SELECT FROM incidents_incident i JOIN casework_case c ON c.id = i.case_id
            WHERE i.id = incident_id AND c.status <> 'CLOSED'
              AND i.data_key_id = incidents_perpetrator.data_key_id)
);
CREATE POLICY perpetrator_removed_with_its_incident ON incidents_perpetrator FOR DELETE TO diemtua_app USING (
    EXISTS (SELECT FROM incidents_incident i JOIN casework_case c ON c.id = i.case_id
            WHERE i.id = incident_id AND c.status <> 'CLOSED')
);

ALTER TABLE incidents_perpetrator_token ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE ON incidents_perpetrator_token FROM diemtua_app;
CREATE POLICY alleged_token_read_with_its_person ON incidents_perpetrator_token FOR SELECT TO diemtua_app USING (
    EXISTS (SELECT FROM incidents_perpetrator p WHERE p.id = perpetrator_id)
);
CREATE POLICY alleged_token_written_with_its_person ON incidents_perpetrator_token FOR INSERT TO diemtua_app
WITH CHECK (EXISTS (SELECT FROM incidents_perpetrator p WHERE p.id = perpetrator_id));
CREATE POLICY alleged_token_removed_with_its_person ON incidents_perpetrator_token FOR DELETE TO diemtua_app
USING (EXISTS (SELECT FROM incidents_perpetrator p WHERE p.id = perpetrator_id));

-- A draft is its writer's, and within a case only as long as she sees the case. One without a case has
-- a key of its own, which its writer destroys with it.
INSERT INTO diemtua.vault_erasable VALUES ('incidents_draft');
ALTER TABLE incidents_draft ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE ON incidents_draft FROM diemtua_app;
GRANT UPDATE (saved_at, tab, revision, typed) ON incidents_draft TO diemtua_app;
CREATE POLICY draft_of_its_writer ON incidents_draft FOR ALL TO diemtua_app USING (
    writer_id = (SELECT diemtua.asker_user())
    AND organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND (case_id IS NULL OR EXISTS (SELECT FROM casework_case c WHERE c.id = case_id))
) WITH CHECK (
    writer_id = (SELECT diemtua.asker_user())
    AND organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR')
    AND (case_id IS NULL OR EXISTS (SELECT FROM casework_case c WHERE c.id = case_id
                                    AND c.data_key_id = incidents_draft.data_key_id))
);

-- What the case says of her follows her profile, and so do her blind tokens: an old number no longer
-- finds her. Nobody may delete tokens; this one step forgets some of a case that the asker sees and
-- that is not closed. It asks again who sees it, since row-level security does not bind it.
GRANT UPDATE (sex, age_group, identity) ON casework_case TO diemtua_app;
CREATE FUNCTION diemtua.forget_tokens(of_case uuid, gone bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    forgotten integer;
BEGIN
    DELETE FROM public.casework_casetoken t
    USING public.casework_case c
    WHERE t.case_id = of_case AND t.id = ANY (gone)
      AND c.id = t.case_id AND c.status <> 'CLOSED'
      AND ((c.organisation_id = (SELECT diemtua.asker_organisation())
            AND CASE (SELECT diemtua.asker_role())
                WHEN 'SUPERVISOR' THEN true
                WHEN 'CASE_WORKER' THEN c.worker_id = (SELECT diemtua.asker_user())
                WHEN 'COUNSELLOR' THEN c.opened_by_id = (SELECT diemtua.asker_user())
                ELSE false
            END)
           OR c.id = ANY ((SELECT diemtua.cases_opened_to_me())::uuid[]));
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END
$$;
REVOKE ALL ON FUNCTION diemtua.forget_tokens(uuid, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.forget_tokens(uuid, bigint[]) TO diemtua_app;

-- Blind tokens go with the erased case, whoever erases it.
CREATE FUNCTION diemtua.alleged_tokens_end() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM public.incidents_perpetrator_token t
    USING public.incidents_perpetrator p WHERE p.id = t.perpetrator_id AND p.data_key_id = NEW.id;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION diemtua.alleged_tokens_end() FROM PUBLIC;
CREATE TRIGGER alleged_tokens_end_with_the_key AFTER UPDATE ON vault_data_key
    FOR EACH ROW WHEN (OLD.wrapped IS NOT NULL AND NEW.wrapped IS NULL)
    EXECUTE FUNCTION diemtua.alleged_tokens_end();
